"""What became of invitations: asked, opened, registered, approved, came; in all, by country and by product group."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from buyers.models import Invitee
from fairs.models import ProductGroup
from fairs.templatetags.fair import country, local, number

COLUMNS = ("asked", "opened", "have_registered", "have_approved", "have_attended")


def words() -> dict[str, str]:
    """Each step as a heading."""
    return {
        "asked": _("Invited"),
        "opened": _("Opened"),
        "registered": _("Registered"),
        "approved": _("Approved"),
        "attended": _("Came"),
    }


def totals(invitees: QuerySet[Invitee]) -> list[dict[str, Any]]:
    """A figure for each step, which opens its rows."""
    [row] = invitees.counts_by()  # type: ignore[attr-defined]
    return [
        {"label": label, "value": number(row[column]), "url": f"?only={step}#people"}
        for (step, label), column in zip(words().items(), COLUMNS, strict=True)
    ]


def step_options(invitees: QuerySet[Invitee], only: str) -> list[dict[str, Any]]:
    """How the people of a round are narrowed."""
    named = {"": _("All"), "waiting": _("Not asked yet")} | words() | {"refused": _("Want no more")}
    return [
        {"label": label, "url": f"?only={step}#people" if step else "?#people", "current": step == only}
        for step, label in named.items()
    ]


def by_country(invitees: QuerySet[Invitee]) -> list[dict[str, Any]]:
    """A row for each country of the companies asked."""
    rows = invitees.counts_by("company__country")  # type: ignore[attr-defined]
    return [_row(country(row["company__country"]), row) for row in rows]


def by_group(invitees: QuerySet[Invitee]) -> list[dict[str, Any]]:
    """A row for each product group they were asked for; somebody who looks for several is in several."""
    groups = ProductGroup.objects.in_bulk()
    rows = invitees.counts_by("product_groups")  # type: ignore[attr-defined]
    return [_row(_group(groups, row["product_groups"]), row) for row in rows]


def _group(groups: dict[int, ProductGroup], pk: int | None) -> str:
    return local(groups[pk], "name") if pk else _("Not known")


def _row(label: str, row: dict[str, Any]) -> dict[str, Any]:
    return {"label": label, "numbers": [row[column] for column in COLUMNS]}
