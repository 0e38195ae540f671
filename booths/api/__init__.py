"""What booths offers to programs."""

from booths.api.applications import ApplicationViewSet
from booths.api.floor import BoothClassViewSet, BoothViewSet, FacilityViewSet, HallViewSet, ZoneViewSet
from booths.api.reservations import ExhibitorViewSet, ReservationViewSet

routes = [
    ("halls", HallViewSet),
    ("zones", ZoneViewSet),
    ("facilities", FacilityViewSet),
    ("booth-classes", BoothClassViewSet),
    ("booths", BoothViewSet),
    ("applications", ApplicationViewSet),
    ("reservations", ReservationViewSet),
    ("exhibitors", ExhibitorViewSet),
]
