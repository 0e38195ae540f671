"""What the administration shows of the two sides' meetings and contracts."""

from fairs.administration import show
from matchmaking import models

show(models.MeetingRules, "edition", "slot_minutes", "lunch_from", "lunch_to", "opens_on")
show(models.Meeting, "starts_at", "exhibitor", "importer", "state", "walk_in", narrow=("edition", "state"))
# Neither the visitor nor what was written of them: that is the exhibitor's alone.
show(
    models.Lead, "exhibitor", "kind", "country", "first_at", "handed_at", narrow=("edition", "kind"),
    hidden=("visitor", "note", "folded", "person", "buyer", "guest_name", "guest_company", "guest_email"),
)  # fmt: skip
show(models.LeadVisit, "lead", "at")
show(models.BoothCard, "exhibitor", "made_at", "revoked_at", narrow=("edition",))
show(models.LeadDigest, "exhibitor", "day", "made_at", narrow=("edition",))
show(models.Occupancy, "meeting", "participation", "starts_at", "seat")
show(models.Wish, "registration", "exhibitor", "side", "kind", "said_at", narrow=("side", "kind"))
show(models.MatchingTerms, "edition", "groups", "certificates", "listed", "floor")
show(models.AgendaLink, "person", "edition", "created_at")
show(
    models.Deal, "number", "kind", "state", "currency", "amount", "signed_on", "recorded_by",
    search=("number",), narrow=("edition", "state", "kind"),
)  # fmt: skip
