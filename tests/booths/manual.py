"""Tasks of a manual and the files that are handed in for them, for tests."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from booths.models import ManualTask
from fairs.models import Edition
from tests import world

PDF = b"%PDF-1.7 drawing"


def task(of: Edition, **fields: Any) -> ManualTask:
    """A task for everybody that a tick closes, due thirty days before the fair opens, a reminder a week before."""
    given: dict[str, Any] = {
        "number": ManualTask.objects.filter(edition=of).count() + 1,
        "title_vi": "Nội quy chung",
        "title_en": "House rules",
        "text_vi": "Đọc kỹ.",
        "text_en": "Read them.",
        "due_on": world.OPENS - timedelta(days=30),
        "remind_days": [7],
    }
    return ManualTask.objects.create(edition=of, **given | fields)


def sent(data: bytes = PDF) -> BytesIO:
    """A file as a browser sends it; what it is called says nothing."""
    file = BytesIO(data)
    file.name = "drawing.exe"
    return file
