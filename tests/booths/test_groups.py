"""Households of a craft village in one block, under the application of their association."""

import pytest
from django.urls import reverse

from booths.actions.applications import accept_application, draft_application, submit_application, withdraw_application
from booths.actions.groups import apply_as_group, name_households
from booths.actions.reservations import hold_booths, reserve_held
from booths.models import Application, Household
from booths.pasting import read_households
from buyers.actions.passes import issue_pass
from fairs import clock
from fairs.errors import DomainError, Forbidden
from fairs.models import Company, CraftVillage, Notice, Participation, Person
from tests import world

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def edition():
    """An edition whose groups have from two households to four."""
    with clock.at(world.NOON):
        made = world.edition()
        world.floor(made)
        made.sale_terms.households_from, made.sale_terms.households_to = 2, 4
        made.sale_terms.save()
        yield made


@pytest.fixture
def desk(edition):
    """Who decides."""
    return world.officer(edition, "booth_desk")


def village():
    """A village of potters."""
    return CraftVillage.objects.get_or_create(
        slug="bat-trang",
        defaults={
            "name_vi": "Bát Tràng", "craft_vi": "Gốm", "craft_en": "Pottery", "product_group": world.product_group(),
        },
    )[0]  # fmt: skip


def draft(edition, name="Hội gốm Bát Tràng", booths=2):
    """A group's draft, without households yet."""
    contact = world.person("Lê Văn Cam")
    firm = world.company(contact, name_vi=name, legal_form="association", craft_village=village())
    made = draft_application(
        edition, company=firm, contact=contact, booth_class=world.booth_class(edition), booth_count=booths, by=contact
    )
    return apply_as_group(made, is_group=True, by=contact)


def named(application, *names, **facts):
    """The draft with these households."""
    rows = [{"name": name} | facts for name in names]
    name_households(application, households=rows, by=application.contact)
    return application


def handed_in(edition, *names, group="Hội gốm Bát Tràng", **facts):
    """A group's application that waits for its answer."""
    application = named(draft(edition, group), *(names or ("Hộ Lan", "Hộ Mai")), **facts)
    return submit_application(application, by=application.contact, rules_version="1")


def accepted(edition, desk, *names, **facts):
    """A group that exhibits."""
    return accept_application(handed_in(edition, *names, **facts), by=desk)


def refusal(deed, *args, **kwargs):
    """The code with which something is refused."""
    with pytest.raises(DomainError) as told:
        deed(*args, **kwargs)
    return told.value.code


def test_each_household_becomes_a_company_when_the_group_hands_in(edition):
    application = handed_in(edition, person_in_charge="Nguyễn Thị Lan", craft="Gốm men lam", phone="0912 345 678")
    assert Company.objects.filter(legal_form="household").count() == 2
    first = application.households.first().company
    assert (first.name_vi, first.craft_village, first.phone, first.about_vi) == (
        "Hộ Lan", village(), "0912 345 678", "Gốm men lam",
    )  # fmt: skip
    assert {one.full_name for one in first.people.all()} == {"Lê Văn Cam", "Nguyễn Thị Lan"}


def test_a_known_household_of_the_village_is_taken_up_as_it_is(edition):
    owner = world.person("Chị Lan")
    known = world.company(owner, name_vi="HỘ LAN", craft_village=village(), phone="1", legal_form="household")
    elsewhere = world.company(name_vi="Hộ Mai", legal_form="household")
    application = handed_in(edition, "Hộ Lan", "Hộ Mai", phone="0912 345 678")
    companies = [row.company for row in application.households.all()]
    assert companies[0] == known
    assert companies[1] != elsewhere
    known.refresh_from_db()
    assert (known.name_vi, known.phone, list(known.people.all())) == ("HỘ LAN", "1", [owner])


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([{"name": f"Hộ {n}"} for n in range(5)], "too_many_households"),
        ([{"name": "Hộ Đào"}, {"name": "ho dao"}], "same_household_twice"),
        ([{"name": " "}], "no_name"),
        ([{"name": "Hộ Lan", "passes": 4}], "too_many_passes"),
    ],
)
def test_households_that_cannot_be_are_refused(edition, rows, code):
    application = named(draft(edition), "Hộ Cũ")
    assert refusal(name_households, application, households=rows, by=application.contact) == code
    assert [row.name for row in application.households.all()] == ["Hộ Cũ"]


def test_a_draft_may_have_too_few_but_a_group_may_not(edition):
    application = named(draft(edition), "Hộ Lan")
    with pytest.raises(Forbidden):
        name_households(application, households=[], by=world.person())
    assert refusal(submit_application, application, by=application.contact, rules_version="1") == "too_few_households"
    assert not Company.objects.filter(legal_form="household").exists()


def test_who_is_no_group_has_no_households(edition):
    application = named(draft(edition), "Hộ Lan", "Hộ Mai")
    apply_as_group(application, is_group=False, by=application.contact)
    assert refusal(name_households, application, households=[], by=application.contact) == "not_a_group"
    submit_application(application, by=application.contact, rules_version="1")
    assert not Household.objects.exists()
    assert refusal(apply_as_group, application, is_group=True, by=application.contact) == "handed_in"


def test_a_household_applies_once(edition):
    handed_in(edition, "Hộ Lan", "Hộ Mai")
    other = named(draft(edition, "Xã Bát Tràng"), "Hộ Lan", "Hộ Cúc")
    assert refusal(submit_application, other, by=other.contact, rules_version="1") == "household_applies"
    alone = world.application(edition, state="submitted")
    Company.objects.filter(pk=alone.company_id).update(name_vi="Hộ Đào", craft_village=village())
    named(other, "Hộ Đào", "Hộ Cúc")
    assert refusal(submit_application, other, by=other.contact, rules_version="1") == "household_applies"


def test_accepted_each_household_takes_part_with_its_own_passes(edition, desk):
    application = accepted(edition, desk, passes=1)
    host = Participation.objects.get(company=application.company)
    guests = Participation.objects.filter(host=host)
    assert [part.pass_quota for part in guests] == [1, 1]
    assert host.pass_quota == 4  # of the six of two booths
    badge = issue_pass(edition, company=guests[0].company, full_name="Lan", job_title="", by=application.contact)
    assert badge.company == guests[0].company
    assert refusal(
        issue_pass, edition, company=guests[0].company, full_name="Mai", job_title="", by=application.contact
    ) == "no_pass_left"  # fmt: skip


def test_a_household_that_exhibits_elsewhere_keeps_the_group_from_being_accepted(edition, desk):
    application = handed_in(edition)
    company = application.households.first().company
    world.participation(edition, company, "exhibitor")
    assert refusal(accept_application, application, by=desk) == "takes_part_already"
    assert not Participation.objects.filter(company=application.company).exists()
    assert Application.objects.get(pk=application.pk).state == "submitted"


def test_withdrawing_withdraws_all_and_they_may_come_again(edition, desk):
    application = accepted(edition, desk)
    withdraw_application(application, by=application.contact)
    assert set(Participation.objects.values_list("state", flat=True)) == {"withdrawn"}
    again = accepted(edition, desk, group="Xã Bát Tràng")
    assert Participation.objects.filter(state="active", host__company=again.company).count() == 2


def test_the_block_is_held_and_paid_by_the_group(edition, desk):
    edition.sale_terms.booths_at_most = 1
    edition.sale_terms.save()
    application = named(draft(edition, booths=1), "Hộ Lan", "Hộ Mai", "Hộ Cúc")
    application = draft_application(
        edition, company=application.company, contact=application.contact, booth_class=application.booth_class,
        booth_count=3, by=application.contact,
    )  # fmt: skip
    submit_application(application, by=application.contact, rules_version="1")
    accept_application(application, by=desk)
    hold_booths(application, booths=list(edition.booths.all()[:3]), by=application.contact)
    reserve_held(application, by=application.contact)
    assert [notice.company for notice in Notice.objects.all()] == [application.company]


@pytest.fixture
def block(edition, desk):
    """A group with a booth."""
    application = accepted(edition, desk)
    hold_booths(application, booths=list(edition.booths.all()[:1]), by=application.contact)
    reserve_held(application, by=application.contact)
    return application


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_public_finds_each_household_in_its_block(edition, block, client, language):
    headers = {"accept-language": language}
    part = Participation.objects.get(company__name_vi="Hộ Lan")
    pages = {
        "exhibitors": [], "booth": ["A01"], "exhibitor": [part.host_id],
    }  # fmt: skip
    for name, args in pages.items():
        page = client.get(reverse(f"booths:{name}", args=[edition.slug, *args]), headers=headers).content.decode()
        assert "Hộ Lan" in page, name
    own = client.get(reverse("booths:exhibitor", args=[edition.slug, part.pk]), headers=headers).content.decode()
    assert "Hội gốm Bát Tràng" in own
    assert "A01" in own
    assert list(edition.booths.search("ho lan")) == [edition.booths.get(code="A01")]
    [row] = [one for one in client.get(f"{API}/exhibitors/").json()["results"] if one["name_vi"] == "Hộ Lan"]
    assert (row["booths"], row["host"]) == (["A01"], part.host_id)


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_list_of_exhibitors_asks_the_same_for_every_block(edition, desk, client, rows, django_assert_num_queries):
    edition.sale_terms.households_to = 40
    edition.sale_terms.save()
    accepted(edition, desk, *(f"Hộ {n}" for n in range(1 + min(rows, 30))))
    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("booths:exhibitors", args=[edition.slug]))


LIST_QUERIES = 8


def test_the_contact_gives_passes_to_each_household(edition, block, client):
    client.force_login(block.contact)
    part = Participation.objects.get(company__name_vi="Hộ Lan")
    address = reverse("buyers:passes", args=[edition.slug])
    assert "Hộ Lan" in client.get(address).content.decode()
    answer = client.post(f"{address}?for={part.pk}", {"full_name": "Lan", "job_title": ""})
    assert answer.headers["Location"] == f"{address}?for={part.pk}"
    assert part.company.badges.count() == 1
    stranger = world.application(edition).contact
    client.force_login(stranger)
    assert client.post(f"{address}?for={part.pk}", {"full_name": "Lan", "job_title": ""}).status_code == 422


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_wizard_from_the_switch_to_the_desk(edition, desk, client, language):
    headers = {"accept-language": language}
    contact = world.person()
    world.company(contact, name_vi="Hội gốm", craft_village=village(), phone="1", country="FR")
    client.force_login(contact)

    def step(name, **given):
        address = reverse(f"booths:{name}", args=[edition.slug])
        return client.post(address, given, headers=headers) if given else client.get(address, headers=headers)

    answer = step("apply", name_vi="Hội gốm", legal_form="association", phone="1", is_group="on")
    households = reverse("booths:apply_households", args=[edition.slug])
    assert answer.headers["Location"] == households
    assert step("apply_households").content.decode().count("data-row-number") == 3  # two to fill in and the pattern
    rows = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": "Hộ Lan"}
    page = step("apply_households", **rows, paste="1", list="1. Hộ Mai; Trần Văn Mai; men rạn; 0912 345 678; 3\n\n")
    assert 'value="Trần Văn Mai"' in page.content.decode()
    assert 'value="Hộ Lan"' in page.content.decode()
    rows |= {"form-TOTAL_FORMS": "2", "form-1-name": "Hộ Mai", "form-1-passes": "ba"}
    assert step("apply_households", **rows).status_code == 422
    rows["form-1-passes"] = "3"
    assert 'value="Hộ Lan"' not in step("apply_households", **rows, drop="0").content.decode()
    assert step("apply_households", **rows, add="1").content.decode().count("data-row-number") == 4
    assert step("apply_households", **rows).headers["Location"] == reverse("booths:apply_products", args=[edition.slug])
    assert [(row.name, row.passes) for row in Household.objects.all()] == [("Hộ Lan", 2), ("Hộ Mai", 3)]
    assert "Hộ Mai" in step("apply_households").content.decode()
    assert "Hộ Mai" in step("apply_send").content.decode()
    assert step("apply_send", agreed="on", rules_version="1").status_code == 302
    application = Application.objects.get()
    client.force_login(desk)
    page = client.get(reverse("booths:application_desk", args=[edition.slug, application.pk]), headers=headers)
    assert "Hộ Mai" in page.content.decode()


@pytest.mark.parametrize(
    ("language", "few", "many", "enough", "send"),
    [
        ("vi", "Còn thiếu: <b class=\"n\" data-tally-missing>1</b>", "Thừa: <b class=\"n\" data-tally-over>1</b>",
         "Như vậy là đủ", "Số hộ còn thiếu: 1"),
        ("en", "Still missing: <b class=\"n\" data-tally-missing>1</b>",
         "Too many: <b class=\"n\" data-tally-over>1</b>", "That is enough", "Households still missing: 1"),
    ],
)  # fmt: skip
def test_a_group_reads_what_is_missing_while_it_names_its_households(
    edition, client, language, few, many, enough, send
):
    application = named(draft(edition), "Hộ Lan")
    client.force_login(application.contact)

    address = reverse("booths:apply_households", args=[edition.slug])
    page = client.get(address, headers={"accept-language": language}).content.decode()
    assert few in page
    assert "data-tally-few>" in page
    assert "data-tally-enough hidden>" in page
    listed = {"form-TOTAL_FORMS": "0", "paste": "1", "list": "\n".join(f"Hộ {n}" for n in range(5))}
    page = client.post(address, listed, headers={"accept-language": language}).content.decode()
    assert many in page
    assert "data-tally-many>" in page
    assert "data-tally-few hidden>" in page
    to_send = reverse("booths:apply_send", args=[edition.slug])
    assert send in client.get(to_send, headers={"accept-language": language}).content.decode()
    named(application, "Hộ Lan", "Hộ Mai")
    page = client.get(address, headers={"accept-language": language}).content.decode()
    assert enough in page
    assert "data-tally-enough>" in page
    assert send not in client.get(to_send, headers={"accept-language": language}).content.decode()


def test_programs_read_it_too(edition, client):
    application = named(draft(edition), "Hộ Lan")
    client.force_login(application.contact)
    address = f"{API}/applications/{application.pk}/"
    assert client.get(address).json()["households_missing"] == 1
    given = {"households": [{"name": "Hộ Lan"}, {"name": "Hộ Mai"}]}
    answer = client.post(f"{address}households/", given, content_type="application/json")
    assert answer.json()["households_missing"] == 0


def test_the_step_of_households_is_for_groups(edition, client):
    application = world.application(edition, state="draft")
    client.force_login(application.contact)
    answer = client.get(reverse("booths:apply_households", args=[edition.slug]))
    assert answer.headers["Location"] == reverse("booths:apply_products", args=[edition.slug])


def test_programs_apply_for_a_group(edition, client):
    contact = world.person()
    firm = world.company(contact, name_vi="Hội gốm", craft_village=village())
    client.force_login(contact)

    def post(path, **given):
        return client.post(f"{API}/applications/{path}", given, content_type="application/json")

    made = post("", edition=edition.slug, company=firm.pk, booth_class="standard", is_group=True).json()
    given = [{"name": "Hộ Lan", "craft": "Men lam"}, {"name": "Hộ Mai", "passes": 3}]
    answer = post(f"{made['id']}/households/", households=given)
    assert [row["passes"] for row in answer.json()["households"]] == [2, 3]
    assert post(f"{made['id']}/households/", households=[{"name": "Hộ Lan"}] * 2).status_code == 400
    handed = post(f"{made['id']}/submit/", rules_version="1").json()
    assert all(row["company"] for row in handed["households"])


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("Hộ Lan", {"name": "Hộ Lan"}),
        ("12) Hộ Lan, Nguyễn Thị Lan, men lam", {
            "name": "Hộ Lan", "person_in_charge": "Nguyễn Thị Lan", "craft": "men lam",
        }),
        ("- Hộ Lan\t0912.345.678\t3", {"name": "Hộ Lan", "phone": "0912.345.678", "passes": 3}),
        ("Hộ Lan;;men lam", {"name": "Hộ Lan", "person_in_charge": "", "craft": "men lam"}),
        ("   ", None),
        ("3.", None),
        (", 0912345678", None),
    ],
)  # fmt: skip
def test_a_pasted_line_is_a_household(line, row):
    assert read_households(f"{line}\n") == ([row] if row else [])


def test_nobody_signs_in_as_a_household_by_being_named(edition):
    handed_in(edition, person_in_charge="Nguyễn Thị Lan")
    assert not Person.objects.get(full_name="Nguyễn Thị Lan", memberships__company__name_vi="Hộ Lan").email
