"""What the desks narrow their lists by."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import django_filters
from django.db.models import QuerySet

from fairs import clock
from fairs.models import Edition
from matchmaking.models import Deal, FollowUp, Meeting

DEAL_ORDER = {"number": "number", "signed": "signed_on", "amount": "usd", "recorded": "recorded_at"}


def narrow_meetings(found: Any, given: Mapping[str, str]) -> Any:
    """By words of either company, state, day, and what the sides differ on; what makes no sense narrows nothing."""
    found = found.search(given.get("q", ""))
    if given.get("state") in Meeting.State.values:
        found = found.filter(state=given["state"])
    if given.get("walk_in") == "1":
        found = found.filter(walk_in=True)
    if given.get("differs") == "1":
        found = found.filter(differs=True)
    if day := _day(given.get("day", "")):
        found = found.filter(starts_at__date=day)
    return found


def narrow_deals(found: Any, given: Mapping[str, str]) -> Any:
    """By words, kind, state, currency, product group, and files that nobody has looked at."""
    found = found.search(given.get("q", ""))
    if given.get("kind") == "contracts":
        found = found.contracts()
    if given.get("kind") == "memoranda":
        found = found.memoranda()
    if given.get("state") in Deal.State.values:
        found = found.filter(state=given["state"])
    if given.get("files") == "1":
        found = found.filter(papers__verdict="").distinct()
    if currency := given.get("currency", ""):
        found = found.filter(currency=currency)
    if group := given.get("group", ""):
        found = found.filter(product_group__code=group)
    return found


def narrow_leads(found: Any, given: Mapping[str, str], *, edition: Edition) -> Any:
    """By words, rating, the day of a visit and what is due; what makes no sense narrows nothing."""
    found = found.search(given.get("q", ""))
    if (rating := given.get("rating", "")) in ("A", "B", "C", "none"):
        found = found.filter(rating="" if rating == "none" else rating)
    if day := _day(given.get("day", "")):
        found = found.of_day(edition, day)
    if given.get("due") == "1":
        found = found.to_do(clock.today(edition)).order_by("next_on", "rating", "pk")
    return found


def narrow_orders(found: Any, given: Mapping[str, str]) -> Any:
    """By words of either company, rung, the side that said so, and whether a contract came of it."""
    found = found.search(given.get("q", ""))
    if (days := given.get("days", "")).isdecimal():
        found = found.filter(days=int(days[:5]))
    if given.get("side") in FollowUp.Side.values:
        found = found.filter(side=given["side"])
    if given.get("contract") in ("0", "1"):
        found = found.filter(contract_id__isnull=given["contract"] == "0")
    return found


def in_order(found: Any, sort: str) -> Any:
    """Sorted by a column's name, with - for the other way; else the latest first."""
    column = DEAL_ORDER.get(sort.removeprefix("-"))
    return found.order_by(f"-{column}" if sort.startswith("-") else column, "-pk") if column else found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class OfCompany(django_filters.FilterSet):
    """Rows in which a company is a side, as a program of somebody who acts for several asks."""

    company = django_filters.NumberFilter(label="a company that is one of the sides", method="of_company")

    def of_company(self, found: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """The meetings or deals of one company."""
        rows: QuerySet[Any] = found.of_companies(frozenset({int(value)}))  # type: ignore[attr-defined]
        return rows


class MeetingFilter(OfCompany):
    """By edition, state, side."""

    class Meta:
        model = Meeting
        fields = ["edition__slug", "state", "walk_in", "exhibitor", "importer"]


class DealFilter(OfCompany):
    """By edition, state, kind, currency, side, goods."""

    class Meta:
        model = Deal
        fields = ["edition__slug", "state", "kind", "currency", "exhibitor", "importer", "product_group__code"]


class FollowUpFilter(django_filters.FilterSet):
    """By edition, side, rung, answer, and whether a contract was recorded from it or is still missing."""

    contract = django_filters.BooleanFilter(label="whether a contract came of an order", method="of_order")

    class Meta:
        model = FollowUp
        fields = ["edition__slug", "exhibitor", "importer", "side", "days", "state", "currency"]

    def of_order(self, found: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """The orders placed with or without one."""
        rows: QuerySet[Any] = found.orders().filter(contract_id__isnull=not value)  # type: ignore[attr-defined]
        return rows
