"""Saying once which column of a bank's statement is which."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from fairs import clock
from fairs.actions.uploads import arrange, kind_of
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.models import StatementShape, Upload
from fairs.money import statements
from fairs.money.actions.lines import account_of
from fairs.permissions import Actor, require


def set_statement_columns(upload: Upload, *, columns: Mapping[str, int], by: Actor) -> Upload:
    """Say by their places, from 0, which columns of an uploaded statement are which, for it and all with its headings.

    Refuses with `not_open`, `no_day`, `no_sum`, `no_text`, `no_such_column` or `column_twice`.
    """
    require(by, "fairs.import_sheet", upload)
    require(by, "fairs.record_receipt", upload.edition)
    account = account_of(upload.edition)
    if upload.state != Upload.State.PREVIEWED or account is None or kind_of(upload).arrange is None:
        raise Refused("not_open", _("This sheet is no longer open for corrections."))
    raw = upload.content.get("raw", upload.content)
    _check(columns, len(raw["headers"]))
    with transaction.atomic():
        StatementShape.objects.update_or_create(
            bin=account.bin, account=account.number, headings=statements.digest(raw["headers"]),
            defaults={"columns": dict(columns), "changed_by": by, "changed_at": clock.now()},
        )  # fmt: skip
        arrange(upload)
        upload.save(update_fields=["content", "answers", "findings"])
        record("arrange", upload, by=by)
    return upload


def _check(columns: Mapping[str, int], width: int) -> None:
    if not {*columns} <= {*statements.NAMES} or not all(0 <= place < width for place in columns.values()):
        raise Invalid("no_such_column", _("There is no such column in this sheet."))
    if len(set(columns.values())) < len(columns):
        raise Invalid("column_twice", _("A column says one thing only. Choose another for one of the two."))
    if "booked_on" not in columns:
        raise Invalid("no_day", _("Say which column holds the day of the transaction."))
    if not columns.keys() & {"credit", "amount"}:
        raise Invalid("no_sum", _("Say which column holds what came in, or the amount."))
    if "text" not in columns:
        raise Invalid("no_text", _("Say which column holds the text of the transfer: the reference stands there."))
