"""What the administration shows of the floor."""

from booths import models
from fairs.administration import show

show(models.SaleTerms, "edition", "hold_minutes", "payment_days", "booths_at_most")
show(models.Hall, "code", "name_vi", "edition", narrow=("edition",))
show(models.Zone, "code", "name_vi", "edition", narrow=("edition",))
show(models.BoothClass, "code", "name_vi", "origin", "build", "edition", narrow=("edition",))
show(models.Price, "booth_class", "audience", "currency", "amount", "vat_rate")
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
