"""The documents of Word that a report is put into: the organiser's own of each language, else the program's form."""

from functools import cache
from hashlib import sha256

from django.utils import translation

from fairs.models import ReportFrame
from fairs.official_form import default_template


def template(frame: ReportFrame, lang: str) -> bytes:
    """The document that a language's report is put into now."""
    return own(frame, lang) or form(lang)


def own(frame: ReportFrame, lang: str) -> bytes | None:
    """The organiser's own, if one was handed in."""
    kept = getattr(frame, f"template_{lang}")
    if not kept:
        return None
    with kept.open() as file:
        return bytes(file.read())


@cache
def form(lang: str) -> bytes:
    """The one that comes with the program, always the same bytes."""
    with translation.override(lang):
        return default_template()


def sha256_of(content: bytes) -> str:
    """SHA-256, as 64 small hexadecimal digits."""
    return sha256(content).hexdigest()
