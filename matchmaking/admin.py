"""What the administration shows of the two sides' meetings and contracts."""

from fairs.administration import show
from matchmaking import models

show(models.MeetingRules, "edition", "slot_minutes", "lunch_from", "lunch_to", "opens_on")
show(models.Meeting, "starts_at", "exhibitor", "importer", "state", "walk_in", narrow=("edition", "state"))
show(models.Occupancy, "meeting", "participation", "starts_at", "seat")
show(models.MustMeet, "registration", "exhibitor", "added_at")
show(models.AgendaLink, "person", "edition", "created_at")
show(
    models.Deal, "number", "kind", "state", "currency", "amount", "signed_on", "recorded_by",
    search=("number",), narrow=("edition", "state", "kind"),
)  # fmt: skip
