"""Two companies that are one: found, compared, merged with everything that hangs on them."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse

from booths.actions.applications import accept_application
from booths.models import Application, NeighbourWish
from buyers.models import Badge, Registration
from fairs import clock
from fairs.actions.merging import merge_companies
from fairs.actions.people import change_company, found_company
from fairs.duplicates import Likeness, find_duplicates, twins_of
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Company, Entry, Membership, Notice, Participation, Product
from fairs.relations import relations_to
from fairs.text import name_key, phone_key, tax_key
from matchmaking.models import Deal, Meeting, Occupancy, Seat
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
def desk(edition):
    """The booth desk."""
    return world.officer(edition, "booth_desk")


def pair(edition, state="submitted"):
    """A company that applied, and its duplicate that exhibits in another edition."""
    keep = world.application(edition, state=state).company
    drop = world.application(edition, state="withdrawn").company
    return keep, drop


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Công ty TNHH MTV Gốm Lan", "GỐM LÂN"),
        ("HTX Mây tre Phú Vinh", "Hợp tác xã Mây tre, Phú Vinh"),
        ("Đồng Xâm Co., Ltd", "dong xam company limited"),
        ("Công ty Cổ phần", "công ty cổ phần"),
    ],
)
def test_spellings_of_one_name_share_a_key(one, other):
    assert name_key(one) == name_key(other) != ""


def test_phones_and_tax_codes_are_compared_by_their_digits():
    assert phone_key("+84 912 345 678") == phone_key("0912.345.678") == "912345678"
    assert phone_key("12345") == phone_key("") == ""
    assert tax_key("0101234567-001") == tax_key("01 0123 4567") == "0101234567"


def test_pairs_are_found_with_why_and_only_of_this_edition(edition):
    first, second = (world.application(edition, state="submitted").company for _each in range(2))
    old = world.company(name_vi=f"HTX {first.name_vi.removeprefix('Cơ sở ')}", tax_code="0101234567-001")
    first.tax_code, second.phone = "0101234567", "0912345678"
    first.save(), second.save()
    world.company(name_vi="Nơi khác", phone="0987654321"), world.company(name_vi="Nơi khác", phone="0987654321")
    world.company(phone="+84 912 345 678", country="LA")
    found = find_duplicates(edition)
    assert [(one.first, one.second, one.likenesses) for one in found] == [(first, old, [Likeness.TAX, Likeness.NAME])]
    assert [one.second for one in twins_of(first)] == [old]
    assert twins_of(second) == []


@pytest.mark.parametrize("count", world.ROWS)
def test_finding_takes_the_same_queries_for_any_number(edition, count, django_assert_num_queries):
    for n in range(count):
        firms = Company.objects.bulk_create(Company(name_vi=f"Lụa {n}", phone=f"09123{n:05d}") for _each in range(2))
        Participation.objects.create(edition=edition, company=firms[0], role="exhibitor")
    with django_assert_num_queries(8):
        assert len(find_duplicates(edition)) == min(count, 200)


def test_a_shared_market_phone_says_nothing(edition):
    for _each in range(13):
        firm = world.company(phone="02438250000")
        world.participation(edition, firm, "exhibitor")
    assert find_duplicates(edition) == []


def test_every_table_that_points_to_a_company_is_known():
    """Whoever adds a table decides here what a merge does with it; all but the journal move."""
    assert {f"{one.related_model._meta.label}.{one.field.name}" for one in relations_to(Company)} == {
        "booths.Application.company", "booths.Household.company", "booths.NeighbourWish.company",
        "booths.Reservation.company", "booths.VehiclePass.company", "buyers.Badge.company",
        "buyers.HostedContract.company", "buyers.Invitee.company",
        "buyers.Registration.company", "buyers.VisaLetter.company",
        "fairs.Allowance.company", "fairs.Checkout.company", "fairs.Company.merged_into",
        "fairs.Company_product_groups.company", "fairs.Entry.company", "fairs.Grant.company",
        "fairs.HeldCertificate.company", "fairs.Invitation.company",
        "fairs.Membership.company",
        "fairs.Notice.company", "fairs.Participation.company", "fairs.Payment.company", "fairs.Product.company",
        "matchmaking.Lead.buyer",
    }  # fmt: skip


def test_everything_moves_and_nothing_points_to_the_duplicate_but_the_journal(edition, desk):
    sides = world.two_sides(edition)
    keep, drop = world.application(edition, state="withdrawn").company, sides.exhibitor.company
    group = world.product_group()
    for firm in (keep, drop):
        firm.product_groups.add(group)
    Product.objects.create(company=drop, product_group=group, name_vi="Lọ hoa")
    Notice.objects.create(
        edition=edition, company=drop, number="N1", reference="R1", currency="VND", due=1, due_on=edition.opens_on
    )
    Badge.objects.create(
        edition=edition, person=sides.maker, company=drop, kind="exhibitor", token="T", short_code="ABCDEFGH"
    )
    application = world.application(edition)
    NeighbourWish.objects.create(application=application, company=drop, kind="near")
    NeighbourWish.objects.create(application=application, company=keep, kind="near")
    Registration.objects.create(edition=edition, person=sides.buyer, company=drop)
    Membership.objects.create(company=keep, person=sides.maker, role="staff")
    meeting = Meeting.objects.create(
        edition=edition, exhibitor=sides.exhibitor, importer=sides.importer, importer_person=sides.buyer,
        starts_at=world.FIRST_MORNING, ends_at=world.FIRST_MORNING + timedelta(minutes=30),
    )  # fmt: skip
    change_company(drop, by=sides.maker, phone="0912345678")
    drop.refresh_from_db()
    merge_companies(keep, drop=drop, by=desk)
    left = {
        relation.related_model._meta.label: relation.related_model._base_manager.filter(
            **{relation.field.attname: drop.pk}
        ).count()
        for relation in relations_to(Company)
    }
    assert {label: number for label, number in left.items() if number} == {"fairs.Entry": 2}
    keep.refresh_from_db(), drop.refresh_from_db()
    assert (drop.merged_into, keep.phone) == (keep, "0912345678")
    assert keep.memberships.get(person=sides.maker).role == "admin"
    assert keep.products.get().name_vi == "Lọ hoa"
    assert Meeting.objects.get(pk=meeting.pk).exhibitor.company == keep
    assert application.neighbour_wishes.get().company == keep
    entry = Entry.objects.get(verb="fairs.company.merge")
    assert (entry.company, entry.object_id, str(drop.pk) in entry.subject) == (keep, str(keep.pk), True)
    assert Entry.objects.get(verb="fairs.company.end").company == drop
    assert Entry.objects.get(verb="fairs.company.change").company == drop


@pytest.mark.parametrize("active", ["keep", "drop"])
def test_two_parts_become_one_and_the_active_one_stays(edition, desk, active):
    keep, drop = world.company(), world.company()
    parts = {name: world.participation(edition, firm, "exhibitor") for name, firm in (("keep", keep), ("drop", drop))}
    for name, part in parts.items():
        part.state, part.pass_quota = ("active" if name == active else "withdrawn"), (6 if name == active else 4)
        part.save()
    buyer = world.importer(edition)
    deal: Any = Deal.objects.create(
        edition=edition, exhibitor=parts["keep"], importer=buyer.part, number="HD1",
        product_group=world.product_group(),
        currency="USD", amount=1, signed_on=world.OPENS, recorded_side="exhibitor", recorded_by=desk,
        recorded_at=world.NOON, token="t", key="k",
    )  # fmt: skip
    merge_companies(keep, drop=drop, by=desk)
    one = Participation.objects.get(role="exhibitor")
    assert (one.pk, one.company, one.state, one.pass_quota) == (parts[active].pk, keep, "active", 6)
    assert Deal.objects.get(pk=deal.pk).exhibitor == one


def test_two_live_applications_to_one_edition_are_refused_in_words_and_nothing_moves(edition, desk):
    keep, drop = (world.application(edition, state="submitted").company for _each in range(2))
    with pytest.raises(Refused) as refusal:
        merge_companies(keep, drop=drop, by=desk)
    assert refusal.value.code == "both_have"
    assert edition.name_en in refusal.value.message or edition.name_vi in refusal.value.message
    drop.refresh_from_db()
    assert drop.merged_into is None
    assert drop.memberships.count() == 1


def test_two_meetings_at_one_time_are_refused(edition, desk):
    sides = world.two_sides(edition)
    other = world.exhibitor(edition)
    for part in (sides.exhibitor, other.part):
        meeting = Meeting.objects.create(
            edition=edition, exhibitor=part, importer=sides.importer, importer_person=sides.buyer,
            starts_at=world.FIRST_MORNING, ends_at=world.FIRST_MORNING + timedelta(minutes=30), state="held",
        )  # fmt: skip
        Occupancy.objects.create(meeting=meeting, participation=part, starts_at=world.FIRST_MORNING)
    with pytest.raises(Refused) as refusal:
        merge_companies(sides.exhibitor.company, drop=other.part.company, by=desk)
    assert refusal.value.code == "both_have"
    assert Occupancy.objects.filter(participation=other.part).exists()


def test_who_meets_for_the_kept_company_stands(edition, desk):
    sides = world.two_sides(edition)
    other = world.exhibitor(edition)
    for part, name in [(sides.exhibitor, "Hiền"), (other.part, "Lan")]:
        Seat.objects.create(part=part, number=1, name=name)
    merge_companies(sides.exhibitor.company, drop=other.part.company, by=desk)
    assert [seat.name for seat in Seat.objects.all()] == ["Hiền"]


def test_what_is_no_merge_is_refused(edition, desk):
    keep, drop = pair(edition)
    abroad = world.importer_company()
    with pytest.raises(Invalid):
        merge_companies(keep, drop=keep, by=desk)
    with pytest.raises(Refused) as refusal:
        merge_companies(keep, drop=abroad, by=desk)
    assert refusal.value.code == "other_country"
    merge_companies(keep, drop=drop, by=desk)
    with pytest.raises(Refused) as refusal:
        merge_companies(keep, drop=drop, by=desk)
    assert refusal.value.code == "merged_already"


def test_only_a_desk_of_both_merges(edition):
    keep, drop = pair(edition)
    elsewhere = world.officer(world.edition(), "booth_desk")
    for person in (elsewhere, world.officer(edition, "reviewer"), world.officer(edition, "finance"), world.person()):
        with pytest.raises(Forbidden):
            merge_companies(keep, drop=drop, by=person)


def test_the_tax_code_moves_and_a_chain_stays_short(edition, desk):
    keep, drop = pair(edition)
    older = world.company(merged_into=drop)
    drop.tax_code = "0101234567"
    drop.save()
    merge_companies(keep, drop=drop, by=desk)
    keep.refresh_from_db(), drop.refresh_from_db(), older.refresh_from_db()
    assert (keep.tax_code, drop.tax_code, older.merged_into) == ("0101234567", "", keep)
    with pytest.raises(Refused):
        found_company(by=desk, contact=desk, name_vi="Mới", tax_code="0101234567")


def test_a_merged_company_is_in_no_list_and_its_old_page_leads_on(edition, desk, client):
    keep, drop = pair(edition)
    person = drop.people.get()
    world.participation(edition, drop, "exhibitor")
    stale = Company.objects.get(pk=drop.pk)
    merge_companies(keep, drop=drop, by=desk)
    assert list(Company.objects.visible_to(type(person).objects.get(pk=person.pk))) == [keep]
    assert drop not in Company.objects.visible_to(desk)
    assert drop not in Company.objects.standing()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    old = client.get(reverse("fairs:company", args=[drop.pk]))
    assert old["Location"] == reverse("fairs:company", args=[keep.pk])
    assert client.get(f"/api/v1/companies/{drop.pk}/").json()["id"] == keep.pk
    stale.people.add(person)
    with pytest.raises(Refused) as refusal:
        change_company(stale, by=type(person).objects.get(pk=person.pk), name_en="Stale")
    assert refusal.value.code == "company_merged"
    drop.refresh_from_db()
    assert drop.merged_into == keep


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_desk_compares_and_merges_on_pages(edition, desk, client, language):
    keep = world.application(edition, state="submitted").company
    drop = world.company(world.person("Bùi Thị Hiền"), name_vi=f"HTX {keep.name_vi.removeprefix('Cơ sở ')}")
    client.force_login(desk, backend="django.contrib.auth.backends.ModelBackend")
    headers = {"accept-language": language}
    address = reverse("fairs:merge", args=[edition.slug, keep.pk, drop.pk])
    assert address in client.get(reverse("fairs:duplicates", args=[edition.slug]), headers=headers).content.decode()
    assert "Bùi Thị Hiền" in client.get(address, headers=headers).content.decode()
    assert client.post(address, {}, headers=headers).status_code == 422
    assert client.post(address, {"keep": keep.pk}, headers=headers).status_code == 302
    drop.refresh_from_db()
    assert drop.merged_into == keep
    assert client.get(address).status_code == 404
    stranger = world.company(name_vi="Không liên quan")
    assert client.get(reverse("fairs:merge", args=[edition.slug, keep.pk, stranger.pk])).status_code == 404


def test_accepting_after_a_merge_goes_to_the_kept_company(edition, desk):
    keep = world.company()
    application = world.application(edition, state="submitted")
    stale = Application.objects.select_related("company", "edition__sale_terms", "contact").get(pk=application.pk)
    merge_companies(keep, drop=application.company, by=desk)
    accept_application(stale, by=desk)
    assert Participation.objects.get(edition=edition, role="exhibitor").company == keep
    assert apps.get_model("booths", "Application").objects.get(pk=stale.pk).company == keep
