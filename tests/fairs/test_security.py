"""What somebody with bad intentions tries: other people's e-mail, limits, secrets in logs and caches."""

import json
import logging
import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from fairs import clock, deliveries
from fairs.actions import editions, people
from fairs.deliveries import owe
from fairs.demo.plan import let_in
from fairs.demo.world import PASSWORD
from fairs.errors import Forbidden, Refused, TooMany
from fairs.inputs import whole_number
from fairs.journal import record
from fairs.letterboxes import is_proved, prove
from fairs.middleware import JsonLine
from fairs.models import Company, Delivery, Invitation, Membership, Person
from tests import world

pytestmark = pytest.mark.django_db
CHOSEN_BY_A_STRANGER = "four words of mallory"


def browser(person: Person | None = None) -> Client:
    """Somebody's browser."""
    client = Client()
    if person:
        client.force_login(person)
    return client


def code_to(email: str) -> str:
    """The code in the newest letter to an address."""
    body = next(letter.body for letter in reversed(mail.outbox) if letter.to == [email])
    found = re.search(r"\b\d{8}\b", str(body))
    assert found
    return found.group()


def signs_up(email: str) -> Client:
    """A stranger's browser, after signing up with an e-mail that need not be his."""
    client = Client()
    given = {"email": email, "full_name": "X", "password1": CHOSEN_BY_A_STRANGER}
    client.post(reverse("account_signup"), given)
    cache.clear()
    return client


def signs_in_by_code(email: str) -> Client:
    """The browser of whoever reads the letters to an e-mail."""
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": email})
    client.post(reverse("account_confirm_login_code"), {"code": code_to(email)})
    cache.clear()
    return client


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("fairs:profile")).status_code == 200


def opens(email: str, password: str) -> bool:
    """Whether a password still opens an account, on a page or for a program."""
    cache.clear()
    client = Client()
    client.post(reverse("account_login"), {"login": email, "password": password})
    token = APIClient().post("/api/v1/token/", {"email": email, "password": password})
    return is_signed_in(client) or token.status_code == 200


# ---- other people's e-mail ----------------------------------------------------------------------------------


def test_a_role_given_to_an_e_mail_is_not_its_first_comers():
    """Signed up first with somebody else's e-mail: the role goes to whoever reads its letters."""
    fair = world.edition()
    stranger = signs_up("head@organiser.example")
    director = world.officer(fair, "director")
    editions.appoint_by_email(fair, email="head@organiser.example", full_name="Head", role="director", by=director)
    head = Person.objects.get(email="head@organiser.example")
    assert not is_signed_in(stranger)
    assert not head.has_usable_password()
    assert not opens(head.email, CHOSEN_BY_A_STRANGER)
    owner = signs_in_by_code(head.email)
    assert owner.get(reverse("fairs:desk", args=[fair.slug])).status_code == 200
    assert not is_signed_in(stranger)


def test_an_open_session_of_an_unproved_account_ends_when_it_is_given_something():
    person = Person.objects.create_user("mai@example.org", CHOSEN_BY_A_STRANGER, full_name="X")
    session = browser(person)  # as before e-mails had to be proved
    Token.objects.create(user=person)
    assert is_signed_in(session)
    people.know_person(email="mai@example.org", full_name="Mai", by=world.person())
    assert not is_signed_in(session)
    assert not Token.objects.exists()


def test_who_proved_the_e_mail_keeps_the_password_when_they_are_given_something():
    maker = world.person(email="maker@example.org")
    people.know_person(email=maker.email, full_name="Maker", by=world.person())
    maker.refresh_from_db()
    assert maker.check_password("secret-lacquer")


def test_a_password_chosen_by_a_stranger_ends_when_the_owner_comes_by_a_code():
    stranger = signs_up("buyer@example.org")
    owner = signs_in_by_code("buyer@example.org")
    assert is_signed_in(owner)
    assert not opens("buyer@example.org", CHOSEN_BY_A_STRANGER)
    assert not is_signed_in(stranger)
    assert stranger.get(reverse("account_email_verification_sent")).status_code in (200, 302)
    assert not is_signed_in(stranger)
    assert is_signed_in(owner)


def test_ones_own_password_stays_when_one_signs_in_by_code():
    maker = world.person(email="maker@example.org")
    assert is_signed_in(signs_in_by_code(maker.email))
    maker.refresh_from_db()
    assert maker.check_password("secret-lacquer")


def test_a_program_signs_in_only_once_the_e_mail_is_proved():
    person = Person.objects.create_user("new@example.org", "four words of mine", full_name="New")
    given = {"email": person.email, "password": "four words of mine"}
    assert APIClient().post("/api/v1/token/", given).json()["code"] == "wrong_credentials"
    prove(person)
    assert APIClient().post("/api/v1/token/", given).status_code == 200


def test_the_e_mail_of_somebody_else_is_neither_added_nor_taken_by_ones_own_account():
    """Whoever was entered at a desk has no proved e-mail yet: her code opens her account, whatever others added."""
    mallory = world.person(email="mallory@example.org")
    buyer = Person.objects.create_user("buyer@example.org", full_name="Camille")
    page = browser(mallory)
    page.post(reverse("account_email"), {"action_add": "", "email": buyer.email})
    assert not EmailAddress.objects.filter(user=mallory, email=buyer.email).exists()
    if "_auth_user_id" in page.session:  # even with the code, should she be talked into reading it out
        page.post(reverse("account_email_verification_sent"), {"code": code_to(buyer.email)})
    mallory.refresh_from_db()
    assert mallory.email == "mallory@example.org"
    cache.clear()
    EmailAddress.objects.create(user=mallory, email=buyer.email)  # as such rows once came to be
    owner = signs_in_by_code(buyer.email)
    assert owner.session["_auth_user_id"] == str(buyer.pk)
    assert is_proved(buyer)
    client = Client()
    client.post(reverse("account_reset_password"), {"email": buyer.email})
    assert "Camille" in mail.outbox[-1].body


def test_a_password_chosen_by_a_letter_proves_the_e_mail():
    person = Person.objects.create_user("mai@example.org", full_name="Mai")
    client = Client()
    client.post(reverse("account_reset_password"), {"email": person.email})
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
    assert found
    form = client.get(found.group(1), follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "four words of mine", "password2": "four words of mine"})
    assert is_proved(person)
    assert opens(person.email, "four words of mine")


def test_the_administrator_of_the_installation_is_believed():
    assert is_proved(Person.objects.create_superuser("admin@example.org", "secret-lacquer"))


def test_the_printed_logins_of_a_demonstration_open_by_password():
    officer = Person.objects.create_user("gate@cho-phien.example", full_name="Gate")
    let_in(officer)
    people.know_person(email=officer.email, full_name="Gate", by=officer)
    assert opens(officer.email, PASSWORD)


# ---- companies ----------------------------------------------------------------------------------------------


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


# ---- limits -------------------------------------------------------------------------------------------------


def test_a_header_of_ones_own_does_not_hide_who_guesses_passwords():
    given = {"email": "maker@example.org", "password": "wrong"}
    answers = [
        APIClient(HTTP_X_FORWARDED_FOR=f"10.0.0.{number}").post("/api/v1/token/", given | {"email": f"m{number}@x.org"})
        for number in range(30)
    ]
    assert answers[-1].status_code == 429


def test_behind_a_proxy_each_visitor_has_limits_of_their_own(settings):
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": 1}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    given = {"email": "maker@example.org", "password": "wrong"}
    for number in range(30):
        APIClient(HTTP_X_FORWARDED_FOR="10.0.0.1").post("/api/v1/token/", given | {"email": f"m{number}@x.org"})
    other = APIClient(HTTP_X_FORWARDED_FOR="10.0.0.2").post("/api/v1/token/", given)
    assert other.status_code == 400
    assert other.json()["code"] == "wrong_credentials"


def test_the_number_of_proxies_is_the_same_for_pages_and_programs():
    assert settings.REST_FRAMEWORK["NUM_PROXIES"] == settings.ALLAUTH_TRUSTED_PROXY_COUNT == settings.PROXIES


def test_an_accounts_password_is_guessed_five_times_by_program_too():
    maker = world.person(email="maker@example.org")
    for number in range(5):
        program = APIClient(REMOTE_ADDR=f"10.0.1.{number}")
        assert program.post("/api/v1/token/", {"email": maker.email, "password": "wrong"}).status_code == 400
    answer = APIClient(REMOTE_ADDR="10.0.2.1").post(
        "/api/v1/token/", {"email": maker.email, "password": "secret-lacquer"}
    )
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_tries")


def test_codes_cannot_be_worn_down():
    """Eight digits, three tries a code, forty codes an hour for one e-mail from ever new addresses."""
    world.person(email="maker@example.org")
    moment, sent = timezone.now().timestamp(), 0
    for number in range(60):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("time.time", lambda now=moment + 30 * number: now)
            Client(REMOTE_ADDR=f"10.1.0.{number}").post(
                reverse("account_request_login_code"), {"email": "maker@example.org"}
            )
        sent = len(mail.outbox)
    assert sent == 40
    assert len(code_to("maker@example.org")) == 8


@pytest.mark.parametrize("typed", ["²", "٣", "", "x", "-1", "9" * 18])
def test_digits_that_are_none_are_no_number(typed):
    assert whole_number(typed) is None


def test_digits_that_are_none_break_no_page():
    fair = world.two_sides()
    maker, edition = browser(fair.maker), fair.edition
    desk = browser(world.officer(edition, "director"))
    for page, name, query in [
        (maker, "booths:plan", "for=²"),
        (desk, "booths:plan", "for=" + "9" * 40),
        (maker, "matchmaking:record_deal", "meeting=²"),
        (desk, "matchmaking:record_deal", "importer=²&exhibitor=²"),
        (desk, "matchmaking:ask_for_others", "importer=²"),
        (desk, "fairs:journal", "person=" + "9" * 40),
        (desk, "fairs:journal", "company=²"),
        (desk, "booths:set_threshold", "threshold=²"),
        (desk, "booths:floor_csv", "of=²"),
        (desk, "booths:floor_csv", "of=" + "9" * 40),
    ]:
        answer = page.get(f"{reverse(name, args=[edition.slug])}?{query}")
        assert answer.status_code in (200, 404), (name, query)
    decide = {"verb": "accept", "reason": "", "which": "ticked"}
    for name, given in [("decide", {"id": ["²", "1"]}), ("decide_now", {"seen": "²:1,1:" + "9" * 40})]:
        assert desk.post(reverse(f"booths:{name}", args=[edition.slug]), decide | given).status_code in (200, 302, 422)


# ---- programs and accounts ----------------------------------------------------------------------------------


def program_of(person: Person, password: str = "secret-lacquer") -> APIClient:
    """A program that signed in with the password."""
    client = APIClient()
    token = client.post("/api/v1/token/", {"email": person.email, "password": password}).json()["token"]
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return client


def test_a_new_password_signs_programs_out():
    maker = world.person()
    program = program_of(maker)
    assert program.get("/api/v1/me/").status_code == 200
    new = {"oldpassword": "secret-lacquer", "password1": "four words of mine", "password2": "four words of mine"}
    assert browser(maker).post(reverse("account_change_password"), new).status_code == 302
    assert program.get("/api/v1/me/").status_code == 401


def test_one_takes_ones_tokens_back():
    program = program_of(world.person())
    assert program.delete("/api/v1/token/").status_code == 204
    assert program.get("/api/v1/me/").status_code == 401
    assert APIClient().delete("/api/v1/token/").status_code == 401


def test_a_token_ends_after_a_month_and_a_new_one_takes_its_place():
    maker = world.person()
    program = program_of(maker)
    Token.objects.update(created=timezone.now() - timedelta(days=31))
    assert program.get("/api/v1/me/").status_code == 401
    given = {"email": maker.email, "password": "secret-lacquer"}
    new = program.post("/api/v1/token/", given)  # with the old one in its header
    assert new.status_code == 200
    program.credentials(HTTP_AUTHORIZATION=f"Token {new.json()['token']}")
    assert program.get("/api/v1/me/").status_code == 200


def test_the_administrator_closes_an_account_for_good():
    administrator = Person.objects.create_superuser("admin@example.org", "secret-lacquer")
    mallory = world.person(email="mallory@example.org")
    session, program = browser(mallory), program_of(mallory)
    with pytest.raises(Forbidden):
        people.close_account(mallory, by=world.person())
    with pytest.raises(Refused):
        people.close_account(administrator, by=administrator)
    rows = {"action": "close_accounts", "_selected_action": [mallory.pk]}
    assert browser(administrator).post(reverse("admin:fairs_person_changelist"), rows).status_code == 302
    assert not is_signed_in(session)
    assert program.get("/api/v1/me/").status_code == 401
    assert not opens(mallory.email, "secret-lacquer")
    outside = Client()
    outside.post(reverse("account_request_login_code"), {"email": mallory.email})
    assert "_auth_user_id" not in outside.session
    assert not re.search(r"\b\d{8}\b", str(mail.outbox[-1].body))


# ---- what is seen and kept ----------------------------------------------------------------------------------


def test_the_journal_names_nobody_of_another_fair():
    fair = world.edition()
    reports = browser(world.officer(fair, "reports"))
    stranger, firm = world.person("Somebody Else"), world.company(name_vi="Secret Company")
    known, own = world.person("Trần Văn Lực"), world.company(name_vi="Gốm Minh Châu")
    record("submit", world.application(fair, known), by=known)
    record("change", fair, by=known, company_id=own.pk)
    journal = reverse("fairs:journal", args=[fair.slug])
    assert reports.get(journal, {"person": stranger.pk}).context["chosen"] == ""
    assert reports.get(journal, {"company": firm.pk}).context["chosen"] == ""
    assert reports.get(journal, {"person": known.pk}).context["chosen"] == "Trần Văn Lực"
    assert reports.get(journal, {"company": own.pk}).context["chosen"] == "Gốm Minh Châu"


@pytest.mark.parametrize("logger", ["django.security.csrf", "django.request"])
def test_the_log_holds_no_address_that_is_a_key(logger, monkeypatch):
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLine())
    listening = logging.getLogger(logger)
    listening.addHandler(handler)
    if logger == "django.request":
        monkeypatch.setattr("matchmaking.views.confirm._deal_of", lambda *_given: 1 / 0)
    try:
        client = Client(enforce_csrf_checks=logger != "django.request", raise_request_exception=False)
        client.post("/c/a-token-nobody-guesses/yes/?next=a-token-nobody-guesses")
    finally:
        listening.removeHandler(handler)
    line = json.loads(written.getvalue().splitlines()[0])
    assert "a-token-nobody-guesses" not in line["message"]
    assert "c/<str:token>/yes/" in line["message"]


def test_pages_for_somebody_signed_in_are_kept_by_no_cache():
    fair = world.edition()
    director = world.officer(fair, "director")
    page, program = browser(director), program_of(director)
    for answer in (
        page.get(reverse("fairs:desk", args=[fair.slug])),
        page.get(reverse("fairs:profile")),
        page.get("/api/v1/me/"),
        program.get("/api/v1/me/"),
    ):
        assert answer.headers["Cache-Control"] == "private, no-store"
    assert "no-store" not in Client().get(reverse("fairs:home", args=[fair.slug])).headers.get("Cache-Control", "")


# ---- letters ------------------------------------------------------------------------------------------------


def test_a_letter_that_cannot_be_written_does_not_stop_those_behind_it(monkeypatch, caplog):
    from fairs.tasks import send_late_letters

    maker, firm, gone = world.person(), world.company(name_vi="Gốm"), world.company(name_vi="Gone")
    Company.objects.filter(pk=firm.pk).update(name_en="")
    owe("fairs.member_invited", to=maker, about=gone)
    owe("fairs.member_invited", to=maker, about=firm)
    gone.delete()
    for _beat in range(2):
        send_late_letters()
    assert [letter.to for letter in mail.outbox] == [[maker.email]]
    late = Delivery.objects.exclude(state="sent").get()
    assert late.due_at > clock.now()
    assert "Gone" not in caplog.text


def test_a_letter_is_given_up_after_eight_tries():
    maker, gone = world.person(), world.company()
    owed = owe("fairs.member_invited", to=maker, about=gone)
    gone.delete()
    for _try in range(deliveries.MOST_ATTEMPTS):
        Delivery.objects.update(due_at=clock.now())
        deliveries.send(owed.pk)
    owed.refresh_from_db()
    assert owed.state == "given_up"
