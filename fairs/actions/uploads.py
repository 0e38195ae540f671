"""Taking sheets over: received, put right row by row, imported whole or not at all."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from fairs import imports, sheets
from fairs.errors import DomainError, Invalid, Refused
from fairs.import_reasons import sheet_sentence
from fairs.imports import ImportKind
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition, Person, Upload
from fairs.permissions import Actor, require
from fairs.progress import SILENCE, Progress, Stopped

AT_ONCE = 20  # so few rows are imported while the officer waits
EMPTY: dict[str, Any] = {"content": {}, "answers": {}}


def receive_upload(edition: Edition, *, kind: str, data: bytes, filename: str, by: Actor) -> Upload:
    """Read a sheet and rehearse its import; nothing is taken over yet.

    Refuses a file that is no table with the code of the reason (`empty_file`, `wrong_encoding`, ...).
    """
    upload = Upload(edition=edition, kind=kind, filename=sheets.clean(filename)[-200:], by=by)
    require(by, "fairs.import_sheet", upload)
    try:
        sheet = kind_of(upload).read(data, filename=filename)
    except sheets.SheetError as error:
        sentence = sheet_sentence(error)
        raise Invalid(error.code, sentence, {"file": [sentence]}) from None
    upload.content = sheets.pack(sheet)
    arrange(upload)
    with transaction.atomic():
        upload.save()
        record("receive", upload, by=by)
        announce(edition, "uploads")
    return upload


def arrange(upload: Upload) -> None:
    """Look at a sheet whose columns stand where they belong, or note that a person must say first which is which."""
    put = kind_of(upload).arrange
    if put and not put(upload):
        content = upload.content
        upload.findings = {"asks": True, "rows": len(content["rows"]), "given": content["headers"], "ready": False}
    else:
        upload.findings = _findings(upload, sheets.unpack(upload.content))


def correct_upload(
    upload: Upload,
    *,
    by: Actor,
    corrections: Mapping[int, Mapping[str, str]] | None = None,
    skip: Collection[int] = (),
    keep: Collection[int] = (),
    notation: str | None = None,
) -> Upload:
    """Write other texts into cells by row and column, leave rows out or take them in again, say how numbers look.

    The sheet itself stays as it was read. Refuses with `not_open` once it is imported or dropped.
    """
    require(by, "fairs.import_sheet", upload)
    with transaction.atomic():
        upload = Upload.objects.select_for_update(of=("self",)).select_related("edition").get(pk=upload.pk)
        if upload.state != Upload.State.PREVIEWED or upload.findings.get("asks"):
            raise Refused("not_open", _("This sheet is no longer open for corrections."))
        _answer(upload, corrections or {}, set(skip), set(keep), notation)
        upload.findings = _findings(upload, sheets.unpack(upload.content))
        upload.result = {}
        upload.save(update_fields=["answers", "findings", "result"])
        record("correct", upload, by=by)
    return upload


def begin_import(upload: Upload, *, by: Actor) -> Upload:
    """Take the rows over: a few at once, many by the worker. Refuses with `not_ready` while a row has a fault."""
    require(by, "fairs.import_sheet", upload)
    if not upload.is_ready:
        raise Refused("not_ready", _("Some rows still need you: correct them or skip them, then import."))
    with transaction.atomic():
        upload.follow("begin", by=by, result={})
        announce(upload.edition, "uploads")
        if upload.findings["sound"] > AT_ONCE:
            transaction.on_commit(lambda: _enqueue(upload.pk, by.pk))
    if upload.findings["sound"] <= AT_ONCE:
        import_rows(upload.pk, by)
        upload.refresh_from_db()
    return upload


def stop_import(upload: Upload, *, by: Actor) -> Upload:
    """End an import that runs: none of its rows is taken over, and the sheet waits as before."""
    require(by, "fairs.import_sheet", upload)
    _progress(upload).stop()
    with transaction.atomic():
        upload.follow("stop", by=by)
        announce(upload.edition, "uploads")
    return upload


def drop_upload(upload: Upload, *, by: Actor) -> Upload:
    """Put the sheet away without importing it; its rows are deleted here."""
    require(by, "fairs.import_sheet", upload)
    with transaction.atomic():
        upload.follow("drop", by=by, **EMPTY)
        announce(upload.edition, "uploads")
    return upload


def import_rows(pk: int, by: Person) -> None:
    """Take over every row of a begun import in one transaction; at the first refusal none, and the sheet says why."""
    upload = Upload.objects.select_related("edition").get(pk=pk)
    if upload.state != Upload.State.IMPORTING:
        return  # stopped before the worker came to it
    with translation.override(by.language):
        try:
            with transaction.atomic():
                result = _take_over(upload, by)
                if after := kind_of(upload).after:
                    after(upload, result)
                upload.follow("finish", by=by, result=result, **EMPTY)
                announce(upload.edition, "uploads")
        except Stopped:
            return
        except DomainError as refusal:
            _give_back(upload, refusal.message, by)
        except Exception:
            _give_back(upload, _("Something went wrong on our side. Nothing was imported; please try again."), by)
            raise


def take_up_again(pk: int) -> bool:
    """Whether nobody imports the rows of a begun import: its worker died. So said once in a while for each."""
    upload = Upload.objects.get(pk=pk)
    key = _progress(upload).key
    return _progress(upload).silent and cache.add(f"{key}:again", True, 6 * SILENCE)


def rows_done(upload: Upload) -> int:
    """How many rows a running import has come to."""
    return int(_progress(upload).said or 0)


def _answer(
    upload: Upload, corrections: Mapping[int, Mapping[str, str]], skip: set[int], keep: set[int], notation: str | None
) -> None:
    """Merge what the officer said now into what was said before."""
    numbers = {number for number, _cells in upload.content["rows"]}
    known = {column.name for column in kind_of(upload).columns(upload.edition)}
    said = dict(upload.answers.get("corrections", {}))
    for number in corrections.keys() & numbers:
        texts = {name: sheets.clean(text) for name, text in corrections[number].items() if name in known}
        said[str(number)] = said.get(str(number), {}) | texts
    skipped = (set(upload.answers.get("skipped", [])) | (skip & numbers)) - keep
    if notation is None:
        notation = upload.answers.get("notation", "")
    upload.answers = {"corrections": said, "skipped": sorted(skipped), "notation": notation}


def kind_of(upload: Upload) -> ImportKind:
    """The declared kind of an upload."""
    kind = imports.kind(upload.kind)
    if kind is None:
        raise LookupError(upload.kind)
    return kind


def rehearse(
    upload: Upload, sheet: sheets.Sheet, columns: Sequence[sheets.Column], check: sheets.Check | None = None
) -> sheets.Preview:
    """The sheet, or a part of it, with the officer's answers."""
    answers = upload.answers
    notation = answers.get("notation")
    return sheets.preview(
        sheet,
        columns,
        check=check,
        notation=sheets.Notation(notation) if notation else None,
        corrections={int(number): texts for number, texts in answers.get("corrections", {}).items()},
        skip=set(answers.get("skipped", [])),
    )


def _checked(upload: Upload, sheet: sheets.Sheet) -> sheets.Preview:
    """The whole sheet, also against what the fair knows."""
    kind = kind_of(upload)
    return rehearse(upload, sheet, kind.columns(upload.edition), kind.check(upload.edition))


def _findings(upload: Upload, sheet: sheets.Sheet) -> dict[str, Any]:
    preview = _checked(upload, sheet)
    return {
        "rows": len(preview.rows),
        "sound": len(preview.sound),
        "faulty": len(preview.faulty),
        "skipped": sum(row.skipped for row in preview.rows),
        "ready": preview.is_ready,
        "faults": {str(row.number): [_plain(problem) for problem in row.problems] for row in preview.faulty},
        "found": list(preview.matching.positions),
        "unknown": preview.matching.unknown,
        "missing": [column.name for column in preview.missing],
        "repeated": preview.matching.repeated,
    }


def _plain(problem: sheets.Problem) -> list[Any]:
    params = {name: _said(value) for name, value in problem.params.items()}
    return [problem.column, str(problem.code), params, list(problem.suggestions)]


def _said(value: object) -> Any:
    if isinstance(value, list | tuple):
        return [str(part) for part in value]
    return value if isinstance(value, int | None) else str(value)


def _take_over(upload: Upload, by: Person) -> dict[str, Any]:
    """Every row through the kind's own action, after a last look at the world as this transaction sees it."""
    preview = _checked(upload, sheets.unpack(upload.content))
    if not preview.is_ready:
        raise Refused("changed_meanwhile", _("Something changed since you looked. Please look at the rows again."))
    take = kind_of(upload).take(upload.edition, by)
    counts = Counter({"new": 0, "changed": 0, "same": 0})
    for row in _watched(upload, preview.sound):
        try:
            counts[take(row.values)] += 1
        except DomainError as refusal:
            sentence = _("Row %(row)d: %(reason)s") % {"row": row.number, "reason": refusal.message}
            raise Refused(refusal.code, sentence) from refusal
    finish = getattr(take, "finish", None)
    more = finish() if finish else None
    return dict(counts) | {"skipped": len(preview.rows) - len(preview.sound)} | (more or {})


def _watched(upload: Upload, rows: list[sheets.PreviewRow]) -> Iterator[sheets.PreviewRow]:
    """The rows one by one; says from time to time how far it is, and ends when an officer wants it to."""
    progress = _progress(upload)
    for done, row in enumerate(rows):
        progress.step(done)
        yield row


def _give_back(upload: Upload, message: str, by: Person) -> None:
    """The sheet waits for the officer again, looked at anew, with the reason the import ended."""
    if Upload.objects.get(pk=upload.pk).state != Upload.State.IMPORTING:
        return  # an officer has stopped it meanwhile
    with transaction.atomic():
        findings = _findings(upload, sheets.unpack(upload.content))
        upload.follow("stop", by=by, findings=findings, result={"message": message})
        announce(upload.edition, "uploads")


def _progress(upload: Upload) -> Progress:
    """Each try has a version of its own, so a stop never reaches the next one."""
    return Progress(f"upload:{upload.pk}:{upload.version}")


def _enqueue(pk: int, by_pk: int) -> None:
    from fairs.tasks import import_upload  # the tasks import this module

    import_upload.enqueue(pk, by_pk)
