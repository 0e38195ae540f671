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
from booths.api.manual import HandInViewSet, ManualTaskViewSet
from booths.api.offers import OfferViewSet
from booths.api.reservations import ExhibitorViewSet, ReservationViewSet
from booths.api.reviews import AppealViewSet, CriterionViewSet, ReviewViewSet, ThresholdViewSet
from booths.api.rounds import RoundViewSet
from booths.api.rules import RulesTextViewSet

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
    ("criteria", CriterionViewSet),
    ("thresholds", ThresholdViewSet),
    ("reviews", ReviewViewSet),
    ("appeals", AppealViewSet),
    ("manual-tasks", ManualTaskViewSet),
    ("hand-ins", HandInViewSet),
    ("house-rules", HouseRulesViewSet),
    ("withdrawals", WithdrawalViewSet),
    ("special-goods", SpecialGoodsViewSet),
    ("co-exhibitors", CoExhibitorViewSet),
]
