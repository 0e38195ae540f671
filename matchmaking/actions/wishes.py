"""Saying whom one must meet, would like to meet, or would rather not, and taking it back."""

from django.db import models, transaction
from django.utils.translation import gettext as _

from buyers.models import Registration
from fairs import clock
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Participation
from fairs.permissions import Actor, require
from matchmaking.models import Wish
from matchmaking.models.wish import MOST


def wish(
    registration: Registration, *, exhibitor: Participation, side: str, kind: str, by: Actor, reason: str = ""
) -> Wish:
    """Keep what one side of a pair wishes, in place of what it wished before; a no has a reason, by default `other`.

    Refuses with `unknown_wish`, with `other_edition` and `not_exhibiting` who is none of this fair's exhibitors, with
    `not_coming` an importer who has withdrawn, and with `list_full` more than MOST must-meets of one side.
    """
    said = Wish(registration=registration, exhibitor=exhibitor, side=side, kind=kind, reason=_reason(kind, reason))
    require(by, "matchmaking.wish", said)
    _check_pair(registration, exhibitor)
    with transaction.atomic():
        _stand_in_line(said)
        known = Wish.objects.filter(registration=registration, exhibitor=exhibitor, side=side).first()
        if known and (known.kind, known.reason) == (said.kind, said.reason):
            return known
        if said.kind == Wish.Kind.MUST and _own_must_meets(said).count() >= MOST:
            raise Refused("list_full", _("Your list holds %(most)d names. Take one off first.") % {"most": MOST})
        facts = {"kind": said.kind, "reason": said.reason, "said_at": clock.now()}
        kept, _new = Wish.objects.update_or_create(
            registration=registration, exhibitor=exhibitor, side=side, defaults=facts
        )
        record("say", kept, by=by, fields=["kind", "reason"])
        announce(registration.edition, "importers")
    return kept


def take_back_wish(said: Wish, *, by: Actor) -> None:
    """Wish nothing about the other side any more."""
    require(by, "matchmaking.wish", said)
    with transaction.atomic():
        record("take_back", said, by=by)
        said.delete()
        announce(said.edition, "importers")


def _reason(kind: str, reason: str) -> str:
    """Checked; only a no has one."""
    if kind not in Wish.Kind.values or reason not in ("", *Wish.Reason.values):
        sentence = _("Choose must meet, would like to meet, or no thanks with one of the reasons.")
        raise Invalid("unknown_wish", sentence, {"kind": [sentence]})
    return (reason or Wish.Reason.OTHER) if kind == Wish.Kind.NO else ""


def _check_pair(registration: Registration, exhibitor: Participation) -> None:
    if exhibitor.edition_id != registration.edition_id:
        raise Invalid("other_edition", _("This exhibitor takes part in another fair."))
    if exhibitor.role != Participation.Role.EXHIBITOR or exhibitor.state != Participation.State.ACTIVE:
        raise Refused("not_exhibiting", _("This company does not exhibit at this fair."))
    if registration.state == Registration.State.WITHDRAWN:
        raise Refused("not_coming", _("This importer does not come any more."))


def _stand_in_line(said: Wish) -> None:
    """Two devices of one side stand in line, for the last place on its list and for what it says last.

    Without its key: what the other side writes at that moment points to it, and would wait for ever.
    """
    whose = Participation if said.side == Wish.Side.EXHIBITOR else Registration
    pk = said.exhibitor_id if said.side == Wish.Side.EXHIBITOR else said.registration_id
    whose._default_manager.select_for_update(no_key=True).get(pk=pk)


def _own_must_meets(said: Wish) -> models.QuerySet[Wish]:
    own = Wish.objects.of_importer(said.registration)
    if said.side == Wish.Side.EXHIBITOR:
        own = Wish.objects.of_exhibitor(said.exhibitor)
    return own.must_meets().exclude(registration=said.registration_id, exhibitor=said.exhibitor_id)
