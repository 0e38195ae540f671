"""What the pages of the finance desk share."""

from typing import Any, ClassVar

from fairs.money.sections import sections
from fairs.permissions import lacks_second_factor
from fairs.views.base import DeskPage


class FinancePage(DeskPage):
    """A page for finance, with the line of links to the others; `section` names its own place there."""

    current = "fairs:money_desk"
    roles = frozenset({"finance"})
    section: ClassVar[str] = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("sections", sections(self.edition, self.section))
        kwargs.setdefault("locked", lacks_second_factor(self.person, "fairs.record_receipt", self.edition))
        return super().get_context_data(**kwargs)
