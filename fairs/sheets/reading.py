"""One door for every file that an organiser uploads."""

from pathlib import PurePath

from fairs.sheets import delimited, workbook
from fairs.sheets.decoding import decode
from fairs.sheets.refusals import SheetCode, SheetError
from fairs.sheets.table import Sheet, shape

MAX_BYTES = 15 * 1024 * 1024
_MACRO_EXTENSIONS = {".xlsm", ".xltm", ".xlam", ".xlsb"}
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Wraps the old binary workbooks, and the new ones that have a password."""

_FOREIGN = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"PK\x05\x06",
)
_MARKUP = ("<", "{", "[{")


def read(data: bytes, *, filename: str) -> Sheet:
    """The table in a CSV or XLSX file; its content decides which, not its name.

    Refuses by SheetError with one of SheetCode; never calculates a formula nor guesses an encoding.
    """
    if len(data) > MAX_BYTES:
        raise SheetError(SheetCode.TOO_LARGE, limit_mb=MAX_BYTES // 1024**2)
    if PurePath(filename).suffix.lower() in _MACRO_EXTENSIONS:
        raise SheetError(SheetCode.MACROS)
    if data.startswith(_COMPOUND_FILE):
        raise SheetError(SheetCode.PROTECTED if _ENCRYPTED in data else SheetCode.UNKNOWN_FORMAT)
    if data.startswith(_FOREIGN):
        raise SheetError(SheetCode.UNKNOWN_FORMAT)
    if data.startswith(b"PK\x03\x04"):
        return workbook.table(data)
    return _text_table(decode(data))


def _text_table(text: str) -> Sheet:
    if text.lstrip().startswith(_MARKUP):
        raise SheetError(SheetCode.UNKNOWN_FORMAT)
    return shape(delimited.lines(text))
