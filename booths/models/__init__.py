"""The space of the fair, who asks for it, who has it."""

from booths.models.application import Application, BoothWish
from booths.models.floor import Booth, BoothClass, Facility, Hall, Price, SaleTerms, Zone
from booths.models.reservation import Reservation

__all__ = [
    "Application",
    "Booth",
    "BoothClass",
    "BoothWish",
    "Facility",
    "Hall",
    "Price",
    "Reservation",
    "SaleTerms",
    "Zone",
]
