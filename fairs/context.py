"""What every template may count on."""

from typing import Any

from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """The product's name, and whether a demonstration is still being filled."""
    return {"product_name": "Chợ Phiên"}
