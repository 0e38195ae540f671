"""What booths offers to programs."""

from booths.api.applications import ApplicationViewSet
from booths.api.floor import (
    BoothClassViewSet,
    BoothViewSet,
    FacilityViewSet,
    HallViewSet,
    SaleTermsViewSet,
    ZoneViewSet,
)
from booths.api.offers import OfferViewSet
from booths.api.reservations import ExhibitorViewSet, ReservationViewSet

routes = [
    ("halls", HallViewSet),
    ("zones", ZoneViewSet),
    ("facilities", FacilityViewSet),
    ("booth-classes", BoothClassViewSet),
    ("sale-terms", SaleTermsViewSet),
    ("booths", BoothViewSet),
    ("applications", ApplicationViewSet),
    ("reservations", ReservationViewSet),
    ("offers", OfferViewSet),
    ("exhibitors", ExhibitorViewSet),
]
