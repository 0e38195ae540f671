"""The invented fair is the same on every machine, full size, in correct spelling, with facts that check."""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

import phonenumbers
import pycountry
import pytest

from booths.floorplan import reference_floor
from fairs import invention
from fairs.invention import tax_codes
from fairs.invention.arrivals import Arrival
from fairs.invention.exhibitors import ExhibitorIdea
from fairs.invention.importers import ImporterIdea
from fairs.invention.products import patterns
from fairs.invention.rates import in_usd
from fairs.invention.tables import rows
from fairs.invention.words import CHOICE, apportioned, slug
from fairs.reference import craft_villages, product_groups, provinces

SEED = 2018
FAIR = date(2018, 10, 18)


@pytest.fixture(scope="module")
def exhibitors() -> list[ExhibitorIdea]:
    return invention.exhibitors(SEED)


@pytest.fixture(scope="module")
def importers() -> list[ImporterIdea]:
    return invention.importers(SEED)


@pytest.fixture(scope="module")
def passages() -> list[Arrival]:
    return invention.arrivals(SEED)


@pytest.mark.parametrize(
    ("invented", "digest"),
    [
        ("exhibitors", "9a00e949b6371b58"),
        ("importers", "e8d4c3459ad21413"),
        ("deals", "226b7d9d6990c681"),
        ("arrivals", "5593f494baa9710a"),
    ],
)
def test_one_seed_gives_one_answer_everywhere(invented: str, digest: str) -> None:
    answer = getattr(invention, invented)(SEED)
    assert hashlib.sha256(repr(answer).encode()).hexdigest()[:16] == digest


def test_another_seed_gives_another_fair(exhibitors: list[ExhibitorIdea]) -> None:
    assert {idea.key for idea in invention.exhibitors(7)} != {idea.key for idea in exhibitors}


def test_every_text_is_composed_unicode(exhibitors: list[ExhibitorIdea], importers: list[ImporterIdea]) -> None:
    ideas = [
        *exhibitors,
        *importers,
        *invention.deals(SEED),
        *invention.officers(),
        *invention.programme(),
        *invention.legal_papers(),
    ]
    for text in _texts(ideas):
        assert unicodedata.is_normalized("NFC", text), text
        assert text == text.strip(), text
        assert "{" not in text, text


class TestExhibitors:
    def test_fill_the_fair(self, exhibitors: list[ExhibitorIdea]) -> None:
        assert len(exhibitors) == 250
        assert sum(not idea.resident for idea in exhibitors) == 18
        assert 560 <= sum(idea.booths for idea in exhibitors) <= 620
        assert {idea.booths for idea in exhibitors} == {1, 2, 3, 4, 5, 6}

    def test_wish_for_no_more_than_their_sector_has(self, exhibitors: list[ExhibitorIdea]) -> None:
        places = reference_floor().booths_by_zone()
        wanted = Counter[str]()
        for idea in exhibitors:
            wanted[idea.sector] += idea.booths
        assert wanted.keys() == places.keys()
        assert all(0.65 * places[zone] < wanted[zone] <= 0.97 * places[zone] for zone in places)

    def test_show_goods_that_belong_to_their_sector(self, exhibitors: list[ExhibitorIdea]) -> None:
        zones = {zone.code: zone.product_groups for zone in reference_floor().zones}
        assert all(idea.groups[0] in zones[idea.sector] for idea in exhibitors if idea.resident)

    def test_come_from_39_provinces_of_2018(self, exhibitors: list[ExhibitorIdea]) -> None:
        by_province = Counter(idea.province for idea in exhibitors if idea.resident)
        known = {province.code for province in provinces(FAIR)}
        assert len(by_province) == 39
        assert by_province.keys() <= known
        assert 0.42 < by_province["01"] / by_province.total() < 0.5

    @pytest.mark.parametrize("seed", [1, 2, 3])
    def test_come_from_39_provinces_whatever_the_seed(self, seed: int) -> None:
        assert len({idea.province for idea in invention.exhibitors(seed) if idea.resident}) == 39

    def test_villages_are_known_and_make_such_goods(self, exhibitors: list[ExhibitorIdea]) -> None:
        makes = {village.slug: village.product_group for village in craft_villages()}
        with_village = [idea for idea in exhibitors if idea.village]
        assert len(with_village) > 80
        assert all(makes[idea.village] == idea.groups[0] for idea in with_village)
        assert all(idea.province == "01" for idea in with_village)

    @pytest.mark.parametrize("count", [250, 500])
    def test_nothing_that_must_be_unique_comes_twice(self, count: int) -> None:
        ideas = invention.exhibitors(SEED, count)
        assert len({idea.key for idea in ideas}) == count
        assert len({idea.name_vi for idea in ideas}) >= count * 0.98
        assert len({idea.contact.email for idea in ideas}) == count
        codes = [idea.tax_code for idea in ideas if idea.resident]
        assert len(set(codes)) == len(codes)

    def test_tax_codes_check_and_are_out_of_range(self, exhibitors: list[ExhibitorIdea]) -> None:
        codes = [idea.tax_code for idea in exhibitors if idea.resident]
        assert all(tax_codes.is_valid(code) and code.startswith("99") for code in codes)
        assert all(idea.tax_code == "" for idea in exhibitors if not idea.resident)

    def test_goods_are_coded_priced_and_hardly_ever_alike(self, exhibitors: list[ExhibitorIdea]) -> None:
        goods = [article for idea in exhibitors for article in idea.products]
        codes = {group.code: group.hs6 for group in product_groups()}
        assert all(2 <= len(idea.products) <= 6 for idea in exhibitors)
        for article in goods:
            assert article.group == "service" or (article.hs6.isdigit() and len(article.hs6) == 6)
            assert 0 < article.price_low <= article.price_high
            assert 0 < article.moq <= article.capacity_month
        assert all(
            article.hs6 in codes[article.group]
            for idea in exhibitors
            if idea.resident and idea.sector != "HT"
            for article in idea.products
        )
        assert len({article.name_vi for article in goods}) > 0.98 * len(goods)

    def test_speak_in_two_sentences(self, exhibitors: list[ExhibitorIdea]) -> None:
        for idea in exhibitors:
            assert idea.description_vi.count(". ") >= 1
            assert idea.description_vi.endswith(".")
            assert idea.description_en.endswith(".")

    def test_small_and_large_fairs_keep_their_count(self) -> None:
        assert len(invention.exhibitors(SEED, 10)) == 10
        assert len(invention.exhibitors(SEED, 300)) == 300

    def test_contacts_can_be_reached_only_at_example(self, exhibitors: list[ExhibitorIdea]) -> None:
        for idea in exhibitors:
            assert idea.email.endswith(".example")
            assert idea.contact.email.endswith(".example")
            assert phonenumbers.is_possible_number(phonenumbers.parse(idea.phone)), idea.phone


class TestImporters:
    def test_come_from_forty_countries(self, importers: list[ImporterIdea]) -> None:
        by_country = Counter(idea.country for idea in importers)
        assert len(importers) == 640
        assert len(by_country) == 40
        assert all(pycountry.countries.get(alpha_2=code) for code in by_country)
        assert [code for code, _ in by_country.most_common(4)] == ["JP", "US", "DE", "KR"]

    def test_a_hundred_and_twenty_are_hosted(self, importers: list[ImporterIdea]) -> None:
        grades = Counter(idea.hosted for idea in importers)
        assert grades == {"": 520, "full": 40, "semi": 50, "appointment": 30}

    @pytest.mark.parametrize("count", [640, 1280])
    def test_nothing_that_must_be_unique_comes_twice(self, count: int) -> None:
        ideas = invention.importers(SEED, count)
        assert len({idea.key for idea in ideas}) == len({idea.contact.email for idea in ideas}) == count
        assert len({idea.name for idea in ideas}) == count

    def test_can_be_reached_only_at_example(self, importers: list[ImporterIdea]) -> None:
        for idea in importers:
            assert idea.contact.email.isascii()
            assert idea.contact.email.endswith(".example")
            assert phonenumbers.is_valid_number(phonenumbers.parse(idea.phone)), idea.phone

    def test_badges_can_print_the_latin_name(self, importers: list[ImporterIdea]) -> None:
        for idea in importers:
            assert all("LATIN" in unicodedata.name(mark) for mark in idea.contact.latin if mark.isalpha())
        own = {idea.country for idea in importers if idea.contact.original}
        assert {"JP", "KR", "CN", "TW", "HK", "TH", "RU", "IL", "LA", "KH"} <= own

    def test_want_known_groups_and_stay_for_the_fair(self, importers: list[ImporterIdea]) -> None:
        known = {group.code for group in product_groups()}
        for idea in importers:
            assert set(idea.groups) <= known
            assert 1 <= len(idea.groups) == len(set(idea.groups)) <= 4
            assert idea.arrival < idea.departure
            assert idea.arrival <= date(2018, 10, 21)


class TestTheRest:
    def test_officers_cover_every_role(self) -> None:
        officers = invention.officers()
        assert {officer.role for officer in officers} == {
            "director",
            "booth_desk",
            "finance",
            "importer_desk",
            "gate",
            "matchmaking_desk",
            "reports",
            "reviewer",
            "visa",
            "privacy",
        }
        assert len({officer.person.email for officer in officers}) == len(officers) == 16

    def test_eighty_contracts_come_to_about_four_million(self) -> None:
        for seed in (SEED, 1, 2):
            contracts = [deal for deal in invention.deals(seed) if deal.kind == "contract"]
            assert len(contracts) == 80
            assert 3_900_000 < sum(deal.value_usd for deal in contracts) < 4_150_000
            assert len({deal.currency for deal in contracts}) >= 4
            assert 5 <= sum(deal.trial for deal in contracts) <= 15
            assert all(deal.value_usd == in_usd(deal.value, deal.currency) > 0 for deal in contracts)
        assert sum(deal.kind == "memorandum" for deal in invention.deals(SEED)) == 25

    def test_rates_hold_the_dollar_at_one(self) -> None:
        by_currency = {rate.currency: rate for rate in invention.rates()}
        assert by_currency["USD"].usd == 1
        assert by_currency["VND"].vnd == 1
        assert len(by_currency) == 11
        assert in_usd(Decimal(100), "EUR") == Decimal("114.71")
        with pytest.raises(KeyError):
            in_usd(Decimal(1), "XXX")

    def test_programme_runs_in_order_over_four_days(self) -> None:
        events = invention.programme()
        assert [event.day.day for event in events] == sorted(event.day.day for event in events)
        assert {event.day.day for event in events} == {18, 19, 20, 21}
        assert all(event.start < event.end for event in events)

    def test_papers_and_targets(self) -> None:
        assert [paper.number for paper in invention.legal_papers()] == [
            "50/KH-UBND",
            "1236/TTr-SCT",
            "1237/TTr-SCT",
        ]
        plan = {target.key: target.value for target in invention.targets()}
        parts = plan["B2.international"] + plan["B2.domestic"] + plan["B2.technical"]
        assert parts == plan["B1.planned"] == 650

    def test_arrivals_take_turns_and_hit_the_number(self, passages: list[Arrival]) -> None:
        entries = [passage for passage in passages if passage.direction == "in"]
        assert len(entries) == 18_000
        assert passages == sorted(passages)
        assert len({(entry.kind, entry.person) for entry in entries if entry.kind == "importer"}) == 480
        inside: Counter[tuple[str, int]] = Counter()
        for passage in passages:
            inside[passage.kind, passage.person] += 1 if passage.direction == "in" else -1
            assert inside[passage.kind, passage.person] in (0, 1)
        assert not any(inside.values())

    def test_arrivals_peak_at_ten_and_at_two(self, passages: list[Arrival]) -> None:
        hours = Counter(passage.time.hour for passage in passages if passage.direction == "in")
        assert hours.most_common(1)[0][0] == 10
        assert hours[12] < hours[14] > hours[16]

    def test_arrivals_scale(self) -> None:
        tenth = invention.arrivals(SEED, factor=0.1)
        assert sum(passage.direction == "in" for passage in tenth) == 1800


class TestTheWordLists:
    def test_both_languages_offer_the_same_choices(self) -> None:
        for pattern in patterns():
            options = [len(found.split("/")) for found in CHOICE.findall(pattern.name_vi)]
            assert options == [len(found.split("/")) for found in CHOICE.findall(pattern.name_en)], pattern

    def test_the_commonest_groups_have_a_dozen_patterns(self) -> None:
        usual = Counter(pattern.group for pattern in patterns() if not pattern.line)
        assert sum(count >= 12 for count in usual.values()) >= 12

    def test_every_group_is_known(self) -> None:
        known = {group.code for group in product_groups()}
        assert {pattern.group for pattern in patterns()} == known
        assert {row[3] for row in rows("places")} <= known
        assert {row[0] for row in rows("goods")} <= known
        assert {row[0] for row in rows("buyers")} <= known

    def test_every_line_of_goods_has_a_trade_and_articles(self) -> None:
        trades = {(row[0], row[1]) for row in rows("crafts")}
        articles = {(pattern.group, pattern.line) for pattern in patterns()}
        for row in rows("places"):
            assert (row[3], row[4]) in trades & articles, row

    def test_no_row_comes_twice(self) -> None:
        for name in ("brands", "products", "techniques", "openings", "places"):
            assert not [row for row, times in Counter(rows(name)).items() if times > 1], name


class TestTheFacts:
    def test_63_provinces_become_34(self) -> None:
        assert len(provinces(FAIR)) == 63
        assert len(provinces(date(2026, 7, 1))) == 34
        now = {province.code for province in provinces(date(2026, 7, 1))}
        assert all(province.successor in now for province in provinces(FAIR))

    def test_a_code_means_another_province_after_the_merger(self) -> None:
        before = {province.code: province.name_vi for province in provinces(FAIR)}
        after = {province.code: province.name_vi for province in provinces(date(2026, 7, 1))}
        assert (before["15"], after["15"]) == ("Yên Bái", "Lào Cai")
        assert before["46"] == "Thừa Thiên Huế"
        changed = {code for code in after if before[code] != after[code]}
        assert changed == {"15", "24", "44", "46", "52", "80", "82", "91"}

    def test_villages_and_groups(self) -> None:
        known = {group.code for group in product_groups()}
        assert len(craft_villages()) == 69
        assert len(known) == 35
        assert {village.product_group for village in craft_villages()} <= known
        assert len({village.slug for village in craft_villages()}) == 69
        for group in product_groups():
            assert all(len(code) == 6 and code[:4] in group.hs_headings for code in group.hs6), group.code


@pytest.mark.parametrize(("code", "valid"), [("0100109106", True), ("0100109107", False), ("12345", False)])
def test_the_check_digit_of_a_tax_code(code: str, valid: bool) -> None:
    assert tax_codes.is_valid(code) is valid


def test_shares_add_up() -> None:
    assert apportioned(10, [1, 1, 1]) == [4, 3, 3]
    assert sum(apportioned(640, [3, 5, 9, 11])) == 640
    assert slug("Đồ gỗ – Mỹ nghệ 2018") == "do-go-my-nghe-2018"


def _texts(value: object) -> Iterator[str]:
    """Every string inside dataclasses, lists and tuples."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
