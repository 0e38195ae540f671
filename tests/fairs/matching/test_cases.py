"""Each outcome and each rule of the matcher, by hand; and whatever comes in, no đồng is lost or doubled."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairs.money.matching import FoundBy, Line, Money, Outcome, Owed, Rule, Standing, match
from fairs.money.references import SYMBOLS, compose

D = Decimal
DUE = date(2018, 9, 20)


def owed(key: int, amount: int = 100, **given_: Any) -> Owed:
    """A notice of a firm of its own, in đồng."""
    names = {1: ("Công ty TNHH Gốm Giang Cao",), 2: ("Hợp tác xã Mây tre Phú Vinh",), 3: ("Công ty Gốm Giang Cao Mới",)}
    fields: dict[str, Any] = {
        "balance": Money(D(amount), "VND"), "due_on": DUE, "firm": key, "names": names.get(key, ()),
        "people": ("Trần Văn Lực",) if key == 1 else (),
    }  # fmt: skip
    return Owed(key=key, **{"reference": compose("HGS18", key)} | fields | given_)


def line(text: str, amount: int | str = 100, payer: str = "", **given_: Any) -> Line:
    fields: dict[str, Any] = {"transaction": "T1", "booked_on": DUE, "money": Money(D(amount), "VND")}
    return Line(text=text, payer=payer, **fields | given_)


def only(one: Line, *notices: Owed, **given_: Any) -> Any:
    (found,) = match([one], notices or [owed(1)], **given_)
    return found


REF, REF2 = compose("HGS18", 1), compose("HGS18", 2)  # HGS1800001I, HGS1800002J
assert (REF, REF2) == ("HGS1800001I", "HGS1800002J")


# ---- finding the reference -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "HGS1800001I",
        "hgs1800001i",
        "MBVCB.4410223371.HGS1800001I.CT tu 0123456789 toi 0011001510883",
        "H G S 1 8 0 0 0 0 1 I",
        "HGS18-00001-I thanh toán tiền gian hàng",
        "thanhtoanHGS1800001Igianhang",
        "HGS18000\n01I",
        "ＨＧＳ１８００００１Ｉ",
        "Hgs1800001Í",
        "HGS1800001I HGS1800001I",
        "HGS18HGS1800001I",
    ],
)
def test_the_reference_is_found_however_it_is_mangled(text):
    found = only(line(text))
    assert (found.outcome, found.notices, found.found_by) == (Outcome.EXACT, (1,), FoundBy.REFERENCE)


@pytest.mark.parametrize("text", ["HGS18OOOO1I", "HG5180000I1", "HGSI8000011", "hgs l8 oooo1 l"])
def test_look_alikes_count_when_the_amount_confirms_them(text):
    found = only(line(text))
    assert (found.outcome, found.notices, found.found_by) == (Outcome.EXACT, (1,), FoundBy.LOOK_ALIKE)
    doubtful = only(line(text, 99))
    assert (doubtful.outcome, doubtful.rules, doubtful.notices) == (Outcome.UNCERTAIN, (Rule.LOOK_ALIKE,), (1,))


@pytest.mark.parametrize("text", ["HGS1800002I", "HGS1800010I", "HGX1800001I", "HGS1800001"])
def test_a_damaged_reference_is_left_to_a_person(text):
    found = only(line(text), owed(1), owed(2))
    assert (found.outcome, found.rules, found.parts) == (Outcome.UNCERTAIN, (Rule.CHECK_CHARACTER,), ())


def test_of_a_damaged_reference_the_nearest_ones_are_suggested_after_those_of_the_payer():
    near = only(line("HGS1800010I", 7), *(owed(key, 7 if key == 1 else 100) for key in range(1, 40)))
    assert (near.rules, near.notices) == ((Rule.CHECK_CHARACTER,), (1, 10, 13, 30))
    payers = only(line("HGS1800010I", payer="HTX MAY TRE PHU VINH"), owed(1), owed(2))
    assert payers.notices == (2, 1)


def test_a_damaged_reference_counts_with_amount_and_payer():
    found = only(line("HGS1800007I", payer="CTY TNHH GOM GIANG CAO"), owed(1), owed(2))
    assert (found.outcome, found.notices, found.found_by) == (Outcome.EXACT, (1,), FoundBy.AMOUNT_AND_PAYER)
    assert found.rules == (Rule.CHECK_CHARACTER,)


def test_a_reference_that_nothing_here_has_is_left_to_a_person():
    found = only(line(compose("HGS18", 4711), payer="CTY TNHH GOM GIANG CAO"))
    assert (found.outcome, found.rules, found.notices) == (Outcome.UNCERTAIN, (Rule.UNKNOWN_REFERENCE,), (1,))


def test_of_two_prefixes_the_longer_one_is_meant():
    short = owed(1, reference=compose("HGS18", 1))
    long = owed(2, reference=compose("HGS18B", 1))
    assert only(line(f"x{long.reference}y"), short, long).notices == (2,)
    assert only(line(f"x{short.reference}y"), short, long).notices == (1,)


# ---- the outcomes ----------------------------------------------------------------------------------------------


def test_less_and_more_than_is_owed():
    less, more = only(line(REF, 40)), only(line(REF, 130))
    assert (less.outcome, less.rules, less.parts[0].money, less.rest.amount) == (
        Outcome.PART, (Rule.LESS_THAN_OWED,), Money(D(40), "VND"), 0,
    )  # fmt: skip
    assert (more.outcome, more.rules, more.parts[0].money, more.rest.amount) == (
        Outcome.OVER, (Rule.MORE_THAN_OWED,), Money(D(100), "VND"), 30,
    )  # fmt: skip


def test_the_rest_settles_and_what_comes_after_is_double():
    lines = [line(REF, amount, transaction=f"T{n}") for n, amount in enumerate((40, 60, 100))]
    assert [one.outcome for one in match(lines, [owed(1)])] == [Outcome.PART, Outcome.EXACT, Outcome.DUPLICATE]


def test_more_than_is_owed_may_be_for_another_notice_of_the_firm():
    found = only(line(REF, 150), owed(1), owed(4, 50, firm=1))
    assert (found.outcome, found.rules, found.notices) == (Outcome.UNCERTAIN, (Rule.REST_IS_OWED,), (1,))


def test_another_currency_is_never_converted():
    found = only(line(REF, money=Money(D(100), "USD")))
    assert (found.outcome, found.rules, found.notices) == (Outcome.WRONG_CURRENCY, (Rule.CURRENCY_DIFFERS,), (1,))
    assert (found.parts, found.rest) == ((), Money(D(100), "USD"))


def test_a_line_counts_once_within_a_statement_and_across_statements():
    twice = match([line(REF, 50), line(REF, 50)], [owed(1)])
    assert [one.outcome for one in twice] == [Outcome.PART, Outcome.DUPLICATE]
    assert twice[1].rules == (Rule.SAME_TRANSACTION,)
    assert only(line(REF), seen={"T1"}).outcome == Outcome.DUPLICATE


def test_money_for_what_is_paid_or_cancelled_waits():
    paid = only(line(REF), owed(1, standing=Standing.SETTLED))
    assert (paid.outcome, paid.rules, paid.parts) == (Outcome.DUPLICATE, (Rule.ALREADY_PAID,), ())
    cancelled = only(line(REF), owed(1, standing=Standing.CANCELLED))
    assert (cancelled.outcome, cancelled.rules, cancelled.parts) == (Outcome.LATE, (Rule.CANCELLED,), ())


def test_late_is_after_the_day_and_not_on_it():
    assert only(line(REF, booked_on=DUE)).outcome == Outcome.EXACT
    late = only(line(REF, booked_on=DUE + timedelta(days=1)))
    assert (late.outcome, late.rules, late.parts[0].key) == (Outcome.LATE, (Rule.AFTER_DUE,), 1)


def test_several_notices_are_paid_by_their_sum():
    found = only(line(f"{REF},{REF2}", 300), owed(1), owed(2, 200))
    assert (found.outcome, found.notices) == (Outcome.SEVERAL, (1, 2))
    assert [part.money.amount for part in found.parts] == [100, 200]
    for amount in (299, 301, 100):
        found = only(line(f"{REF} {REF2}", amount), owed(1), owed(2, 200))
        assert (found.outcome, found.rules, found.notices) == (Outcome.UNCERTAIN, (Rule.SUM_DIFFERS,), (1, 2))


def test_several_notices_of_which_one_is_gone_are_left_to_a_person():
    found = only(line(f"{REF} {REF2}", 100), owed(1), owed(2, standing=Standing.SETTLED))
    assert (found.outcome, found.rules) == (Outcome.UNCERTAIN, (Rule.ALREADY_PAID,))


@pytest.mark.parametrize(
    ("payer", "outcome"),
    [
        ("", Outcome.EXACT),
        ("CTY TNHH GOM GIANG CAO", Outcome.EXACT),
        ("tran van luc", Outcome.EXACT),
        ("PHAM VAN NGUOI LA", Outcome.BY_OTHER),
    ],
)
def test_who_paid_is_compared_with_who_owes(payer, outcome):
    assert only(line(REF, payer=payer)).outcome == outcome


def test_another_payer_is_named_even_when_the_amount_differs():
    found = only(line(REF, 40, payer="PHAM VAN NGUOI LA", booked_on=DUE + timedelta(days=3)))
    assert (found.outcome, found.rules) == (
        Outcome.PART, (Rule.LESS_THAN_OWED, Rule.OTHER_PAYER, Rule.AFTER_DUE),
    )  # fmt: skip


def test_a_payer_who_owes_as_much_may_have_copied_the_wrong_reference():
    found = only(line(REF, payer="HTX MAY TRE PHU VINH"), owed(1), owed(2))
    assert (found.outcome, found.rules, found.notices) == (Outcome.UNCERTAIN, (Rule.PAYER_OWES_THE_SAME,), (1, 2))
    assert only(line(REF, payer="HTX MAY TRE PHU VINH"), owed(1), owed(2, 200)).outcome == Outcome.BY_OTHER


# ---- without a reference ---------------------------------------------------------------------------------------


def test_amount_and_payer_together_find_a_notice():
    found = only(line("tien gian hang", payer="CONG TY TNHH GOM GIANG CAO"), owed(1), owed(2), owed(3))
    assert (found.outcome, found.notices, found.found_by) == (Outcome.EXACT, (1,), FoundBy.AMOUNT_AND_PAYER)


def test_a_tax_code_in_the_text_says_who_pays():
    found = only(line("MST 0101234567 nop tien"), owed(1, tax_code="0101234567"), owed(2))
    assert (found.outcome, found.notices) == (Outcome.EXACT, (1,))


@pytest.mark.parametrize(
    ("one", "notices", "rule", "suggested"),
    [
        (line("", payer="GOM GIANG CAO"), [owed(1), owed(4, firm=1)], Rule.SEVERAL_FIT, (1, 4)),
        (line("", payer="GOM GIANG CAO"), [owed(1), owed(5, 7, names=("Gốm Giang Cao",))], Rule.SEVERAL_FIT, (1,)),
        (line("", 70, payer="GOM GIANG CAO"), [owed(1)], Rule.AMOUNT_DIFFERS, (1,)),
        (line("nop cho Gốm Giang Cao", payer="AI DO"), [owed(1), owed(2)], Rule.NAME_IN_TEXT_ONLY, (1,)),
        (line("nop cho gom giang cao moi"), [owed(1), owed(3)], Rule.NAME_IN_TEXT_ONLY, (3,)),
        (line("tien gian hang", payer="Trần Văn Lực"), [owed(1)], Rule.PAYER_UNKNOWN, (1,)),
    ],
)
def test_what_only_seems_to_fit_is_left_to_a_person_with_the_rule(one, notices, rule, suggested):
    found = only(one, *notices)
    assert (found.outcome, found.rules, found.notices, found.parts) == (Outcome.UNCERTAIN, (rule,), suggested, ())


@pytest.mark.parametrize(
    ("one", "rule"),
    [
        (line("luong thang 9", 77), Rule.NOTHING_FITS),
        (line(REF, -100), Rule.NOT_INCOMING),
        (line(REF, 0), Rule.NOT_INCOMING),
    ],
)
def test_what_fits_nothing_says_so(one, rule):
    found = only(one)
    assert (found.outcome, found.rules, found.notices) == (Outcome.NONE, (rule,), ())


def test_of_many_suggestions_five_are_shown():
    assert len(only(line("tien"), *(owed(key) for key in range(1, 20))).notices) == 5


def test_nothing_owed_is_nothing_found():
    (found,) = match([line(REF)], [])
    assert found.outcome == Outcome.NONE


# ---- whatever comes --------------------------------------------------------------------------------------------


def test_money_is_exact():
    with pytest.raises(TypeError):
        Money(1.5, "VND")  # type: ignore[arg-type]
    for none in (D("NaN"), D("Infinity")):
        with pytest.raises(ValueError, match="no amount"):
            Money(none, "VND")


def test_two_notices_never_share_a_reference():
    with pytest.raises(ValueError, match="share"):
        match([], [owed(1), owed(2, reference=REF)])


pieces = st.sampled_from(
    [REF, REF2, REF.lower(), "HGS18OOOO1I", "HGS1800007I", "Gốm Giang Cao", " ", "x", "0101234567"]
)
payers = st.sampled_from(["", "GOM GIANG CAO", "HTX MAY TRE PHU VINH", "TRAN VAN LUC", "AI DO"])
some_lines = st.builds(
    lambda transaction, text, amount, currency, payer, late: Line(
        f"T{transaction}", DUE + timedelta(days=late), Money(D(amount), currency), "".join(text), payer
    ),
    st.integers(0, 30), st.lists(pieces, max_size=4), st.sampled_from([-100, 0, 1, 50, 99, 100, 101, 200, 300]),
    st.sampled_from(["VND", "VND", "VND", "USD"]), payers, st.integers(-1, 1),
)  # fmt: skip
some_notices = st.tuples(
    st.sampled_from(list(Standing)),
    st.sampled_from(list(Standing)),
    st.sampled_from([100, 200]),
    st.sampled_from([1, 2]),
).map(lambda t: [owed(1, standing=t[0]), owed(2, t[2], standing=t[1], firm=t[3]), owed(3), owed(4, 50, firm=1)])


@given(lines=st.lists(some_lines, max_size=8), notices=some_notices)
def test_no_dong_is_lost_doubled_or_given_to_what_is_not_owed(lines, notices):
    left = {one.key: one.balance.amount if one.standing == Standing.OPEN else D(0) for one in notices}
    found = match(lines, notices)
    assert [one.line for one in found] == lines
    for one in found:
        given_out = sum((part.money.amount for part in one.parts), D(0))
        assert given_out + one.rest.amount == one.line.money.amount
        assert all(part.money.currency == one.line.money.currency == "VND" for part in one.parts)
        assert bool(one.parts) == (one.found_by is not None and one.rest != one.line.money)
        for part in one.parts:
            assert 0 < part.money.amount <= left[part.key]
            left[part.key] -= part.money.amount
        if one.outcome in {Outcome.EXACT, Outcome.PART, Outcome.SEVERAL, Outcome.BY_OTHER}:
            assert one.rest.amount == 0
        assert one.rules or one.outcome in {Outcome.EXACT, Outcome.SEVERAL}


@given(text=st.text(max_size=60), amount=st.integers(-5, 300))
def test_any_text_at_all_is_read(text, amount):
    only(line(text, amount, payer=text[:20]))


@given(place=st.integers(0, 10), symbol=st.sampled_from(SYMBOLS), amount=st.sampled_from([40, 100, 130]))
def test_a_slip_of_one_character_never_pays_another_notice(place, symbol, amount):
    notices = [owed(key, firm=key, names=()) for key in range(1, 60)]
    found = only(line(REF[:place] + symbol + REF[place + 1 :], amount), *notices)
    assert not found.certain or found.notices == (1,)
