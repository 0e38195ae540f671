"""How many meetings importers had, for what their hosting asks."""

from collections.abc import Mapping

from django.db.models import Count, Q

from buyers.meeting_counts import Meetings, add_meeting_counts
from fairs.models import Edition
from matchmaking.models import Meeting


@add_meeting_counts
def meetings_of_importers(edition: Edition, people: frozenset[int]) -> Mapping[int, Meetings]:
    """Those held, and those that failed because the exhibitor alone did not come."""
    rows = Meeting.objects.filter(edition=edition, importer_person__in=people).order_by().values("importer_person")
    missed = Q(state=Meeting.State.NO_SHOW, absent=Meeting.Side.EXHIBITOR)
    counted = rows.annotate(held=Count("pk", filter=Q(state=Meeting.State.HELD)), excused=Count("pk", filter=missed))
    return {row["importer_person"]: Meetings(row["held"], row["excused"]) for row in counted}
