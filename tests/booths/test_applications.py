"""Asking for booths and being answered, as actions."""

from datetime import timedelta
from decimal import Decimal

import pytest

from booths.actions.applications import (
    accept_application,
    draft_application,
    reject_application,
    submit_application,
    waitlist_application,
    withdraw_application,
)
from booths.actions.decisions import decide_applications
from booths.actions.entries import enter_application
from booths.actions.pricing import quote_booths
from booths.actions.reservations import hold_booths, release_booth, reserve_held
from booths.models import Application, BoothClass, Reservation
from fairs import clock
from fairs.actions.people import change_company
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Company, Delivery, Entry, Notice, Participation, Province, SupportRule
from fairs.money.actions.payments import record_receipt
from fairs.states import StateConflict
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    """An edition whose booths are on sale."""
    with clock.at(world.NOON):
        made = world.edition()
        world.floor(made)
        yield made


@pytest.fixture
def maker():
    """Somebody who acts for a company."""
    made = world.person()
    world.company(made)
    return made


@pytest.fixture
def desk(edition):
    """The booth desk."""
    return world.officer(edition, "booth_desk")


def draft(edition, by, **wishes):
    """A draft for the person's company."""
    firm, kind = Company.objects.get(people=by), world.booth_class(edition)
    return draft_application(edition, company=firm, contact=by, booth_class=kind, by=by, **wishes)


def test_a_draft_is_taken_up_again_with_its_wishes_replaced(edition, maker):
    booths = list(edition.booths.all())
    first = draft(edition, maker, booth_count=2, booths=booths[:2], zones=edition.zones.all())
    again = draft(edition, maker, booth_count=3, booths=booths[2:3])
    assert again == first
    again.refresh_from_db()
    assert (again.booth_count, again.zones.count()) == (3, 0)
    assert [(wish.rank, wish.booth) for wish in again.booth_wishes.all()] == [(1, booths[2])]
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "booths.application.draft",
        "booths.application.edit",
    ]


def test_only_as_many_booths_as_the_terms_allow(edition, maker):
    with pytest.raises(Invalid) as refusal:
        draft(edition, maker, booth_count=7)
    assert list(refusal.value.fields) == ["booth_count"]
    assert not Application.objects.exists()


def test_handing_in_needs_the_rules_and_happens_once(edition, maker):
    application = draft(edition, maker)
    with pytest.raises(Invalid):
        submit_application(application, by=maker, rules_version="")
    submit_application(application, by=maker, rules_version="1")
    assert (application.state, application.submitted_at) == ("submitted", world.NOON)
    with pytest.raises(StateConflict):
        submit_application(application, by=maker, rules_version="1")
    with pytest.raises(Refused) as refusal:
        draft(edition, maker)
    assert refusal.value.code == "already_applied"


def test_accepting_makes_a_part_in_the_fair_and_owes_a_letter(edition, maker, desk):
    application = submit_application(draft(edition, maker, booth_count=2), by=maker, rules_version="1")
    accept_application(application, by=desk)
    part = Participation.objects.get(company=application.company, role="exhibitor")
    assert (part.state, part.pass_quota) == ("active", 6)
    assert Delivery.objects.get().kind == "booths.application_accepted"


@pytest.mark.parametrize(("answer", "state"), [(waitlist_application, "waitlisted"), (reject_application, "rejected")])
def test_saying_no_needs_a_reason_that_the_applicant_gets(edition, maker, desk, answer, state):
    application = submit_application(draft(edition, maker), by=maker, rules_version="1")
    with pytest.raises(Invalid):
        answer(application, by=desk, reason="  ")
    answer(application, by=desk, reason="Hết gian ở khu gốm.")
    assert (application.state, application.reason) == (state, "Hết gian ở khu gốm.")
    assert Delivery.objects.get().to == maker


def test_only_the_booth_desk_answers(edition, maker):
    application = submit_application(draft(edition, maker), by=maker, rules_version="1")
    for person in (maker, world.officer(edition, "finance"), world.person()):
        with pytest.raises(Forbidden):
            accept_application(application, by=person)
    with pytest.raises(Forbidden):
        draft_application(
            edition, company=application.company, contact=maker, booth_class=application.booth_class, by=world.person()
        )


def test_withdrawing_frees_booths_and_cancels_what_is_unpaid(edition, maker, desk):
    application = world.application(edition, maker)
    booths = list(edition.booths.all())
    hold_booths(application, booths=booths[:1], by=maker)
    reserve_held(application, by=maker)
    hold_booths(application, booths=booths[1:2], by=maker)
    withdraw_application(application, by=maker)
    assert set(application.reservations.values_list("state", flat=True)) == {"released"}
    assert Notice.objects.get().state == "cancelled"
    assert not Participation.objects.filter(company=application.company, state="active").exists()


@pytest.mark.parametrize(("part", "code"), [(1, "has_booths"), (2, "has_payments")])
def test_what_is_paid_for_is_not_withdrawn_by_oneself(edition, maker, part, code):
    application = world.application(edition, maker)
    hold_booths(application, booths=list(edition.booths.all())[:1], by=maker)
    notice = reserve_held(application, by=maker)
    finance = world.officer(edition, "finance")
    day = clock.today(edition)
    record_receipt(notice, way="cash", amount=notice.due / part, received_on=day, key="k", by=finance)
    with pytest.raises(Refused) as refusal:
        withdraw_application(application, by=maker)
    assert refusal.value.code == code
    assert Application.objects.get(pk=application.pk).state == "accepted"
    assert Reservation.objects.live(clock.now()).exists()


def test_a_reserved_booth_goes_back_with_its_notice_only(edition, maker, desk):
    application = world.application(edition, maker)
    [held] = hold_booths(application, booths=list(edition.booths.all())[:1], by=maker)
    reserve_held(application, by=maker)
    with pytest.raises(Forbidden):
        release_booth(Reservation.objects.get(pk=held.pk), by=maker)
    with pytest.raises(Refused) as refusal:
        release_booth(Reservation.objects.get(pk=held.pk), by=desk)
    assert refusal.value.code == "on_a_notice"


def test_a_release_decides_by_the_state_of_now(edition, maker):
    application = world.application(edition, maker)
    [stale] = hold_booths(application, booths=list(edition.booths.all())[:1], by=maker)
    reserve_held(application, by=maker)
    assert stale.state == "held"
    with pytest.raises(Forbidden):
        release_booth(stale, by=maker)


def test_confirming_after_the_hold_ran_out_says_so(edition, maker):
    application = world.application(edition, maker)
    booths = list(edition.booths.all())
    hold_booths(application, booths=booths[:1], by=maker)
    reserve_held(application, by=maker)
    hold_booths(application, booths=booths[1:2], by=maker)
    with clock.at(world.NOON + timedelta(minutes=16)), pytest.raises(Refused) as refusal:
        reserve_held(application, by=maker)
    assert refusal.value.code == "hold_ran_out"


def test_a_hold_takes_few_queries_whatever_its_number_of_booths(edition, maker, django_assert_max_num_queries):
    application = world.application(edition, maker, booths=4)
    assert maker.company_ids
    with django_assert_max_num_queries(12):
        hold_booths(application, booths=list(edition.booths.all()), by=maker)


def test_support_covers_so_many_booths_in_all(edition, maker):
    SupportRule.objects.create(edition=edition, name_vi="Hỗ trợ", name_en="Support", percent=50, booths_at_most=2)
    application = world.application(edition, maker, booths=4)
    booths = list(edition.booths.select_related("hall", "booth_class"))
    assert quote_booths(application, booths[:3]).support == -13_500_000
    hold_booths(application, booths=booths[:1], by=maker)
    assert reserve_held(application, by=maker).due == 6_750_000
    assert quote_booths(application, booths[1:4]).support == -6_750_000


def test_support_goes_by_the_legal_form_the_desk_accepted(edition, maker, desk):
    SupportRule.objects.create(
        edition=edition, name_vi="Nghệ nhân", name_en="Artisans", percent=100, booths_at_most=2, legal_form="artisan"
    )
    application = world.application(edition, maker, state="submitted")
    accept_application(application, by=desk)
    booths = list(edition.booths.select_related("hall", "booth_class"))
    change_company(application.company, by=maker, legal_form="artisan")
    application = Application.objects.get(pk=application.pk)
    assert (application.legal_form, application.company.legal_form) == ("company", "artisan")
    assert quote_booths(application, booths[:1]).support == 0
    hold_booths(application, booths=booths[:1], by=maker)
    assert reserve_held(application, by=maker).due == 13_500_000


def test_an_artisan_stays_supported_whatever_they_become(edition, maker, desk):
    SupportRule.objects.create(
        edition=edition, name_vi="Nghệ nhân", name_en="Artisans", percent=100, booths_at_most=2, legal_form="artisan"
    )
    application = world.application(edition, maker, state="submitted")
    change_company(application.company, by=maker, legal_form="artisan")
    [accepted] = decide_applications(edition, seen={application.pk: application.version}, verb="accept", by=desk)
    change_company(application.company, by=maker, legal_form="company")
    booths = list(edition.booths.select_related("hall", "booth_class"))
    assert quote_booths(Application.objects.get(pk=accepted.pk), booths[:1]).due == 0


def test_support_never_exceeds_the_price(edition, maker):
    SupportRule.objects.create(edition=edition, name_vi="Hỗ trợ", name_en="Support", percent=100, booths_at_most=1)
    application = world.application(edition, maker)
    application.booth_class.prices.update(amount=Decimal("100.50"))  # from before prices were whole
    hold_booths(application, booths=list(edition.booths.all())[:1], by=maker)
    assert reserve_held(application, by=maker).due == 0


def test_a_foreign_company_pays_in_dollars_without_support(edition):
    SupportRule.objects.create(edition=edition, name_vi="Hỗ trợ", name_en="Support", percent=50, booths_at_most=2)
    application = world.application(edition)
    application.company.country = "FR"
    application.company.save()
    asked = quote_booths(application, list(edition.booths.select_related("hall", "booth_class"))[:2])
    assert (asked.currency, int(asked.due), len(asked.support_lines)) == ("USD", 1800, 0)


def test_a_quote_without_a_price_is_refused(edition, maker):
    application = world.application(edition, maker)
    application.booth_class.prices.all().delete()
    with pytest.raises(Refused) as refusal:
        quote_booths(application, list(edition.booths.select_related("hall", "booth_class"))[:1])
    assert refusal.value.code == "no_price"


def entry(edition, **changed):
    """What an officer types in for an artisan."""
    province, _made = Province.objects.get_or_create(
        code="01", valid_from="2008-08-01", defaults={"name_vi": "Hà Nội", "name_en": "Ha Noi"}
    )
    return {
        "company": None, "full_name": "Nguyễn Thị Lan", "phone": "0912 345 678", "email": "", "product_groups": [],
        "agreed": True, "booth_class": BoothClass.objects.get(edition=edition), "booth_count": 2, "name_vi": "Gốm Lan",
        "legal_form": "artisan", "tax_code": "", "province": province, "craft_village": None,
    } | changed  # fmt: skip


def test_an_officer_enters_an_application_and_it_says_so(edition, desk):
    application = enter_application(edition, by=desk, **entry(edition))
    assert (application.state, application.entered_by, application.company.name_vi) == ("submitted", desk, "Gốm Lan")
    assert (application.contact.full_name, application.contact.email) == ("Nguyễn Thị Lan", None)
    assert Application.objects.visible_to(desk).get() == application


def test_an_entry_without_the_rules_keeps_nothing(edition, desk):
    with pytest.raises(Invalid):
        enter_application(edition, by=desk, **entry(edition, agreed=False))
    assert not Company.objects.filter(name_vi="Gốm Lan").exists()
    with pytest.raises(Forbidden):
        enter_application(edition, by=world.person(), **entry(edition, province=None))


def test_an_officer_enters_for_a_company_that_is_known(edition, desk, maker):
    firm = Company.objects.get(people=maker)
    application = enter_application(edition, by=desk, **entry(edition, company=firm))
    assert (application.company, application.contact) == (firm, maker)
    with pytest.raises(Invalid) as refusal:
        enter_application(edition, by=desk, **entry(edition, company=world.company(), province=None))
    assert refusal.value.code == "nobody_answers"
