"""What is about an application stands in its edition, on behalf of its company."""

from typing import TYPE_CHECKING

from fairs.states import Stateful

if TYPE_CHECKING:
    from booths.models import Application
    from fairs.models import Edition


class AboutApplication(Stateful):
    """A stateful thing with an `application`: permissions and the journal find edition and company through it."""

    if TYPE_CHECKING:
        application: "Application"

    class Meta:
        abstract = True

    @property
    def edition(self) -> "Edition":
        return self.application.edition

    @property
    def edition_id(self) -> int:
        return self.application.edition_id

    @property
    def company_id(self) -> int:
        return self.application.company_id

    @property
    def journal_subject(self) -> str:
        return self.application.company.name_vi
