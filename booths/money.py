"""What a settled, a cancelled or a reopened notice means for booths, and money for booths that may be gone."""

from booths.actions.reservations import confirm_paid, release_unpaid, take_again, withdraw_permits
from booths.models import Reservation
from fairs.money.sources import register

register(Reservation.SOURCE, paid=confirm_paid, cancelled=release_unpaid, reopened=withdraw_permits, claim=take_again)
