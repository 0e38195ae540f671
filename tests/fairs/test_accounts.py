"""Signing in with a code or a password, signing up, a forgotten password, one's own language."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, reverse

from fairs.models import Person
from tests import world

pytestmark = pytest.mark.django_db

OPEN = [
    "account_login",
    "account_request_login_code",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_inactive",
]
INSIDE = ["account_logout", "account_email", "account_change_password", "account_reauthenticate"]
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)


@pytest.fixture
def maker():
    return world.person("Trần Văn Lực", email="maker@example.org")


@pytest.fixture
def signed_in(maker):
    client = Client()
    client.force_login(maker)
    return client


def the_code() -> str:
    """The code in the newest letter."""
    found = re.search(r"\b\d{8}\b", str(mail.outbox[-1].body))
    assert found
    return found.group()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", OPEN)
def test_every_page_of_the_entrance_is_ours_and_clean(client, name, language):
    client.cookies["django_language"] = language
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert b"Ch\xe1\xbb\xa3 Phi\xc3\xaan" in page.content
    assert not INLINE.search(page.content.decode())
    assert "unsafe-" not in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", INSIDE)
def test_every_page_of_the_account_is_ours_and_clean(signed_in, name):
    page = signed_in.get(reverse(name))
    assert page.status_code == 200
    assert not INLINE.search(page.content.decode())


def test_somebody_without_a_password_may_choose_one(signed_in, maker):
    maker.set_unusable_password()
    maker.save()
    signed_in.force_login(maker)
    assert signed_in.get(reverse("account_change_password")).headers["Location"] == reverse("account_set_password")
    assert signed_in.get(reverse("account_set_password")).status_code == 200


def test_no_other_ways_in_exist():
    names = [name for name in get_resolver().reverse_dict if isinstance(name, str)]
    known = {name for name in names if name.startswith(("account_", "socialaccount_", "mfa_"))}
    assert known == {
        *OPEN, *INSIDE, "account_set_password", "account_email_verification_sent", "account_confirm_login_code",
        "account_reset_password_from_key",
        "mfa_activate_totp", "mfa_authenticate", "mfa_deactivate_totp", "mfa_download_recovery_codes",
        "mfa_generate_recovery_codes", "mfa_index", "mfa_reauthenticate", "mfa_view_recovery_codes",
    }  # fmt: skip


def test_a_code_by_letter_opens_the_door(client, maker):
    client.post(reverse("account_request_login_code"), {"email": "MAKER@example.org"})
    [letter] = mail.outbox
    assert letter.to == ["maker@example.org"]
    assert letter.subject == f"{the_code()} là mã đăng nhập của bạn"
    assert client.get(reverse("account_confirm_login_code")).status_code == 200
    answer = client.post(reverse("account_confirm_login_code"), {"code": the_code()})
    assert answer.headers["Location"] == reverse("fairs:welcome")
    assert client.session["_auth_user_id"] == str(maker.pk)


def test_a_letter_speaks_the_language_of_the_person(client):
    world.person("Camille Lefèvre", email="camille@example.org", language="en")
    client.cookies["django_language"] = "vi"
    client.post(reverse("account_request_login_code"), {"email": "camille@example.org"})
    assert mail.outbox[-1].body.startswith("Dear Camille Lefèvre,")


def test_a_wrong_code_says_what_to_do_and_the_third_ends_it(client, maker):
    client.cookies["django_language"] = "en"
    client.post(reverse("account_request_login_code"), {"email": maker.email})
    answer = client.post(
        reverse("account_confirm_login_code"), {"code": "00000000" if the_code() != "00000000" else "1"}
    )
    assert "This is not the code we sent" in answer.content.decode()
    for _try in range(2):
        client.post(reverse("account_confirm_login_code"), {"code": "no"})
    client.post(reverse("account_confirm_login_code"), {"code": the_code()})
    assert "_auth_user_id" not in client.session


def test_an_unknown_address_is_told_by_letter_alone(client):
    answer = client.post(reverse("account_request_login_code"), {"email": "nobody@example.org"})
    assert answer.headers["Location"] == reverse("account_confirm_login_code")
    assert reverse("account_signup") in mail.outbox[-1].body


def test_a_password_opens_the_door_too(client, maker):
    answer = client.post(reverse("account_login"), {"login": " Maker@Example.org", "password": "secret-lacquer"})
    assert answer.headers["Location"] == reverse("fairs:welcome")


@pytest.mark.parametrize("login", ["maker@example.org", "nobody@example.org"])
def test_a_wrong_password_gets_one_clear_sentence(client, maker, login):
    client.cookies["django_language"] = "en"
    page = client.post(reverse("account_login"), {"login": login, "password": "wrong"}).content.decode()
    assert page.count("E-mail and password do not match.") == 1
    assert login in page


def test_too_many_wrong_passwords_wait(client, maker):
    client.cookies["django_language"] = "en"
    for _try in range(5):
        client.post(reverse("account_login"), {"login": maker.email, "password": "wrong"})
    answer = client.post(reverse("account_login"), {"login": maker.email, "password": "secret-lacquer"})
    assert "Too many tries" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_flood_from_one_address_gets_a_page_that_says_so(client):
    answers = [
        client.post(reverse("account_login"), {"login": f"a{n}@example.org", "password": "x"}) for n in range(31)
    ]
    assert answers[-1].status_code == 429
    assert "base.css" in answers[-1].content.decode()


def signs_up(browser: Client, email: str, *, password: str = "", name: str = "Ana Souza", onward: str = "") -> str:
    """Where the form leads."""
    given = {"email": email, "full_name": name, "phone": "", "password1": password, "next": onward}
    answer = browser.post(reverse("account_signup"), given)
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def types_the_code(browser: Client, code: str = "") -> str:
    """Where the code leads."""
    page = reverse("account_email_verification_sent")
    assert browser.get(page).status_code == 200
    return browser.post(page, {"code": code or the_code()}).headers["Location"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_who_signs_up_is_known_by_name_and_language_once_the_code_is_typed(client, language):
    client.cookies["django_language"] = language
    assert signs_up(client, "New@Example.org", password="four words of mine") == reverse(
        "account_email_verification_sent"
    )
    assert "_auth_user_id" not in client.session
    page = client.get(reverse("account_email_verification_sent"))
    assert "new@example.org" in page.content.decode()
    assert not INLINE.search(page.content.decode())
    assert types_the_code(client) == reverse("fairs:welcome")
    person = Person.objects.get(email="new@example.org")
    assert (person.full_name, person.language, person.has_usable_password()) == ("Ana Souza", language, True)
    assert client.session["_auth_user_id"] == str(person.pk)


def test_after_the_code_one_goes_on_where_one_was(client):
    signs_up(client, "new@example.org", onward="/hgs-2018/apply/")
    assert types_the_code(client) == "/hgs-2018/apply/"


def test_the_letter_of_the_code_says_it_in_the_subject_and_needs_no_link(client):
    client.cookies["django_language"] = "en"
    signs_up(client, "new@example.org")
    [letter] = mail.outbox
    assert letter.subject == f"{the_code()} is your code for confirming your e-mail"
    assert "http" not in letter.body


def test_another_code_can_be_asked_for(client):
    signs_up(client, "new@example.org")
    cache.clear()  # ten seconds later
    client.post(reverse("account_email_verification_sent"), {"action": "resend"})
    assert len(mail.outbox) == 2
    assert types_the_code(client) == reverse("fairs:welcome")


def test_who_left_the_page_of_the_code_signs_in_by_a_code_or_with_the_password(client):
    signs_up(client, "new@example.org", password="four words of mine")
    cache.clear()
    other_device = Client()
    answer = other_device.post(reverse("account_login"), {"login": "new@example.org", "password": "four words of mine"})
    assert answer.headers["Location"] == reverse("account_email_verification_sent")
    assert types_the_code(other_device) == reverse("fairs:welcome")


def test_signing_up_needs_no_password(client):
    signs_up(client, "new@example.org")
    assert not Person.objects.get(email="new@example.org").has_usable_password()


def test_signing_up_does_not_tell_whose_address_is_known(client, maker):
    stranger = Client()
    assert signs_up(client, "new@example.org") == signs_up(stranger, maker.email)
    page = reverse("account_email_verification_sent")
    told = [str(one.get(page).content.decode().partition("<main")[2]) for one in (client, stranger)]
    told = [re.sub(r'value="\w{64}"', "", text) for text in told]  # the form's own secret
    assert told[0].replace("new@example.org", "") == told[1].replace(maker.email, "")
    assert mail.outbox[-1].to == [maker.email]
    assert "tài khoản" in mail.outbox[-1].subject
    assert stranger.post(page, {"code": "12345678"}).status_code == 200
    assert Person.objects.filter(email=maker.email).count() == 1


def test_a_forgotten_password_is_replaced_by_a_link(client, maker):
    client.post(reverse("account_reset_password"), {"email": maker.email})
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
    assert found
    form = client.get(found.group(1), follow=True)
    assert form.status_code == 200
    new = {"password1": "another four words", "password2": "another four words"}
    assert client.post(form.request["PATH_INFO"], new).status_code == 302
    assert client.login(username=maker.email, password="another four words")
    again = Client().get(found.group(1), follow=True)
    assert "hết hiệu lực" in again.content.decode()


def test_a_new_address_counts_once_it_has_answered(signed_in, maker):
    answer = signed_in.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    assert answer.headers["Location"] == reverse("account_email_verification_sent")
    maker.refresh_from_db()
    assert maker.email == "maker@example.org"
    assert mail.outbox[-1].to == ["new@example.org"]
    assert types_the_code(signed_in) == reverse("fairs:profile")
    maker.refresh_from_db()
    assert maker.email == "new@example.org"
    assert [(one.email, one.verified) for one in EmailAddress.objects.all()] == [("new@example.org", True)]


def test_signing_out_is_a_post(signed_in):
    signed_in.get(reverse("account_logout"))
    assert "_auth_user_id" in signed_in.session
    signed_in.post(reverse("account_logout"))
    assert "_auth_user_id" not in signed_in.session


def test_the_choice_of_language_is_kept_for_letters_too(signed_in, maker):
    answer = signed_in.post(reverse("set_language"), {"language": "en", "next": "/me/profile/"})
    assert answer.headers["Location"] == "/me/profile/"
    assert answer.cookies["django_language"].value == "en"
    maker.refresh_from_db()
    assert maker.language == "en"


@pytest.mark.parametrize("language", ["xx", "", "vi\x00"])
def test_a_language_that_is_not_spoken_here_changes_nothing(signed_in, maker, language):
    signed_in.post(reverse("set_language"), {"language": language, "next": "/"})
    maker.refresh_from_db()
    assert maker.language == "vi"


def test_a_new_device_speaks_the_language_of_the_person(client):
    world.person("Camille Lefèvre", email="camille@example.org", language="en")
    answer = client.post(reverse("account_login"), {"login": "camille@example.org", "password": "secret-lacquer"})
    assert answer.cookies["django_language"].value == "en"
