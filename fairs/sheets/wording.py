"""Text from other people's files, made safe to store, to compare or to hand to a spreadsheet."""

import re
import unicodedata

REMOVED = {"Cc", "Cf", "Cs"}
"""Controls, invisible format characters (zero-width, direction overrides) and lone surrogates."""

_STARTS_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠]")
_ESCAPED_FORMULA = re.compile(r"'(?='*\s*[=+\-@＝＋－＠])")
_PLAIN_NUMBER = re.compile(r"[+-][0-9][0-9 .,]*")
_GARBLED = re.compile("[ÃÄÆ][^a-zA-Z0-9\\s]|Ã\u00a0|á[º»]")
_BYTE = {chr(byte): byte for byte in range(256)} | {
    bytes([byte]).decode("cp1252"): byte for byte in range(0x80, 0xA0) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


def clean(text: str) -> str:
    """The text in NFC without invisible characters, every run of white space one space."""
    if not text.isprintable():
        text = "".join(" " if char.isspace() else char for char in text if _is_kept(char))
    return unicodedata.normalize("NFC", " ".join(text.split()))


def fold(text: str) -> str:
    """A key under which spellings meet: no accents, case, spaces or punctuation, and đ is d."""
    plain = unicodedata.normalize("NFKD", text.casefold()).replace("đ", "d")
    return "".join(char for char in plain if char.isalnum())


def escape_cell(value: str) -> str:
    """The text with an apostrophe before anything that a spreadsheet would calculate.

    Numbers such as -5 or +84 24 3825 1234 stay as they are. `unescape_cell` is the exact way back.
    """
    if _PLAIN_NUMBER.fullmatch(value) or not _STARTS_FORMULA.match(value):
        return value
    return "'" + value


def unescape_cell(value: str) -> str:
    """The text that `escape_cell` was given."""
    return _ESCAPED_FORMULA.sub("", value, count=1) if _ESCAPED_FORMULA.match(value) else value


def ungarbled(text: str) -> str:
    """What the text was before its UTF-8 was read as Windows-1252; the same text if it never was."""
    if not _GARBLED.search(text):
        return text
    try:
        return bytes(_BYTE[char] for char in text).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return text


def _is_kept(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in REMOVED
