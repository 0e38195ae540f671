"""Files that people send as proofs, by what they are inside and never by their name."""

from django.utils.translation import gettext as _

from fairs.errors import Invalid
from fairs.photos import PhotoError, shrink

MOST_BYTES = 10 * 1024 * 1024
PDF_BEGINS = b"%PDF-"


def kept_file(data: bytes) -> tuple[str, bytes]:
    """A file as it is kept, by what it is inside: a PDF as it came, a picture made anew from its pixels.

    Refuses with `bad_file`.
    """
    if len(data) > MOST_BYTES:
        raise _bad_file(_("The file is larger than 10 MB. Choose a smaller one."))
    if data.startswith(PDF_BEGINS):
        return ".pdf", data
    try:
        return ".jpg", shrink(data).large
    except PhotoError:
        raise _bad_file(_("Send a PDF, or a photo in JPEG, PNG or WebP.")) from None


def _bad_file(sentence: str) -> Invalid:
    return Invalid("bad_file", sentence, {"file": [sentence]})
