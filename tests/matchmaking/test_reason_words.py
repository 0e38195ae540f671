"""Every reason the ranking gives has its sentence, in both languages, with names in place of codes."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.utils import translation

from matchmaking.ranking.facts import EARLIER, ORDERS, PRICES, SCANNED, WISHED, Goods
from matchmaking.ranking.reasons import Reason, explain
from matchmaking.reason_words import SENTENCES, Words
from tests import world
from tests.matchmaking.ranking.pairs import ON, exhibitor, importer
from tests.matchmaking.wishing import certificate, material

pytestmark = pytest.mark.django_db


def every_reason():
    """What is said of many pairs, each unlike the others."""
    goods = [
        Goods("ceramics", frozenset({"rattan"}), price, minimum, monthly)
        for price, minimum, monthly in product(["", *PRICES], [None, 10, 9_000], [None, 5, 90_000])
    ]
    asking = [
        importer(price=price, order=order, materials={"rattan"}, markets={"JP"}, languages={"ja"}, certificates={"fsc"})
        for price, order in product(PRICES, ORDERS)
    ]
    makers = [exhibitor(11, one, markets={"JP"}, languages={"ja"}, certificates={"fsc": None}) for one in goods]
    makers += [
        exhibitor(12, groups={"silk"}, markets={"US"}, languages={"vi"}, certificates={"fsc": ON - timedelta(days=1)}),
        exhibitor(13, Goods("silk", frozenset({"silk"})), groups={"silk"}),
    ]
    for one, other in product(asking, makers):
        yield from explain(one, other, on=ON, lifted=True)
    for kind in (*EARLIER, *WISHED, *SCANNED):
        yield from explain(importer(), exhibitor(), frozenset({kind}), on=ON)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_reason_has_its_sentence(language):
    said = {reason.code: reason for reason in every_reason()}
    with translation.override(language):
        words = Words()
        sentences = {code: words.sentence(reason) for code, reason in said.items()}
    assert {code.partition("_m")[0] if code.startswith("order_m") else code for code in SENTENCES} == set(said)
    assert all(sentence and "%(" not in sentence for sentence in sentences.values())


def test_names_stand_in_place_of_codes():
    world.product_group(), certificate("fsc"), material("rattan", "Mây")
    with translation.override("en"):
        words = Words()
        said = [
            Reason("groups", True, {"groups": ["ceramics"]}),
            Reason("no_material", False, {"materials": ["rattan", "unheard-of"]}),
            Reason("certificate_expired", False, {"certificates": ["fsc"], "until": date(2018, 10, 1)}),
            Reason("minimum_high", False, {"order": "trial", "minimum": 1_500, "monthly": None}),
            Reason("markets", True, {"countries": ["JP", "FR"]}),
            Reason("price_other", False, {"price": "fine", "prices": ["entry", "middle"]}),
            Reason("no_group", False, {"groups": list("abcdefg")}),
        ]
        assert [words.sentence(one) for one in said] == [
            "Looked for and made: Ceramics.",
            "Not made of rattan, unheard-of.",
            "The FSC certificate ran out on 1 Oct 2018.",
            "The smallest order is 1,500 pieces, more than the usual order.",
            "Sells there already: Japan, France.",
            "Another price: Under US$5 a piece, US$5 to 20 a piece.",
            "None of the goods looked for: a, b, c, d, e and 2 more.",
        ]
