"""What the administration shows of the floor."""

from booths import models
from fairs.administration import show

show(models.SaleTerms, "edition", "hold_minutes", "payment_days", "booths_at_most")
show(models.Hall, "code", "name_vi", "edition", narrow=("edition",))
show(models.Zone, "code", "name_vi", "edition", narrow=("edition",))
show(models.BoothClass, "code", "name_vi", "origin", "build", "edition", narrow=("edition",))
show(models.Price, "booth_class", "audience", "currency", "amount", "starts_on")
show(models.Facility, "kind", "edition", narrow=("edition", "kind"))
show(models.Booth, "code", "hall", "zone", "booth_class", "corner", "blocked", search=("code",), narrow=("edition",))
show(
    models.Application, "company", "state", "booth_class", "booth_count", "submitted_at", "entered_by",
    search=("company__folded",), narrow=("edition", "state"),
)  # fmt: skip
show(models.BoothWish, "application", "booth", "rank")
show(
    models.Reservation, "booth", "company", "state", "held_until", "permit",
    search=("booth__code", "company__folded"), narrow=("edition", "state"),
)  # fmt: skip
show(models.NeighbourWish, "application", "company", "kind")
show(models.Household, "name", "company", "application", "passes")
show(models.RulesText, "edition", "version", "published_at", narrow=("edition",))
show(models.Offer, "application", "state", "made_at", "expires_at", narrow=("state",))
# ---- the live sale
show(models.Opening, "name_vi", "opens_at", "groups_only", "returning", "edition", narrow=("edition",))
show(models.WaitingRoom, "edition", "opens_at", "closes_at", "per_minute", "inside_at_most")
show(models.WaitingPlace, "application", "state", "came_at", "ready_at", "inside_until", narrow=("state",))
show(models.Criterion, "name_vi", "weight", "most", "edition", narrow=("edition",))
show(models.Threshold, "edition", "product_group", "least", narrow=("edition",))
show(models.Review, "application", "reviewer", "state", narrow=("state",))
show(models.Score, "review", "criterion", "points")
show(models.Appeal, "application", "state", "made_at", narrow=("state",))
show(models.FloorDraft, "edition", "version", "changed_at", "changed_by")
show(models.FloorVersion, "edition", "number", "published_at", "published_by", narrow=("edition",))
show(models.FloorSigns, "edition", "version", "floor")
show(models.FloorChange, "edition", "version", "floor")
show(models.AllocationTerms, "edition", "in_zone", "points_share", "strict_zones")
show(models.Round, "number", "state", "begun_by", "signed_by", "edition", narrow=("edition", "state"))
show(models.Proposal, "round", "number", "how", "by", "objective", "steps", narrow=("how",))

show(models.ManualTask, "number", "title_vi", "due_on", "audience", "asks", "edition", narrow=("edition", "asks"))
show(models.HandIn, "task", "application", "state", "given_at", narrow=("state",))
show(models.HandInFile, "hand_in", "number", "given_at", "given_by")
show(models.ManualLetter, "application", "day")
show(models.TaskReminder, "task", "application", "days_before")
# services
show(models.ServiceItem, "code", "kind", "name_vi", "stock", "taken", "order_until", narrow=("edition", "kind"))
show(models.ServicePrice, "item", "audience", "currency", "amount")
show(
    models.ServiceOrder, "booth", "application", "state", "ordered_at", "watts", "flames",
    search=("booth__code", "application__company__folded"), narrow=("state",),
)  # fmt: skip
show(models.OrderLine, "order", "item", "quantity", "unit_price", "surcharge")
show(models.Circuit, "code", "hall", "zone", "watts", "share_percent", "load", narrow=("edition",))
show(models.CircuitBooth, "circuit", "booth")
show(models.FlameZone, "zone", "allowed", "taken")
# ---- moving in and out ----
show(models.MoveWindow, "way", "starts_at", "ends_at", "entrance_vi", "vehicles", "edition", narrow=("edition", "way"))
show(models.MoveSlot, "window", "starts_at", "ends_at", "capacity", "booked")
show(models.VehiclePass, "short_code", "company", "slot", "state", "kind", search=("short_code", "company__folded"),
    narrow=("edition", "state"))  # fmt: skip
show(models.BoothCheck, "reservation", "moment", "at", "built", "occupied", "clearance", narrow=("moment",))
show(models.Fault, "reservation", "state", "note", "found_at", narrow=("state",))
show(models.Breach, "reservation", "state", "rule", "recorded_at", narrow=("state",))
show(models.HouseRules, "edition", "withdraw_days", "co_exhibitors_for_a_booth", "re_export_days")
show(models.RulesAcceptance, "rules", "application", "accepted_at", "accepted_by")
show(models.Withdrawal, "application", "received_on", "days_before", "days_asked", "forfeits")
show(models.GoodsDeclaration, "application", "declared_at")
show(models.SpecialGoods, "name", "application", "temporary_import", "counterfeit")
show(models.GoodsCheck, "goods", "point", "in_order", "checked_at")
show(models.CoExhibitor, "name", "application", "country", "state", narrow=("state",))
