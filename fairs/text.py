"""Text as the fair keeps it: composed, searchable without accents."""

import unicodedata

LONGEST_SEARCH, MOST_WORDS = 100, 6


def nfc(text: str) -> str:
    """The composed form, without the invisible characters that break search and print."""
    kept = (
        c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) not in {"Cc", "Cf"} or c in "\n\t\r"
    )
    return "".join(kept)


def fold(text: str) -> str:
    """Lower case without accents, with đ as d: what two spellings of one name share."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).split())


def words_of(search: str) -> list[str]:
    """The folded words of a search, six at most of its first hundred characters: each costs the database a pass."""
    return list(dict.fromkeys(fold(search[:LONGEST_SEARCH]).split()))[:MOST_WORDS]


def ascii_upper(text: str) -> str:
    """The capitals and digits of a name, for bank texts and foreign printers."""
    return "".join(c for c in fold(text).upper() if c.isascii() and (c.isalnum() or c == " "))
