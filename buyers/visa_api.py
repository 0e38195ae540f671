"""Letters for visas, for programs; passport data only for its holder and the visa officer."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from buyers.actions import visas
from buyers.models import VisaLetter
from buyers.passports import Passport
from fairs.api.base import ScopedViewSet
from fairs.callers import address_of


class VisaLetterSerializer(serializers.ModelSerializer[VisaLetter]):
    """A letter without anything of the passport, nor the code that stands on the paper."""

    edition: "serializers.SlugRelatedField[Any]" = serializers.SlugRelatedField("slug", read_only=True)
    person_name = serializers.CharField(source="person.full_name", read_only=True)
    company_name = serializers.CharField(source="company.name_vi", read_only=True)
    gone_on = serializers.DateField(read_only=True)
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = VisaLetter
        fields = [
            "id", "edition", "person", "person_name", "company", "company_name", "state", "number", "reason",
            "asked_at", "issued_at", "replaces", "gone_on", "version", "verbs",
        ]  # fmt: skip


class PassportSerializer(serializers.Serializer[Any]):
    """The data page of the passport and the journey."""

    full_name = serializers.CharField(max_length=150)
    sex = serializers.ChoiceField(choices=["f", "m", "x"])
    birth_date = serializers.DateField()
    nationality = serializers.RegexField(r"^[A-Z]{2}$")
    number = serializers.RegexField(r"^[A-Z0-9]{5,20}$")
    issued_on = serializers.DateField()
    expires_on = serializers.DateField()
    consulate = serializers.CharField(max_length=200)
    arrives_on = serializers.DateField()
    departs_on = serializers.DateField()


class AskForLetterSerializer(PassportSerializer):
    """The passport, the edition, and the one consent."""

    edition = serializers.SlugField()
    consents = serializers.ListField(
        child=serializers.CharField(max_length=20), max_length=6, help_text="passport, once its holder has agreed"
    )


class CheckedSerializer(serializers.Serializer[None]):
    """Which version of the letter was looked at."""

    version = serializers.IntegerField(min_value=0)


class VisaReasonSerializer(serializers.Serializer[None]):
    """Why, in words the guest reads."""

    reason = serializers.CharField(max_length=500)


class VisaLetterViewSet(ScopedViewSet):
    """One's own letters; those of the edition for its visa officer."""

    queryset = VisaLetter.objects.with_rules()
    serializer_class = VisaLetterSerializer
    permission_classes = [IsAuthenticated]
    filterset_fields = ["edition__slug", "state"]

    @property
    def throttle_scope(self) -> str:
        """Only asking is counted."""
        return "visa_letter" if self.action == "create" else ""

    @extend_schema(request=AskForLetterSerializer, responses={201: VisaLetterSerializer})
    def create(self, request: Request) -> Response:
        """Ask for one's own letter, or change what was asked."""
        given = dict(self.parse(AskForLetterSerializer))
        edition, consents = self.edition_named(given.pop("edition")), given.pop("consents")
        letter = visas.ask_for_letter(
            edition, person=self.person, passport=Passport(**given), consents=consents,
            language=get_language() or "vi", means="api", ip=address_of(request), by=request.user,
        )  # fmt: skip
        return self._answer(letter, 201)

    @extend_schema(responses=PassportSerializer)
    @action(detail=True, methods=["get"])
    def passport(self, request: Request, pk: str) -> Response:
        """The passport's data; a reading by the officer is written down."""
        return Response(PassportSerializer(asdict(visas.read_passport(self.get_object(), by=request.user))).data)

    @extend_schema(request=CheckedSerializer, responses=VisaLetterSerializer)
    @action(detail=True, methods=["post"])
    def check(self, request: Request, pk: str) -> Response:
        """Say that a version of the letter is checked."""
        return self._answer(visas.check_letter(self.get_object(), by=request.user, **self.parse(CheckedSerializer)))

    @extend_schema(request=None, responses=VisaLetterSerializer)
    @action(detail=True, methods=["post"])
    def issue(self, request: Request, pk: str) -> Response:
        """Issue a checked letter."""
        return self._answer(visas.issue_letter(self.get_object(), by=request.user))

    @extend_schema(request=VisaReasonSerializer, responses=VisaLetterSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        """Refuse, with a reason."""
        return self._answer(visas.refuse_letter(self.get_object(), by=request.user, **self._reason()))

    @extend_schema(request=VisaReasonSerializer, responses=VisaLetterSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: str) -> Response:
        """Revoke, with a reason."""
        return self._answer(visas.revoke_letter(self.get_object(), by=request.user, **self._reason()))

    @extend_schema(request=VisaReasonSerializer, responses={201: VisaLetterSerializer})
    @action(detail=True, methods=["post"])
    def replace(self, request: Request, pk: str) -> Response:
        """A new letter in place of an issued one."""
        return self._answer(visas.replace_letter(self.get_object(), by=request.user, **self._reason()), 201)

    @extend_schema(request=None, responses=VisaLetterSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Need one's letter no more."""
        return self._answer(visas.withdraw_letter(self.get_object(), by=request.user))

    def _reason(self) -> dict[str, str]:
        return {"reason": self.parse(VisaReasonSerializer)["reason"]}

    def _answer(self, letter: VisaLetter, status: int = 200) -> Response:
        return Response(VisaLetterSerializer(letter).data, status)
