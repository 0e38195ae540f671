"""Invented contracts and memoranda: 80 contracts of about US$4 million in all, and 25 memoranda."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from fairs.invention.rates import in_usd
from fairs.invention.tables import rows

TOTAL_USD = 4_000_000
"""For 80 contracts; other counts in proportion."""

CURRENCIES = {"USD": 52, "EUR": 27, "JPY": 9, "AUD": 5, "GBP": 4, "SGD": 1, "HKD": 1, "CNY": 1}
STEPS = {"JPY": 10_000}
"""What contract values are rounded to, 100 where nothing else is said; trial orders are rounded finer."""

GROUPS = {
    "bamboo_rattan": 20,
    "ceramics": 15,
    "lacquer": 9,
    "grass_fibre": 10,
    "wood": 7,
    "textile_home": 9,
    "silk": 7,
    "embroidery": 7,
    "mother_of_pearl": 3,
    "bronze_copper": 3,
    "jewellery_silver": 3,
    "stone": 2,
    "horn_bone": 2,
    "paper": 2,
    "lantern_festive": 2,
    "bamboo_novelty": 2,
    "candle_scent": 2,
    "hat": 1,
    "fan": 1,
    "recycled_gift": 1,
}
LARGE_USD = 75_000
"""From here on a contract is about goods that fill containers."""

LARGE_GROUPS = {group: weight for group, weight in GROUPS.items() if weight >= 7}
INCOTERMS = {"FOB": 62, "CIF": 16, "EXW": 12, "FCA": 6, "DAP": 4}
PAYMENT = (
    ("30 % đặt cọc, 70 % theo bản sao chứng từ (T/T)", "30 % deposit, 70 % against copy documents (T/T)", 58),
    ("50 % đặt cọc, 50 % trước khi giao (T/T)", "50 % deposit, 50 % before shipment (T/T)", 20),
    ("Thư tín dụng trả ngay", "L/C at sight", 14),
    ("Nhờ thu kèm chứng từ (D/P)", "Documents against payment (D/P)", 5),
    ("Trả hết trước khi giao", "Paid in full before shipment", 3),
)


@dataclass(frozen=True, slots=True)
class DealIdea:
    """A contract or memorandum between an exhibitor and an importer still to be chosen.

    kind is contract or memorandum (whose value is an expectation); day counts from opening day, 0 first;
    value_usd is at the rates of the fair; lead_days run from signing to shipment.
    """

    kind: str
    day: int
    group: str
    goods_vi: str
    goods_en: str
    value: Decimal
    currency: str
    value_usd: Decimal
    trial: bool
    incoterm: str
    port: str
    payment_vi: str
    payment_en: str
    lead_days: int


def deals(seed: int, n: int = 80, memoranda: int = 25) -> list[DealIdea]:
    """`n` contracts, then the memoranda, the same for the same seed; contracts near US$50,000 on average."""
    rng = random.Random(f"deals {seed} {n}")
    trials = max(0, round(n * 0.14))
    sizes = [rng.lognormvariate(0, 0.85) for _ in range(n - trials)]
    small = [rng.uniform(700, 6_000) for _ in range(trials)]
    whole = TOTAL_USD * n / 80 * rng.uniform(0.985, 1.03) - sum(small)
    values = [(size * whole / sum(sizes), False) for size in sizes] + [(value, True) for value in small]
    rng.shuffle(values)
    expected = [(rng.lognormvariate(10.6, 0.7), False) for _ in range(memoranda)]
    return [_deal(rng, "contract", usd, trial) for usd, trial in values] + [
        _deal(rng, "memorandum", usd, trial) for usd, trial in expected
    ]


def _deal(rng: random.Random, kind: str, usd: float, trial: bool) -> DealIdea:
    currency = _weighted(rng, CURRENCIES)
    value = _rounded(Decimal(round(usd)) / in_usd(Decimal(1000), currency) * 1000, currency, trial=trial)
    group = _weighted(rng, GROUPS if usd < LARGE_USD else LARGE_GROUPS)
    _, goods_vi, goods_en = rng.choice([row for row in rows("goods") if row[0] == group])
    incoterm = "EXW" if trial and rng.random() < 0.5 else _weighted(rng, INCOTERMS)
    payment_vi, payment_en, _ = rng.choices(PAYMENT, [row[2] for row in PAYMENT])[0]
    return DealIdea(
        kind=kind,
        day=rng.choices((0, 1, 2, 3, 9, 16, 23), (14, 26, 28, 18, 6, 5, 3))[0],
        group=group,
        goods_vi=f"{goods_vi} (đơn hàng thử)" if trial else goods_vi,
        goods_en=f"{goods_en} (trial order)" if trial else goods_en,
        value=value,
        currency=currency,
        value_usd=in_usd(value, currency),
        trial=trial,
        incoterm=incoterm,
        port=_port(rng, incoterm),
        payment_vi=payment_vi,
        payment_en=payment_en,
        lead_days=rng.choice((20, 25, 30) if trial else (45, 60, 60, 75, 90)),
    )


def _rounded(value: Decimal, currency: str, *, trial: bool) -> Decimal:
    """To a step a person would write, never down to nothing."""
    step = Decimal(STEPS.get(currency, 100)) / (10 if trial else 1)
    return max(step, (value / step).quantize(Decimal(1)) * step).quantize(Decimal("0.01"))


def _port(rng: random.Random, incoterm: str) -> str:
    if incoterm in ("FOB", "FCA"):
        return rng.choice(("Hải Phòng", "Hải Phòng", "Hải Phòng", "Nội Bài"))
    if incoterm == "EXW":
        return "Hà Nội"
    return rng.choice(("Hamburg", "Rotterdam", "Yokohama", "Los Angeles", "Sydney", "Le Havre", "Busan"))


def _weighted(rng: random.Random, weights: dict[str, int]) -> str:
    names: Sequence[str] = list(weights)
    return rng.choices(names, list(weights.values()))[0]
