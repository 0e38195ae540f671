"""An invented fair from one seed: the same people, goods and figures on every machine."""

from fairs.invention.exhibitors import ExhibitorIdea, exhibitors
from fairs.invention.people import PersonIdea
from fairs.invention.products import ProductIdea

__all__ = ["ExhibitorIdea", "PersonIdea", "ProductIdea", "exhibitors"]
