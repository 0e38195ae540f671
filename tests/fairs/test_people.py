"""One's own pages: profile, company, products, the people who act for it."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from fairs import clock
from fairs.actions import people
from fairs.deliveries import compose
from fairs.errors import Forbidden, Refused
from fairs.models import Company, Delivery, Entry, Invitation, Membership, Person, Product
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker():
    return world.person("Trần Văn Lực", email="maker@example.org", last_login=world.NOON)


@pytest.fixture
def firm(maker):
    return world.company(maker, name_vi="Gốm Minh Châu", tax_code="0101234567")


def browser(person: Person) -> Client:
    """Somebody's browser."""
    client = Client()
    client.force_login(person)
    return client


def verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


# ---- actions ----------------------------------------------------------------------------------------------


def test_a_company_is_founded_with_somebody_in_charge(maker):
    firm = people.found_company(by=maker, contact=maker, name_vi="Gốm", product_groups=[world.product_group()])
    assert firm.memberships.get().role == Membership.Role.ADMIN
    assert firm.pk in maker.company_ids
    assert verbs() == ["fairs.company.found"]


def test_a_tax_code_belongs_to_one_company(firm, maker):
    with pytest.raises(Refused) as refusal:
        people.found_company(by=maker, contact=maker, name_vi="Khác", tax_code=firm.tax_code)
    assert refusal.value.code == "tax_code_known"
    other = world.company(maker)
    with pytest.raises(Refused) as refusal:
        people.change_company(other, by=maker, tax_code=firm.tax_code)
    assert refusal.value.fields.keys() == {"tax_code"}
    assert other.tax_code == ""


def test_members_and_the_desks_of_its_edition_change_a_company(firm, maker):
    edition = world.edition()
    desk, stranger = world.officer(edition, "booth_desk"), world.person()
    people.change_company(firm, by=maker, name_en="Minh Chau")
    with pytest.raises(Forbidden):
        people.change_company(firm, by=stranger, name_en="Mine")
    with pytest.raises(Forbidden):
        people.change_company(firm, by=desk, name_en="Ours")
    world.participation(edition, firm, "exhibitor")
    with clock.at(world.NOON):
        people.change_company(firm, by=desk, about_vi="Men rạn cổ")
    with pytest.raises(Forbidden):  # the fair is over
        people.change_company(firm, by=desk, about_vi="Men rạn")
    with pytest.raises(Forbidden):
        people.change_company(firm, by=world.officer(edition, "gate"), name_en="Gate")
    assert Entry.objects.latest("pk").fields == ["about_vi"]


def test_products_come_change_and_go(firm, maker):
    product = people.add_product(firm, by=maker, name_vi="Bình", product_group=world.product_group())
    people.change_product(product, by=maker, name_en="Vase", minimum_order=500)
    assert Product.objects.get().minimum_order == 500
    with pytest.raises(Forbidden):
        people.remove_product(product, by=world.person())
    people.remove_product(product, by=maker)
    assert not firm.products.exists()
    assert verbs() == ["fairs.product.add", "fairs.product.change", "fairs.product.remove"]
    assert all(entry.company == firm for entry in Entry.objects.all())


def test_a_person_who_is_invited_gets_one_letter_and_acts_once_they_say_yes(
    firm, maker, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            asked = people.invite_member(firm, email=" Mai@Example.org", full_name="Lê Thị Mai", by=maker)
    mai = Person.objects.get(email="mai@example.org")
    assert not mai.has_usable_password()
    assert Delivery.objects.get().kind == "fairs.member_invited"
    assert list(firm.people.all()) == [maker]
    with pytest.raises(Forbidden):
        people.accept_invitation(asked, by=maker)
    people.accept_invitation(asked, by=mai)
    assert [membership.person for membership in firm.memberships.order_by("pk")] == [maker, mai]
    assert firm.pk in mai.company_ids
    assert not Invitation.objects.exists()
    assert verbs() == ["fairs.person.enter", "fairs.invitation.send", "fairs.invitation.accept"]
    with pytest.raises(Refused) as refusal:
        people.invite_member(firm, email="mai@example.org", full_name="Mai", by=maker)
    assert refusal.value.code == "member_already"


def test_an_invitation_is_declined_or_taken_back(firm, maker):
    mai = world.person("Lê Thị Mai")
    for by in (mai, maker):
        people.end_invitation(people.invite_member(firm, email=mai.email, full_name="Mai", by=maker), by=by)
    assert not firm.invitations.exists()
    asked = people.invite_member(firm, email=mai.email, full_name="Mai", by=maker)
    with pytest.raises(Forbidden):
        people.end_invitation(asked, by=world.person())
    assert list(firm.people.all()) == [maker]


def test_the_letter_leads_to_the_answer_by_a_code(firm, maker):
    people.invite_member(firm, email="mai@example.org", full_name="Lê & Mai", by=maker)
    letter = compose(Delivery.objects.get())
    assert letter.body.startswith("Kính gửi Lê & Mai,")
    assert f"{reverse('account_request_login_code')}?next={reverse('fairs:welcome')}" in letter.body


def test_only_who_is_in_charge_adds_and_removes_people(firm, maker):
    staff = world.person("Mai")
    people.add_member(firm, person=staff, by=maker, role="staff")
    with pytest.raises(Forbidden):
        people.invite_member(firm, email="x@example.org", full_name="X", by=staff)
    with pytest.raises(Forbidden):
        people.remove_member(firm.memberships.get(person=maker), by=staff)
    people.remove_member(firm.memberships.get(person=staff), by=staff)
    assert firm.memberships.count() == 1


def test_the_last_person_in_charge_stays(firm, maker):
    people.add_member(firm, person=world.person("Mai"), by=maker, role="staff")
    with pytest.raises(Refused) as refusal:
        people.remove_member(firm.memberships.get(person=maker), by=maker)
    assert refusal.value.code == "last_member"


def test_a_person_is_known_by_the_e_mail_whatever_its_case(maker):
    assert people.know_person(email="MAKER@example.org", full_name="Ai đó", by=maker) == maker
    nobody = [people.know_person(email=None, full_name="Nghệ nhân", by=maker) for _twice in range(2)]
    assert nobody[0] != nobody[1]


def test_a_person_changes_only_themselves(maker):
    people.change_person(maker, by=maker, phone="0912")
    with pytest.raises(Forbidden):
        people.change_person(maker, by=world.person(), phone="0")
    people.change_person(maker, by=maker, phone="0912")
    assert verbs() == ["fairs.person.change"]


# ---- pages ------------------------------------------------------------------------------------------------


def test_the_profile_keeps_what_was_typed_and_the_language(maker):
    page = browser(maker)
    given = {"full_name": "Trần Văn Lực", "given_name": "Lực", "honorific": "mr", "phone": "0912", "language": "en"}
    answer = page.post(reverse("fairs:profile"), given)
    assert answer.headers["Location"] == reverse("fairs:profile")
    assert answer.cookies["django_language"].value == "en"
    maker.refresh_from_db()
    assert (maker.given_name, maker.language) == ("Lực", "en")


def test_a_profile_without_a_name_is_refused_with_everything_typed(maker):
    answer = browser(maker).post(reverse("fairs:profile"), {"full_name": "", "phone": "0912 345", "language": "vi"})
    assert answer.status_code == 422
    assert "0912 345" in answer.content.decode()


def test_the_company_page_shows_profile_products_and_people(firm, maker):
    people.add_product(firm, by=maker, name_vi="Bình hoa", product_group=world.product_group())
    page = browser(maker).get(reverse("fairs:company", args=[firm.pk])).content.decode()
    assert all(words in page for words in ["Gốm Minh Châu", "Bình hoa", "Trần Văn Lực"])


@pytest.mark.parametrize("who", ["stranger", "gate"])
def test_for_others_the_company_page_does_not_exist(firm, who):
    edition = world.edition()
    world.participation(edition, firm, "exhibitor")
    person = world.person() if who == "stranger" else world.officer(edition, "gate")
    for name in ["company", "change_company", "add_product", "add_member"]:
        assert browser(person).get(reverse(f"fairs:{name}", args=[firm.pk])).status_code == 404


def test_the_company_changes_by_its_form(firm, maker):
    page = browser(maker)
    group = world.product_group()
    given = {
        "name_vi": "Gốm Minh Châu", "name_en": "Minh Chau", "legal_form": "cooperative", "tax_code": "0101234567",
        "website": "minhchau.vn", "product_groups": [group.pk],
    }  # fmt: skip
    assert page.post(reverse("fairs:change_company", args=[firm.pk]), given).status_code == 302
    firm = Company.objects.get()
    assert (firm.name_en, firm.website, list(firm.product_groups.all())) == (
        "Minh Chau",
        "https://minhchau.vn",
        [group],
    )


def test_a_taken_tax_code_is_said_at_its_field(firm, maker):
    world.company(tax_code="999")
    given = {"name_vi": "Gốm", "legal_form": "company", "tax_code": "999"}
    answer = browser(maker).post(reverse("fairs:change_company", args=[firm.pk]), given)
    assert answer.status_code == 422
    assert "tax_code" in answer.context["form"].errors


def test_products_by_their_forms(firm, maker):
    page, group = browser(maker), world.product_group()
    given = {"name_vi": "Bình", "product_group": group.pk, "hs_code": "6912.00"}
    page.post(reverse("fairs:add_product", args=[firm.pk]), given)
    product = firm.products.get()
    assert product.hs_code == "691200"
    page.post(reverse("fairs:change_product", args=[firm.pk, product.pk]), given | {"name_en": "Vase"})
    assert firm.products.get().name_en == "Vase"
    wrong = page.post(reverse("fairs:add_product", args=[firm.pk]), given | {"hs_code": "gốm"})
    assert wrong.status_code == 422
    page.post(reverse("fairs:remove_product", args=[firm.pk, product.pk]))
    assert not firm.products.exists()


def test_a_product_of_another_company_is_out_of_reach(firm, maker):
    other = world.company()
    theirs = Product.objects.create(company=other, name_vi="Bình", product_group=world.product_group())
    for name in ["change_product", "remove_product"]:
        assert browser(maker).post(reverse(f"fairs:{name}", args=[firm.pk, theirs.pk])).status_code == 404


def test_people_by_their_forms(firm, maker):
    page = browser(maker)
    page.post(
        reverse("fairs:add_member", args=[firm.pk]), {"full_name": "Mai", "email": "mai@example.org", "role": "admin"}
    )
    assert "Mai" in page.get(reverse("fairs:company", args=[firm.pk])).content.decode()
    people.accept_invitation(firm.invitations.get(), by=Person.objects.get(email="mai@example.org"))
    mai = firm.memberships.get(person__email="mai@example.org")
    assert page.post(reverse("fairs:remove_member", args=[firm.pk, mai.pk])).status_code == 302
    own = firm.memberships.get(person=maker)
    answer = page.post(reverse("fairs:remove_member", args=[firm.pk, own.pk]))
    assert answer.status_code == 409
    assert "người phụ trách" in answer.content.decode()
    assert not mail.outbox


def test_who_leaves_goes_back_to_their_own_page(firm, maker):
    staff = world.person("Mai")
    people.add_member(firm, person=staff, by=maker)
    own = firm.memberships.get(person=staff)
    answer = browser(staff).post(reverse("fairs:remove_member", args=[firm.pk, own.pk]))
    assert answer.headers["Location"] == reverse("fairs:profile")


def test_whoever_is_invited_answers_on_the_first_page(firm, maker):
    people.invite_member(firm, email="mai@example.org", full_name="Mai", by=maker)
    mai = Person.objects.get(email="mai@example.org")
    page = browser(mai)
    welcome = page.get(reverse("fairs:welcome"))
    assert "Gốm Minh Châu" in welcome.content.decode()
    asked = firm.invitations.get()
    assert browser(world.person()).post(reverse("fairs:accept_invitation", args=[asked.pk])).status_code == 404
    answer = page.post(reverse("fairs:accept_invitation", args=[asked.pk]))
    assert answer.headers["Location"] == reverse("fairs:company", args=[firm.pk])
    assert page.get(answer.headers["Location"]).status_code == 200


def test_whoever_says_no_stays_outside_and_the_company_may_take_its_question_back(firm, maker):
    mai = world.person("Mai")
    for who, onward in ((mai, reverse("fairs:profile")), (maker, reverse("fairs:company", args=[firm.pk]))):
        asked = people.invite_member(firm, email=mai.email, full_name="Mai", by=maker)
        answer = browser(who).post(reverse("fairs:end_invitation", args=[asked.pk]))
        assert answer.headers["Location"] == onward
    assert list(firm.people.all()) == [maker]
