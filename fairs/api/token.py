"""Signing in for programs."""

from typing import Any, cast

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authtoken.models import Token
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from fairs.api.authentication import is_old
from fairs.errors import Invalid, TooMany
from fairs.letterboxes import end_programs, is_proved
from fairs.models import Person
from fairs.second_factor import is_code_of


class Credentials(serializers.Serializer[None]):
    """What a program signs in with."""

    email = serializers.EmailField()
    password = serializers.CharField()
    code = serializers.CharField(
        required=False, default="", max_length=20, help_text="of the second factor, where the account has one"
    )


class TokenAnswer(serializers.Serializer[None]):
    """Send it as `Authorization: Token …`, for 30 days at most."""

    token = serializers.CharField()


class TokenLogin(APIView):
    """Exchange an e-mail and a password for a token, or end the tokens one has."""

    permission_classes = [AllowAny]

    @property
    def throttle_scope(self) -> str:
        """Only guesses are counted."""
        return "login" if self.request.method == "POST" else ""

    def get_authenticators(self) -> Any:
        """Who signs in shows nothing yet: a token that has ended must not stand in the way of a new one."""
        asked = getattr(self, "request", None)
        return [] if asked is not None and asked.method == "POST" else super().get_authenticators()

    @extend_schema(request=Credentials, responses=TokenAnswer, auth=[])
    def post(self, request: Request) -> Response:
        """Sign in; refuses as the page does, with the same limit of wrong passwords for each account."""
        given = Credentials(data=request.data)
        given.is_valid(raise_exception=True)
        email = given.validated_data["email"].strip().lower()
        person = _person_with(request, email, given.validated_data["password"])
        if person is None or not is_proved(person):
            raise Invalid("wrong_credentials", _("E-mail and password do not match. Check both and try again."))
        if person.second_factor and not is_code_of(person, given.validated_data["code"]):
            sentence = _("This account has a second factor. Send the code that the app shows now as “code”.")
            raise Invalid("wrong_code", sentence, {"code": [sentence]})
        return Response({"token": _token_of(person).key})

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Sign out every program of one's own."""
        if not request.user.is_authenticated:
            raise NotAuthenticated
        end_programs(request.user)
        return Response(status=204)


def _person_with(request: Request, email: str, password: str) -> Person | None:
    try:
        return cast("Person | None", get_adapter().authenticate(request._request, email=email, password=password))
    except ValidationError as refusal:
        raise TooMany("too_many_tries", " ".join(refusal.messages)) from None


def _token_of(person: Person) -> Token:
    token, made = Token.objects.get_or_create(user=person)
    if not made and is_old(token):
        token.delete()
        token = Token.objects.create(user=person)
    return token
