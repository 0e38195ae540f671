"""Officers who look at their pages all day, sheets they import, and everybody who just looks."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from django.urls import reverse

from fairs import clock
from fairs.actions.editions import appoint_officer
from fairs.actions.people import know_person
from fairs.discovery import nav_for
from fairs.models import Edition, Officer, Person
from fairs.replay.day import Day, happens
from fairs.replay.recount import Count, lost, noted, number, recounts

OFFICERS, SHEETS, ROWS, VISITS = 40, 3, 300, 600
ROLES = ("gate", "booth_desk", "importer_desk", "matchmaking_desk", "reports", "gate", "importer_desk", "visa")
LOOKS_EVERY = timedelta(minutes=9)
DESK, PAGE, SHEET = "page of the desk", "page of the public", "a sheet imported"
SENT = ("09:20", "11:12", "14:40")  # the worker dies a moment after the second one


@happens(order=10)
def officers(day: Day) -> None:
    """Forty people at the desk, signed in all day, each on the pages of their own role in turn."""
    chance, director = day.chance("officers"), officer(day.edition, "director")
    for nth in range(day.many(OFFICERS)):
        role = ROLES[nth % len(ROLES)]
        person = know_person(email=f"desk-{nth}@cho-phien.example", full_name=f"Nguyễn Văn Bàn {nth}", by=director)
        appoint_officer(day.edition, person=person, role=role, by=director)
        places = [item.url_name for item in nav_for("desk") if item.open_to(frozenset({role}))]
        cookie, moment = day.cookie(person), day.between(chance, "08:30", "08:40")
        while moment < day.hour("17:40"):
            path = reverse(chance.choice(places), args=[day.edition.slug])
            day.at(moment, f"officer {nth}", DESK, partial(day.look, DESK, path, cookie=cookie))
            moment += LOOKS_EVERY * chance.uniform(0.5, 1.5)


@happens(order=11)
def public(day: Day) -> None:
    """Whoever looks from outside."""
    chance, places = day.chance("public"), [item.url_name for item in nav_for("public")] or ["fairs:home"]
    for nth in range(day.many(VISITS)):
        path = reverse(chance.choice(places), args=[day.edition.slug])
        day.at(day.between(chance, "08:30", "17:40"), f"visitor {nth % 8}", PAGE, partial(day.look, PAGE, path))


@happens(order=12)
def sheets(day: Day) -> None:
    """Three delegations are imported; while the second is, the worker dies."""
    token = day.token(officer(day.edition, "importer_desk"))
    for nth, moment in enumerate(SENT[:SHEETS]):
        rows = [f"Guest {nth} {row};Trading House {nth} {row // 3};Japan;guest-{nth}-{row}@trade.example"
                for row in range(max(30, day.many(ROWS)))]  # fmt: skip
        data = "\n".join(["Họ tên;Công ty;Nước;Email", *rows]).encode()
        day.at(day.hour(moment), f"sheet {nth}", SHEET, partial(_send, day, data, token, nth))


def _send(day: Day, data: bytes, token: str, nth: int) -> None:
    """Upload it, look at the rehearsal, import it."""
    parts = {"edition": day.edition.slug.encode(), "kind": b"importers"}
    edge = day.key("sheet", nth)
    body = b"".join(_part(edge, f'name="{name}"', value) for name, value in parts.items())
    body += _part(edge, f'name="file"; filename="{nth}.csv"', data) + f"--{edge}--\r\n".encode()
    headers = {"Authorization": f"Token {token}", "Content-Type": f"multipart/form-data; boundary={edge}"}
    answer = day.site.ask(SHEET, "POST", "/api/v1/uploads/", body, headers=headers)
    if not day.expect(SHEET, "uploads/", answer, frozenset()).good:
        return
    pk = answer.told["id"]
    if day.ask(SHEET, f"uploads/{pk}/commit/", {}, by=token, refusals=frozenset({"state_conflict"})).good:
        day.noted.note("sheet", pk)
        for line in data.decode().splitlines()[1:]:
            day.noted.note("row", line.rpartition(";")[2])


def _part(edge: str, head: str, value: bytes) -> bytes:
    return f"--{edge}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + value + b"\r\n"


def officer(edition: Edition, role: str) -> Person:
    """The first one with a role."""
    return Officer.objects.filter(edition=edition, role=role).select_related("person").order_by("pk")[0].person


@recounts
def imported(day: Day) -> Iterator[Count]:
    """Every sheet whole, every row once."""
    sheet = "SELECT 1 FROM fairs_upload WHERE id = noted.key::bigint AND state = 'imported'"
    yield Count(f"{noted('sheet'):,} sheets begun: not imported", 0, lost("sheet", sheet))
    person = "SELECT 1 FROM fairs_person WHERE email = noted.key"
    yield Count(f"{noted('row'):,} rows of sheets: nobody of that name", 0, lost("row", person))


@recounts
def owed(day: Day) -> Iterator[Count]:
    """No letter waits, none was given up that has an address, no task was left behind."""
    yield Count("letters that wait although they are due", 0, waiting_letters())
    tried = "SELECT COUNT(*) FROM fairs_delivery WHERE state = 'sent' AND due_at >= %s AND attempts > 1"
    day.facts.append(f"Letters sent at a second try: {number(tried, day.hour('00:00')):,}.")
    yield Count("tasks that wait", 0, waiting_tasks())
    failed = "SELECT COUNT(*) FROM django_tasks_database_dbtaskresult WHERE status = 'FAILED'"
    yield Count("tasks that failed", 0, number(failed))


def waiting_letters() -> Any:
    """Owed and due."""
    return number("SELECT COUNT(*) FROM fairs_delivery WHERE state = 'owed' AND due_at <= %s", clock.now())


def waiting_tasks() -> Any:
    """Not begun yet."""
    return number("SELECT COUNT(*) FROM django_tasks_database_dbtaskresult WHERE status = 'READY'")
