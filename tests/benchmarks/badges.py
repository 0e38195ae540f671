"""How long drawing the badges of a fair takes: sheets to cut apart, of each size, with codes and names of every sort.

    ./run python -m tests.benchmarks.badges [--badges 500] [a6|lanyard|card ...]

Needs no database; prints seconds of CPU of this process and the size of the file. Fonts are loaded beforehand.
"""

import argparse
import secrets
import time
from dataclasses import replace

from fairs.papers.badge import BadgeFace, Size, sheet_pdf
from fairs.papers.badge_face import BANDS
from tests.papers import BADGE

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SIGNED_DIGITS = 133
NAMES = (
    ("Keiko", "Morita", "森田恵子", "Morita Living Co., Ltd."),
    ("Tĩnh", "Nguyễn Văn Tĩnh", "", "Hợp tác xã thủ công mỹ nghệ xuất khẩu Bát Tràng"),
    ("Min-jun", "Kim Min-jun", "김민준", "Seoul Craft"),
    ("Olga", "Olga Ivanova", "Ольга Иванова", "Dom Remesel"),
    ("Hubert", "Hubert Wolfeschlegelsteinhausen-Bergerdorff", "", "Bundesverband Deutscher Kunsthandwerker GmbH"),
)


def main() -> None:
    """Draws as many of each size."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.badges")
    parser.add_argument("sizes", nargs="*", default=list(Size))
    parser.add_argument("--badges", type=int, default=500)
    arguments = parser.parse_args()
    sheet_pdf(some(len(NAMES)))
    for size in arguments.sizes:
        faces = some(arguments.badges)
        begun = time.process_time()
        made = sheet_pdf(faces, size=size)
        spent = time.process_time() - begun
        print(f"{size:8} {len(faces)} badges: {spent:.1f} s of one core, {len(made) / 1e6:.1f} MB")


def some(number: int) -> list[BadgeFace]:
    """Badges with codes of their own, of names and kinds in turn."""
    return [one(nth) for nth in range(number)]


def one(nth: int) -> BadgeFace:
    """A badge of the names and the kind whose turn it is."""
    given, full, native, company = NAMES[nth % len(NAMES)]
    token = "".join(secrets.choice(DIGITS) for _digit in range(SIGNED_DIGITS))
    kind = list(BANDS)[nth % len(BANDS)]
    return replace(BADGE, kind=kind, token=token, given_name=given, full_name=full, native_name=native, company=company)


if __name__ == "__main__":
    main()
