"""Kept files: as answers, and gone."""

from functools import partial

from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from fairs.models import LegalPaper


def paper_download(paper: LegalPaper) -> HttpResponse:
    """The file of a legal paper under its number, never shown in the page.

    Whole and not as a stream: an asynchronous server would read a stream of a plain file into memory too, and warn.
    """
    with paper.file.open() as file:
        answer = HttpResponse(file.read(), content_type="application/pdf")
    name = f"{paper.number.replace('/', '-')}.pdf"
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer


def drop_file(kept: FieldFile) -> None:
    """Delete a file once the transaction that does without it is written; no file is no error."""
    if kept.name:
        transaction.on_commit(partial(kept.storage.delete, kept.name))
