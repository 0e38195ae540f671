"""Vetting importers: evidence given and checked, more asked and answered, many decided at once."""

import secrets
from collections.abc import Mapping, Sequence

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from buyers.actions.many import decide_each
from buyers.actions.registrations import approve_registration, decline_registration
from buyers.checklists import Outlook
from buyers.models import Evidence, EvidenceItem, Question, Registration
from fairs import clock
from fairs.deliveries import owe
from fairs.downloads import drop_file
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.kept_files import kept_file
from fairs.live import announce
from fairs.permissions import Actor, require


def give_evidence(
    registration: Registration, *, item: EvidenceItem, by: Actor, said: str = "", data: bytes = b""
) -> Evidence:
    """Say something for a line of the checklist, or send a file for it; the desk then looks again.

    What is not given stays. Refuses with `bad_file`, `nothing_given`, `other_edition` and `not_open`.
    """
    require(by, "buyers.register", registration)
    if item.edition_id != registration.edition_id:
        raise Invalid("other_edition", _("This line is of another edition’s checklist."))
    if not said.strip() and not data:
        raise Invalid("nothing_given", _("Write something, or choose a file."))
    ending, content = kept_file(data) if data else ("", b"")
    with transaction.atomic():
        if _in_line(registration).state not in Registration.COMING:
            raise Refused("not_open", _("This registration is closed. Register again to go on."))
        row, _new = Evidence.objects.get_or_create(registration=registration, item=item)
        row.said, row.given_at, row.verdict = said.strip() or row.said, clock.now(), Evidence.Verdict.OPEN
        if content:
            drop_file(row.file)
            row.file.save(f"{secrets.token_hex(16)}{ending}", ContentFile(content), save=False)
        row.save()
        record("give", registration, by=by, fields=[item.code])
        announce(registration.edition, "importers")
    return row


def check_evidence(
    registration: Registration, *, verdicts: Mapping[str, str], by: Actor, notes: Mapping[str, str] | None = None
) -> list[str]:
    """Say of lines of the checklist, by code, whether they are in order; what is as before stays, with who said it.

    A verdict is “ticked”, “refused” or nothing. The codes that changed are answered. Refuses with `unknown_line` and
    `bad_verdict`.
    """
    require(by, "buyers.decide", registration)
    notes = notes or {}
    items = {item.code: item for item in EvidenceItem.objects.filter(edition=registration.edition_id)}
    if strange := sorted({*verdicts, *notes} - set(items)):
        raise Invalid("unknown_line", _("The checklist has no line %(codes)s.") % {"codes": ", ".join(strange)})
    if set(verdicts.values()) - set(Evidence.Verdict.values):
        raise Invalid("bad_verdict", _("A verdict is “ticked”, “refused” or nothing."))
    with transaction.atomic():
        _in_line(registration)
        held = {row.item_id: row for row in Evidence.objects.filter(registration=registration)}
        changed = [
            code
            for code, verdict in verdicts.items()
            if _judge(held.get(items[code].pk) or Evidence(registration=registration, item=items[code]),
                      verdict, notes.get(code), by)
        ]  # fmt: skip
        if changed:
            record("check", registration, by=by, fields=changed)
            announce(registration.edition, "importers")
    return changed


def ask_for_more(registration: Registration, *, text: str, by: Actor) -> Question:
    """Ask an importer something before the decision, by a letter that leads to a page for the answer.

    Refuses with `no_question` nothing asked.
    """
    require(by, "buyers.decide", registration)
    if not text.strip():
        sentence = _("Write what you need to know: the importer reads it.")
        raise Invalid("no_question", sentence, {"text": [sentence]})
    with transaction.atomic():
        registration.follow("ask", by=by)
        question = Question.objects.create(registration=registration, text=text.strip(), asked_by=by)
        owe("buyers.more_wanted", to=registration.person, about=question, edition=registration.edition)
        announce(registration.edition, "importers")
    return question


def answer_question(registration: Registration, *, answer: str, by: Actor) -> Registration:
    """Answer what the desk asked: the registration is in its queue again. Refuses with `no_answer` nothing said."""
    require(by, "buyers.register", registration)
    if not answer.strip():
        sentence = _("Write your answer, even if it is short.")
        raise Invalid("no_answer", sentence, {"answer": [sentence]})
    with transaction.atomic():
        registration.follow("answer", by=by)
        registration.questions.filter(answered_at=None).update(answer=answer.strip(), answered_at=clock.now())
        announce(registration.edition, "importers")
    return registration


def approve_many(registrations: Sequence[Registration], *, grade: str, by: Actor) -> list[Outlook]:
    """Approve each that may be, the oldest first; the others are left as they are. Each with what stood against it."""
    return decide_each(registrations, lambda one: approve_registration(one, grade=grade, by=by))


def decline_many(registrations: Sequence[Registration], *, reason: str, by: Actor) -> list[Outlook]:
    """Decline each that may be, all for one reason, which they read."""
    return decide_each(registrations, lambda one: decline_registration(one, reason=reason, by=by))


def _in_line(registration: Registration) -> Registration:
    """The registration as it is now; whoever gives or checks evidence stands in line here."""
    now: Registration = Registration.objects.select_for_update(no_key=True).get(pk=registration.pk)
    return now


def _judge(row: Evidence, verdict: str, note: str | None, by: Actor) -> bool:
    """Write a verdict down where it is another one."""
    note = row.note if note is None else note.strip()
    if (row.verdict, row.note) == (verdict, note):
        return False
    row.verdict, row.note = verdict, note
    row.checked_by, row.checked_at = by, clock.now()
    row.save()
    return True
