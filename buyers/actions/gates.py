"""Reading badges at the gates."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from buyers.actions.badges import exhibits
from buyers.codes import is_short_code, normalise
from buyers.models import Badge, Gate, Scan
from fairs import clock
from fairs.errors import Invalid, Refused, TooMany
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition, OpeningDay
from fairs.permissions import Actor, require

# Those who build and take down come before and after the fair's own days.
WORKING_KINDS = (Badge.Kind.EXHIBITOR, Badge.Kind.ORGANISER, Badge.Kind.STAFF)
MOVE_IN, MOVE_OUT = timedelta(days=5), timedelta(days=2)
# One who types at random is stopped long before a code is found; a scanned token is never guessed.
UNKNOWN_AT_MOST, UNKNOWN_WITHIN = 20, timedelta(minutes=5)
CLOCKS_DIFFER = timedelta(minutes=10)
SENT_LATER_AT_MOST = timedelta(days=1)


def scan_badge(
    gate: Gate,
    *,
    code: str,
    direction: str,
    key: str,
    by: Actor,
    at: datetime | None = None,
    came_back: bool = False,
) -> Scan:
    """Read a badge by its token or its typed short code, and say in `result` what the gate answers.

    The same key again answers the first reading. `came_back` lets in somebody who left without being read. `at` is the
    moment of a reading sent later, within a day. Refuses with `too_many_unknown`, `from_the_future`, `too_old` and
    `key_used`.
    """
    require(by, "buyers.scan", gate)
    moment = _moment(at)
    code = normalise(code)
    if is_short_code(code):
        _not_too_many(gate.edition, by)
    try:
        with transaction.atomic():
            badge = _badge(gate.edition, code)
            result = _result(gate.edition, badge, direction, moment, came_back)
            scan = Scan.objects.create(
                edition=gate.edition,
                gate=gate,
                badge=badge,
                at=moment,
                direction=direction,
                result=result,
                by=by,
                key=key,
            )
            announce(gate.edition, "gate")
    except IntegrityError:
        return _read_before(gate, key, badge)
    return scan


def add_gate(edition: Edition, *, name_vi: str, name_en: str, by: Actor) -> Gate:
    """Open a gate for scanning; refuses with `gate_known` a name the edition has."""
    require(by, "buyers.set_up_gates", edition)
    try:
        with transaction.atomic():
            gate = Gate.objects.create(edition=edition, name_vi=name_vi, name_en=name_en)
            record("add", gate, by=by)
    except IntegrityError:
        sentence = _("This edition already has a gate with that name.")
        raise Refused("gate_known", sentence, {"name_vi": [sentence]}) from None
    return gate


def _moment(at: datetime | None) -> datetime:
    now = clock.now()
    if at and at > now + CLOCKS_DIFFER:
        sentence = _("This reading is dated in the future. Set the clock of the device.")
        raise Invalid("from_the_future", sentence, {"at": [sentence]})
    if at and at < now - SENT_LATER_AT_MOST:
        sentence = _("This reading is more than a day old, too old to be counted. Check the clock of the device.")
        raise Invalid("too_old", sentence, {"at": [sentence]})
    return min(at or now, now)


def _not_too_many(edition: Edition, by: Actor) -> None:
    since = clock.now() - UNKNOWN_WITHIN  # by our clock: what the device says of the time is the guesser's to choose
    unknown = Scan.objects.filter(edition=edition, result=Scan.Result.UNKNOWN, by=by, recorded_at__gte=since).count()
    if unknown >= UNKNOWN_AT_MOST:
        raise TooMany(
            "too_many_unknown", _("Too many unknown codes. Scan the badge, or wait five minutes before typing again.")
        )


def _read_before(gate: Gate, key: str, badge: Badge | None) -> Scan:
    known = Scan.objects.with_faces().filter(key=key, gate=gate, badge=badge).first()
    if known is None:
        raise Refused("key_used", _("This reading has been sent before for another badge or gate. Scan it once more."))
    return known


def _badge(edition: Edition, code: str) -> Badge | None:
    """The badge with this code, locked, so that two gates reading it at once see each other."""
    known = Badge.objects.select_for_update(of=("self",)).select_related("person", "company")
    return known.with_code(code).filter(edition=edition).first()


def _result(edition: Edition, badge: Badge | None, direction: str, moment: datetime, came_back: bool) -> str:
    if badge is None:
        return Scan.Result.UNKNOWN
    if badge.state == Badge.State.REVOKED or not _still_exhibits(edition, badge):
        return Scan.Result.REVOKED
    day = moment.astimezone(edition.zone).date()
    if not _valid_on(edition, badge, day):
        return Scan.Result.NOT_TODAY
    if direction == Scan.Direction.OUT:
        return Scan.Result.GOODBYE
    if not came_back and Scan.objects.of_day(edition, day).inside(badge, before=moment):
        return Scan.Result.ALREADY_IN
    return Scan.Result.WELCOME


def _still_exhibits(edition: Edition, badge: Badge) -> bool:
    """A pass ends with its company's part; the part is common ground, the application behind it is not."""
    return badge.kind != Badge.Kind.EXHIBITOR or exhibits(edition, badge.company).exists()


def _valid_on(edition: Edition, badge: Badge, day: date) -> bool:
    if badge.kind in WORKING_KINDS and edition.opens_on - MOVE_IN <= day <= edition.closes_on + MOVE_OUT:
        return True
    open_to = OpeningDay.objects.filter(edition=edition, date=day)
    if badge.kind == Badge.Kind.VISITOR:
        open_to = open_to.filter(audience=OpeningDay.Audience.PUBLIC)
    return open_to.exists()
