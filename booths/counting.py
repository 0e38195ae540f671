"""Counts as people type them: 5.000, 500 cái, năm trăm."""

import re

DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7,
    "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
TENS = {"mười": 10, "mươi": 10, "chục": 10, "trăm": 100}
SCALES = {"nghìn": 1_000, "ngàn": 1_000, "vạn": 10_000, "triệu": 1_000_000}
_GROUPED = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+|\d+")


def read_count(text: str) -> int | None:
    """The whole number that is written plainly, with or without groups of three; None for anything else."""
    found = _GROUPED.fullmatch(text.strip())
    return int(re.sub(r"\D", "", found.group())) if found else None


def guess_count(text: str) -> int | None:
    """What was probably meant: the one number among other words, or a number in Vietnamese words."""
    numbers = _GROUPED.findall(text)
    if len(numbers) == 1:
        return int(re.sub(r"\D", "", numbers[0]))
    return None if numbers else _in_words(re.findall(r"\w+", text.casefold()))


def _in_words(words: list[str]) -> int | None:
    """The number that the words begin with: "năm trăm cái" is 500; None when they do not begin with one."""
    total = part = last = 0
    read = False
    for word in words:
        if word in DIGITS:
            last = DIGITS[word]
        elif word in TENS:
            part, last = part + max(1, last) * TENS[word], 0
        elif word in SCALES:
            total, part, last = total + max(1, part + last) * SCALES[word], 0, 0
        elif word not in ("linh", "lẻ", "tư"):
            break
        read = True
    return total + part + last if read else None
