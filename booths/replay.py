"""A day on the floor: many open plans, and exhibitors who come late and take what is still free."""

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.conf import settings

from booths.actions.applications import accept_application, draft_application, submit_application
from booths.actions.rules import newest_version
from booths.models import Application, Booth, BoothClass, FloorSigns
from fairs import clock
from fairs.actions.people import found_company, know_person
from fairs.invention.people import vietnamese
from fairs.models import Edition, Officer, Person
from fairs.replay.asking import Heard
from fairs.replay.day import Day, happens
from fairs.replay.paying import pay
from fairs.replay.recount import Count, lost, noted, number, recounts

PLANS, LATECOMERS = 1000, 60
OPENED = ("08:40", "10:40")
HOLD, RESERVE, GIVE_BACK = "booths held", "booths reserved", "a held booth given back"
RIVALS = 0.25  # of those who come late, as many want what somebody else has taken a moment before
TAKEN = frozenset({"booth_taken", "hold_ran_out"})


@happens(order=40)
def plans(day: Day) -> None:
    """A thousand pages show the plan from the morning to the evening."""
    day.known["plans"] = day.many(PLANS)
    day.at(day.hour(OPENED[0]), "plans", "floor plans are opened", partial(_open, day))


def _open(day: Day) -> None:
    seconds = (day.hour(OPENED[1]) - day.hour(OPENED[0])).total_seconds() / day.speed
    told = {
        "pages": day.site.address, "sockets": day.known["sockets"], "edition": day.edition.slug,
        "plans": day.known["plans"], "seconds": seconds,
    }  # fmt: skip
    program = subprocess.Popen(
        [sys.executable, "-m", "booths.open_plans"],
        cwd=settings.BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert program.stdin
    program.stdin.write(json.dumps(told) + "\n")
    program.stdin.flush()
    day.known["open plans"] = program
    day.ends.append(partial(close, day))


def close(day: Day) -> dict[str, Any]:
    """Close all plans; what they knew, and how they were answered."""
    program = day.known.pop("open plans", None)
    if program is None:
        return {"versions": [], "opened": 0, "hints": 0, "lost": 0}
    program.terminate()
    told: dict[str, Any] = json.loads(program.communicate(timeout=60)[0] or "{}")
    day.site.heard += [Heard(**one) for one in told.pop("heard", [])]
    return told


@happens(order=41)
def latecomers(day: Day) -> None:
    """Exhibitors who were let in this morning choose booths at the counter; some change their mind."""
    chance, desk = day.chance("latecomers"), _officer(day.edition, "booth_desk")
    free = list(
        Booth.objects.filter(edition=day.edition, retired=False)
        .free(clock.now())
        .select_related("booth_class")
        .order_by("pk")
    )
    chance.shuffle(free)
    for nth, booth in enumerate(free[: day.many(LATECOMERS)]):
        moment = day.between(chance, "09:15", "15:30")
        _come(day, f"latecomer {nth}", _application(day, nth, booth, desk), booth, moment, keeps=chance.random() < 0.7)
        if chance.random() < RIVALS:
            rival = _application(day, f"{nth}b", booth, desk)
            _come(day, f"rival {nth}", rival, booth, day.soon(moment, 0.2), keeps=True)


def _come(day: Day, lane: str, application: Application, booth: Booth, moment: Any, *, keeps: bool) -> None:
    token = day.token(application.contact)
    asked = {"application": application.pk, "booths": [booth.code]}
    day.at(moment, lane, HOLD, partial(_hold, day, lane, asked, token, moment, keeps))


def _hold(day: Day, lane: str, asked: dict[str, Any], token: str, moment: Any, keeps: bool) -> None:
    answer = day.ask(HOLD, "reservations/", asked, by=token, refusals=TAKEN)
    if not answer.good:
        day.noted.note("refused", f"{asked['application']}/{asked['booths'][0]}")
        return
    pk = answer.told[0]["id"]
    then = day.soon(moment, 3)
    if keeps:
        day.at(then, lane, RESERVE, partial(_reserve, day, asked["application"], pk, token, then))
    else:
        day.at(then, lane, GIVE_BACK, partial(_give_back, day, pk, token))


def _reserve(day: Day, application: int, pk: int, token: str, moment: Any) -> None:
    answer = day.ask(RESERVE, f"applications/{application}/reserve/", {}, by=token, refusals=TAKEN)
    if answer.good:
        day.noted.note("reserved", pk)
        pay(day, answer.told["id"], token, day.soon(moment, 5))


def _give_back(day: Day, pk: int, token: str) -> None:
    if day.ask(GIVE_BACK, f"reservations/{pk}/release/", {}, by=token, refusals=frozenset({"state_conflict"})).good:
        day.noted.note("given back", pk)


def _application(day: Day, name: object, booth: Booth, desk: Person) -> Application:
    """Handed in and accepted the evening before."""
    idea = vietnamese(day.chance(f"latecomer {name}"), position=("Chủ cơ sở", "Owner"), domain="late.example")
    contact = know_person(
        email=f"late-{name}@exhibitors.example", full_name=idea.full_name, given_name=idea.given_name, by=desk
    )
    origin = BoothClass.Origin.INTERNATIONAL
    country = "LA" if booth.booth_class.origin == origin else "VN"
    company = found_company(by=desk, contact=contact, name_vi=f"Cơ sở {idea.full_name} {name}", country=country)
    made = draft_application(
        day.edition, company=company, contact=contact, booth_class=booth.booth_class, booth_count=1, by=contact
    )
    submit_application(made, by=contact, rules_version=newest_version(day.edition))
    return accept_application(made, by=desk)


def _officer(edition: Edition, role: str) -> Person:
    return Officer.objects.filter(edition=edition, role=role).select_related("person").order_by("pk")[0].person


LIVE = "('reserved', 'confirmed', 'handed_over')"


@recounts
def floor(day: Day) -> Iterator[Count]:
    """No booth twice, none lost, and every open plan knows the last version."""
    twice = f"""SELECT COUNT(*) FROM (SELECT booth_id FROM booths_reservation WHERE state IN {LIVE}
        GROUP BY booth_id HAVING COUNT(*) > 1) AS sold"""
    yield Count("booths that two have", 0, number(twice))
    gone = f"SELECT 1 FROM booths_reservation WHERE id = noted.key::bigint AND state IN {LIVE}"
    yield Count(f"{noted('reserved'):,} booths reserved: not so in the tables", 0, lost("reserved", gone))
    back = "SELECT 1 FROM booths_reservation WHERE id = noted.key::bigint AND state = 'released'"
    yield Count(f"{noted('given back'):,} booths given back: not so in the tables", 0, lost("given back", back))


@recounts
def open_plans(day: Day) -> Iterator[Count]:
    """Every open plan knows the last version in the end."""
    told = close(day)
    newest = FloorSigns.objects.filter(edition=day.edition).values_list("version", flat=True).first() or 0
    late = [version for version in told["versions"] if version < newest]
    day.facts.append(
        f"{day.known['plans']:,} open floor plans heard {told['hints']:,} hints; "
        f"{told['lost']:,} times a line was lost and found again."
    )
    yield Count("floor plans open in the evening", day.known["plans"], told["opened"])
    yield Count(f"open plans that do not know the last version, {newest}", 0, len(late))
