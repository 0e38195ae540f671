"""What anybody learns who scans the code of a letter: number, date, who issued it, and whether it is valid."""

from typing import Any

from django.http import HttpRequest
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from buyers.codes import is_token
from buyers.models import VisaLetter
from fairs.callers import behind_link
from fairs.views.base import EditionTemplate


@method_decorator(never_cache, name="dispatch")
class CheckLetter(EditionTemplate):
    """No name, no passport: the paper has them. Who tries wrong codes too often is asked to wait."""

    template_name = "buyers/visa_check.html"
    letter: VisaLetter

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.token = kwargs["token"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        letter = behind_link(self.request, "visa-letters", self._issued)
        return super().get_context_data(letter=letter, valid=letter.state == VisaLetter.State.ISSUED, **kwargs)

    def _issued(self) -> VisaLetter | None:
        issued = VisaLetter.objects.filter(edition=self.edition).exclude(number="")
        return issued.filter(token=self.token).first() if is_token(self.token) else None
