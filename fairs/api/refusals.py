"""One shape for every refusal a program gets."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from fairs.errors import refusal_in


def answer_refusal(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every refusal as {"code", "message", "fields"}, in the person's language."""
    if refusal := refusal_in(error):
        set_rollback()
        return _answer(refusal.status, refusal.code, refusal.message, refusal.fields)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    if isinstance(error, exceptions.ValidationError):
        return _answer(400, "invalid", _("Something in the request is not right; see “fields”."), _fields(error.detail))
    headers = {"WWW-Authenticate": error.auth_header} if hasattr(error, "auth_header") else {}
    wait = getattr(error, "wait", None)
    codes = error.get_codes()
    return _answer(
        error.status_code,
        codes if isinstance(codes, str) else "invalid",
        str(error.detail),
        headers=headers | ({"Retry-After": str(round(wait))} if wait else {}),
    )


def _fields(detail: Any) -> dict[str, list[str]]:
    if not isinstance(detail, Mapping):
        return {"": [str(part) for part in detail]}
    return {str(name): _sentences(parts) for name, parts in detail.items()}


def _sentences(parts: Any) -> list[str]:
    if isinstance(parts, Mapping):
        return [f"{name}: {sentence}" for name, inner in parts.items() for sentence in _sentences(inner)]
    if isinstance(parts, list):
        return [sentence for part in parts for sentence in _sentences(part)]
    return [str(parts)]


def _answer(
    status: int,
    code: str,
    message: str,
    fields: Mapping[str, list[str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    return Response(
        {"code": code, "message": message, "fields": dict(fields or {})}, status, headers=dict(headers or {})
    )
