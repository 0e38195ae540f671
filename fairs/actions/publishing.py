"""Publishing open data: what may be told, kept as a version of its own."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from fairs import clock, open_data
from fairs.errors import Refused
from fairs.journal import record
from fairs.models import Edition, Publication
from fairs.permissions import Actor, require

VERSION = ("version", "published_at")


def publish(edition: Edition, *, by: Actor) -> Publication:
    """Give out the public totals as the next version; when nothing has changed since the last, that one.

    Sums that an earlier version, or what the press was told, would help to take apart are withheld. Refuses with
    `does_not_add_up` when a table does not make the figure of the report.
    """
    require(by, "fairs.publish_open_data", edition)
    with transaction.atomic():
        _one_at_a_time(edition)
        earlier = list(edition.publications.order_by("number"))
        content, basis = open_data.draft(edition, earlier)
        if wrong := open_data.contradictions(edition, content, basis):
            raise Refused("does_not_add_up", _does_not_add_up(wrong))
        if earlier and _same(earlier[-1].content, content):
            return earlier[-1]
        number, at = len(earlier) + 1, clock.now()
        content |= {"version": number, "published_at": at.astimezone(edition.zone).isoformat(timespec="seconds")}
        made = Publication.objects.create(
            edition=edition, number=number, at=at, by=by, content=content, basis=basis, digest=open_data.digest(content)
        )
        record("publish", made, by=by)
    return made


def _one_at_a_time(edition: Edition) -> None:
    """Two versions at once, or one and a report that is signed, would not know of each other, and could tell together
    what neither tells alone.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE fairs_publication IN SHARE ROW EXCLUSIVE MODE")
    Edition.objects.select_for_update().get(pk=edition.pk)


def _does_not_add_up(figures: list[str]) -> str:
    sentence = _(
        "The tables do not make what the report says (%(figures)s). Open the report and look for the difference."
    )
    return sentence % {"figures": ", ".join(figures)}


def _same(last: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether a version says the same, but for its number and day."""
    return {key: value for key, value in last.items() if key not in VERSION} == dict(now)
