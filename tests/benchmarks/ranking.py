"""How long it takes to score, explain and list who should meet whom at a large fair.

    ./run python -m tests.benchmarks.ranking [--importers 650] [--exhibitors 640] [--rounds 5]

Invented importers and exhibitors, the same for the same numbers; no database. Each line is the best of the rounds.
"""

import argparse
import random
import time
from collections.abc import Callable
from datetime import date, timedelta

from matchmaking.ranking.facts import ORDERS, PRICES, Exhibitor, Goods, Importer
from matchmaking.ranking.lists import fill_lists
from matchmaking.ranking.reasons import explain
from matchmaking.ranking.scoring import scores, shares
from matchmaking.ranking.terms import Terms

ON = date(2018, 10, 18)
GROUPS, MATERIALS, CERTIFICATES, MARKETS, LANGUAGES = 35, 38, 21, 40, 12


def main() -> None:
    """Prints a line for each part."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.ranking")
    parser.add_argument("--importers", type=int, default=650)
    parser.add_argument("--exhibitors", type=int, default=640)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    chance = random.Random(1)
    importers = [_importer(chance, pk) for pk in range(given.importers)]
    exhibitors = [_exhibitor(chance, pk) for pk in range(10_000, 10_000 + given.exhibitors)]
    pairs = [(one.id, chance.choice(exhibitors).id) for one in importers for _each in range(4)]
    ties = {pair: frozenset({chance.choice(["deal", "met", "visited", "must", "scanned"])}) for pair in pairs}
    terms = [Terms().after({"price": chance.randint(0, 3)}) for _each in importers]
    found = shares(importers, exhibitors, ties, on=ON)
    scored = scores(found, terms)
    lists = fill_lists(importers, exhibitors, scored, Terms())
    by_id = {one.id: one for one in exhibitors}
    listed = [(one, by_id[shown.exhibitor]) for one in importers for shown in lists.of[one.id]]
    print(f"{given.importers} importers, {given.exhibitors} exhibitors, {len(listed)} proposals")
    _measure("compared", given.rounds, lambda: shares(importers, exhibitors, ties, on=ON))
    _measure("scored", given.rounds, lambda: scores(found, terms))
    _measure(
        "listed, with the exposure floor", given.rounds, lambda: fill_lists(importers, exhibitors, scored, Terms())
    )
    _measure("explained", given.rounds, lambda: [explain(one, other, on=ON) for one, other in listed])
    print(f"below the floor: {len(lists.below_floor)}")


def _measure(name: str, rounds: int, work: Callable[[], object]) -> None:
    taken = []
    for _round in range(rounds):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    print(f"{name:<34}{min(taken):8.3f} s")


def _codes(chance: random.Random, many: int, most: int) -> frozenset[str]:
    return frozenset(str(number) for number in chance.sample(range(many), chance.randint(0, most)))


def _importer(chance: random.Random, pk: int) -> Importer:
    return Importer(
        pk, _codes(chance, GROUPS, 5), _codes(chance, MATERIALS, 4), chance.choice(["", *PRICES]),
        chance.choice(["", *ORDERS]), _codes(chance, CERTIFICATES, 3), _codes(chance, MARKETS, 3),
        _codes(chance, LANGUAGES, 3),
    )  # fmt: skip


def _exhibitor(chance: random.Random, pk: int) -> Exhibitor:
    goods = tuple(
        Goods(
            str(chance.randrange(GROUPS)), _codes(chance, MATERIALS, 3), chance.choice(["", *PRICES]),
            chance.choice([None, 20, 100, 500]), chance.choice([None, 200, 1_000, 20_000]),
        )
        for _each in range(chance.randint(0, 8))
    )  # fmt: skip
    held = {code: ON + timedelta(days=chance.randint(-100, 900)) for code in _codes(chance, CERTIFICATES, 3)}
    markets, languages = _codes(chance, MARKETS, 4), _codes(chance, LANGUAGES, 3)
    return Exhibitor(pk, _codes(chance, GROUPS, 2), goods, held, markets, languages)


if __name__ == "__main__":
    main()
