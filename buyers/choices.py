"""What importers choose from, in the page's language and its order."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import pycountry
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from buyers.models import Grade
from fairs.inputs import SeveralNamed
from fairs.models import ProductGroup
from fairs.templatetags.fair import country, day, language_name, local
from fairs.text import fold

LANGUAGES = ["en", "zh", "ja", "ko", "fr", "de", "es", "ru", "it", "ar", "th", "vi"]
# Where crafts of Vietnam are sold most; they stand before the rest of the world.
MARKETS_FIRST = ["US", "JP", "DE", "FR", "GB", "KR", "AU", "NL"]


def country_choices() -> list[tuple[str, Any]]:
    """Every country and territory."""
    return [("", _("Choose")), *countries()]


def market_choices() -> list[tuple[str, str]]:
    """Every country and territory, the great markets of crafts first."""
    named = dict(countries())
    return [(code, named.pop(code)) for code in MARKETS_FIRST] + list(named.items())


def countries() -> list[tuple[str, str]]:
    """Codes and names of countries and territories, by name."""
    return _countries(get_language() or "vi")


@lru_cache(maxsize=8)
def _countries(language: str) -> list[tuple[str, str]]:
    named = [(one.alpha_2, country(one.alpha_2)) for one in pycountry.countries]
    return sorted(named, key=lambda pair: fold(pair[1]))


def language_choices() -> list[tuple[str, str]]:
    """The languages that importers of this fair speak."""
    return [(code, language_name(code)) for code in LANGUAGES]


def choose_from(form: forms.Form, name: str, choices: Callable[[], list[tuple[str, Any]]]) -> None:
    """Let a field offer what the page's language makes of it, at the moment it is shown."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class NamedChoice(SeveralNamed):
    """Several facts with a name in both languages, to tick."""

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        super().__init__(queryset=queryset, widget=forms.CheckboxSelectMultiple, **kwargs)


class GroupChoice(NamedChoice):
    """Product groups: goods, the crafts of the villages first."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(ProductGroup.objects.exclude(kind="technical").order_by("kind", "pk"), **kwargs)


class DayChoice(NamedChoice):
    """Days of an edition."""

    def label_from_instance(self, fact: Any) -> str:
        """The day with its weekday."""
        return day(fact.date, "long")


def grade_choices(grades: Iterable[Grade]) -> list[tuple[str, Any]]:
    """Grades by their codes, in the page's language."""
    return [(grade.code, local(grade, "name")) for grade in grades]
