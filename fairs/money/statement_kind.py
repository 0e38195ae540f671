"""The statement of a bank as a sheet that finance imports."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairs import clock, sheets
from fairs.errors import Refused
from fairs.imports import ImportKind, Taken, Values, declare, headings
from fairs.models import BankLine, Edition, LineReport, StatementShape, Upload
from fairs.models.fields import CURRENCIES
from fairs.money import statements
from fairs.money.actions.lines import Account, Booked, account_of, receive_lines
from fairs.money.actions.matching import match_lines
from fairs.money.statement_samples import sample
from fairs.permissions import Actor, require
from fairs.sheets import Column, Problem

KEY = "statement"
_DONG = {"", "VND", "VNĐ", "ĐỒNG", "Đ", "DONG"}


def columns(edition: Edition) -> Sequence[Column]:
    """What a statement may say, the reader's language first."""
    return statements.columns({name: headings(*titles) for name, titles in statements.TITLES.items()})


def check(edition: Edition) -> Callable[[Values], Iterable[Problem]]:
    """What stands against a row."""
    tomorrow = clock.today(edition) + timedelta(days=1)

    def problems(values: Values) -> Iterator[Problem]:
        if values["booked_on"] > tomorrow:
            yield Problem("booked_on", "in_the_future")
        if not statements.moved(values):
            yield Problem("", "no_amount")
        if values.get("credit") and values.get("debit"):
            yield Problem("", "both_sides")
        if currency_of(values) not in CURRENCIES:
            yield Problem("currency", "no_currency")

    return problems


def currency_of(values: Values) -> str:
    """A row that names no currency is in đồng."""
    written = str(values.get("currency") or "").strip().upper()
    return "VND" if written in _DONG else written


def taker(edition: Edition, by: Actor) -> "Taker":
    """Takes the rows over."""
    require(by, "fairs.record_receipt", edition)
    return Taker(edition, by)


class Taker:
    """Gathers the rows; the last one past, all of them are written at once."""

    def __init__(self, edition: Edition, by: Actor) -> None:
        self.edition, self.by = edition, by
        self.account = own_account(edition)
        self.told: list[Booked] = []
        self.columns: tuple[str, ...] = ()

    def __call__(self, values: Values) -> Taken:
        self.columns = tuple(values)
        self.told.append(
            Booked(
                values["booked_on"], statements.moved(values), currency=currency_of(values),
                text=values.get("text") or "", payer=values.get("payer") or "",
                transaction=values.get("transaction") or "", balance=values.get("balance"),
            )
        )  # fmt: skip
        return "new"

    def finish(self) -> dict[str, Any]:
        """How many of the rows are new, and the lines that were known before."""
        channel = f"{KEY}:{statements.digest(self.columns)[:12]}"
        received = receive_lines(
            self.account, self.told, edition=self.edition, source=LineReport.Source.STATEMENT, channel=channel,
            by=self.by,
        )  # fmt: skip
        known = sorted(set(received.known))
        return {"new": len(received.new), "same": len(self.told) - len(received.new), "lines": received.new} | {
            "known": known
        }


def own_account(edition: Edition) -> Account:
    """The account that an edition is paid to; refuses with `no_account`."""
    account = account_of(edition)
    if account is None:
        raise Refused("no_account", _("First say which account the edition is paid to, then import its statements."))
    return account


def arrange(upload: Upload) -> bool:
    """Put the columns of a statement of a known shape where they belong."""
    account = own_account(upload.edition)
    headers = upload.content.get("raw", upload.content)["headers"]
    shape = StatementShape.objects.filter(
        bin=account.bin, account=account.number, headings=statements.digest(headers)
    ).first()
    if shape is None:
        return False
    put_columns(upload, shape.columns)
    return True


def put_columns(upload: Upload, places: dict[str, int]) -> None:
    """Keep the sheet as it was read, and beside it what its columns say; rows that name no day are skipped."""
    raw = upload.content.get("raw", upload.content)
    sheet = statements.arranged(sheets.unpack(raw), {name: places[name] for name in statements.NAMES if name in places})
    notation = statements.notation_of(sheet)
    upload.content = sheets.pack(sheet) | {"raw": raw}
    upload.answers = {"skipped": statements.no_movements(sheet), "notation": notation.value if notation else ""}


def after(upload: Upload, result: dict[str, Any]) -> None:
    """Name the file on the lines it brought, and match them once they are written for good."""
    account = own_account(upload.edition)
    new = result.pop("lines")
    for begin in range(0, len(new), 5_000):
        BankLine.objects.filter(pk__in=new[begin : begin + 5_000]).update(upload=upload)
    transaction.on_commit(lambda: match_lines(account))


def outcome(upload: Upload) -> dict[str, Any]:
    """What became of the lines of a statement."""
    if upload.state != Upload.State.IMPORTED:
        return {}
    counts = BankLine.objects.filter(upload=upload).counts()
    new = upload.result.get("new", 0)
    return {
        "new": new,
        "known": len(upload.result.get("known", [])),
        "states": [(state, label, counts[state]) for state, label in BankLine.State.choices if counts[state]],
        "to_match": counts["new"],
        "matched": new - counts["new"],
    }


declare(
    ImportKind(
        key=KEY,
        title=gettext_lazy("Bank statement"),
        roles=frozenset({"finance"}),
        columns=columns,
        check=check,
        take=taker,
        hints={
            "booked_on": gettext_lazy("The day, with or without the hour."),
            "transaction": gettext_lazy(
                "By it the same transfer is known again, in the next statement and from a service that watches the "
                "account."
            ),
            "credit": gettext_lazy("What came in, where the bank has two columns."),
            "debit": gettext_lazy("What went out, where the bank has two columns."),
            "amount": gettext_lazy("Where there is one column: minus means that it went out."),
            "balance": gettext_lazy("Helps to tell two equal rows apart."),
            "text": gettext_lazy("Where the reference of the notice is looked for."),
            "payer": gettext_lazy("Who paid, where the bank says it in a column of its own."),
            "currency": gettext_lazy("Empty means đồng."),
        },
        examples=[],
        says={
            "in_the_future": gettext_lazy("This day is still to come. Check that day and month are not swapped."),
            "no_amount": gettext_lazy("No money moved here. Skip the row."),
            "both_sides": gettext_lazy("This came in and went out at once. Check which columns are which."),
            "no_currency": gettext_lazy("This currency is not known. Write its three letters, such as USD."),
        },
        note=gettext_lazy(
            "As your bank gives it. The first time you say which column is which; the next statement with the same "
            "headings is understood at once. A transfer that is here already is not counted twice."
        ),
        list_url="fairs:bank_lines",
        icon="building-bank",
        read=statements.read,
        arrange=arrange,
        ask_url="fairs:statement_columns",
        after=after,
        outcome=outcome,
        imported="fairs/money/statement_imported.html",
        sample=sample,
    )
)
