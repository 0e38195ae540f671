"""What the meetings owe to people about their own data."""

from typing import Any

from django.db.models.functions import Coalesce

from fairs import clock
from fairs.actions.erasure import NAME
from fairs.models import Person
from fairs.personal import hand_over, leave_out, on_erasure, unasked
from fairs.privacy import DEED
from matchmaking.models import Lead, Wish

unasked("matchmaking.no_meetings_yet")
unasked("matchmaking.share_details")  # a stranger's hand is enough to owe it

hand_over("matchmaking.meeting", "importer_person", "edition", "exhibitor", "importer", "state", "starts_at", "ends_at",
    "message", "answer", masks={"message": ""})  # fmt: skip
hand_over("matchmaking.seat", "person", "part", "number", "name", "languages", "open", masks={"name": NAME})
hand_over("matchmaking.agendalink", "person", "edition", "created_at", goes=True)
hand_over("matchmaking.lead", "person", "edition", "exhibitor", "first_at", "last_at", "handed_at", "means",
    "taken_back_at")  # fmt: skip
hand_over("matchmaking.wish", "registration__person", "exhibitor", "kind", "reason", "said_at", goes=True,
    only={"side": "importer"})  # fmt: skip

leave_out("matchmaking.leadvisit", "by", why=DEED)
leave_out("matchmaking.nonudges", "by", why=DEED)
leave_out("matchmaking.deal", "recorded_by", why=DEED)
leave_out("matchmaking.dealpaper", "given_by", "checked_by", why=DEED)
leave_out("matchmaking.dealcorrection", "asked_by", "answered_by", why=DEED)
leave_out("matchmaking.dealpair", "decided_by", why=DEED)
leave_out("matchmaking.opportunity", "opened_by", why=DEED)
leave_out("matchmaking.quotation", "made_by", why=DEED)
leave_out("matchmaking.timetable", "begun_by", "published_by", why=DEED)
leave_out("matchmaking.timetableplan", "by", why=DEED)


@on_erasure
def no_exhibitor_has_them(person: Person, by: Any) -> None:
    """Of a visitor who is erased an exhibitor keeps that somebody came, also where they typed their details by hand."""
    taken = {"note": "", "folded": "", "taken_back_at": Coalesce("taken_back_at", clock.now())}
    Lead.objects.filter(person=person).update(**taken)
    if person.email:
        typed = Lead.objects.filter(person=None, guest_email=person.email)
        typed.update(guest_name=NAME, guest_company="", guest_email="", **taken)


@on_erasure
def nobody_wishes_to_meet_them(person: Person, by: Any) -> None:
    """What exhibitors wished about somebody who is erased goes with them."""
    Wish.objects.filter(registration__person=person, side=Wish.Side.EXHIBITOR).delete()
