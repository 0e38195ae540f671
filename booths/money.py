"""What a settled or cancelled notice means for booths."""

from booths.actions.pricing import SOURCE
from booths.actions.reservations import confirm_paid, release_unpaid
from fairs.money.sources import register

register(SOURCE, paid=confirm_paid, cancelled=release_unpaid)
