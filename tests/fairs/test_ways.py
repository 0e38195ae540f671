"""Ways of paying: what an edition offers to whom, and each way's own last day on page, paper and notice."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation
from rest_framework.test import APIClient

from booths.actions.reservations import hold_booths, reserve_held
from booths.paying import payment_plan
from fairs import clock
from fairs.actions.editions import copy_edition
from fairs.errors import Forbidden, Invalid
from fairs.models import BankAccount, Notice, WayOffered
from fairs.money.actions.accounts import set_ways
from fairs.money.actions.payments import record_receipt
from fairs.money.face import notice_face
from fairs.money.offered import offers, ways_for
from fairs.money.transfers import transfer_for
from fairs.templatetags.fair import day
from tests import world

pytestmark = pytest.mark.django_db
WEEK = date(2018, 9, 8)


@pytest.fixture
def edition():
    with clock.at(world.NOON):
        made = world.edition()
        world.floor(made)
        yield made


@pytest.fixture
def finance(edition):
    return world.officer(edition, "finance")


def account(edition) -> BankAccount:
    return BankAccount.objects.create(
        edition=edition, bin="970436", bank_name="Vietcombank", number="0000000001018", holder="HOI CHO"
    )


def charged(edition, maker=None, **fields) -> Notice:
    application = world.application(edition, maker, booths=1)
    for name, value in fields.items():
        setattr(application.company, name, value)
    application.company.save()
    hold_booths(application, booths=[edition.booths.order_by("code")[0]], by=application.contact)
    return Notice.objects.get(pk=reserve_held(application, by=application.contact).pk)


def told(notice) -> dict[str, date]:
    return {one.code: one.until for one in ways_for(notice)}


def ways(edition, finance, audience="resident", **days) -> None:
    fields = {code: {"days": given} if isinstance(given, int) else given for code, given in days.items()}
    rows = [WayOffered(way=code, **given) for code, given in fields.items()]
    set_ways(edition, audience=audience, ways=rows, by=finance)


def test_an_edition_that_says_nothing_offers_what_is_ready(edition):
    notice = charged(edition)
    assert told(notice) == {"cash": WEEK}
    account(edition)
    assert told(notice) == {"transfer": WEEK, "cash": WEEK}
    assert not offers(edition, "resident", "waived")


def test_dollars_are_not_transferred_to_an_account_in_dong(edition):
    account(edition)
    assert told(charged(edition, country="FR")) == {"cash": WEEK}


def test_each_way_has_its_day_and_the_notice_the_latest(edition, finance):
    account(edition)
    ways(edition, finance, cash=3, transfer=9)
    notice = charged(edition)
    assert list(told(notice).items()) == [("cash", date(2018, 9, 4)), ("transfer", date(2018, 9, 10))]
    assert notice.due_on == date(2018, 9, 10)
    ways(edition, finance, cash=30)
    assert told(notice) == {"cash": date(2018, 9, 4)}
    assert transfer_for(notice) is None
    assert offers(edition, "non_resident", "transfer")


def test_a_way_ends_before_the_opening(edition, finance):
    account(edition)
    ways(edition, finance, cash=60, transfer={"days": 60, "days_before_opening": 20})
    notice = charged(edition)
    assert told(notice) == {"cash": date(2018, 10, 31), "transfer": date(2018, 9, 28)}
    with clock.at(world.NOON + timedelta(days=28)):
        assert list(told(notice)) == ["cash"]
        assert not offers(edition, "resident", "transfer")


def test_after_the_first_part_every_way_has_the_day_of_the_next(edition, finance):
    edition.sale_terms.in_advance, edition.sale_terms.balance_due_on = 50, date(2018, 10, 10)
    edition.sale_terms.save()
    account(edition)
    ways(edition, finance, cash=3, transfer=9)
    notice = charged(edition)
    record_receipt(notice, way="cash", amount=notice.due / 2, received_on=world.NOON.date(), key="k", by=finance)
    notice.refresh_from_db()
    assert told(notice) == {"cash": date(2018, 10, 10), "transfer": date(2018, 10, 10)}


def test_who_pays_reads_each_way_with_its_day(edition, finance, client):
    maker = world.person(language="en")
    account(edition)
    ways(edition, finance, cash=3, transfer=9)
    application = world.application(edition, world.person())
    said = " ".join(payment_plan(application).sentences)
    notice = charged(edition, maker)
    client.force_login(maker)
    client.post("/i18n/setlang/", {"language": "en"})
    for name, of in (("fairs:notices", [edition.slug]), ("fairs:notice", [edition.slug, notice.pk])):
        page = client.get(reverse(name, args=of)).content.decode()
        with translation.override("en"):
            assert f"Bank transfer: by {day(date(2018, 9, 10))}" in page
            assert f"Cash at the finance desk: by {day(date(2018, 9, 4))}" in page
    assert day(date(2018, 9, 4)) in said
    rows = [value for _name, value in notice_face(notice).pay.rows]
    assert [day(until) in row for until, row in zip(told(notice).values(), rows[-2:], strict=True)] == [True, True]


def test_finance_sets_them_by_a_page(edition, finance, client):
    client.force_login(finance)
    there = reverse("fairs:set_ways", args=[edition.slug, "resident"])
    assert client.get(there).status_code == 200
    given = {"cash-offered": "on", "cash-order": 1, "cash-days": 3, "transfer-offered": "on", "transfer-order": 2}
    assert client.post(there, given).status_code == 302
    assert list(WayOffered.objects.values_list("audience", "way", "days", "order")) == [
        ("resident", "cash", 3, 0), ("resident", "transfer", None, 1),
    ]  # fmt: skip
    assert client.post(there, given | {"cash-days": "x"}).status_code == 422
    assert client.post(there, {}).status_code == 422
    assert client.get(reverse("fairs:set_ways", args=[edition.slug, "martians"])).status_code == 404
    assert WayOffered.objects.count() == 2


def test_only_ways_for_payers_are_offered_and_each_once(edition, finance):
    for wrong in ([], ["waived"], ["bank_slip"], ["bitcoin"], ["cash", "cash"]):
        with pytest.raises(Invalid):
            set_ways(edition, audience="resident", ways=[WayOffered(way=way) for way in wrong], by=finance)
    with pytest.raises(Forbidden):
        ways(edition, world.officer(edition, "booth_desk"), cash=1)


def test_they_go_along_into_the_next_edition(edition, finance):
    ways(edition, finance, cash={"days": 3, "days_before_opening": 2})
    made = copy_edition(
        edition, by=world.officer(edition, "director"), opens_on=date(2019, 10, 17), slug="n", name_vi="A", name_en="B"
    )
    assert list(made.ways_offered.values_list("way", "days", "days_before_opening")) == [("cash", 3, 2)]


def test_programs_set_and_read_them(edition, finance):
    program = APIClient()
    program.force_authenticate(finance)
    given = {"edition": edition.slug, "audience": "non_resident", "ways": [{"way": "cash", "days": 4}]}
    made = program.post("/api/v1/ways-offered/", given, format="json")
    assert (made.status_code, made.json()[0]["way"], made.json()[0]["days"]) == (201, "cash", 4)
    assert program.post("/api/v1/ways-offered/", given | {"ways": []}, format="json").json()["code"] == "no_way"
    assert APIClient().get("/api/v1/ways-offered/").json()["count"] == 1
