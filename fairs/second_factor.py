"""The second factor of who works with money: a code that an app on their own phone shows for half a minute."""

from typing import Any, ClassVar

from allauth.mfa import signals
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal import auth
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from fairs.encryption import decrypted, encrypted, renewed
from fairs.models import Person
from fairs.papers import qr

DEMO_SECRET = "CHOPHIENCHOPHIENCHOPHIENCHOPHIEN"
"""Everybody knows it: a demonstration shows the code that follows from it on its own page."""
ENCRYPTED = ("secret", "seed")  # of allauth: what the app knows, what the codes for an emergency follow from
CODE = _("The six digits that the app shows")


class SecondFactorAdapter(DefaultMFAAdapter):
    """allauth with our words and our own drawing of codes."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This is not the code. Wait for the next one in the app, and type that."),
        "unverified_email": _("Confirm your e-mail first: sign in once with a code by e-mail."),
        "cannot_generate_recovery_codes": _("Switch the app on first; codes for an emergency come with it."),
        "add_email_blocked": _("Switch the app off before you change your e-mail, and on again afterwards."),
    }

    def get_totp_issuer(self) -> str:
        """What the app writes above the code."""
        return "Chợ Phiên"

    def encrypt(self, text: str) -> str:
        """The database alone shows no secret."""
        return encrypted(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Such a secret again."""
        return decrypted(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        """The code to scan, drawn as on our papers."""
        return qr.svg(url, title=str(_("Code for the app")))


class CodeForm(AuthenticateForm):
    """The code that lets somebody in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, CODE, _("No phone at hand? Type one of the codes that you keep for an emergency."))


class CodeAgainForm(ReauthenticateForm):
    """The code once more, before a step that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, CODE, "")


class SwitchOnForm(ActivateTOTPForm):
    """The first code, which shows that the app knows the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, CODE, "")


@receiver(signals.authenticator_added)
def believe_the_first_code(request: HttpRequest, authenticator: Authenticator, **_facts: Any) -> None:
    """Who has just typed the app's first code need not type another one to see the codes for an emergency."""
    if authenticator.type == Authenticator.Type.TOTP:
        post_authentication(request, authenticator, reauthenticated=True)


def in_our_words(form: Any, label: Any, help_text: Any) -> None:
    """No placeholder repeats a label; a phone shows its keys for digits."""
    field = form.fields["code"]
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= {"inputmode": "numeric", "maxlength": "12", "class": "short n"}


def switch_on(person: Person, secret: str) -> None:
    """Give somebody a second factor whose secret is known: in a demonstration, and in tests."""
    if not person.second_factor:
        auth.TOTP.activate(person, secret)
        person.__dict__.pop("second_factor", None)


def renew_secrets() -> int:
    """Put the secrets of all second factors under the newest key."""
    changed = 0
    for one in Authenticator.objects.all():
        fresh = {name: renewed(value) if name in ENCRYPTED else value for name, value in one.data.items()}
        if fresh != one.data:
            changed += Authenticator.objects.filter(pk=one.pk, data=one.data).update(data=fresh)
    return changed


def is_code_of(person: Person, code: str) -> bool:
    """Whether this is the person's code of the moment, or one for an emergency, which then is used up."""
    return any(one.wrap().validate_code(code) for one in Authenticator.objects.filter(user=person))


def code_now(secret: str = DEMO_SECRET) -> str:
    """The code of this half minute."""
    counter = next(iter(auth.yield_hotp_counters_from_time())) + settings.MFA_TOTP_TOLERANCE
    return auth.format_hotp_value(auth.hotp_value(secret, counter))
