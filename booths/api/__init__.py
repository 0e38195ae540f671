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
from booths.api.reservations import ExhibitorViewSet, ReservationViewSet
from booths.api.reviews import AppealViewSet, CriterionViewSet, ReviewViewSet, ThresholdViewSet

routes = [
    ("halls", HallViewSet),
    ("zones", ZoneViewSet),
    ("facilities", FacilityViewSet),
    ("booth-classes", BoothClassViewSet),
    ("sale-terms", SaleTermsViewSet),
    ("booths", BoothViewSet),
    ("applications", ApplicationViewSet),
    ("reservations", ReservationViewSet),
    ("exhibitors", ExhibitorViewSet),
    ("criteria", CriterionViewSet),
    ("thresholds", ThresholdViewSet),
    ("reviews", ReviewViewSet),
    ("appeals", AppealViewSet),
]
