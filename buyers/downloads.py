"""Kept files of importers as answers."""

from pathlib import PurePath

from django.db.models.fields.files import FieldFile
from django.http import HttpResponse

from buyers.models import Evidence


def evidence_download(row: Evidence) -> HttpResponse:
    """The file of a line of the checklist, always as a download and never shown in a page of ours."""
    return file_download(row.file, f"{row.item.code}-{row.registration_id}")


def file_download(kept: FieldFile, name: str) -> HttpResponse:
    """A kept PDF or picture under another name than the one it is kept by."""
    ending = PurePath(kept.name or "").suffix
    with kept.open() as file:
        answer = HttpResponse(file.read(), content_type=Evidence.TYPES.get(ending, "application/octet-stream"))
    answer["Content-Disposition"] = f'attachment; filename="{name}{ending}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
