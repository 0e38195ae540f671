"""How signing in and signing up treat our person, who has no user name."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fairs.models import Person


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
        with translation.override(person.language if person else translation.get_language()):
            super().send_mail(template_prefix, email, context | {"user": person})

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """On a device that has no choice of language yet, the pages speak the person's."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            keep_language(response, user.language)
        return response


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
