"""A day of meetings: kept, missed, walked in, rated; and visitors noted at the booths."""

from collections.abc import Iterator
from functools import partial
from random import Random
from typing import Any

from buyers.models import Badge
from fairs.models import Consent, Participation, Person
from fairs.replay.day import Day, happens
from fairs.replay.recount import Count, lost, noted, number, recounts
from matchmaking.models import Meeting

MEETINGS, WALK_INS, VISITORS = 900, 0.15, 300
CHECK_IN, SAY, RATE = "a badge read for a meeting", "a side says what became of a meeting", "a meeting rated"
WALK_IN, LEAD, AGENDA = "a meeting without an appointment noted", "a visitor noted at a booth", "page: own meetings"
CAME, MISSED, SAID = 0.76, 0.12, 0.06  # of meetings agreed; of the rest nobody says anything


@happens(order=30)
def meetings(day: Day) -> None:
    """Those agreed for the day, up to its number."""
    chance, most = day.chance("meetings"), round(day.many(MEETINGS) * (1 - WALK_INS))
    today = (day.hour("00:00"), day.hour("23:59"))
    agreed = Meeting.objects.filter(edition=day.edition, state="accepted", starts_at__range=today)
    rows = agreed.select_related("exhibitor", "importer_person").order_by("starts_at", "pk")
    badges = {one.person_id: one for one in Badge.objects.valid().filter(edition=day.edition, kind="importer")}
    known = [meeting for meeting in rows if meeting.importer_person_id in badges][:most]
    day.facts.append(f"{len(known):,} meetings were agreed for the day.")
    for meeting in known:
        _plan(day, meeting, badges[meeting.importer_person_id], chance)


def _plan(day: Day, meeting: Meeting, badge: Badge, chance: Random) -> None:
    maker, fate = day.token(_boss(meeting.exhibitor)), chance.random()
    lane, came = f"booth {meeting.exhibitor_id}", day.soon(meeting.starts_at, chance.uniform(0, 8))
    over = day.soon(meeting.starts_at, chance.uniform(26, 29))
    if fate < CAME:
        asked = {
            "edition": day.edition.slug,
            "exhibitor": meeting.exhibitor_id,
            "badge": badge.qr_code,
            "at": came.isoformat(),  # the phone says when it read it
        }
        day.at(came, lane, CHECK_IN, partial(_check_in, day, asked, maker))
    elif fate < CAME + MISSED:
        say = partial(_say, day, meeting.pk, "mark_no_show", {"absent": "importer"}, maker)
        day.at(over, lane, SAY, say)
    elif fate < CAME + MISSED + SAID:
        buyer = day.token(meeting.importer_person)
        for by, who in ((maker, lane), (buyer, f"buyer {meeting.importer_person_id}")):
            day.at(over, who, SAY, partial(_say, day, meeting.pk, "mark_held", {}, by))


def _check_in(day: Day, asked: dict[str, Any], maker: str) -> None:
    """Which of two meetings that lie near each other a badge is read for, the site says."""
    answer = day.ask(CHECK_IN, "meetings/check_in/", asked, by=maker)
    if answer.good:
        pk = answer.told["id"]
        day.noted.note("held", pk)
        if pk % 3 == 0:
            rated = day.ask(RATE, f"meetings/{pk}/rate/", {"worth": "B", "step": "prices"}, by=maker)
            if rated.good:
                day.noted.note("rating", pk)


def _say(day: Day, pk: int, verb: str, asked: dict[str, Any], by: str) -> None:
    """What one side says; a badge that was read there meanwhile stands above it."""
    answer = day.ask(SAY, f"meetings/{pk}/{verb}/", asked, by=by, refusals=frozenset({"state_conflict"}))
    if answer.good:
        day.noted.note("said", pk, text=answer.told["state"])


@happens(order=31)
def walk_ins(day: Day) -> None:
    """Buyers who agreed to be named stop at a booth; a phone sends some notes twice."""
    chance, makers, badges = day.chance("walk-ins"), _makers(day), _named_buyers(day)
    number_of = round(day.many(MEETINGS) * WALK_INS) if badges and makers else 0
    for nth in range(number_of):
        part, boss = chance.choice(makers)
        key, badge = day.key("walk-in", nth), chance.choice(badges)
        asked = {"edition": day.edition.slug, "exhibitor": part.pk, "badge": badge.qr_code, "key": key}
        moment = day.between(chance, "09:30", "17:00")
        for turn in range(2 if chance.random() < 0.1 else 1):
            deed = partial(_note, day, WALK_IN, "meetings/walk_in/", asked, "walk-in", day.token(boss))
            day.at(day.soon(moment, turn), f"booth {part.pk}", WALK_IN, deed)
    for nth in range(day.many(VISITORS) if makers and badges else 0):
        part, boss = chance.choice(makers)
        asked = {
            "edition": day.edition.slug, "exhibitor": part.pk, "badge": chance.choice(badges).qr_code,
            "key": day.key("lead", nth), "rating": chance.choice("ABC"), "note": "Hỏi giá 300 bộ.",
        }  # fmt: skip
        deed = partial(_note, day, LEAD, "leads/", asked, "visit", day.token(boss))
        day.at(day.between(chance, "09:30", "17:15"), f"booth {part.pk}", LEAD, deed)


def _note(day: Day, kind: str, path: str, asked: dict[str, Any], noted_as: str, by: str) -> None:
    if day.ask(kind, path, asked, by=by).good:
        day.noted.note(noted_as, asked["key"])


def _makers(day: Day) -> list[tuple[Participation, Person]]:
    parts = Participation.objects.filter(edition=day.edition, role="exhibitor", state="active", host=None)
    return [(part, _boss(part)) for part in parts.select_related("company").order_by("pk")]


def _named_buyers(day: Day) -> list[Badge]:
    agreed = Consent.objects.filter(edition=day.edition, purpose="share_on_scan", withdrawn_at=None).values("person")
    badges = Badge.objects.valid().filter(edition=day.edition, kind="importer", person__in=agreed)
    return list(badges.order_by("pk"))


def _boss(part: Participation) -> Person:
    return part.company.people.order_by("pk")[0]


TWICE = """SELECT COUNT(*) FROM (SELECT 1 FROM matchmaking_occupancy WHERE {0} IS NOT NULL
    GROUP BY {0}, starts_at {1} HAVING COUNT(*) > 1) AS taken"""


@recounts
def what_became(day: Day) -> Iterator[Count]:
    """Every meeting is what was said of it, every note is there once, and nothing is taken twice."""
    state = "SELECT 1 FROM matchmaking_meeting met WHERE met.id = noted.key::bigint AND met.state = {0}"
    yield Count(f"{noted('held'):,} meetings held: not so in the tables", 0, lost("held", state.format("'held'")))
    yield Count(f"{noted('said'):,} meetings by word: otherwise in the tables", 0, number(
        """SELECT COUNT(*) FROM (SELECT DISTINCT ON (key) key, words FROM noted WHERE kind = 'said'
            ORDER BY key, number DESC) told JOIN matchmaking_meeting met ON met.id = told.key::bigint
        WHERE met.state NOT IN ('held', 'no_show')"""))  # fmt: skip
    gone = lost("rating", "SELECT 1 FROM matchmaking_rating said WHERE said.meeting_id = noted.key::bigint")
    yield Count(f"{noted('rating'):,} ratings: not in the tables", 0, gone)
    since = day.hour("00:00")
    walked = """SELECT COUNT(*) FROM matchmaking_meeting WHERE edition_id = %s AND walk_in AND starts_at >= %s"""
    yield Count("meetings without an appointment", noted("walk-in"), number(walked, day.edition.pk, since))
    visits = "SELECT COUNT(*) FROM matchmaking_leadvisit WHERE at >= %s"
    yield Count("visitors noted at booths", noted("visit"), number(visits, since))
    for what, more in (("participation_id", ", seat"), ("table_id", ""), ("interpreter_id", "")):
        yield Count(f"five minutes taken twice ({what[:-3]})", 0, number(TWICE.format(what, more)))
