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
show(models.SalesMarket, "registration", "country", narrow=("country",))
show(
    models.Grade, "name_vi", "edition", "code", "hosted", "currency", "flight_ceiling", "nights", "min_meetings",
    "min_days", narrow=("edition", "hosted"),
)  # fmt: skip
show(models.EvidenceItem, "name_vi", "edition", "code", "stage", "fact", narrow=("edition", "stage"))
show(models.Evidence, "registration", "item", "verdict", "given_at", "checked_by", "checked_at", narrow=("verdict",))
show(models.Question, "registration", "asked_at", "asked_by", "answered_at")
show(models.HostedTerms, "edition", "version", "published_at", narrow=("edition",))
show(
    models.HostedContract, "registration", "company", "grade", "state", "answer_by", "accepted_at", "meetings", "days",
    search=("company__folded",), narrow=("edition", "state", "grade"),
)  # fmt: skip
show(
    models.TravelItem, "contract", "kind", "currency", "ceiling", "estimate", "actual", "paid", "fund",
    narrow=("contract__edition", "kind"),
)  # fmt: skip
show(models.Market, "name_vi", "edition", "countries", narrow=("edition",))
show(models.Quota, "grade", "market", "places", "taken", narrow=("grade__edition",))
show(models.QuotaPlace, "quota", "registration")
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
show(
    models.VisaLetter, "number", "person", "company", "state", "asked_at", "issued_at", "issued_by",
    search=("number", "person__folded", "company__folded"), narrow=("edition", "state"),
)  # fmt: skip
show(models.VisaRules, "edition", "keep_days", "signer", "contact")
