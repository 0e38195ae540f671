"""Companies and the names of strangers: nobody helps himself in, and no letter carries their words."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from fairs import clock, deliveries
from fairs.actions import people
from fairs.errors import Forbidden, TooMany
from fairs.models import Delivery, Invitation, Membership, Person
from tests import world
from tests.fairs.strangers import browser

pytestmark = pytest.mark.django_db


def test_an_officer_never_becomes_a_member_of_a_company_by_his_own_hand():
    fair = world.edition()
    maker = world.person("Bùi Thị Hiền", last_login=world.NOON)
    firm = world.company(maker)
    world.participation(fair, firm, "exhibitor")
    with clock.at(world.NOON):
        for role in ("director", "booth_desk", "importer_desk"):
            officer = world.officer(fair, role)
            with pytest.raises(Forbidden):
                people.invite_member(firm, email=officer.email, full_name="Me", by=officer, role="admin")
            with pytest.raises(Forbidden):
                people.add_member(firm, person=officer, by=officer, role="admin")
            with pytest.raises(Forbidden):
                people.invite_member(firm, email="friend@example.org", full_name="Friend", by=officer)
            program = APIClient()
            program.force_authenticate(officer)
            given = {"company": firm.pk, "email": officer.email, "full_name": "Me", "role": "admin"}
            assert program.post("/api/v1/member-invitations/", given).status_code == 403
    assert list(firm.people.all()) == [maker]


def test_at_a_company_nobody_signs_in_for_a_desk_adds_others_but_not_itself():
    fair = world.edition()
    firm = world.company(world.person())
    world.participation(fair, firm, "exhibitor")
    desk = world.officer(fair, "booth_desk")
    people.invite_member(firm, email="mai@example.org", full_name="Mai", by=desk)
    for join in (people.add_member, people.invite_member):
        own = {"person": desk} if join is people.add_member else {"email": desk.email, "full_name": "Me"}
        with pytest.raises(Forbidden) as refusal:
            join(firm, by=desk, **own)
        assert refusal.value.code == "not_yourself"


def test_a_desk_looks_after_a_company_while_it_takes_part_and_the_fair_is_not_over():
    fair = world.edition()
    firm, desk = world.company(), world.officer(fair, "booth_desk")
    part = world.participation(fair, firm, "exhibitor")
    with clock.at(world.NOON):
        assert desk.looks_after(firm)
    assert not desk.looks_after(firm)  # years later
    part.state = "withdrawn"
    part.save()
    with clock.at(world.NOON):
        assert not desk.looks_after(firm)


def test_inviting_an_e_mail_tells_nothing_of_whose_it_is_and_opens_nothing():
    director = world.person("Nguyễn Thu Hà", email="director@example.org")
    mallory = world.person()
    firm = world.company(mallory, name_vi="Evil Co")
    program = APIClient()
    program.force_authenticate(mallory)
    told = [
        program.post("/api/v1/member-invitations/", {"company": firm.pk, "email": email, "full_name": "?"}).json()
        for email in (director.email, "nobody@example.org")
    ]
    assert [{**one, "id": 0, "email": ""} for one in told] == [
        {"id": 0, "company": firm.pk, "full_name": "?", "email": "", "role": "staff"}
    ] * 2
    assert "Nguyễn Thu Hà" not in browser(mallory).get(reverse("fairs:company", args=[firm.pk])).content.decode()
    assert "Nguyễn Thu Hà" not in program.get("/api/v1/members/").content.decode()
    assert Membership.objects.get().person == mallory
    assert browser(director).get(reverse("fairs:company", args=[firm.pk])).status_code == 404
    assert not director.company_ids


def test_somebody_invites_thirty_people_a_day_and_founds_thirty_companies_by_program():
    maker = world.person()
    firm = world.company(maker)
    for number in range(people.MOST_INVITATIONS):
        people.invite_member(firm, email=f"p{number}@example.org", full_name="P", by=maker)
    with pytest.raises(TooMany):
        people.invite_member(firm, email="one-more@example.org", full_name="P", by=maker)
    assert Invitation.objects.count() == people.MOST_INVITATIONS
    assert Delivery.objects.count() == people.MOST_INVITATIONS
    with clock.at(timezone.now() + timedelta(days=1, minutes=1)):
        people.invite_member(firm, email="one-more@example.org", full_name="P", by=maker)
    program = APIClient()
    program.force_authenticate(maker)
    answers = [program.post("/api/v1/companies/", {"name_vi": f"C{n}"}).status_code for n in range(31)]
    assert answers == [201] * 30 + [429]


def test_a_name_is_one_line_so_that_a_letter_says_nothing_of_a_strangers():
    maker = world.person()
    firm = world.company(maker, name_vi="Evil\r\nBcc: all")
    people.invite_member(firm, email="mai@example.org", full_name="Mai,\n\nYour account is blocked", by=maker)
    firm.refresh_from_db()
    assert firm.name_vi == "Evil Bcc: all"
    assert Person.objects.get(email="mai@example.org").full_name == "Mai, Your account is blocked"
    letter = deliveries.compose(Delivery.objects.get())
    assert letter.subject == "Bạn có đại diện cho Evil Bcc: all không?"
    assert letter.body.startswith("Kính gửi Mai, Your account is blocked,\n")
    letter.message()


@pytest.mark.parametrize("name", ["Mai https://evil.example", "http://evil.example"])
def test_a_name_holds_no_link(name):
    fair = world.edition()
    maker = world.person()
    firm = world.company(maker)
    page, program = browser(maker), APIClient()
    program.force_authenticate(maker)
    given: dict[str, Any] = {"full_name": name, "email": "mai@example.org", "role": "staff", "company": firm.pk}
    assert page.post(reverse("fairs:add_member", args=[firm.pk]), given).status_code == 422
    assert program.post("/api/v1/member-invitations/", given).status_code == 400
    assert program.post("/api/v1/companies/", {"name_vi": name}).status_code == 400
    changed = {"name_vi": name, "legal_form": "company"}
    assert page.post(reverse("fairs:change_company", args=[firm.pk]), changed).status_code == 422
    Client().post(reverse("account_signup"), {"email": "mai@example.org", "full_name": name, "password1": ""})
    newcomer = {
        "edition": fair.slug, "full_name": name, "company_name": name, "country": "FR", "email": "mai@example.org",
        "product_groups": [], "consents": ["registration"],
    }  # fmt: skip
    answer = APIClient().post("/api/v1/registrations/", newcomer)
    assert answer.json()["fields"].keys() == {"full_name", "company_name"}
    form = Client().post(reverse("buyers:register", args=[fair.slug]), newcomer).context["form"]
    assert {"full_name", "company_name"} <= form.errors.keys()
    assert not Person.objects.filter(email="mai@example.org").exists()
