"""How a maker signs: the name over the door, the name in English, the short name."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from fairs.invention import people
from fairs.invention.makers import Workplace
from fairs.invention.people import PersonIdea
from fairs.invention.tables import rows
from fairs.invention.words import capitalised, unaccented

LEGAL_FORMS = {"household": 34, "company": 35, "cooperative": 14, "artisan": 13, "association": 4}
MADE_ON_ORDER = {"service": "company", "raw_material": "company"}


@dataclass(frozen=True, slots=True)
class Sign:
    """The names of one maker; short is what a booth board shows."""

    legal_form: str
    name_vi: str
    name_en: str
    short: str


def legal_form(rng: random.Random, place: Workplace) -> str:
    """household, company, cooperative, artisan or association, as common as at the fair."""
    if place.group in MADE_ON_ORDER:
        return MADE_ON_ORDER[place.group]
    forms = [form for form in LEGAL_FORMS if place.village or form != "association"]
    return rng.choices(forms, [LEGAL_FORMS[form] for form in forms])[0]


def signed(
    rng: random.Random,
    form: str,
    place: Workplace,
    trade: tuple[str, str],
    owner: PersonIdea,
    *,
    is_taken: Callable[[str], bool],
) -> Sign:
    """A sign whose names nobody has yet; `trade` is in Vietnamese and English."""
    for attempt in range(200):
        sign = _sign(rng, form if attempt < 40 else "company", place, trade, owner)
        if not (is_taken(sign.short) or is_taken(sign.name_vi)):
            return sign
    raise LookupError(f"no free name is left for a {form} of {place.group}")


def _sign(rng: random.Random, form: str, place: Workplace, trade: tuple[str, str], owner: PersonIdea) -> Sign:
    craft, craft_en = trade
    if form == "association":
        short = f"Hội {craft} {place.village}"
        return Sign(form, short, f"{unaccented(place.village)} {craft_en} Association", short)
    if form == "artisan":
        pattern = rng.choice(("Nghệ nhân {owner}", "Xưởng {craft} nghệ nhân {owner}"))
        name = pattern.format(owner=owner.full_name, craft=craft)
        return Sign(form, name, f"Artisan {owner.latin}, {craft_en}", f"Nghệ nhân {owner.full_name}")
    if form == "cooperative":
        own = place.village if place.village and rng.random() < 0.6 else _brand(rng)
        name_en = f"{unaccented(own)} {craft_en} Cooperative"
        return Sign(form, f"Hợp tác xã {craft} {own}", name_en, f"{capitalised(craft)} {own}")
    own = people.couple(rng, owner) if rng.random() < (0.7 if form == "household" else 0.35) else _brand(rng)
    short = f"{capitalised(craft)} {own}"
    if form == "household":
        pattern = rng.choice(HOUSEHOLD)
        return Sign(form, pattern.format(craft=craft, own=own), f"{unaccented(own)} {craft_en} Workshop", short)
    patterns = SERVICE if place.group == "service" else COMPANY
    pattern, ending = rng.choice([one for one in patterns if place.group not in NO_ART or "Mỹ nghệ" not in one[0]])
    name = pattern.format(craft=capitalised(craft), own=own)
    return Sign(form, name, f"{unaccented(own)} {craft_en} {ending}", short)


NO_ART = ("ocop_food", "raw_material", "garment_accessory", "incense", "candle_scent", "metal_forged", "leather")
"""Groups whose makers would not call themselves mỹ nghệ."""

HOUSEHOLD = (
    "Cơ sở {craft} {own}",
    "Xưởng {craft} {own}",
    "Cơ sở sản xuất {craft} {own}",
    "Hộ kinh doanh {own}",
)
COMPANY = (
    ("Công ty TNHH {craft} {own}", "Co., Ltd"),
    ("Công ty TNHH Mỹ nghệ {own}", "Co., Ltd"),
    ("Công ty TNHH Sản xuất và Thương mại {own}", "Production and Trading Co., Ltd"),
    ("Công ty Cổ phần {craft} {own}", "JSC"),
    ("Công ty TNHH Xuất nhập khẩu {own}", "Import-Export Co., Ltd"),
    ("Công ty TNHH MTV {craft} {own}", "One Member Co., Ltd"),
    ("Doanh nghiệp tư nhân {own}", "Private Enterprise"),
)
SERVICE = (
    ("Công ty TNHH {craft} {own}", "Co., Ltd"),
    ("Công ty Cổ phần {craft} {own}", "JSC"),
    ("Công ty TNHH Dịch vụ {own}", "Services Co., Ltd"),
    ("Trung tâm {craft} {own}", "Centre"),
)


def _brand(rng: random.Random) -> str:
    return rng.choice(rows("brands"))[0]
