"""Letters to those who owe, many at once, and none to who has just paid."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from fairs import clock
from fairs.deliveries import owe_many
from fairs.journal import record_many
from fairs.live import announce
from fairs.models import Delivery, Edition, Notice, Payment
from fairs.money.sparing import on_its_way
from fairs.permissions import Actor, require

LETTER = "fairs.notice_reminder"
AHEAD = timedelta(days=3)


@dataclass(frozen=True)
class Candidate:
    """A notice that is due soon or overdue, when its contact was last reminded, and why no letter is sent, or empty."""

    notice: Notice
    last: datetime | None
    why_not: Any = ""


def candidates(edition: Edition) -> list[Candidate]:
    """Every unpaid notice that is overdue or due within three days, the longest overdue first."""
    today = clock.today(edition)
    rows = Notice.objects.filter(edition=edition).unpaid().filter(due_on__lte=today + AHEAD)
    notices = list(
        rows.select_related("company", "contact", "edition").prefetch_related("instalments").order_by("due_on", "pk")
    )
    reminded, paid = _reminded(notices), _paid_today(edition, notices)
    coming = on_its_way(notices)
    return [
        _weighed(one, reminded.get(one.pk), paid=one.company_id in paid, coming=one.pk in coming) for one in notices
    ]


def remind(edition: Edition, *, notices: Iterable[int], by: Actor) -> list[Delivery]:
    """Owe a reminder to the contact of each of these notices that may still get one; the others are left out.

    Whoever paid today gets none, and nobody two on one day, so that a second press of the button does nothing.
    """
    require(by, "fairs.remind", edition)
    chosen = set(notices)
    with transaction.atomic():
        Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)  # of two officers the second finds them sent
        found = [one for one in candidates(edition) if one.notice.pk in chosen and not one.why_not]
        sent = owe_many(
            LETTER, [(one.notice.contact, one.notice) for one in found if one.notice.contact], edition=edition
        )
        record_many("remind", [one.notice for one in found], by=by)
        announce(edition, "money")
    return sent


def _weighed(notice: Notice, last: datetime | None, *, paid: bool, coming: bool) -> Candidate:
    why_not: Any = ""
    if notice.contact is None or not notice.contact.email:
        why_not = _("Nobody with an e-mail")
    elif paid:
        why_not = _("Paid something today")
    elif coming:
        why_not = _("Money may be on its way")
    elif last and last.astimezone(notice.edition.zone).date() == clock.today(notice.edition):
        why_not = _("Reminded today")
    return Candidate(notice, last, why_not)


def _reminded(notices: list[Notice]) -> dict[int, datetime]:
    abouts = {f"fairs.notice:{one.pk}": one.pk for one in notices}
    rows = Delivery.objects.filter(kind=LETTER, about__in=abouts).order_by().values("about")
    return {abouts[row["about"]]: row["last"] for row in rows.annotate(last=Max("due_at"))}


def _paid_today(edition: Edition, notices: list[Notice]) -> set[int | None]:
    """The companies that paid something today, or of which something was recorded today."""
    today = clock.today(edition)
    begins = datetime.combine(today, time(), edition.zone)
    rows = Payment.objects.filter(edition=edition, company__in={one.company_id for one in notices}, state="received")
    recorded = rows.filter(recorded_at__gte=begins) | rows.filter(received_on=today)
    return set(recorded.values_list("company_id", flat=True))
