"""Text as the fair keeps it: composed, searchable without accents."""

import re
import unicodedata

from fairs.shared_hosts import FREE_MAIL, SECOND_LEVEL, SHARED_SITES

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


# What a name says of the form of a firm, folded; the longest first, so that none is left half.
_FORMS = re.compile(
    r"\b(cong ty trach nhiem huu han|trach nhiem huu han|mot thanh vien|hai thanh vien|doanh nghiep tu nhan|"
    r"cong ty co phan|co so san xuat|ho kinh doanh|hop tac xa|cong ty|tnhh|mtv|dntn|htx|hkd|co so|ctcp|"
    r"company limited|limited company|company|limited|cooperative|co|ltd|llc|inc|jsc|corp|gmbh|sarl)\b"
)


def name_key(name: str) -> str:
    """What two spellings of one company's name share: no accents, marks or words for its legal form."""
    bare = " ".join(re.sub(r"[^\w]+", " ", fold(name)).split())
    return " ".join(_FORMS.sub(" ", bare).split()) or bare


def phone_key(phone: str) -> str:
    """The last nine digits of a phone number, whatever its prefix and spaces; nothing for what is none."""
    digits = re.sub(r"\D", "", phone)
    return digits[-9:] if len(digits) >= 8 else ""


def tax_key(tax_code: str) -> str:
    """A tax code without marks; a branch (0101234567-001) has that of its house."""
    bare = ascii_upper(re.sub(r"[^\w]", "", tax_code))
    return bare[:10] if bare.isdecimal() and len(bare) == 13 else bare


def domain_key(address: str) -> str:
    """The domain of a website or an e-mail that belongs to one house: without www; nothing for free letterboxes, for
    shops and networks that many share, and for what is no domain.
    """
    host = address.strip().lower().rpartition("@")[2]
    host = re.sub(r"^[a-z]+://", "", host).split("/")[0].split("?")[0].split(":")[0].strip(".")
    parts = host.split(".")
    if len(parts) < 2 or not all(re.fullmatch(r"[a-z0-9-]+", part) for part in parts):
        return ""
    two_level = len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in SECOND_LEVEL
    house = parts[-3:] if two_level else parts[-2:]
    return "" if house[0] in FREE_MAIL | SHARED_SITES else ".".join(house)
