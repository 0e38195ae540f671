"""Hostings as a workbook for the budget: each part of each journey on a line of its own."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from buyers.benefit_words import reasons
from buyers.models import HostedContract, TravelItem
from fairs.models import Edition
from fairs.report_files import when_measured
from fairs.sheets import Column, Country, Date, Number, Page, Text, to_workbook
from fairs.templatetags.fair import country, local


def hosted_workbook(edition: Edition) -> bytes:
    """Who was hosted, what it was to cost and did cost, from which fund and on which paper, and what came of it."""
    return to_workbook(
        [Page(_("Hosting"), _columns(), _rows(edition), [local(edition, "name"), when_measured(edition)])]
    )


def _columns() -> list[Column]:
    money, whole = Number(decimals=2), Number(decimals=0)
    named: list[tuple[str, str, Any]] = [
        ("registration", _("Registration"), whole), ("person", _("Person"), Text()), ("company", _("Company"), Text()),
        ("country", _("Country or territory"), Country()), ("grade", _("Grade"), Text()), ("item", _("Part"), Text()),
        ("currency", _("Currency"), Text()), ("ceiling", _("At most"), money), ("estimate", _("Estimate"), money),
        ("actual", _("Actual cost"), money), ("paid", pgettext("hosting", "Paid"), money), ("fund", _("Fund"), Text()),
        ("paper", _("Number of the paper"), Text()), ("paper_on", _("Date of the paper"), Date()),
        ("meetings", pgettext("hosting", "Meetings"), whole), ("days", _("Days at the fair"), whole),
        ("result", _("Result"), Text()), ("reason", _("Reason"), Text()),
    ]  # fmt: skip
    return [Column(key, (title,), kind) for key, title, kind in named]


def _rows(edition: Edition) -> Iterator[Sequence[object]]:
    rows = TravelItem.objects.filter(contract__edition=edition).order_by("contract__company__folded", "contract", "pk")
    joined = rows.select_related("contract__registration__person", "contract__company", "contract__grade", "fund")
    for item in joined:
        yield _row(item, item.contract)


def _row(item: TravelItem, contract: HostedContract) -> Sequence[object]:
    money: list[Decimal | None] = [item.ceiling, item.estimate, item.actual, item.paid]
    return [
        contract.registration_id, contract.registration.person.full_name, local(contract.company, "name"),
        country(contract.company.country), local(contract.grade, "name"), str(item.get_kind_display()), item.currency,
        *money, local(item.fund, "name"), item.paper_number, item.paper_on, contract.meetings, contract.days,
        str(contract.get_state_display()), " ".join([*reasons(contract), contract.reason]).strip(),
    ]  # fmt: skip
