"""Days and hours in forms."""

from datetime import date, datetime

import pytest
from django.utils import translation

from fairs.inputs import DayField, DayInput, HourInput, MomentInput


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("typed", ["2018-10-18", "18/10/2018", "18/10/2018 "])
def test_a_day_may_be_picked_or_typed(language, typed):
    with translation.override(language):
        assert DayField().clean(typed) == date(2018, 10, 18)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_a_browser_is_given_is_in_its_own_form(language):
    moment = datetime(2018, 10, 18, 9, 5)
    with translation.override(language):
        assert 'type="date"' in DayInput().render("day", moment.date())
        assert 'value="2018-10-18"' in DayInput().render("day", moment.date())
        assert 'value="09:05"' in HourInput().render("hour", moment.time())
        assert 'value="2018-10-18T09:05"' in MomentInput().render("moment", moment)
