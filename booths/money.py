"""What a settled or cancelled notice means for booths."""

from booths.actions.reservations import confirm_paid, release_unpaid
from booths.models import Reservation
from fairs.money.sources import register

register(Reservation.SOURCE, paid=confirm_paid, cancelled=release_unpaid)
