"""What the buyers owe to people about their own data."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from buyers.actions.companions import let_go
from buyers.actions.desk_badges import VISITORS
from buyers.actions.keys import renew_encrypted
from buyers.actions.printing import drop_prints
from buyers.actions.registrations import end_registration
from buyers.actions.visas import end_letter, read_passport
from buyers.models import Badge, Companion, Evidence, HostedContract, Invitee, Registration, TravelItem, VisaLetter
from fairs.downloads import drop_file
from fairs.encryption import on_new_key
from fairs.models import Consent, Person
from fairs.permissions import Actor
from fairs.personal import hand_over, leave_out, on_erasure, on_withdrawal, unasked
from fairs.privacy import DEED

on_new_key(renew_encrypted)
unasked("buyers.invited")

hand_over("buyers.registration", "person", "edition", "company", "state", "grade", "volume", "price_band", "order_size",
    "languages", "interest", "registered_at", "reason", masks={"interest": "", "languages": "", "reason": ""},
)  # fmt: skip
hand_over("buyers.badge", "person", "edition", "company", "organisation", "kind", "state", "short_code", "issued_at",
    more=lambda badge, reader: {"scans": [f"{scan.at:%Y-%m-%d %H:%M} {scan.result}" for scan in badge.scans.all()]},
)  # fmt: skip
hand_over("buyers.visaletter", "person", "edition", "company", "state", "number", "reason", "asked_at", "issued_at",
    masks={"reason": "", "sealed": ""}, more=lambda letter, reader: passport_for(letter, reader))  # fmt: skip

leave_out("buyers.registration", "entered_by", why=DEED)
hand_over("buyers.companion", "person", "registration", "kind", "state", "named_at")
hand_over("buyers.invitee", "person", "edition", "company", "asked_at", "opened_at", "refused_at")
hand_over("buyers.question", "registration__person", "text", "asked_at", "answer", "answered_at", masks={"answer": ""})
hand_over("buyers.evidence", "registration__person", "item", "said", "given_at", "verdict", "note",
    masks={"said": "", "note": ""})  # fmt: skip
hand_over("buyers.hostedcontract", "registration__person", "edition", "company", "grade", "state", "offered_at",
    "accepted_at", "terms_version", "reason", masks={"reason": ""})  # fmt: skip

hand_over("buyers.travelitem", "contract__registration__person", "kind", "currency", "ceiling", "estimate", "actual",
    "paid", "paper_number", "paper_on")  # fmt: skip

leave_out("buyers.campaign", "made_by", why=DEED)
leave_out("buyers.evidence", "checked_by", why=DEED)
leave_out("buyers.hostedcontract", "accepted_by", why="The guest’s own yes, which the row handed over tells.")
leave_out("buyers.question", "asked_by", why=DEED)
leave_out("buyers.badge", "issued_by", why=DEED)
leave_out("buyers.device", "added_by", why=DEED)
leave_out("buyers.printrun", "begun_by", why=DEED)
leave_out("buyers.scan", "by", why=DEED)
leave_out("buyers.visaletter", "issued_by", why=DEED)


def passport_for(letter: VisaLetter, reader: Actor) -> Mapping[str, Any]:
    """The passport's data for its holder; an officer who makes the copy for them gets none of it."""
    mine = reader.pk == letter.person_id and letter.readable
    return {"passport": asdict(read_passport(letter, by=reader))} if mine else {}


@on_erasure
def ends_at_the_gate(person: Person, by: Actor) -> None:
    """Their registrations end, no letter goes on or is still to be sent, their badges open no gate."""
    for registration in Registration.objects.live().filter(person=person).select_related("edition", "person"):
        if registration.can("withdraw"):
            end_registration(registration, by=by)
    for letter in VisaLetter.objects.filter(person=person, state__in=VisaLetter.LIVE).select_related("edition"):
        end_letter(letter, by=by)
    Invitee.objects.waiting().filter(person=person).delete()
    for companion in Companion.objects.live().filter(person=person).with_people():
        let_go(companion, by=by)
    for badge in Badge.objects.valid().filter(person=person).select_related("edition"):
        badge.follow("revoke", by=by)


@on_erasure
def files_go(person: Person, by: Actor) -> None:
    """What they have sent, and sheets with their badges. A paper by which money is paid stays, as accounting asks."""
    drop_prints(person, by=by)
    papers = TravelItem.objects.filter(contract__registration__person=person, paid=None)
    unpaid = papers.exclude(contract__state=HostedContract.State.RELEASED)
    for rows in (Evidence.objects.filter(registration__person=person), unpaid):
        for row in rows.exclude(file=""):
            drop_file(row.file)
        rows.update(file="")


@on_withdrawal(Consent.Purpose.REGISTRATION)
def registration_ends(consent: Consent, by: Actor) -> None:
    """Without that yes nobody is registered, and their badge opens no gate; a pass for work at the fair stays."""
    own = Registration.objects.live().filter(edition=consent.edition_id, person=consent.person_id)
    for registration in own.select_related("edition", "person"):
        if registration.can("withdraw"):
            end_registration(registration, by=by)
    visiting = Badge.objects.valid().filter(edition=consent.edition_id, person=consent.person_id, kind__in=VISITORS)
    for badge in visiting.select_related("edition"):
        badge.follow("revoke", by=by)


@on_withdrawal(Consent.Purpose.PASSPORT)
def letter_ends(consent: Consent, by: Actor) -> None:
    """Without that yes no passport data is kept, and no letter goes on."""
    own = VisaLetter.objects.filter(edition=consent.edition_id, person=consent.person_id, state__in=VisaLetter.LIVE)
    for letter in own.select_related("edition"):
        end_letter(letter, by=by)
