"""What the administration shows of the people who come."""

from buyers import models
from fairs.administration import show

show(
    models.Registration, "person", "company", "state", "grade", "registered_at", "entered_by",
    search=("person__folded", "company__folded"), narrow=("edition", "state", "grade"),
)  # fmt: skip
show(models.Campaign, "name", "edition", "state", "made_at", "made_by", narrow=("edition", "state"))
show(models.Invitee, "person", "company", "edition", "asked_at", "opened_at", "refused_at", narrow=("edition",))
show(models.Companion, "person", "registration", "kind", "state", narrow=("kind", "state"))
show(models.CompanionRules, "edition", "at_most")
show(models.Market, "registration", "country", narrow=("country",))
show(
    models.Badge, "person", "company", "kind", "state", "short_code", "issued_at",
    search=("person__folded", "short_code"), narrow=("edition", "state", "kind"),
)  # fmt: skip
show(models.SigningKey, "edition", "public")
show(models.Gate, "name_vi", "edition", narrow=("edition",))
show(models.Scan, "at", "gate", "badge", "direction", "result", "entered", "device", narrow=("edition", "result"))
show(models.Area, "name_vi", "edition", narrow=("edition",))
show(models.AccessRule, "kind", "area", "begins_at", "ends_at", narrow=("edition", "kind"))
show(models.GateRules, "edition", "again_minutes", "wipe_days")
show(models.Device, "name", "gate", "state", "seen_at", "unsent", narrow=("edition", "state"))
show(models.PrintRun, "edition", "number", "size", "state", "begun_by", "begun_at", narrow=("edition", "state"))
