"""The score of a pair: what fits, what is near, what nobody said, what there was before."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from matchmaking.ranking.facts import Goods
from matchmaking.ranking.fitting import capacity_fit, minimum_fit, overlap, price_fit
from matchmaking.ranking.scoring import scores, shares
from matchmaking.ranking.terms import COMPARED, WEIGHTS, Terms
from tests.matchmaking.ranking.pairs import ON, exhibitor, importer, score


def only(name, **more):
    """Terms in which one criterion alone weighs."""
    return Terms({one: (100 if one == name else 0) for one in WEIGHTS}, **more)


@pytest.mark.parametrize(
    ("name", "wanted", "offered", "expected"),
    [
        ("groups", {"groups": {"ceramics", "silk"}}, {"groups": {"ceramics"}}, 100),
        ("groups", {"groups": {"ceramics", "silk"}}, {"groups": {"ceramics", "bronze"}}, 50),
        ("groups", {"groups": {"silk"}}, {"groups": {"ceramics"}}, 0),
        ("groups", {"groups": set()}, {"groups": {"ceramics"}}, 40),
        ("markets", {"markets": {"JP", "FR"}}, {"markets": {"FR", "US", "DE"}}, 100),
        ("markets", {"markets": {"JP"}}, {"markets": {"US"}}, 0),
        ("markets", {"markets": {"JP"}}, {"markets": set()}, 40),
        ("languages", {"languages": {"en"}}, {"languages": {"vi", "en"}}, 100),
        ("languages", {"languages": {"ja"}}, {"languages": {"vi"}}, 0),
    ],
)
def test_lists_are_compared(name, wanted, offered, expected):
    assert score(importer(**wanted), exhibitor(**offered), terms=only(name)) == pytest.approx(expected)


def test_materials_are_those_of_the_goods():
    rattan = Goods("ceramics", frozenset({"rattan", "wood"}))
    assert score(importer(materials={"rattan"}), exhibitor(11, rattan), terms=only("materials")) == 100
    assert score(importer(materials={"silk"}), exhibitor(11, rattan), terms=only("materials")) == 0


@pytest.mark.parametrize(
    ("order", "minimum", "monthly", "expected"),
    [
        ("trial", 50, 1_000, 100),
        ("trial", 200, 1_000, 50),
        ("trial", 5_000, 1_000, 0),
        ("container", 100, 5_000, 100),
        ("container", 100, 1_000, 50),
        ("container", 100, 10, 0),
        ("small", None, None, 40),
        ("", 50, 1_000, 40),
    ],
)
def test_an_order_fits_the_smallest_order_and_what_can_be_made(order, minimum, monthly, expected):
    goods = Goods("ceramics", minimum=minimum, monthly=monthly)
    assert score(importer(order=order), exhibitor(11, goods), terms=only("order")) == pytest.approx(expected)


def test_the_goods_looked_for_count_and_all_where_there_are_none():
    cheap, dear = Goods("ceramics", price="entry"), Goods("silk", price="fine")
    terms = only("price")
    assert score(importer(price="fine"), exhibitor(11, cheap, dear), terms=terms) == 0
    assert score(importer(price="fine", groups={"silk"}), exhibitor(11, cheap, dear), terms=terms) == 100
    assert score(importer(price="fine", groups={"bronze"}), exhibitor(11, cheap, dear), terms=terms) == 100
    assert score(importer(price="upper"), exhibitor(11, cheap, Goods("ceramics", price="middle")), terms=terms) == 50


def test_the_fits_of_one_thing():
    assert (price_fit("entry", "entry"), price_fit("entry", "middle"), price_fit("entry", "fine")) == (1, 0.5, 0)
    assert (price_fit("", "fine"), minimum_fit("", 1), capacity_fit("trial", None)) == (None, None, None)
    assert overlap(frozenset("ab"), frozenset()) is None


def test_a_certificate_counts_until_its_last_day():
    asked = importer(certificates={"fsc", "reach"})
    held = {"fsc": ON, "reach": ON - timedelta(days=1)}
    assert score(asked, exhibitor(certificates=held), terms=only("certificates")) == 50
    assert score(asked, exhibitor(certificates={"fsc": None, "reach": None}), terms=only("certificates")) == 100
    assert score(asked, exhibitor(), terms=only("certificates")) == 0


def test_who_asks_for_no_certificate_is_not_measured_by_any():
    plain = score(importer(), exhibitor())
    assert plain == score(importer(), exhibitor(certificates={"fsc": None}))
    assert plain > score(importer(certificates={"fsc"}), exhibitor())


def test_what_was_before_and_what_the_other_side_wishes_only_adds():
    pair = (1, 11)
    base = score(importer(), exhibitor())
    visited, met, signed = (
        score(importer(), exhibitor(), {pair: frozenset({kind})}) for kind in ("visited", "met", "deal")
    )
    assert base < visited < met < signed <= 100
    assert score(importer(), exhibitor(), {pair: frozenset({"like"})}) < score(
        importer(), exhibitor(), {pair: frozenset({"must"})}
    )
    assert score(importer(), exhibitor(), {(2, 11): frozenset({"deal"})}) == base
    heavy = replace(Terms(), weights={**WEIGHTS, "wishes": 100, "earlier": 100})
    assert score(importer(), exhibitor(), {pair: frozenset({"must", "deal"})}, heavy) == 100


def test_refusals_teach_in_the_documented_way():
    terms = Terms()
    assert terms.after({"price": 1}).weights["price"] == 15
    assert terms.after({"price": 2}).weights["price"] == 18
    assert terms.after({"price": 4}).weights == terms.after({"price": 9}).weights == {**WEIGHTS, "price": 24}
    assert terms.after({"known": 2}).weights["earlier"] == 5
    assert terms.after({"known": 9}).weights["earlier"] == 0
    assert terms.after({"other": 5}) == terms


def test_a_matrix_says_what_each_pair_says():
    goods = [Goods("ceramics", frozenset({"clay"}), "entry", 100, 900), Goods("silk", frozenset({"silk"}), "fine", 5)]
    importers = [
        importer(1, groups={"silk"}, materials={"silk"}, price="upper", order="trial", certificates={"fsc"}),
        importer(2, markets={"JP"}, languages={"ja"}),
        importer(3, groups=set()),
    ]
    exhibitors = [
        exhibitor(11, goods[0], markets={"JP"}, languages={"vi", "ja"}),
        exhibitor(12, goods[1], goods[0], certificates={"fsc": date(2020, 1, 1)}),
        exhibitor(13),
    ]
    ties = {(1, 12): frozenset({"met"}), (2, 11): frozenset({"scanned"})}
    found = scores(shares(importers, exhibitors, ties, on=ON), [Terms()] * 3)
    alone = [[score(one, other, ties) for other in exhibitors] for one in importers]
    assert np.allclose(found, alone)
    assert 0 <= found.min() <= found.max() <= 100


def test_weights_of_exhibitors_weigh_columns():
    importers, exhibitors = [importer(1), importer(2, groups={"silk"})], [exhibitor(11), exhibitor(12)]
    found = shares(importers, exhibitors, {}, on=ON)
    terms = [only("groups"), Terms({name: (1 if name == "markets" else 0) for name in WEIGHTS})]
    assert np.allclose(scores(found, terms, by_importer=False), [[100, 40], [0, 40]])
    assert set(COMPARED) < set(WEIGHTS)


def test_nobody_at_all_is_no_fault():
    assert scores(shares([], [exhibitor()], {}, on=ON), []).shape == (0, 1)
    assert scores(shares([importer()], [], {}, on=ON), [Terms()]).shape == (1, 0)
