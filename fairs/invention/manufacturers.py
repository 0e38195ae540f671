"""Invented manufacturers of Vietnam and Japan, for the fair of the manufacturers' network."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from fairs.invention import people, tax_codes
from fairs.invention.people import PersonIdea
from fairs.invention.words import slug

TRADES = (
    ("machining", "KL", "Cơ khí chính xác", "Precision Machining", "Seimitsu"),
    ("moulds", "KL", "Khuôn mẫu", "Moulds", "Kanagata"),
    ("casting", "KL", "Đúc áp lực", "Die Casting", "Chuzo"),
    ("electronics", "KT", "Linh kiện điện tử", "Electronic Parts", "Denshi"),
    ("plastics", "KT", "Nhựa kỹ thuật", "Engineering Plastics", "Jushi"),
)
"""Product group, zone, and the trade as it stands in names: Vietnamese, English, Japanese."""

VIETNAMESE = (
    "An Phú Thịnh", "Bắc Hà", "Bình Minh", "Cường Phát", "Đại Lộc", "Đông Á", "Gia Khánh", "Hải Long", "Hoà Bình",
    "Hưng Yên", "Kim Sơn", "Long Biên", "Minh Quang", "Nam Thăng", "Phúc Lâm", "Quang Trung", "Sao Bắc", "Sông Hồng",
    "Tân Tiến", "Thái Hà", "Thăng Long", "Thịnh Vượng", "Tiến Đạt", "Trường Sơn", "Việt Hưng", "Vĩnh Tường",
    "Xuân Mai", "Yên Phong", "Đức Thắng", "Hồng Hà", "Nhật Tân", "Quốc Oai", "Thanh Trì",
)  # fmt: skip
JAPANESE = (
    "Akita", "Aoyama", "Ebina", "Fujisawa", "Hamada", "Hirose", "Ichikawa", "Inagaki", "Kamiya", "Kasahara",
    "Kitagawa", "Kurosawa", "Matsui", "Minami", "Miyake", "Mizuno", "Murakami", "Nagase", "Nakatani", "Nishio",
    "Oguri", "Okada", "Onishi", "Sakaguchi", "Sawada", "Shimizu", "Sugiyama", "Takeda", "Tamura", "Tsukamoto", "Ueda",
    "Wakabayashi", "Yamagata", "Yokota", "Yoshioka",
)  # fmt: skip
GIVEN = ("Kenji", "Hiroshi", "Takashi", "Yuki", "Akiko", "Naoko", "Satoru", "Daisuke", "Mayumi", "Shinji")
PROVINCES = ("01", "01", "01", "27", "33", "30", "31", "26", "19", "35")
"""Hà Nội more often, then Bắc Ninh, Hưng Yên, Hải Dương, Hải Phòng, Vĩnh Phúc, Thái Nguyên, Hà Nam."""
HOSTS = (
    ("TR", "Trung tâm Kết nối Công nghiệp Hỗ trợ", "Supporting Industry Matching Centre"),
    ("HT", "Viện Ứng dụng Công nghệ Chế tạo", "Institute of Manufacturing Technology"),
)
"""Who runs the booths for technical support: 20 for matching, 20 for seminars."""


@dataclass(frozen=True, slots=True)
class ManufacturerIdea:
    """A company with what an application asks for; `booths` on the floor of the fair, in a zone of it."""

    key: str
    name_vi: str
    name_en: str
    country: str
    province: str
    tax_code: str
    group: str
    zone: str
    booths: int
    contact: PersonIdea


def manufacturers(seed: int) -> list[ManufacturerIdea]:
    """138 exhibitors: 55 from Japan with 57 booths, 81 from Vietnam with 83, two hosts of technical support with 40."""
    rng = random.Random(f"{seed}/manufacturers")
    numbers = tax_codes.invented()
    japanese, vietnamese = list(_japanese(rng)), list(_vietnamese(rng))
    abroad = [replace(idea, booths=2 if n < 2 else 1, zone="QT") for n, idea in enumerate(japanese[:55])]
    home = _by_zone([replace(idea, tax_code=next(numbers)) for idea in vietnamese], KL=42, KT=39)
    return abroad + home + [_host(rng, *host, next(numbers)) for host in HOSTS]


def visiting_manufacturers(seed: int, count: int) -> list[ManufacturerIdea]:
    """Companies that come to buy, none of them an exhibitor: two of three from Japan."""
    rng = random.Random(f"{seed}/manufacturers")
    exhibiting = {idea.key for idea in manufacturers(seed)}
    japanese = [idea for idea in _japanese(rng) if idea.key not in exhibiting]
    vietnamese = [idea for idea in _vietnamese(rng) if idea.key not in exhibiting]
    abroad = count - min(count // 3, len(vietnamese))
    return japanese[:abroad] + vietnamese[: count - abroad]


def _by_zone(ideas: list[ManufacturerIdea], **wanted: int) -> list[ManufacturerIdea]:
    """So many of each zone; the first of each takes two booths."""
    found: list[ManufacturerIdea] = []
    for zone, count in wanted.items():
        first, *others = [idea for idea in ideas if idea.zone == zone][:count]
        found += [replace(first, booths=2), *others]
    return found


def _japanese(rng: random.Random) -> Iterator[ManufacturerIdea]:
    pairs = list(
        product(JAPANESE, (*TRADES, ("machining", "KL", "", "Kogyo", "Kogyo"), (*TRADES[0][:4], "Seisakusho")))
    )
    rng.shuffle(pairs)
    for family, (group, zone, _vi, _en, word) in pairs:
        name = f"{family} {word}"
        given, domain = rng.choice(GIVEN), f"{slug(name)}.example"
        contact = PersonIdea(
            full_name=f"{given} {family}",
            given_name=given,
            family_name=family,
            latin=f"{given} {family}",
            original="",
            sex="f" if given in ("Yuki", "Akiko", "Naoko", "Mayumi") else "m",
            address_vi="Ông/Bà",
            address_en="Mr/Ms",
            position_vi="Trưởng đại diện",
            position_en="Chief Representative",
            email=f"{slug(given)}@{domain}",
        )
        yield ManufacturerIdea(
            slug(name), f"{name} Co., Ltd.", f"{name} Co., Ltd.", "JP", "", "", group, zone, 1, contact
        )


def _vietnamese(rng: random.Random) -> Iterator[ManufacturerIdea]:
    pairs = list(product(VIETNAMESE, TRADES))
    rng.shuffle(pairs)
    for word, (group, zone, trade_vi, trade_en, _ja) in pairs:
        key = slug(f"{trade_vi} {word}")
        contact = people.vietnamese(rng, position=("Giám đốc", "Director"), domain=f"{key}.example")
        yield ManufacturerIdea(
            key,
            f"Công ty TNHH {trade_vi} {word}",
            f"{slug(word).replace('-', ' ').title()} {trade_en} Co., Ltd.",
            "VN",
            rng.choice(PROVINCES),
            "",
            group,
            zone,
            1,
            contact,
        )


def _host(rng: random.Random, zone: str, name_vi: str, name_en: str, tax_code: str) -> ManufacturerIdea:
    contact = people.vietnamese(rng, position=("Giám đốc", "Director"), domain=f"{slug(name_vi)}.example")
    return ManufacturerIdea(slug(name_vi), name_vi, name_en, "VN", "01", tax_code, "service", zone, 20, contact)
