"""Putting what the buyers keep encrypted under the newest key."""

from django.db import models

from buyers.models import SigningKey, VisaLetter
from fairs.encryption import renewed


def renew_encrypted() -> int:
    """Passport data and the keys that sign badges; a row that changes meanwhile is left as it is. How many changed."""
    return _renew(VisaLetter, "sealed") + _renew(SigningKey, "private")


def _renew(model: type[models.Model], column: str) -> int:
    changed = 0
    rows = model._base_manager
    for pk, kept in rows.exclude(**{column: ""}).values_list("pk", column):
        if (fresh := renewed(kept)) != kept:
            changed += rows.filter(pk=pk, **{column: kept}).update(**{column: fresh})
    return changed
