"""Why a pair fits and what is missing: every criterion speaks, in codes with values."""

from datetime import timedelta

import pytest

from matchmaking.ranking.facts import Goods
from matchmaking.ranking.reasons import explain
from tests.matchmaking.ranking.pairs import ON, exhibitor, importer


def told(one, other, *kinds, **more):
    return {reason.code: dict(reason.values) for reason in explain(one, other, frozenset(kinds), on=ON, **more)}


def test_what_speaks_comes_before_what_is_missing():
    reasons = explain(importer(certificates={"fsc"}), exhibitor(), frozenset({"met"}), on=ON)
    assert [(one.code, one.speaks) for one in reasons] == [("met", True), ("groups", True), ("no_certificate", False)]


@pytest.mark.parametrize(
    ("wanted", "offered", "code"),
    [
        ({"groups": {"silk"}}, {}, "no_group"),
        ({"materials": {"rattan"}}, {"goods": (Goods("ceramics", frozenset({"rattan"})),)}, "materials"),
        ({"materials": {"rattan"}}, {"goods": (Goods("ceramics", frozenset({"silk"})),)}, "no_material"),
        ({"materials": {"rattan"}}, {}, "materials_unknown"),
        ({"price": "fine"}, {"goods": (Goods("ceramics", price="fine"),)}, "price"),
        ({"price": "fine"}, {"goods": (Goods("ceramics", price="upper"),)}, "price_near"),
        ({"price": "fine"}, {"goods": (Goods("ceramics", price="entry"),)}, "price_other"),
        ({"price": "fine"}, {}, "price_unknown"),
        ({"markets": {"JP"}}, {"markets": {"JP"}}, "markets"),
        ({"markets": {"JP"}}, {"markets": {"US"}}, "no_market"),
        ({"languages": {"ja"}}, {"languages": {"ja"}}, "languages"),
        ({"languages": {"ja"}}, {"languages": {"vi"}}, "no_language"),
    ],
)
def test_each_criterion_speaks(wanted, offered, code):
    assert code in told(importer(**wanted), exhibitor(**offered))


@pytest.mark.parametrize(
    ("order", "goods", "code"),
    [
        ("small", Goods("ceramics", minimum=100, monthly=900), "order"),
        ("trial", Goods("ceramics", minimum=500, monthly=900), "minimum_high"),
        ("container", Goods("ceramics", minimum=10, monthly=50), "capacity_short"),
        ("container", Goods("ceramics"), "order_unknown"),
    ],
)
def test_an_order_is_explained_by_its_numbers(order, goods, code):
    reasons = told(importer(order=order), exhibitor(11, goods))
    assert code in reasons
    if code != "order_unknown":
        assert reasons[code] == {"order": order, "minimum": goods.minimum, "monthly": goods.monthly}


def test_the_certificates_that_are_missing_are_named_and_one_that_ran_out_with_its_day():
    yesterday = ON - timedelta(days=1)
    asked = importer(certificates={"fsc", "gots", "reach", "smeta"})
    reasons = explain(asked, exhibitor(certificates={"fsc": None, "gots": yesterday}), on=ON)
    assert [(one.code, dict(one.values)) for one in reasons if "certificate" in one.code] == [
        ("certificates", {"certificates": ["fsc"]}),
        ("certificate_expired", {"certificates": ["gots"], "until": yesterday}),
        ("no_certificate", {"certificates": ["reach", "smeta"]}),
    ]


def test_of_what_was_before_the_most_is_told():
    assert list(told(importer(), exhibitor(), "visited", "deal", "met", "like", "must", "scanned"))[:3] == [
        "must", "deal", "scanned"
    ]  # fmt: skip


def test_who_is_lifted_is_told_so():
    assert "seldom_seen" in told(importer(), exhibitor(), lifted=True)
