"""What the official report says around its figures: when it is due, to whom it goes, the template it is put into."""

from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from fairs.downloads import drop_file
from fairs.errors import Invalid
from fairs.journal import record
from fairs.models import Edition, ReportFrame
from fairs.models.signed_reports import MOST_DAYS
from fairs.official import check_template
from fairs.papers.word import MOST_BYTES
from fairs.permissions import Actor, require
from fairs.text import nfc

TEMPLATES = {"vi": "template_vi", "en": "template_en"}
TEXTS = {field.name for field in ReportFrame._meta.get_fields() if field.get_internal_type() == "TextField"}


def set_report_frame(edition: Edition, *, by: Actor, **fields: Any) -> ReportFrame:
    """Change when the report is due and its words. Refuses with `too_many_days` more than a year after the fair."""
    require(by, "fairs.set_report_frame", edition)
    if not 0 <= fields.get("due_days", 0) <= MOST_DAYS:
        sentence = _("The report is due at most a year after the fair.")
        raise Invalid("too_many_days", sentence, {"due_days": [sentence]})
    given = {name: nfc(value).strip() if name in TEXTS else value for name, value in fields.items()}
    with transaction.atomic():
        frame, _made = ReportFrame.objects.get_or_create(edition=edition)
        changed = [name for name, value in given.items() if getattr(frame, name) != value]
        for name in changed:
            setattr(frame, name, given[name])
        frame.save(update_fields=changed)
        record("change", frame, by=by, fields=changed)
    return frame


def set_report_template(edition: Edition, *, lang: str, file: Any, by: Actor) -> ReportFrame:
    """Put the report of a language into a DOCX of the organiser's own from now on.

    Refuses with `template_…` what is too large, is no document, runs or loads something, or asks for what the report
    does not have.
    """
    require(by, "fairs.set_report_frame", edition)
    content = file.read(MOST_BYTES + 1)
    check_template(content)
    return _put(edition, lang, content, by=by)


def drop_report_template(edition: Edition, *, lang: str, by: Actor) -> ReportFrame:
    """Use the form that comes with the program again."""
    require(by, "fairs.set_report_frame", edition)
    return _put(edition, lang, b"", by=by)


def copy_report_frame(source: Edition, edition: Edition) -> None:
    """The same words and templates for another edition; its number and remarks are its own."""
    frame = ReportFrame.objects.filter(edition=source).first()
    if frame is None:
        return
    templates = {name: getattr(frame, name) for name in TEMPLATES.values()}
    frame.pk, frame.edition, frame.number, frame.remarks_vi, frame.remarks_en = None, edition, "", "", ""
    frame._state.adding = True
    for name, kept in templates.items():
        setattr(frame, name, _copied(kept) if kept else "")
    frame.save()


def _put(edition: Edition, lang: str, content: bytes, *, by: Actor) -> ReportFrame:
    name = TEMPLATES[lang]
    with transaction.atomic():
        frame, _made = ReportFrame.objects.get_or_create(edition=edition)
        drop_file(getattr(frame, name))
        setattr(frame, name, _kept(content) if content else "")
        frame.save(update_fields=[name])
        record("set_template" if content else "drop_template", frame, by=by, fields=[name])
    return frame


def _kept(content: bytes) -> ContentFile[bytes]:
    return ContentFile(content, name=f"{get_random_string(32)}.docx")


def _copied(kept: Any) -> ContentFile[bytes]:
    with kept.open() as file:
        return _kept(file.read())
