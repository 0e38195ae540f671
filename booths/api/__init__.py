"""What booths offers to programs."""

from booths.api.applications import ApplicationViewSet
from booths.api.drafts import FloorDraftViewSet, FloorVersionViewSet
from booths.api.exhibitors import (
    CoExhibitorViewSet,
    HouseRulesViewSet,
    SpecialGoodsViewSet,
    WithdrawalViewSet,
)
from booths.api.floor import (
    BoothClassViewSet,
    BoothViewSet,
    FacilityViewSet,
    HallViewSet,
    SaleTermsViewSet,
    ZoneViewSet,
)
from booths.api.handover import BoothCheckViewSet, BreachViewSet, FaultViewSet
from booths.api.manual import HandInViewSet, ManualTaskViewSet
from booths.api.moving import MoveWindowViewSet, VehiclePassViewSet
from booths.api.offers import OfferViewSet
from booths.api.reservations import ExhibitorViewSet, ReservationViewSet
from booths.api.reviews import AppealViewSet, CriterionViewSet, ReviewViewSet, ThresholdViewSet
from booths.api.rounds import RoundViewSet
from booths.api.rules import RulesTextViewSet
from booths.api.sale import OpeningViewSet, WaitingPlaceViewSet, WaitingRoomViewSet
from booths.api.services import routes as services

routes = [
    ("halls", HallViewSet),
    ("zones", ZoneViewSet),
    ("facilities", FacilityViewSet),
    ("booth-classes", BoothClassViewSet),
    ("sale-terms", SaleTermsViewSet),
    ("rules", RulesTextViewSet),
    ("booths", BoothViewSet),
    ("floor-drafts", FloorDraftViewSet),
    ("floor-versions", FloorVersionViewSet),
    ("applications", ApplicationViewSet),
    ("reservations", ReservationViewSet),
    ("rounds", RoundViewSet),
    ("offers", OfferViewSet),
    ("exhibitors", ExhibitorViewSet),
    ("sale-openings", OpeningViewSet),
    ("waiting-rooms", WaitingRoomViewSet),
    ("waiting-places", WaitingPlaceViewSet),
    ("criteria", CriterionViewSet),
    ("thresholds", ThresholdViewSet),
    ("reviews", ReviewViewSet),
    ("appeals", AppealViewSet),
    ("manual-tasks", ManualTaskViewSet),
    ("hand-ins", HandInViewSet),
    *services,
    ("move-windows", MoveWindowViewSet),
    ("vehicle-passes", VehiclePassViewSet),
    ("house-rules", HouseRulesViewSet),
    ("withdrawals", WithdrawalViewSet),
    ("special-goods", SpecialGoodsViewSet),
    ("co-exhibitors", CoExhibitorViewSet),
    ("booth-checks", BoothCheckViewSet),
    ("faults", FaultViewSet),
    ("breaches", BreachViewSet),
]
