"""The bytes of a text file, turned into characters only where that is certain."""

import codecs

from fairs.sheets.refusals import SheetCode, SheetError

_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_VIETNAMESE_MARKS = {0x0300, 0x0301, 0x0303, 0x0309, 0x0323}


def decode(data: bytes) -> str:
    """UTF-8, or what the byte order mark says. Refuses wrong_encoding: a code page is never guessed."""
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    encoding = _MARKS.get(mark, "utf-8")
    body = data[len(mark) :]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as fault:
        line = body[: fault.start].count(b"\n") + 1
        raise SheetError(SheetCode.WRONG_ENCODING, looks_like=_likely(data), line=line) from fault
    if "\0" in text:
        raise SheetError(SheetCode.WRONG_ENCODING, looks_like="utf-16", line=text[: text.index("\0")].count("\n") + 1)
    return text


def _likely(data: bytes) -> str:
    """The encoding to name in the refusal, so that the person knows what to change."""
    if b"\0" in data[:1000]:
        return "utf-16"
    letters = {ord(char) for char in data.decode("cp1258", errors="ignore")}
    return "windows-1258" if letters & _VIETNAMESE_MARKS else "windows-1252"
