"""Support by rules: whom they fit, how far they go together and in a year, and the grants that follow their notices."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from rest_framework.test import APIClient

from booths.actions.pricing import quote_booths
from booths.actions.reservations import hold_booths, reserve_held
from booths.models import Application, Booth
from fairs import clock
from fairs.actions.editions import copy_edition
from fairs.actions.merging import merge_companies
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Allowance, Fund, Grant, LegalPaper, Notice, Participation, Province, SupportRule
from fairs.money import overlaps
from fairs.money.actions.credits import credit_notice
from fairs.money.actions.notices import cancel_notice
from fairs.money.actions.support import change_support_rule, remove_fund, remove_support_rule, set_support_rule
from tests import world

pytestmark = pytest.mark.django_db
PRICE = 13_500_000


@pytest.fixture
def maker():
    return world.person("Trần Văn Lực")


@pytest.fixture
def director(edition):
    return world.officer(edition, "director")


def rule(edition, **fields: Any) -> SupportRule:
    """Half of up to six booths, unless said otherwise."""
    provinces = fields.pop("provinces", [])
    made = SupportRule.objects.create(
        edition=edition, **{"name_vi": "Hỗ trợ", "name_en": "Support", "percent": 50} | fields
    )
    made.provinces.set(provinces)
    return made


def taken_off(application: Application, booths: int = 1) -> list[int]:
    """What each rule takes off so many booths."""
    fresh = Application.objects.select_related("company", "edition").get(pk=application.pk)
    chosen = Booth.objects.filter(edition=application.edition_id).select_related("hall", "booth_class")[:booths]
    return [-int(line.amount) for line in quote_booths(fresh, list(chosen)).support_lines]


def charge(application: Application, booths: int = 1) -> Notice:
    """Reserve so many more booths."""
    free = Booth.objects.free(clock.now()).filter(edition=application.edition_id).order_by("code")
    hold_booths(application, booths=list(free[:booths]), by=application.contact)
    return reserve_held(application, by=application.contact)


def province(code: str) -> Province:
    return Province.objects.create(
        code=code, name_vi=f"Tỉnh {code}", name_en=f"Province {code}", kind="province", valid_from=date(2008, 8, 1)
    )


# ---- whom a rule fits -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "fits"),
    [
        ({}, True),
        ({"legal_form": "company"}, True),
        ({"legal_form": "artisan"}, False),
        ({"group": "households"}, False),
        ({"group": "villages"}, False),
        ({"valid_from": date(2018, 9, 1), "valid_to": date(2018, 9, 1)}, True),
        ({"valid_from": date(2018, 9, 2)}, False),
        ({"valid_to": date(2018, 8, 31)}, False),
        ({"times_from": 2}, False),
        ({"times_to": 1}, True),
        ({"item": "service"}, False),
        ({"booths_at_most": 0}, False),
    ],
)
def test_a_rule_fits_by_what_it_asks(edition, maker, fields, fits):
    rule(edition, **fields)
    assert taken_off(world.application(edition, maker)) == ([PRICE // 2] if fits else [])


def test_groups_of_households_have_rules_of_their_own(edition, maker):
    rule(edition, group="households")
    application = world.application(edition, maker)
    Application.objects.filter(pk=application.pk).update(is_group=True)
    assert taken_off(application) == [PRICE // 2]


def test_a_province_is_that_of_the_part_in_the_edition(edition, maker):
    here, there = province("01"), province("31")
    rule(edition, provinces=[here])
    application = world.application(edition, maker)
    assert taken_off(application) == []
    Participation.objects.update(province=here)
    application.company.province = there  # moved since
    application.company.save()
    assert taken_off(application) == [PRICE // 2]


def test_the_nth_time_counts_earlier_editions_of_the_series_alone(edition, maker):
    rule(edition, times_from=3, times_to=3)
    application = world.application(edition, maker)
    firm = application.company
    for years, state in ((1, "active"), (2, "active"), (3, "withdrawn")):
        earlier = world.edition(opens_on=world.OPENS - timedelta(days=365 * years))
        Participation.objects.create(edition=earlier, company=firm, role="exhibitor", state=state)
    later = world.edition(opens_on=world.OPENS + timedelta(days=365), closes_on=world.OPENS + timedelta(days=367))
    world.participation(later, firm, "exhibitor")
    assert taken_off(application) == [PRICE // 2]
    Participation.objects.filter(state="withdrawn").update(state="active")
    assert taken_off(application) == []


# ---- several rules ----------------------------------------------------------------------------------------


def test_of_rules_that_stand_alone_the_first_that_gives_something_is_taken(edition, maker):
    rule(edition, order=2, percent=30)
    rule(edition, order=1, percent=40)
    rule(edition, order=0, percent=60, booths_at_most=0)
    assert taken_off(world.application(edition, maker)) == [PRICE * 4 // 10]


def test_rules_that_add_come_beside_and_together_never_pass_the_price(edition, maker):
    rule(edition, order=1, percent=60)
    rule(edition, order=2, percent=50)
    rule(edition, order=3, percent=30, adds=True)
    rule(edition, order=4, percent=30, adds=True)
    assert taken_off(world.application(edition, maker)) == [8_100_000, 4_050_000, 1_350_000]


def test_rules_for_few_booths_do_not_pay_for_the_others(edition, maker):
    rule(edition, percent=80, booths_at_most=1)
    rule(edition, percent=80, booths_at_most=1, adds=True)
    assert taken_off(world.application(edition, maker, booths=3), booths=3) == [10_800_000, 2_700_000]


# ---- ceilings and grants ----------------------------------------------------------------------------------


def test_a_ceiling_is_for_a_company_and_year_at_all_its_fairs(edition, maker):
    other = world.edition(slug="spring")
    world.floor(other)
    applications = [world.application(one, maker) for one in (edition, other)]
    firm = applications[0].company
    Application.objects.update(company=firm)
    for application in applications:
        rule(application.edition, ceiling=10_000_000)
        application.refresh_from_db()
    assert charge(applications[0]).support == -6_750_000
    assert taken_off(applications[1]) == [3_250_000]
    assert charge(applications[1]).support == -3_250_000
    assert charge(applications[1]).support == 0
    had = Allowance.objects.get()
    assert (had.company, had.year, had.kind, had.granted, had.ceiling) == (firm, 2018, "booth", 10_000_000, 10_000_000)
    assert sorted(Grant.objects.values_list("amount", flat=True)) == [3_250_000, 6_750_000]


def test_kinds_have_ceilings_apart(edition, maker):
    rule(edition, kind="rent", ceiling=1_000_000)
    rule(edition, kind="craft", ceiling=2_000_000, adds=True)
    application = world.application(edition, maker)
    assert taken_off(application) == [1_000_000, 2_000_000]
    charge(application)
    assert dict(Allowance.objects.values_list("kind", "granted")) == {"rent": 1_000_000, "craft": 2_000_000}


def test_a_grant_goes_with_its_notice(edition, maker):
    rule(edition, ceiling=10_000_000)
    application = world.application(edition, maker)
    finance = world.officer(edition, "finance")
    first = charge(application)
    cancel_notice(first, by=finance)
    assert (Grant.objects.get().state, Allowance.objects.get().granted) == ("withdrawn", 0)
    second = charge(application)
    assert second.support == -6_750_000
    credit_notice(second, amount=Decimal(1), reason="Rút", key="c", by=finance, end=True)
    assert [grant.state for grant in Grant.objects.all()] == ["withdrawn", "withdrawn"]
    assert Allowance.objects.get().granted == 0


def test_a_part_credited_leaves_the_grant(edition, maker):
    rule(edition)
    notice = charge(world.application(edition, maker))
    finance = world.officer(edition, "finance")
    credit_notice(notice, amount=Decimal(1), reason="Sai", key="c", by=finance)
    assert Grant.objects.get().state == "granted"


def test_two_companies_that_are_one_have_one_sum(edition, maker):
    rule(edition, ceiling=10_000_000)
    firms = []
    for _each in range(2):
        application = world.application(edition, world.person())
        charge(application)
        firms.append(application.company)
    Application.objects.filter(company=firms[1]).update(state="withdrawn")
    merge_companies(firms[0], drop=firms[1], by=world.officer(edition, "booth_desk"))
    had = Allowance.objects.get()
    assert (had.company, had.granted, had.grants.count()) == (firms[0], 13_500_000, 2)
    [shown] = overlaps.several(edition)
    assert (shown.company, shown.sum, shown.past_ceiling) == (firms[0], 13_500_000, True)


# ---- rules as they are set --------------------------------------------------------------------------------


def test_what_no_company_could_fit_is_refused(edition, director):
    given: dict[str, Any] = {"name_vi": "H", "name_en": "S", "percent": Decimal(50)}
    other = world.edition()
    paper = LegalPaper.objects.create(edition=other, number="1", issued_on=world.OPENS, issuer_vi="U", subject_vi="K")
    for wrong, code in [
        ({"valid_from": date(2018, 2, 1), "valid_to": date(2018, 1, 1)}, "turned_round"),
        ({"times_from": 3, "times_to": 2}, "turned_round"),
        ({"ceiling": Decimal(0)}, "not_positive"),
        ({"legal_basis": paper}, "of_another_edition"),
        ({"fund": Fund.objects.create(edition=other, name_vi="Q", name_en="F")}, "of_another_edition"),
    ]:
        with pytest.raises(Invalid) as refusal:
            set_support_rule(edition, by=director, **given | wrong)
        assert refusal.value.code == code
    assert set_support_rule(edition, by=director, kind="", item="service", **given).kind == "service"


def test_a_rule_with_grants_stays(edition, maker, director):
    fund = Fund.objects.create(edition=edition, name_vi="Q", name_en="F")
    kept, unused = rule(edition, fund=fund), rule(edition, order=1)
    charge(world.application(edition, maker))
    for deed, code in ((remove_support_rule, "has_grants"), (remove_fund, "fund_in_use")):
        with pytest.raises(Refused) as refusal:
            deed(kept if deed is remove_support_rule else fund, by=director)
        assert refusal.value.code == code
    remove_support_rule(unused, by=director)
    change_support_rule(kept, valid_to=date(2018, 8, 1), by=director)
    assert list(edition.support_rules.all()) == [kept]
    with pytest.raises(Forbidden):
        change_support_rule(kept, percent=Decimal(1), by=world.officer(edition, "finance"))


def test_rules_and_funds_go_along_into_the_next_edition(edition, director):
    fund = Fund.objects.create(edition=edition, name_vi="Q", name_en="F", share="counterpart")
    rule(edition, fund=fund, ceiling=5, valid_to=date(2018, 12, 31), provinces=[province("01")], kind="rent", adds=True)
    made = copy_edition(
        edition, by=director, opens_on=world.OPENS + timedelta(days=365), slug="n", name_vi="A", name_en="B"
    )
    copied = made.support_rules.get()
    assert (copied.fund.edition, copied.fund.share, copied.provinces.count()) == (made, "counterpart", 1)
    assert (copied.valid_to, copied.ceiling, copied.kind, copied.adds) == (date(2019, 12, 31), 5, "rent", True)


# ---- overlaps ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "meets"),
    [
        ({}, {}, True),
        ({"legal_form": "artisan"}, {}, True),
        ({"legal_form": "artisan"}, {"legal_form": "company"}, False),
        ({"item": "booth"}, {"item": "service"}, False),
        ({"times_to": 1}, {"times_from": 2}, False),
        ({"times_from": 2}, {"times_from": 3}, True),
        ({"valid_to": date(2018, 5, 1)}, {"valid_from": date(2018, 5, 2)}, False),
        ({"valid_to": date(2018, 5, 1)}, {"valid_from": date(2018, 5, 1)}, True),
    ],
)
def test_rules_overlap_when_one_company_may_fit_both(edition, one, other, meets):
    first, second = rule(edition, **one), rule(edition, **other)
    assert overlaps.overlap(first, second) == overlaps.overlap(second, first) == meets


def test_rules_of_different_provinces_do_not_overlap(edition):
    first, second = rule(edition, provinces=[province("01")]), rule(edition, provinces=[province("31")])
    assert not overlaps.overlap(first, second)
    assert overlaps.overlap(first, rule(edition))


def test_who_adds_a_rule_that_overlaps_is_warned(edition, director, client):
    rule(edition, name_vi="Của tỉnh", name_en="The province’s")
    client.force_login(director)
    given = {"name_vi": "Hai", "name_en": "Two", "item": "booth", "percent": "10", "booths_at_most": 2}
    answer = client.post(reverse("fairs:add_support_rule", args=[edition.slug]), given)
    assert answer.status_code == 302
    assert any("Của tỉnh" in str(one) for one in get_messages(answer.wsgi_request))
    made = SupportRule.objects.get(name_en="Two")
    there = reverse("fairs:change_support_rule", args=[edition.slug, made.pk])
    assert client.get(there).status_code == 200
    client.post(there, given | {"legal_form": "artisan", "ceiling": "5.000.000", "valid_to": "2018-12-31"})
    made.refresh_from_db()
    assert (made.legal_form, made.ceiling, made.valid_to) == ("artisan", 5_000_000, date(2018, 12, 31))
    assert client.post(reverse("fairs:remove_support_rule", args=[edition.slug, made.pk])).status_code == 302
    assert not SupportRule.objects.filter(pk=made.pk).exists()


def test_the_desk_sees_who_got_twice_with_a_way_to_the_notices(edition, maker, client):
    rule(edition, percent=10, name_vi="Một")
    rule(edition, percent=10, name_vi="Hai", adds=True, fund=Fund.objects.create(edition=edition, name_vi="Q"))
    notice = charge(world.application(edition, maker))
    charge(world.application(edition, world.person()))
    elsewhere = world.edition(slug="elsewhere", name_vi="Hội chợ khác", series=world.edition().series)
    there = Notice.objects.create(
        edition=elsewhere, company=notice.company, number="X1", reference="X1", currency="VND", due=9,
        due_on=world.OPENS,
    )  # fmt: skip
    world.grant(there, 7)
    client.force_login(world.officer(edition, "finance"))
    page = client.get(reverse("fairs:support_given", args=[edition.slug])).content.decode()
    assert reverse("fairs:notice", args=[edition.slug, notice.pk]) in page
    assert reverse("fairs:notice", args=[elsewhere.slug, there.pk]) not in page
    assert "Hội chợ khác" in page
    assert "Một" in page


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_page_asks_the_same_whatever_it_shows(edition, client, rows, django_assert_num_queries):
    for number in range(rows):
        owed = Notice.objects.create(
            edition=edition, company=world.company(), number=f"N{number}", reference=f"R{number}", currency="VND",
            due=9, due_on=world.OPENS,
        )  # fmt: skip
        world.grant(owed, legal_form="artisan", times_from=number + 1, times_to=number + 1)
        world.grant(owed, legal_form="public", times_from=number + 1, times_to=number + 1)
    client.force_login(world.officer(edition, "finance"))
    with django_assert_num_queries(11):
        client.get(reverse("fairs:support_given", args=[edition.slug]))


# ---- programs ---------------------------------------------------------------------------------------------


def test_programs_set_change_and_remove_rules_and_read_grants(edition, maker, director):
    desk = APIClient()
    desk.force_authenticate(director)
    fund = desk.post("/api/v1/funds/", {"edition": edition.slug, "name_vi": "Q", "name_en": "F"}).json()
    here = province("01")
    given = {
        "edition": edition.slug, "name_vi": "H", "name_en": "S", "percent": "50", "fund": fund["id"],
        "provinces": [here.pk], "ceiling": "1000000",
    }  # fmt: skip
    made = desk.post("/api/v1/support-rules/", given, format="json").json()
    assert (made["fund"], made["provinces"], made["kind"], made["ceiling"]) == (
        fund["id"], [here.pk], "booth", "1000000.00",
    )  # fmt: skip
    changed = desk.patch(f"/api/v1/support-rules/{made['id']}/", {"provinces": []}, format="json").json()
    assert (changed["provinces"], changed["percent"]) == ([], "50.00")
    notice = charge(world.application(edition, maker))
    own = APIClient()
    own.force_authenticate(maker)
    [grant] = own.get("/api/v1/grants/").json()["results"]
    assert (grant["notice"], grant["amount"], grant["year"], grant["kind"]) == (notice.pk, "1000000.00", 2018, "booth")
    assert desk.delete(f"/api/v1/support-rules/{made['id']}/").json()["code"] == "has_grants"
    assert desk.delete(f"/api/v1/funds/{fund['id']}/").json()["code"] == "fund_in_use"
