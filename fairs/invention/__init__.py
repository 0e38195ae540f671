"""An invented fair from one seed: the same people, goods and figures on every machine."""

from fairs.invention.arrivals import Arrival, arrivals
from fairs.invention.deals import DealIdea, deals
from fairs.invention.edition import (
    LegalPaperIdea,
    ProgrammeIdea,
    TargetIdea,
    legal_papers,
    programme,
    targets,
)
from fairs.invention.exhibitors import ExhibitorIdea, exhibitors
from fairs.invention.importers import ImporterIdea, importers
from fairs.invention.manufacturers import ManufacturerIdea, manufacturers, visiting_manufacturers
from fairs.invention.officers import OfficerIdea, officers
from fairs.invention.people import PersonIdea
from fairs.invention.products import ProductIdea
from fairs.invention.rates import RateIdea, rates

__all__ = [
    "Arrival",
    "DealIdea",
    "ExhibitorIdea",
    "ImporterIdea",
    "LegalPaperIdea",
    "ManufacturerIdea",
    "OfficerIdea",
    "PersonIdea",
    "ProductIdea",
    "ProgrammeIdea",
    "RateIdea",
    "TargetIdea",
    "arrivals",
    "deals",
    "exhibitors",
    "importers",
    "legal_papers",
    "manufacturers",
    "officers",
    "programme",
    "rates",
    "targets",
    "visiting_manufacturers",
]
