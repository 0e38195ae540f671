"""Signing in for programs."""

from django.contrib.auth import authenticate
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authtoken.models import Token
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from fairs.errors import Invalid


class Credentials(serializers.Serializer[None]):
    """What a program signs in with."""

    email = serializers.EmailField()
    password = serializers.CharField()


class TokenAnswer(serializers.Serializer[None]):
    """Send it as `Authorization: Token …`."""

    token = serializers.CharField()


class TokenLogin(APIView):
    """Exchange an e-mail and a password for a token."""

    permission_classes = [AllowAny]
    authentication_classes = ()
    throttle_scope = "login"

    @extend_schema(request=Credentials, responses=TokenAnswer)
    def post(self, request: Request) -> Response:
        given = Credentials(data=request.data)
        given.is_valid(raise_exception=True)
        email = given.validated_data["email"].strip().lower()
        person = authenticate(request, username=email, password=given.validated_data["password"])
        if person is None:
            raise Invalid("wrong_credentials", _("E-mail and password do not match. Check both and try again."))
        token, _created = Token.objects.get_or_create(user=person)
        return Response({"token": token.key})
