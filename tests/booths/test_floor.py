"""Laying a floor, pricing it, blocking a booth, copying it to the next edition."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from booths.actions.copying import copy_floor
from booths.actions.floor import block_booth, lay_floor, set_price, set_sale_terms, unblock_booth
from booths.actions.reservations import hold_booths
from booths.floorplan import reference_floor
from booths.models import Booth, Facility, Price, SaleTerms
from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Entry, ProductGroup
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    """An edition without a floor."""
    with clock.at(world.NOON):
        yield world.edition()


@pytest.fixture
def desk(edition):
    """Its booth desk."""
    return world.officer(edition, "booth_desk")


def test_a_floor_is_laid_whole(edition, desk):
    world.product_group("ceramics")
    booths = lay_floor(edition, floor=reference_floor(), by=desk)
    assert (len(booths), edition.halls.count(), edition.zones.count()) == (650, 5, 11)
    assert edition.facilities.filter(kind=Facility.Kind.TABLE).count() == 56
    assert edition.facilities.filter(kind=Facility.Kind.EXIT).count() == 10
    assert list(edition.zones.get(code="GS").product_groups.all()) == [ProductGroup.objects.get()]
    first = edition.booths.select_related("hall", "zone", "booth_class").get(code="A001")
    assert (first.hall.code, first.zone.code, first.booth_class.origin, first.area) == ("A", "GS", "domestic", 9)
    assert Entry.objects.get().verb == "fairs.edition.lay_floor"


def test_open_sides_and_corners_come_from_the_geometry(edition, desk):
    lay_floor(edition, floor=reference_floor(), by=desk)
    corner = edition.booths.filter(corner=True).first()
    assert len(corner.open_sides) >= 2
    assert not edition.booths.filter(open_sides="").exists()


def test_every_booth_has_a_price_for_both_audiences(edition, desk):
    lay_floor(edition, floor=reference_floor(), by=desk)
    used = {booth.booth_class_id for booth in edition.booths.all()}
    assert Price.objects.filter(booth_class__in=used, audience="resident", currency="VND").count() == len(used)
    assert Price.objects.filter(booth_class__in=used, audience="non_resident", currency="USD").count() == len(used)


def test_a_floor_is_laid_once(edition, desk):
    lay_floor(edition, floor=reference_floor(), by=desk)
    with pytest.raises(Refused) as refusal:
        lay_floor(edition, floor=reference_floor(), by=desk)
    assert refusal.value.code == "floor_laid"
    assert edition.booths.count() == 650


def test_a_multiplied_floor_keeps_codes_apart(edition, desk):
    assert len(lay_floor(edition, floor=reference_floor().copies(2), by=desk)) == 1300
    assert edition.zones.filter(code="GS2").exists()


def test_laying_takes_few_queries(edition, desk, django_assert_max_num_queries):
    desk.roles_in(edition)
    with django_assert_max_num_queries(27):
        lay_floor(edition, floor=reference_floor(), by=desk)


def test_only_the_booth_desk_touches_the_floor(edition):
    [booth] = world.floor(edition, 1)
    finance = world.officer(edition, "finance")
    for deed in (
        lambda: lay_floor(edition, floor=reference_floor(), by=finance),
        lambda: block_booth(booth, reason="Cột", by=finance),
        lambda: unblock_booth(booth, by=finance),
        lambda: set_price(booth.booth_class, audience="resident", currency="VND", amount=Decimal(1), by=finance),
    ):
        with pytest.raises(Forbidden):
            deed()


def test_a_price_is_set_and_set_again(edition, desk):
    kind = world.booth_class(edition)
    price = set_price(kind, audience="resident", currency="VND", amount=Decimal(9_000_000), by=desk)
    assert kind.prices.get(audience="resident").amount == price.amount == 9_000_000
    entry = Entry.objects.get(verb="booths.price.set")
    assert (entry.edition, entry.subject) == (edition, kind.name_vi)


def test_a_price_in_dong_is_whole(edition, desk):
    kind = world.booth_class(edition)
    with pytest.raises(Invalid) as refusal:
        set_price(kind, audience="resident", currency="VND", amount=Decimal("100.50"), by=desk)
    assert refusal.value.code == "no_such_unit"
    abroad = set_price(kind, audience="non_resident", currency="USD", amount=Decimal("99.50"), by=desk)
    assert abroad.amount == Decimal("99.50")


def test_sale_terms_are_set_by_the_desk_and_what_is_not_named_stays(edition, desk):
    set_sale_terms(edition, hold_minutes=45, by=desk)
    terms = set_sale_terms(edition, payment_days=10, by=desk)
    assert (terms.hold_minutes, terms.payment_days, terms.booths_at_most) == (45, 10, 6)
    with pytest.raises(Invalid):
        set_sale_terms(edition, households_from=9, households_to=8, by=desk)
    with pytest.raises(Forbidden):
        set_sale_terms(edition, hold_minutes=1, by=world.officer(edition, "gate"))


@pytest.mark.parametrize(("given", "status"), [({}, 302), ({"hold_minutes": 0}, 422), ({"households_to": 3}, 422)])
def test_the_page_of_sale_terms_keeps_within_bounds(edition, desk, client, given, status):
    client.force_login(desk)
    terms = {
        "hold_minutes": 20, "payment_days": 5, "booths_at_most": 4, "passes_for_a_booth": 2, "in_advance": "50",
        "offer_hours": 24, "appeal_days": 5, "households_from": 5, "households_to": 20,
    }  # fmt: skip
    assert client.post(reverse("booths:set_sale_terms", args=[edition.slug]), terms | given).status_code == status
    kept = SaleTerms.objects.get(edition=edition)
    assert (kept.hold_minutes, kept.offer_hours, kept.appeal_days) == ((20, 24, 5) if status == 302 else (15, 48, 7))


@pytest.mark.parametrize(("currency", "amount", "field"), [("USD", 900, "currency"), ("VND", -1, "amount")])
def test_a_price_that_breaks_the_rules_is_refused(edition, desk, currency, amount, field):
    with pytest.raises(Invalid) as refusal:
        set_price(
            world.booth_class(edition),
            audience="resident",
            currency=currency,
            amount=Decimal(amount),
            by=desk,
        )
    assert list(refusal.value.fields) == [field]


def test_a_blocked_booth_is_not_to_let_until_it_is_freed(edition, desk):
    [booth] = world.floor(edition, 1)
    block_booth(booth, reason="Có cột giữa gian", by=desk)
    assert not Booth.objects.free(clock.now()).exists()
    unblock_booth(booth, by=desk)
    assert Booth.objects.free(clock.now()).count() == 1
    verbs = Entry.objects.filter(verb__startswith="booths.booth.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["booths.booth.block", "booths.booth.unblock"]


def test_a_booth_in_use_is_not_blocked(edition, desk):
    [booth] = world.floor(edition, 1)
    application = world.application(edition)
    hold_booths(application, booths=[booth], by=application.contact)
    with pytest.raises(Refused) as refusal:
        block_booth(booth, reason="Có cột", by=desk)
    assert refusal.value.code == "booth_in_use"
    with pytest.raises(Invalid):
        block_booth(booth, reason=" ", by=desk)


def test_the_next_edition_gets_the_floor_and_nobody_on_it(edition, desk):
    lay_floor(edition, floor=reference_floor(), by=desk)
    edition.sale_terms.balance_due_on = date(2018, 10, 10)
    edition.sale_terms.hold_minutes = 20
    edition.sale_terms.save()
    block_booth(edition.booths.get(code="A001"), reason="Cột", by=desk)
    target = world.edition(opens_on=date(2019, 10, 17), closes_on=date(2019, 10, 20))
    target.sale_terms.delete()
    target.rules_texts.all().delete()
    target = type(target).objects.get(pk=target.pk)
    copy_floor(edition, target)
    assert (target.booths.count(), target.halls.count(), target.facilities.count()) == (
        650, 5, edition.facilities.count(),
    )  # fmt: skip
    assert (target.sale_terms.hold_minutes, target.sale_terms.balance_due_on) == (20, date(2019, 10, 9))
    first = target.booths.select_related("hall", "zone", "booth_class").get(code="A001")
    assert {first.hall.edition_id, first.zone.edition_id, first.booth_class.edition_id} == {target.pk}
    assert first.blocked == ""
    assert [rules.version for rules in target.rules_texts.all()] == ["1"]
    assert first.booth_class.prices.count() == 2
