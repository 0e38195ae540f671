"""What a settled, a cancelled or a reopened notice means for booths and services, and money for what may be gone."""

from booths.actions import service_payments as services
from booths.actions.reservations import confirm_paid, release_unpaid, take_again, withdraw_permits
from booths.models import Reservation, ServiceOrder
from fairs.money.sources import register

register(Reservation.SOURCE, paid=confirm_paid, cancelled=release_unpaid, reopened=withdraw_permits, claim=take_again)
register(
    ServiceOrder.SOURCE,
    paid=services.confirm_orders,
    cancelled=services.end_orders,
    reopened=services.reopen_orders,
    claim=services.renew_orders,
)
