"""Signing the result report: a version of it that nobody can change any more."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from fairs import open_data
from fairs.errors import Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition, SignedReport, SignedTemplate
from fairs.models.signed_reports import hash_of
from fairs.permissions import Actor, require
from fairs.report_templates import template
from fairs.snapshots import LANGUAGES, canonical, frame_of, taken
from fairs.statements import Statement, as_signed, changes


def sign_report(edition: Edition, *, by: Actor, key: str, note: str = "") -> SignedReport:
    """Keep what the report says now as its next version, under the person's name; the same key signs once.

    All figures are of one moment. What the press may be told of contracts is decided with it, beside all that was told
    before. Refuses with `nothing_changed` when it says what the last version says, with
    `not_intact` after a version that was tampered with, and with `signed_meanwhile` when somebody else was faster.
    """
    require(by, "fairs.sign_report", edition)
    try:
        with _one_moment():
            return _signed(edition, by=by, key=key, note=note)
    except IntegrityError:  # of two at once the constraint on the number lets one through
        return _by_somebody_else(edition, key)


def _signed(edition: Edition, *, by: Actor, key: str, note: str) -> SignedReport:
    if known := edition.signed_reports.filter(key=key).first():  # here, where a rival's has been waited for
        return known
    last = edition.signed_reports.first()
    said = taken(edition, before=last)
    if last and not changes(as_signed(last), Statement(said, edition)):
        sentence = _("The report says the same as version %(number)s, so there is nothing to sign.")
        raise Refused("nothing_changed", sentence % {"number": last.number})
    snapshot = canonical(said)
    signed = SignedReport.objects.create(
        edition=edition, number=last.number + 1 if last else 1, snapshot=snapshot, sha256=hash_of(snapshot),
        level=said["level"]["code"], signed_by=by, note=note, key=key, basis=open_data.amounts_to_tell(edition),
    )  # fmt: skip
    for lang in LANGUAGES:
        SignedTemplate.objects.create(report=signed, lang=lang, content=template(frame_of(edition), lang))
    record("sign", signed, by=by)
    announce(edition, "report")
    return signed


@contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction whose every question is answered as of its beginning, so that parts add up while others write."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                cursor.execute("LOCK TABLE fairs_publication IN SHARE MODE")  # nothing is told meanwhile
        yield


def _by_somebody_else(edition: Edition, key: str) -> SignedReport:
    known = edition.signed_reports.filter(key=key).first()
    if known is None:
        sentence = _("Somebody else signed a version at this very moment. Look at it before you sign again.")
        raise Refused("signed_meanwhile", sentence)
    return known
