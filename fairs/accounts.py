"""How signing in and signing up treat our person, who has no user name."""

from typing import Any, ClassVar

from allauth.account import signals
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fairs.deliveries import laid_out
from fairs.languages import spoken
from fairs.letterboxes import end_programs, forget_keys, prove
from fairs.models import Person

BY_A_CODE_FOR_SIGNING_IN = "account_confirm_login_code"


class AccountAdapter(DefaultAccountAdapter):
    """allauth with our person, and with sentences that say what to do."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Write to the organiser if that is a mistake."),
        "email_password_mismatch": _("E-mail and password do not match. Check both, or sign in with a code by e-mail."),
        "email_taken": _("There is already an account with this e-mail. Sign in, with a code by e-mail if you like."),
        "duplicate_email": _("This is your e-mail already."),
        "same_as_current": _("This is your e-mail already."),
        "enter_current_password": _("This is not the password you have now. Try again."),
        "incorrect_password": _("This is not your password. Try again."),
        "incorrect_code": _("This is not the code we sent. Look at the newest letter and try again."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
        "rate_limited": _("Too many requests in a short time. Wait a minute, then try again."),
    }

    def populate_username(self, request: HttpRequest, user: Person) -> None:
        """There is none."""

    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:
        """Keep the e-mail in lower case and the language the person signs up in."""
        user.email = form.cleaned_data["email"].strip().lower()
        user.language = request.LANGUAGE_CODE
        return super().save_user(request, user, form, commit)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A letter is in the language of the person it goes to; for a stranger, in that of the page."""
        person = context.get("user") or Person.objects.filter(email=email.lower()).first()
        with translation.override(spoken(person.language) if person else translation.get_language()):
            super().send_mail(template_prefix, email, context | {"user": person})

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> EmailMultiAlternatives:
        """The library's plain letter, laid out as our own are."""
        letter: EmailMultiAlternatives = super().render_mail(template_prefix, email, context, headers)
        page = laid_out(str(letter.subject), str(letter.body), language=translation.get_language() or "vi")
        letter.attach_alternative(page, "text/html")
        return letter

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """On a device that has no choice of language yet, the pages speak the person's."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            keep_language(response, user.language)
        return response


@receiver(signals.email_confirmed)
def begin_anew(request: HttpRequest, email_address: EmailAddress, **_facts: Any) -> None:
    """A code for signing in proves an e-mail that nobody had proved: whoever chose a password before was not its owner,
    or has forgotten to confirm it.
    """
    match, person = request.resolver_match, email_address.user
    if match and match.url_name == BY_A_CODE_FOR_SIGNING_IN and person.has_usable_password():
        forget_keys(person)


@receiver([signals.password_changed, signals.password_set, signals.password_reset])
def sign_programs_out(user: Person, **_facts: Any) -> None:
    """Who changes the password may have lost it: what a stranger signed in with it ends."""
    end_programs(user)


@receiver(signals.password_reset)
def believe_the_letter(user: Person, **_facts: Any) -> None:
    """Only who reads the letters to the e-mail could open the link."""
    prove(user)


def keep_language(response: HttpResponse, language: str) -> None:
    """Let this device's pages speak a language for the next year."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE or 365 * 24 * 3600,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
