"""What every request passes: one log line, the person's language, one answer to refusals."""

import json
import logging
import time
import uuid
from collections.abc import Callable
from inspect import iscoroutinefunction
from typing import Any

from asgiref.sync import async_to_sync, sync_to_async
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.decorators import sync_and_async_middleware
from django.utils.functional import SimpleLazyObject
from servestatic.middleware import ServeStaticMiddleware

from fairs.errors import refusal_in
from fairs.languages import asked_by

Next = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("fairs.request")


class JsonLine(logging.Formatter):
    """A log record as one JSON object; it carries what code put in `facts`, never a personal value."""

    def format(self, record: logging.LogRecord) -> str:
        line = {"at": self.formatTime(record), "level": record.levelname, "logger": record.name}
        line |= getattr(record, "facts", {}) or {"message": _without_address(record)}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _without_address(record: logging.LogRecord) -> str:
    """Django's own lines name the address asked for; some addresses are keys, so the line says its pattern."""
    message, request = record.getMessage(), getattr(record, "request", None)
    if not isinstance(request, HttpRequest):
        return message
    route = f"/{request.resolver_match.route}" if request.resolver_match else "an unknown address"
    return message.replace(request.get_full_path(), route).replace(request.path, route)


class RequestLog:
    """One line a request, with an id that the answer carries too."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        request_id = uuid.uuid4().hex
        response = self.get_response(request)
        response["X-Request-Id"] = request_id
        route = request.resolver_match.route if request.resolver_match else ""
        facts = {
            "id": request_id,
            "method": request.method,
            "route": route,
            "status": response.status_code,
            "ms": round((time.perf_counter() - begun) * 1000, 1),
        }
        log.info("request", extra={"facts": facts})
        return response


class KeptByNobody:
    """What a page says to somebody signed in stays in no cache, and not behind the back button of a lent computer."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _has_looked(request) and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def _has_looked(request: HttpRequest) -> bool:
    """Whether the page knows who asks, by session or by token; what does not is the same for everybody."""
    by_token = not isinstance(request.user, SimpleLazyObject)
    return by_token or bool(request.session.accessed)


@sync_and_async_middleware
def static_files(get_response: Any) -> Any:
    """The files of pages.

    The library's middleware is asynchronous: under gunicorn each page would pass through an event loop of its own,
    which takes longer than a small page does. There only the files go its way.
    """
    if iscoroutinefunction(get_response):
        return ServeStaticMiddleware(get_response)
    files = ServeStaticMiddleware(sync_to_async(get_response))
    serve = async_to_sync(files.__call__)

    def file_or_page(request: HttpRequest) -> Any:
        looks_itself = files.autorefresh or request.path_info in files.files
        return serve(request) if looks_itself else get_response(request)

    return file_or_page


class PersonLanguage:
    """The language the person chose; else, for this page, what the browser asks for."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.setdefault("Content-Language", request.LANGUAGE_CODE)
        patch_vary_headers(response, ["Accept-Language"])
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Pages that importers see come in more languages."""
        if for_importers(view):
            request.LANGUAGE_CODE = asked_by(request)
            translation.activate(request.LANGUAGE_CODE)


def for_importers(view: Any) -> bool:
    """Whether a view is a page that importers see."""
    return bool(getattr(getattr(view, "view_class", None), "for_importers", False))


class Refusals:
    """Turn a refusal that no form has caught into a page with its sentence."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        refusal = refusal_in(exception)
        if refusal is None:
            return None
        template = "components/refusal.html" if request.headers.get("HX-Request") else "fairs/refusal.html"
        return render(request, template, {"refusal": refusal}, status=refusal.status)
