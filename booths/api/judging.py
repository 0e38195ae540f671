"""What judging adds to the applications, for programs."""

from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from booths.actions import appeals, questions, reviews
from booths.actions.decisions import decide_applications
from booths.judged import Judged
from booths.models import Application
from booths.review_serializers import (
    AppealSerializer,
    AppealTextSerializer,
    ApplicantAnswerSerializer,
    AssignedSerializer,
    AssignSerializer,
    DecideSerializer,
    JudgedSerializer,
    QuestionSerializer,
    VersionedSerializer,
)
from booths.serializers import ApplicationSerializer
from fairs.api.base import ScopedViewSet
from fairs.permissions import require


class Judging(ScopedViewSet):
    """Questions, reviews, many decisions at once, appeals."""

    @extend_schema(request=QuestionSerializer, responses=ApplicationSerializer)
    @action(detail=True, methods=["post"], url_path="ask-more")
    def ask_more(self, request: Request, pk: str) -> Response:
        """Ask the applicant something before deciding."""
        question = self.parse(QuestionSerializer)["question"]
        return Response(
            ApplicationSerializer(questions.ask_more(self.get_object(), question=question, by=request.user)).data
        )

    @extend_schema(request=ApplicantAnswerSerializer, responses=ApplicationSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Response:
        """Answer what was asked."""
        answer = self.parse(ApplicantAnswerSerializer)["answer"]
        return Response(
            ApplicationSerializer(questions.answer_question(self.get_object(), answer=answer, by=request.user)).data
        )

    @extend_schema(request=AppealTextSerializer, responses={201: AppealSerializer})
    @action(detail=True, methods=["post"])
    def appeal(self, request: Request, pk: str) -> Response:
        """Ask for another look at a refusal."""
        text = self.parse(AppealTextSerializer)["text"]
        return Response(AppealSerializer(appeals.make_appeal(self.get_object(), text=text, by=request.user)).data, 201)

    @extend_schema(responses=JudgedSerializer)
    @action(detail=True, methods=["get"])
    def judged(self, request: Request, pk: str) -> Response:
        """What the jury says: score, spread, place, threshold, every review."""
        application: Application = self.get_object()
        require(request.user, "booths.read_scores", application)
        return Response(JudgedSerializer(cast(Any, Judged(application))).data)

    @extend_schema(request=AssignSerializer, responses=AssignedSerializer)
    @action(detail=False, methods=["post"])
    def assign(self, request: Request) -> Response:
        """Give every application that waits its jurors; again, only what is missing."""
        given = self.parse(AssignSerializer)
        edition = self.edition_named(given["edition"])
        return Response({"made": len(reviews.assign_reviews(edition, each=given["each"], by=request.user))})

    @extend_schema(request=DecideSerializer, responses=VersionedSerializer(many=True))
    @action(detail=False, methods=["post"])
    def decide(self, request: Request) -> Response:
        """Give many one answer: all of them, or none when one has changed since it was looked at."""
        given = self.parse(DecideSerializer)
        edition = self.edition_named(given["edition"])
        seen = {row["id"]: row["version"] for row in given["applications"]}
        decided = decide_applications(edition, seen=seen, verb=given["verb"], reason=given["reason"], by=request.user)
        return Response(VersionedSerializer(decided, many=True).data)
