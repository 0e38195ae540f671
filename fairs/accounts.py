"""How signing in and signing up treat our person, who has no user name."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from fairs.models import Person


class AccountAdapter(DefaultAccountAdapter):
    """allauth with our person."""

    def populate_username(self, request: HttpRequest, user: Person) -> None:
        """There is none."""

    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:
        """Keep the e-mail in lower case and the language the person signs up in."""
        user.email = form.cleaned_data["email"].strip().lower()
        user.language = request.LANGUAGE_CODE  # type: ignore[attr-defined]
        return super().save_user(request, user, form, commit)
