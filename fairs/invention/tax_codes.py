"""Vietnamese tax codes (mã số thuế) with a true check digit in a range that no tax office hands out."""

from collections.abc import Iterator

WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
INVENTED = "99"
"""Real codes open with the number of a tax office, 01 to 63 or a little above."""


def check_digit(first_nine: str) -> int:
    """The tenth digit; 10 says that no code begins with these nine."""
    return 10 - sum(weight * int(digit) for weight, digit in zip(WEIGHTS, first_nine, strict=True)) % 11


def is_valid(code: str) -> bool:
    """Whether ten digits end in their check digit."""
    return len(code) == 10 and code.isdigit() and check_digit(code[:9]) == int(code[9])


def invented() -> Iterator[str]:
    """Valid codes of the invented range, rising, none twice."""
    for serial in range(1000, 10_000_000, 7):
        first_nine = f"{INVENTED}{serial:07d}"
        if (digit := check_digit(first_nine)) < 10:
            yield f"{first_nine}{digit}"
