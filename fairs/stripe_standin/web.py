"""The stand-in over HTTP: Stripe's addresses, the page for the card, and the postman of its events."""

import hashlib
import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from socketserver import ThreadingMixIn
from string import Template
from typing import Any
from urllib.parse import parse_qs, urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from fairs.stripe_standin.asking import FIND, LIST, REFUND, SESSION, Refusal, tree
from fairs.stripe_standin.company import CardCompany
from fairs.stripe_standin.words import WORDS, language_of

HERE = Path(__file__).parent
PAGE = Template((HERE / "page.html").read_text(encoding="utf-8"))
CSS = (HERE / "page.css").read_bytes()
CENTS = {"vnd": 0, "jpy": 0, "krw": 0}
Answer = tuple[int, dict[str, str], bytes]


class Application:
    """The WSGI application of one card company."""

    def __init__(self, company: CardCompany) -> None:
        self.company = company
        self.loses = 0  # of so many requests the deed is done, and the answer is lost on the way
        self.asked: list[str] = []

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        method, path, query = environ["REQUEST_METHOD"], environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
        if path.startswith("/v1/"):
            status, headers, content = self._api(environ, method, path, query, body)
        elif path.startswith("/pay/"):
            status, headers, content = self._page(method, path.removeprefix("/pay/"), query, body)
        elif path == "/page.css":
            status, headers, content = 200, {"Content-Type": "text/css"}, CSS
        else:
            status, headers, content = 404, {}, b""
        start(f"{status} .", [*headers.items(), ("Content-Length", str(len(content)))])
        return [content]

    # ---- for merchants -------------------------------------------------------------------------------------

    def _api(self, environ: dict[str, Any], method: str, path: str, query: str, body: str) -> Answer:
        self.asked.append(f"{method} {path}")
        try:
            if environ.get("HTTP_AUTHORIZATION") != f"Bearer {self.company.key}":
                raise Refusal(401, "", f"Invalid API Key provided: {environ.get('HTTP_AUTHORIZATION', '')}")
            with self.company.deed():
                key = environ.get("HTTP_IDEMPOTENCY_KEY", "") if method == "POST" else ""
                status, said, again = self._once(key, method, path, query, body)
        except Refusal as refusal:
            status, said, again = refusal.status, refusal.body, False
        if self.loses > 0:
            self.loses -= 1
            status, said = 500, {"error": {"type": "api_error", "message": "The answer was lost."}}
        headers = {"Content-Type": "application/json", "Request-Id": "req_standin"}
        return status, headers | ({"Idempotent-Replayed": "true"} if again else {}), json.dumps(said).encode()

    def _once(self, key: str, method: str, path: str, query: str, body: str) -> tuple[int, Any, bool]:
        """What was answered to a key before is answered again, and another request with it is refused."""
        request = hashlib.sha256(f"{path}\n{body}".encode()).hexdigest()
        answers = self.company.known["answers"]
        if key in answers:
            known, said = answers[key]
            if known != request:
                sentence = "Keys for idempotent requests can only be used with the same parameters."
                raise Refusal(400, "", sentence, kind="idempotency_error")
            return 200, said, True
        said = self._do(method, path, query, body)
        if key:
            answers[key] = [request, said]
        return 200, said, False

    def _do(self, method: str, path: str, query: str, body: str) -> Any:
        company = self.company
        match [method, *path.removeprefix("/v1/").split("/")]:
            case ["POST", "checkout", "sessions"]:
                return company.create_session(tree(body, SESSION))
            case ["GET", "checkout", "sessions", pk]:
                return company.find_session(pk, whole="expand" in tree(query, FIND))
            case ["POST", "checkout", "sessions", pk, "expire"]:
                return company.expire_session(pk)
            case ["POST", "refunds"]:
                return company.create_refund(tree(body, REFUND))
            case ["GET", "refunds" | "disputes" as kind]:
                return company.all_of(kind, tree(query, LIST))
        raise Refusal(404, "", f"Unrecognized request URL ({method}: {path}).")

    # ---- for payers ----------------------------------------------------------------------------------------

    def _page(self, method: str, pk: str, query: str, body: str) -> Answer:
        with self.company.lock:
            self.company.tick()
            session = self.company.known["sessions"].get(pk)
        if session is None:
            return 404, {"Content-Type": "text/plain"}, b"No such session."
        asked = parse_qs(query).get("lang", [""])[0]
        language, outcome = language_of(asked, session["locale"]), "" if session["status"] == "open" else "closed"
        if method == "POST":
            outcome = self.company.pay(pk, "".join(c for c in parse_qs(body).get("number", [""])[0] if c.isdigit()))
            if outcome in ("paid", "slow"):
                return 303, {"Location": session["success_url"]}, b""
        page = _written(session, language, outcome).encode()
        return 422 if outcome == "declined" else 200, _safe(session), page


def _written(session: dict[str, Any], language: str, outcome: str) -> str:
    words = WORDS[language]
    other = "en" if language == "vi" else "vi"
    refused = f'<p class="refused" role="alert">{words[outcome]}</p>' if outcome else ""
    form = (
        f'<form method="post" action="?lang={language}"><label for="number">{words["number"]}</label>'
        '<input id="number" name="number" inputmode="numeric" autocomplete="off" required>'
        f'<button type="submit">{words["pay"]}</button></form>'
    )
    back = f'<a href="{escape(session["cancel_url"])}">{words["back"]}</a>' if session["cancel_url"] else ""
    return PAGE.substitute(
        words | {"language": language, "other_code": other, "refused": refused, "back": back},
        what=escape(session["x_title"]), total=_money(session), form=form if outcome != "closed" else "",
    )  # fmt: skip


def _money(session: dict[str, Any]) -> str:
    decimals = CENTS.get(session["currency"], 2)
    return f"{session['amount_total'] / 10**decimals:,.{decimals}f} {session['currency'].upper()}"


def _safe(session: dict[str, Any]) -> dict[str, str]:
    """The page runs no script and sends its form here, from where it goes back to the merchant."""
    merchant = urlsplit(session["success_url"])
    policy = (
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'; "
        f"form-action 'self' {merchant.scheme}://{merchant.netloc}"
    )
    return {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
    }


# ---- the postman -------------------------------------------------------------------------------------------


def post(company: CardCompany, event: dict[str, Any], *, at: float | None = None, signature: str = "") -> int:
    """Tell the merchant an event, signed; the status of the answer, 0 when nobody answered."""
    body = json.dumps({name: said for name, said in event.items() if not name.startswith("x_")}).encode()
    headers = {"Content-Type": "application/json", "Stripe-Signature": signature or company.signature(body, at=at)}
    request = urllib.request.Request(company.hook, body, headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code
    except OSError:
        return 0


def _deliver(company: CardCompany, stopped: threading.Event, every: float) -> None:
    """Tell what waits, in its order; what was not taken is told again later."""
    while not stopped.wait(every):
        with company.lock:
            company.tick()
            events: list[dict[str, Any]] = []
            if company.hook:
                events, company.waiting = company.waiting, []
        for event in events:
            if not 200 <= post(company, event) < 300:
                event["x_tries"] = event.get("x_tries", 0) + 1
                if event["x_tries"] < 60:
                    company.waiting.append(event)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_said: Any) -> None:
        """Nobody reads it."""


@contextmanager
def serve(company: CardCompany, *, port: int = 0, tells: bool = True, every: float = 0.5) -> Iterator[Application]:
    """Serve on 127.0.0.1 until the end; where `tells`, events are posted to the company's `hook` as they happen."""
    application = Application(company)
    server = make_server("127.0.0.1", port, application, server_class=_Server, handler_class=_Quiet)
    company.address = f"http://127.0.0.1:{server.server_port}"
    stopped = threading.Event()
    threads = [threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)]
    if tells:
        threads.append(threading.Thread(target=_deliver, args=(company, stopped, every), daemon=True))
    for thread in threads:
        thread.start()
    try:
        yield application
    finally:
        stopped.set()
        server.shutdown()
        server.server_close()
        for thread in threads:
            thread.join(timeout=5)
