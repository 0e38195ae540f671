"""What exhibitors do about the tasks of the manual, and the desk's word on what they hand in."""

import hashlib
import secrets
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from booths.manual import own_progress
from booths.models import Application, HandIn, HandInFile, ManualTask
from fairs import clock
from fairs.deliveries import owe
from fairs.errors import Invalid, Refused
from fairs.kept_files import kept_file
from fairs.live import announce
from fairs.permissions import Actor, require

MOST_VERSIONS = 12


def tick_task(application: Application, *, task: ManualTask, by: Actor) -> HandIn:
    """Say “read and done”; said again it stays as it is. Refuses with `other_task` and `no_tick`."""
    require(by, "booths.do_task", application)
    if task.asks != ManualTask.Asks.TICK:
        raise Invalid("no_tick", _("This task asks for more than a tick."))
    return _settle(application, task, "tick", HandIn.State.DONE, by=by)


def pass_task(application: Application, *, task: ManualTask, by: Actor) -> HandIn:
    """Say that a task does not concern the exhibitor, where its word is enough; again it stays as it is.

    Refuses with `other_task` and `concerns_all`.
    """
    require(by, "booths.do_task", application)
    if not task.may_not_concern:
        raise Invalid("concerns_all", _("This task concerns every exhibitor that it is for."))
    return _settle(application, task, "pass", HandIn.State.NOT_CONCERNED, by=by)


def reopen_task(hand_in: HandIn, *, by: Actor) -> HandIn:
    """Take back a tick or a “does not concern us”."""
    require(by, "booths.do_task", hand_in)
    with transaction.atomic():
        hand_in.follow("reopen", by=by, given_at=None)
        announce(hand_in.edition, "manual")
    return hand_in


def hand_in_file(application: Application, *, task: ManualTask, data: bytes, by: Actor) -> HandIn:
    """Keep a file for a task as its newest version, which counts from now on; the desk looks at it anew.

    The newest version sent again is the same one. Refuses with `bad_file`, `no_file_asked`, `other_task`, `too_many`.
    """
    require(by, "booths.do_task", application)
    if task.asks != ManualTask.Asks.FILE:
        raise Invalid("no_file_asked", _("This task asks for no file."))
    ending, content = kept_file(data)
    print_of_it = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        row = _locked(application, task)
        newest = row.files.first()
        if newest and newest.sha256 == print_of_it and row.state != HandIn.State.RETURNED:
            return row
        _keep(row, ending, content, print_of_it, by)
        given_at = row.given_at or clock.now()
        row.follow("hand_in", by=by, given_at=given_at, reason="", checked_by=None, checked_at=None)
        announce(row.edition, "manual")
    return row


def accept_hand_in(hand_in: HandIn, *, version: int, by: Actor) -> HandIn:
    """The desk finds the newest version in order. Refuses with `newer_version` when another one came meanwhile."""
    return _check(hand_in, "accept", version, by=by, reason="")


def return_hand_in(hand_in: HandIn, *, version: int, reason: str, by: Actor) -> HandIn:
    """The desk gives a file back, with a reason that the exhibitor reads in a letter.

    Refuses with `no_reason` and `newer_version`.
    """
    if not reason.strip():
        sentence = _("Give the reason: the exhibitor reads it.")
        raise Invalid("no_reason", sentence, {"reason": [sentence]})
    return _check(hand_in, "return", version, by=by, reason=reason.strip())


def _check(hand_in: HandIn, verb: str, version: int, *, by: Actor, reason: str) -> HandIn:
    require(by, "booths.check_task", hand_in)
    with transaction.atomic():
        row = _with_all().select_for_update(of=("self",), no_key=True).get(pk=hand_in.pk)
        newest = row.files.aggregate(number=Max("number"))["number"]
        if newest != version:
            raise Refused("newer_version", _("Another version came meanwhile. Look at that one."))
        row.follow(verb, by=by, reason=reason, checked_by=by, checked_at=clock.now())
        if verb == "return":
            owe("booths.hand_in_returned", to=row.application.contact, about=row, edition=row.edition)
        announce(row.edition, "manual")
    return row


def _settle(application: Application, task: ManualTask, verb: str, target: str, *, by: Actor) -> HandIn:
    with transaction.atomic():
        row = _locked(application, task)
        if row.state != target:
            row.follow(verb, by=by, given_at=row.given_at or clock.now())
            announce(row.edition, "manual")
    return row


def _keep(row: HandIn, ending: str, content: bytes, print_of_it: str, by: Actor) -> None:
    number = (row.files.aggregate(number=Max("number"))["number"] or 0) + 1
    if number > MOST_VERSIONS:
        raise Refused("too_many", _("There are %(most)d versions already. Ask the desk.") % {"most": MOST_VERSIONS})
    kept = HandInFile(hand_in=row, number=number, sha256=print_of_it, given_by=by, given_at=clock.now())
    kept.file.save(f"{secrets.token_hex(16)}{ending}", ContentFile(content), save=False)
    kept.save(force_insert=True)


def _locked(application: Application, task: ManualTask) -> HandIn:
    """The row of one task of one exhibitor, made when it is the first, kept from others until the transaction ends.

    Refuses with `not_accepted` and `other_task`.
    """
    application = Application.objects.select_for_update(of=("self",), no_key=True).select_related(
        "company", "edition", "booth_class", "contact"
    ).get(pk=application.pk)  # fmt: skip
    if application.state != Application.State.ACCEPTED:
        raise Refused("not_accepted", _("The manual is for exhibitors who have been accepted."))
    if task.edition_id != application.edition_id or own_progress(application).of(task) is None:
        raise Invalid("other_task", _("This task is not one of yours."))
    row, _made = HandIn.objects.get_or_create(task=task, application=application)
    found: HandIn = _with_all().get(pk=row.pk)
    return found


def _with_all() -> Any:
    return HandIn.objects.select_related("task", "application__edition", "application__company", "application__contact")
