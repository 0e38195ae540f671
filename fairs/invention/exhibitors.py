"""Invented exhibitors: makers from Vietnam's villages, suppliers to them, guests from abroad."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from fairs.invention import makers, people, signs, tax_codes
from fairs.invention.makers import Workplace
from fairs.invention.people import PersonIdea
from fairs.invention.products import ProductIdea, assortment
from fairs.invention.tables import rows, sections
from fairs.invention.words import apportioned, slug, unaccented

POSITIONS = {
    "household": (("Chủ cơ sở", "Owner"), ("Chủ hộ", "Owner")),
    "artisan": (("Nghệ nhân", "Artisan"),),
    "cooperative": (("Giám đốc hợp tác xã", "Cooperative Director"), ("Phó giám đốc", "Deputy Director")),
    "company": (
        ("Giám đốc", "Director"),
        ("Phó giám đốc", "Deputy Director"),
        ("Trưởng phòng kinh doanh", "Sales Manager"),
        ("Trưởng phòng xuất khẩu", "Export Manager"),
    ),
    "association": (("Chủ tịch hội", "Chair"), ("Phó chủ tịch hội", "Vice Chair")),
}
WORKERS = {
    "household": (3, 25),
    "artisan": (2, 12),
    "cooperative": (18, 140),
    "company": (15, 320),
    "association": (40, 260),
}
APPETITE = {"artisan": 0.0, "household": 0.6, "association": 1.2, "cooperative": 1.4, "company": 1.7}
EDITIONS = (2013, 2014, 2015, 2016, 2017)


@dataclass(frozen=True, slots=True)
class ExhibitorIdea:
    """A company or maker with what an application form asks for.

    key is unique; province is the code of 2018, "" abroad; village is a slug of the craft villages or "";
    sector is the zone of the floor that fits; booths is how many are wished for, 1 to 6.
    """

    key: str
    legal_form: str
    name_vi: str
    name_en: str
    short_name: str
    tax_code: str
    country: str
    resident: bool
    province: str
    village: str
    groups: tuple[str, ...]
    sector: str
    address_vi: str
    address_en: str
    phone: str
    email: str
    website: str
    contact: PersonIdea
    founded: int
    workers: int
    products: tuple[ProductIdea, ...]
    description_vi: str
    description_en: str
    certificates: tuple[str, ...]
    years: tuple[int, ...]
    booths: int
    wants_corner: bool
    languages: tuple[str, ...]


def exhibitors(seed: int, count: int = 250) -> list[ExhibitorIdea]:
    """`count` exhibitors, the same for the same seed and count, in the order in which they applied."""
    rng = random.Random(f"exhibitors {seed} {count}")
    quota = _quota(count)
    codes = tax_codes.invented()
    used: Counter[str] = Counter()
    taken: set[str] = set()
    ideas = [
        _maker(rng, sector, place, next(codes), taken)
        for sector, group, share in quota
        if group != "foreign"
        for place in makers.spread(rng, group, share, used)
    ]
    guests = sum(share for _, group, share in quota if group == "foreign")
    ideas += [_guest(rng, number) for number in range(guests)]
    rng.shuffle(ideas)
    return _with_booths(rng, ideas)


def _quota(count: int) -> list[tuple[str, str, int]]:
    """Sector, product group and number of exhibitors; together `count`."""
    table = rows("quotas")
    shares = apportioned(count, [int(row[3]) for row in table])
    return [(row[0], row[2], share) for row, share in zip(table, shares, strict=True)]


def _with_booths(rng: random.Random, ideas: Sequence[ExhibitorIdea]) -> list[ExhibitorIdea]:
    """Gives each exhibitor the booths it wishes for; together they fill a sector to about nine tenths.

    Larger forms wish for more, with exceptions.
    """
    table = rows("quotas")
    wishes: dict[str, int] = {}
    for sector, booths in ((row[0], int(row[1])) for row in table if row[1]):
        here = [idea for idea in ideas if idea.sector == sector]
        usual = sum(int(row[3]) for row in table if row[0] == sector)
        sizes = sorted(_partition(rng, round(booths * len(here) / usual), len(here)))
        by_size = sorted(here, key=lambda idea: (APPETITE[idea.legal_form] + 2.2 * rng.random(), idea.key))
        wishes |= {idea.key: size for idea, size in zip(by_size, sizes, strict=True)}
    return [replace(idea, booths=wishes[idea.key]) for idea in ideas]


def _partition(rng: random.Random, total: int, parts: int) -> list[int]:
    """`parts` numbers from 1 to 6, mostly 1 to 3, that add up to the total where they can."""
    sizes = [rng.choices((1, 2, 3, 4, 5, 6), (27, 38, 18, 11, 2, 4))[0] for _ in range(parts)]
    target = min(max(total, parts), 6 * parts)
    while (missing := target - sum(sizes)) != 0:
        step = 1 if missing > 0 else -1
        sizes[rng.choice([at for at, size in enumerate(sizes) if 1 <= size + step <= 6])] += step
    return sizes


def _maker(rng: random.Random, sector: str, place: Workplace, tax_code: str, taken: set[str]) -> ExhibitorIdea:
    form = signs.legal_form(rng, place)
    trade, trade_en, _ = makers.craft(rng, place)
    owner = people.vietnamese(rng, position=rng.choice(POSITIONS[form]), domain="example", families=place.families)
    sign = signs.signed(rng, form, place, (trade, trade_en), owner, is_taken=lambda name: slug(name) in taken)
    form, key = sign.legal_form, slug(sign.short)
    taken |= {key, slug(sign.name_vi)}
    domain = f"{key}.example"
    founded = rng.randint(1988, 2017)
    workers = rng.randint(*WORKERS[form])
    description = _description(rng, form, place, founded, workers)
    address_vi, address_en = makers.address(rng, place)
    goods = assortment(rng, place.group, place.line, rng.randint(2, 6), is_taken=taken.__contains__)
    taken.update(article.name_vi for article in goods)
    return ExhibitorIdea(
        key=key,
        legal_form=form,
        name_vi=sign.name_vi,
        name_en=sign.name_en,
        short_name=sign.short,
        tax_code=tax_code,
        country="VN",
        resident=True,
        province=place.province,
        village=place.slug,
        groups=_groups(rng, place.group),
        sector=sector,
        address_vi=address_vi,
        address_en=address_en,
        phone=makers.phone(rng, place.province),
        email=f"lienhe@{domain}",
        website=f"https://{domain}" if form in ("company", "cooperative") or rng.random() < 0.3 else "",
        contact=replace(owner, email=f"{owner.email.split('@')[0]}@{domain}"),
        founded=founded,
        workers=workers,
        products=tuple(goods),
        description_vi=description[0],
        description_en=description[1],
        certificates=_certificates(rng, form, place.group),
        years=tuple(year for year in EDITIONS if year > founded and rng.random() < 0.42),
        booths=1,
        wants_corner=rng.random() < 0.25,
        languages=("vi", *_languages(rng, form)),
    )


RELATED = {
    "ceramics": ("lacquer", "lantern_festive"),
    "bamboo_rattan": ("grass_fibre", "bamboo_novelty"),
    "grass_fibre": ("bamboo_rattan", "hat"),
    "lacquer": ("painting", "mother_of_pearl"),
    "mother_of_pearl": ("lacquer", "wood"),
    "wood": ("mother_of_pearl", "recycled_gift"),
    "silk": ("garment_accessory", "textile_home"),
    "textile_home": ("embroidery", "garment_accessory"),
    "embroidery": ("textile_home", "painting"),
    "bronze_copper": ("metal_forged",),
    "jewellery_silver": ("bronze_copper",),
    "horn_bone": ("lacquer", "jewellery_silver"),
    "paper": ("fan", "lantern_festive"),
    "fan": ("paper",),
    "candle_scent": ("incense",),
}


def _groups(rng: random.Random, main: str) -> tuple[str, ...]:
    """The main group and at times one or two near it."""
    near = RELATED.get(main, ())
    return (main, *(group for group in near if rng.random() < 0.22))


def _description(rng: random.Random, form: str, place: Workplace, founded: int, workers: int) -> tuple[str, str]:
    """Two sentences in Vietnamese and in English: who they are, how they work."""
    whom = {"service": "service", "raw_material": "material", "ocop_food": "food"}.get(place.group, form)
    _, who_vi, who_en = rng.choice([row for row in rows("openings") if row[0] == whom])
    techniques = rows("techniques")
    own = [row for row in techniques if row[0] == place.group and row[1] == place.line]
    _, _, how_vi, how_en = rng.choice(own or [row for row in techniques if row[0] == place.group and not row[1]])
    facts = {
        "place": place.place_vi,
        "place_en": place.place_en,
        "year": founded,
        "n": workers,
    }
    return f"{who_vi.format(**facts)} {how_vi}", f"{who_en.format(**facts)} {how_en}"


def _certificates(rng: random.Random, form: str, group: str) -> tuple[str, ...]:
    """What is on the wall; small workshops rarely have any."""
    factor = {"company": 1.0, "cooperative": 0.8}.get(form, 0.12)
    if group in ("service", "raw_material"):
        return ()
    return tuple(
        name
        for found, name, percent in rows("certificates")
        if (found == group or (found == "*" and group != "ocop_food")) and rng.random() < factor * int(percent) / 100
    )


def _languages(rng: random.Random, form: str) -> tuple[str, ...]:
    english = 0.85 if form == "company" else 0.4
    chances = (("en", english), ("zh", 0.13), ("ja", 0.09), ("ko", 0.07), ("fr", 0.06))
    return tuple(code for code, chance in chances if rng.random() < chance)


def _guest(rng: random.Random, number: int) -> ExhibitorIdea:
    """An exhibitor from abroad; beyond the list the same houses come again with a second branch."""
    table = list(sections("abroad").values())
    first, *goods = table[number % len(table)]
    name, country, city, street, person, original, sex, position, phone = first[:9]
    domain, languages, groups, who_vi, who_en = first[9:]
    branch = number // len(table) + 1
    if branch > 1:
        name, domain = f"{name}, Branch {branch}", f"branch{branch}.{domain}"
    given, family = person.split()[0], person.split()[-1]
    if country == "KR":
        given, family = family, given
    contact = PersonIdea(
        full_name=person,
        given_name=given,
        family_name=family,
        latin=unaccented(person),
        original=original,
        sex=sex,
        address_vi="Ông" if sex == "m" else "Bà",
        address_en="Mr" if sex == "m" else "Ms",
        position_vi={"Owner": "Chủ cơ sở", "Founder": "Nhà sáng lập"}.get(position, "Giám đốc"),
        position_en=position,
        email=f"{slug(given)}.{slug(family)}@{domain}",
    )
    return ExhibitorIdea(
        key=slug(name),
        legal_form="company",
        name_vi=name,
        name_en=name,
        short_name=name,
        tax_code="",
        country=country,
        resident=False,
        province="",
        village="",
        groups=tuple(groups.split(",")),
        sector="QT",
        address_vi=f"{street}, {city}",
        address_en=f"{street}, {city}",
        phone=phone,
        email=f"info@{domain}",
        website=f"https://{domain}",
        contact=contact,
        founded=rng.randint(1992, 2014),
        workers=rng.randint(12, 180),
        products=tuple(_guest_article(rng, groups.split(","), article) for article in goods),
        description_vi=f"{who_vi} Hàng mẫu có sẵn tại gian, nhận đặt hàng số lượng nhỏ.",
        description_en=f"{who_en} Samples are at the booth, and small orders are welcome.",
        certificates=tuple(sorted(rng.sample(("ISO 9001", "WFTO", "amfori BSCI"), rng.randint(0, 1)))),
        years=tuple(year for year in EDITIONS[2:] if rng.random() < 0.3),
        booths=1,
        wants_corner=rng.random() < 0.5,
        languages=tuple(languages.split()),
    )


def _guest_article(rng: random.Random, groups: Sequence[str], row: Sequence[str]) -> ProductIdea:
    hs6, price, moq, name_vi, name_en, materials_vi, materials_en = row
    low, high = (Decimal(part).quantize(Decimal("0.01")) for part in price.split("-"))
    return ProductIdea(
        name_vi=name_vi,
        name_en=name_en,
        group=groups[0],
        hs6=hs6,
        materials_vi=materials_vi,
        materials_en=materials_en,
        unit_vi="chiếc",
        unit_en="piece",
        moq=int(moq),
        capacity_month=int(moq) * rng.randint(3, 10),
        lead_days=rng.choice((30, 45, 60)),
        price_low=low,
        price_high=high,
        new_design=rng.random() < 0.3,
    )
