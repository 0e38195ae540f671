"""What the administration shows of the two sides' meetings and contracts."""

from fairs.administration import show
from matchmaking import models

show(models.MeetingRules, "edition", "slot_minutes", "place", "lunch_from", "lunch_to", "opens_on")
show(models.Seat, "part", "number", "name", "languages", "open")
show(models.Table, "edition", "number", "hall", "open", narrow=("edition",))
show(models.Interpreter, "name", "languages", "open", narrow=("edition",))
show(models.Shift, "interpreter", "starts_at", "ends_at")
show(models.Proposal, "meeting", "side", "starts_at", "state", narrow=("state",))
# What a side thinks of the other is its own: the organiser has numbers.
show(models.Rating, "meeting", "side", "said_at", hidden=("worth", "step"))
show(models.Nudge, "part", "period", "made_at", narrow=("edition",))
show(models.NoNudges, "part", "said_at")
show(models.Meeting, "starts_at", "exhibitor", "importer", "state", "walk_in", narrow=("edition", "state"))
# Neither the visitor nor what was written of them: that is the exhibitor's alone.
show(
    models.Lead, "exhibitor", "kind", "country", "first_at", "handed_at", narrow=("edition", "kind"),
    hidden=("visitor", "note", "folded", "person", "buyer", "guest_name", "guest_company", "guest_email"),
)  # fmt: skip
show(models.LeadVisit, "lead", "at")
show(models.BoothCard, "exhibitor", "made_at", "revoked_at", narrow=("edition",))
show(models.LeadDigest, "exhibitor", "day", "made_at", narrow=("edition",))
show(models.Wish, "registration", "exhibitor", "side", "kind", "said_at", narrow=("side", "kind"))
show(models.MatchingTerms, "edition", "groups", "certificates", "listed", "floor")
show(models.Occupancy, "meeting", "participation", "table", "interpreter", "starts_at", "seat", "kind")
show(models.AgendaLink, "person", "edition", "created_at")
show(
    models.Deal, "number", "kind", "state", "currency", "amount", "signed_on", "recorded_by",
    search=("number",), narrow=("edition", "state", "kind"),
)  # fmt: skip
show(models.DealLine, "deal", "order", "words", "quantity", "unit", "unit_price")
show(models.DealPaper, "deal", "given_at", "verdict", "checked_by", narrow=("verdict",))
show(models.DealCorrection, "deal", "field", "before", "after", "state", "asked_at", narrow=("state", "field"))
show(models.Consignment, "deal", "state", "shipped_on", "delivered_on", narrow=("state",))
show(models.DealPair, "first", "second", "state", "kept", "decided_by", narrow=("edition", "state"))
show(models.ContractRules, "edition", "counts_from")
# From which visitor it came is the exhibitor's own.
show(
    models.Opportunity, "exhibitor", "importer", "state", "source", "opened_at", narrow=("edition", "state"),
    hidden=("lead", "reason"),
)  # fmt: skip
show(models.Quotation, "opportunity", "number", "currency", "amount", "made_at")
show(models.Timetable, "edition", "number", "state", "begun_at", "published_at", narrow=("edition", "state"))
show(models.TimetablePlan, "timetable", "number", "how", "by", "weight", "breaks", "made_at", narrow=("how",))
show(models.TimetableEntry, "timetable", "item", "meeting", "reason", "made_at")
