"""Files: as answers, and gone."""

from functools import partial
from pathlib import PurePath

from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from fairs.models import LegalPaper

TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".ics": "text/calendar; charset=utf-8",
    ".jpg": "image/jpeg",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}


def file_answer(content: bytes, name: str, *, inline: bool = False) -> HttpResponse:
    """A file to keep, or `inline` one to look at, of the kind that its name ends with; kept by no proxy.

    Whole and not as a stream: an asynchronous server would read a stream of a plain file into memory too, and warn.
    """
    answer = HttpResponse(content, content_type=TYPES.get(PurePath(name).suffix, "application/octet-stream"))
    answer["Content-Disposition"] = content_disposition_header(not inline, name) or ""
    answer["Cache-Control"] = "private, no-store"
    return answer


def download_of(kept: FieldFile, stem: str) -> HttpResponse:
    """A kept file to keep, under another name than the one it is kept by, and never shown in a page of ours."""
    with kept.open() as file:
        return file_answer(file.read(), f"{stem}{PurePath(kept.name or '').suffix}")


def paper_download(paper: LegalPaper) -> HttpResponse:
    """The file of a legal paper under its number; whatever it was called when it came, it is a PDF."""
    with paper.file.open() as file:
        return file_answer(file.read(), f"{paper.number.replace('/', '-')}.pdf")


def drop_file(kept: FieldFile) -> None:
    """Delete a file once the transaction that does without it is written; no file is no error."""
    if kept.name:
        transaction.on_commit(partial(kept.storage.delete, kept.name))
