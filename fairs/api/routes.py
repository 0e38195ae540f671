"""What the common ground offers to programs."""

from fairs.api import facts, people, set_up
from fairs.api.editions import EditionViewSet
from fairs.api.privacy import routes as privacy
from fairs.api.signed_reports import SignedReportViewSet
from fairs.api.uploads import UploadViewSet
from fairs.money.api import routes as money
from fairs.money.support_api import routes as support

routes = [
    ("series", facts.SeriesViewSet),
    ("editions", EditionViewSet),
    ("opening-days", set_up.OpeningDayViewSet),
    ("targets", set_up.TargetViewSet),
    ("plan-versions", set_up.PlanVersionViewSet),
    ("legal-papers", set_up.LegalPaperViewSet),
    ("signed-reports", SignedReportViewSet),
    ("programme", set_up.ProgrammeViewSet),
    ("officers", set_up.OfficerViewSet),
    ("companies", people.CompanyViewSet),
    ("duplicates", people.DuplicateViewSet),
    ("products", people.ProductViewSet),
    ("held-certificates", people.HeldCertificateViewSet),
    ("members", people.MemberViewSet),
    ("member-invitations", people.MemberInvitationViewSet),
    *privacy,
    *money,
    *support,
    ("exchange-rates", facts.ExchangeRateViewSet),
    ("provinces", facts.ProvinceViewSet),
    ("product-groups", facts.ProductGroupViewSet),
    ("materials", facts.MaterialViewSet),
    ("certificates", facts.CertificateViewSet),
    ("craft-villages", facts.CraftVillageViewSet),
    ("journal", facts.JournalViewSet),
    ("uploads", UploadViewSet),
]
