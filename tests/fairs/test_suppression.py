"""What is withheld in published tables cannot be worked out: an attacker tries it on thousands of random tables."""

import random
from collections import Counter

import pytest

from fairs.suppression import FEWEST, Amount, publishable, too_few
from tests.fairs.attack import read_alone, too_near

TABLES, PARTS = 2400, 8


def contract(value, maker, buyer, *cells):
    return Amount(value, (maker, buyer), frozenset(cells))


def of_many(cell, *, companies, value=100, start=0, more=()):
    """Contracts in a cell, each of other companies."""
    return [contract(value, f"m{n}", f"b{n}", cell, "all", *more) for n in range(start, start + companies)]


def test_a_cell_of_two_companies_is_withheld_and_one_of_three_is_shown():
    for companies, shown in ((2, set()), (3, {"all"})):
        assert publishable([contract(5, f"m{n}", f"b{n}", "all") for n in range(companies)], ["all"]) == shown


@pytest.mark.parametrize("side", [0, 1])
def test_three_companies_are_needed_on_each_side(side):
    pairs = [("m", f"b{n}") if side == 0 else (f"m{n}", "b") for n in range(5)]
    amounts = [contract(5, maker, buyer, "all") for maker, buyer in pairs]
    assert too_few(amounts)
    assert publishable(amounts, ["all"]) == set()


def test_beside_a_small_cell_another_is_withheld_for_the_total_would_tell_it():
    amounts = (
        of_many("clay", companies=2) + of_many("wood", companies=3, start=2) + of_many("silk", companies=4, start=5)
    )
    assert publishable(amounts, ["all", "silk", "wood", "clay"]) == {"all", "silk"}


def test_two_small_cells_that_make_two_companies_together_need_a_third():
    """Both are withheld, but their sum follows from the total: it too rests on two companies."""
    amounts = [
        *of_many("clay", companies=1), *of_many("silk", companies=1, start=1), *of_many("wood", companies=3, start=2)
    ]  # fmt: skip
    assert publishable(amounts, ["all", "wood", "clay", "silk"]) == {"all"}


def test_nothing_is_withheld_where_all_are_many():
    amounts = of_many("clay", companies=3) + of_many("wood", companies=3, start=3)
    assert publishable(amounts, ["all", "clay", "wood"]) == {"all", "clay", "wood"}


def test_a_cell_that_holds_nothing_is_shown():
    assert publishable(of_many("clay", companies=3), ["all", "clay", "silk"]) == {"all", "clay", "silk"}
    assert publishable([], ["all"]) == {"all"}


def test_a_small_amount_beside_a_large_one_leaves_it_no_room():
    """A withheld neighbour of next to nothing would let the total tell the small cell within a thousandth."""
    large = [contract(10_000, "m0", "b0", "clay", "all")]
    crumbs = of_many("wood", companies=3, start=1, value=1)
    rest = of_many("silk", companies=3, start=4, value=5_000)
    assert publishable(large + crumbs + rest, ["all", "silk", "wood", "clay"]) == {"all"}


def test_a_later_table_that_differs_by_one_contract_is_withheld():
    """The same contracts stand in both, so that what was published before still counts."""
    first = [contract(100, f"m{n}", f"b{n}", (1, "all"), (2, "all")) for n in range(4)]
    one_more = [*first, contract(70, "m9", "b9", (2, "all"))]
    assert publishable(first, [(2, "all")], told=[(1, "all")]) == {(2, "all")}
    assert publishable(one_more, [(2, "all")], told=[(1, "all")]) == set()
    three_more = [*first, *(contract(70, f"m{n}", f"b{n}", (2, "all")) for n in (7, 8, 9))]
    assert publishable(three_more, [(2, "all")], told=[(1, "all")]) == {(2, "all")}


def test_a_corrected_value_is_not_told_by_the_difference():
    same = [contract(100, f"m{n}", f"b{n}", (1, "all"), (2, "all")) for n in range(4)]
    corrected = [contract(80, "m9", "b9", (1, "all")), contract(90, "m9", "b9", (2, "all"))]
    assert publishable(same + corrected, [(2, "all")], told=[(1, "all")]) == set()


def test_what_was_told_before_is_no_reason_to_withhold_what_tells_nothing_more():
    """Two companies that were published apart, by whomever, do not stop the total of many."""
    amounts = of_many("clay", companies=2, more=["told"]) + of_many("wood", companies=3, start=2)
    assert publishable(amounts, ["all"], told=["told"]) == {"all"}


def random_amounts(chance, kind):
    """A table of two ways with margins; `linked` shares its rows with another, `nested` joins columns to regions."""
    makers, buyers = chance.randint(4, 8), chance.randint(4, 8)
    rows, columns = chance.randint(2, 4), chance.randint(2, 4)
    amounts = []
    for _number in range(chance.randint(6, 18)):
        row, column, other = chance.randrange(rows), chance.randrange(columns), chance.randrange(3)
        cells = {"all", ("row", row), ("column", column), ("cell", row, column)}
        cells |= {("other", other), ("linked", row, other)} if kind == "linked" else set()
        cells |= {("region", column // 2), ("in region", row, column // 2)} if kind == "nested" else set()
        value = round(chance.lognormvariate(4, 1.5), 2) + 0.01
        amounts.append(contract(value, f"m{chance.randrange(makers)}", f"b{chance.randrange(buyers)}", *cells))
    return amounts


def in_versions(chance, kind):
    """The same contracts on two days: some came, some were corrected, some cancelled meanwhile."""
    amounts = []
    for one in random_amounts(chance, kind):
        days = chance.choice([(1, 2), (1, 2), (1, 2), (2,), (1,)])
        at = {day: {(day, cell) for cell in one.cells} for day in (1, 2)}
        if days == (1, 2) and chance.random() < 0.15:
            amounts += [
                Amount(one.value, one.companies, frozenset(at[1])),
                Amount(one.value * 2, one.companies, frozenset(at[2])),
            ]
        else:
            amounts.append(Amount(one.value, one.companies, frozenset().union(*(at[day] for day in days))))
    return amounts


def by_size(amounts, cells):
    """Cells of many companies first, as a publication asks for them; by their names where they are as many."""
    size = Counter(cell for one in amounts for cell in one.cells)
    return sorted(cells, key=lambda cell: (-size[cell], repr(cell)))


def cells_of(amounts, day=None):
    every = {cell for one in amounts for cell in one.cells if day is None or cell[0] == day}
    return by_size(amounts, every)


def published(chance, kind):
    """Amounts with all that was published of them, on one day or two, and the small cells that were not."""
    if kind != "versions":
        amounts = random_amounts(chance, kind)
        cells = cells_of(amounts)
        return amounts, publishable(amounts, cells), cells
    amounts = in_versions(chance, chance.choice(["plain", "linked", "nested"]))
    first = [one for one in amounts if any(cell[0] == 1 for cell in one.cells)]
    told = publishable(first, cells_of(first, 1))
    cells = cells_of(amounts, 2)
    return amounts, told | publishable(amounts, cells, told), [*cells_of(first, 1), *cells]


def small(amounts, cells):
    return [cell for cell in cells if too_few([one for one in amounts if cell in one.cells])]


@pytest.mark.once
@pytest.mark.parametrize("part", range(PARTS))
def test_an_attacker_finds_nothing_in_thousands_of_random_tables(part):
    seen = Counter()
    for seed in range(part * TABLES // PARTS, (part + 1) * TABLES // PARTS):
        chance = random.Random(seed)
        kind = ("plain", "linked", "nested", "versions")[seed % 4]
        amounts, shown, cells = published(chance, kind)
        withheld = small(amounts, cells)
        assert not shown & set(withheld), seed
        assert read_alone(amounts, sorted(shown, key=repr)) == [], (seed, kind)
        assert too_near(amounts, sorted(shown, key=repr), withheld) == {}, (seed, kind)
        seen.update(shown=len(shown), withheld=len(withheld), told=bool(shown))
    assert seen["shown"] > 300
    assert seen["withheld"] > 1000
    assert seen["told"] > 150


def test_the_attacker_finds_much_where_only_small_cells_are_withheld():
    """The control: without what is withheld beside them, the margins tell most of them."""
    read, near = 0, 0
    for seed in range(40):
        amounts = random_amounts(random.Random(seed), "plain")
        cells = cells_of(amounts)
        withheld = small(amounts, cells)
        naive = [cell for cell in cells if cell not in withheld]
        read += bool(read_alone(amounts, naive))
        near += bool(too_near(amounts, naive, withheld))
    assert read > 20
    assert near > 10
    assert FEWEST == 3
