"""What is about a booth while somebody has it stands in the edition, on behalf of the company that has it."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from booths.models import Reservation
    from fairs.models import Edition


class AboutBooth(models.Model):
    """A thing with a `reservation`: permissions and the journal find edition, company and booth through it."""

    if TYPE_CHECKING:
        reservation: "Reservation"

    class Meta:
        abstract = True

    @property
    def edition(self) -> "Edition":
        return self.reservation.edition

    @property
    def edition_id(self) -> int:
        return self.reservation.edition_id

    @property
    def company_id(self) -> int:
        return self.reservation.company_id

    @property
    def journal_subject(self) -> str:
        return self.reservation.booth.code
