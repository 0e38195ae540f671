"""What every template may count on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from fairs.demo.fill import progress


def site(request: HttpRequest) -> dict[str, Any]:
    """The product's name, and how far a demonstration is filled while it is."""
    return {"product_name": "Chợ Phiên", "filling": filling(), "is_demo": settings.DEMO}


def filling() -> str:
    """A sentence for the banner while this process serves a demonstration that is not complete yet; else nothing."""
    if not settings.DEMO:
        return ""
    now = progress()
    if now.finished:
        return ""
    return _("This demonstration is still being filled: %(percent)d %%. You can look around already.") % {
        "percent": now.part * 100
    }
