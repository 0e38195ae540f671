"""The reference of a transfer: what its check character catches, over all cases there are."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairs.money import references
from fairs.money.references import QUASIGROUP, SYMBOLS, NotAReference, compose, is_sound, parse, prefix_of

ALL = range(36)
prefixes = st.text(SYMBOLS, min_size=1, max_size=9)
KNOWN = ["HGS1800001I", "HGS1800002J", "HGS1800012G", "HGS1899999T", "HGS18100000P"]
written = st.builds(compose, prefixes, st.integers(1, 999_999_999))


# ---- the proof: the three properties of a totally anti-symmetric quasigroup, case by case ----------------------


def test_every_row_and_column_holds_each_symbol_once():
    """So a single wrong character changes the state, and no later character can undo it."""
    for n in ALL:
        assert sorted(QUASIGROUP[n]) == list(ALL)
        assert sorted(row[n] for row in QUASIGROUP) == list(ALL)


def test_a_swap_of_neighbours_changes_the_state_wherever_it_stands():
    """All 36 states before it and all 630 pairs: (c∘x)∘y = (c∘y)∘x only for x = y."""
    caught = 0
    for state, x, y in product(ALL, ALL, ALL):
        if x < y:
            assert QUASIGROUP[QUASIGROUP[state][x]][y] != QUASIGROUP[QUASIGROUP[state][y]][x]
            caught += 1
    assert caught == 36 * 630


def test_a_swap_over_one_character_is_caught_too():
    for state, x, y in product(ALL, ALL, ALL):
        for between in (0, 1, 17, 35) if x < y else ():
            one = QUASIGROUP[QUASIGROUP[QUASIGROUP[state][x]][between]][y]
            other = QUASIGROUP[QUASIGROUP[QUASIGROUP[state][y]][between]][x]
            assert one != other


# ---- the same, seen from outside -------------------------------------------------------------------------------


def test_every_error_of_one_character_in_one_reference_is_caught():
    text = compose("HGS18", 12)
    wrong = [text[:n] + symbol + text[n + 1 :] for n in range(len(text)) for symbol in SYMBOLS if symbol != text[n]]
    assert len(wrong) == 11 * 35
    assert not any(map(is_sound, wrong))


@given(text=written, place=st.integers(0, 18), symbol=st.sampled_from(SYMBOLS))
def test_a_wrong_character_is_caught(text, place, symbol):
    place %= len(text)
    wrong = text[:place] + symbol + text[place + 1 :]
    assert is_sound(wrong) == (wrong == text)


@given(text=written, place=st.integers(0, 17))
def test_a_swap_of_neighbours_is_caught(text, place):
    place %= len(text) - 1
    wrong = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    assert is_sound(wrong) == (wrong == text)


def test_references_of_an_edition_differ_in_two_characters_or_more():
    """Two references one character apart would make a slip of the pen pay another's notice."""
    texts = {compose("HGS18", n) for n in range(1, 5_000)}
    assert len(texts) == 4_999
    for text in sorted(texts)[:200]:
        for n in range(len(text)):
            near = {text[:n] + symbol + text[n + 1 :] for symbol in SYMBOLS} - {text}
            assert not near & texts


# ---- writing and reading ---------------------------------------------------------------------------------------


@given(prefix=prefixes, sequence=st.integers(1, 99_999_999))
def test_what_is_written_is_read_again(prefix, sequence):
    text = compose(prefix, sequence)
    assert len(text) <= 19
    assert set(text) <= set(SYMBOLS)
    assert is_sound(text)
    assert parse(text, prefix) == references.Reference(prefix, sequence)
    assert parse(" ".join(text.lower()), prefix).text == text


def test_a_known_reference_stays_what_it_is():
    """Papers with these are out: a change of the scheme would orphan them."""
    assert [compose("HGS18", n) for n in (1, 2, 12, 99_999, 100_000)] == KNOWN


@pytest.mark.parametrize(
    "typed", ["", "HGS18", "HGS1800012", "XGS1800012A", "HGS18000000", "HGS18ABCDEF", "HGS18-00012-!"]
)
def test_what_is_none_is_refused(typed):
    with pytest.raises(NotAReference):
        parse(typed, "HGS18")


def test_a_sequence_with_more_zeros_than_it_needs_is_refused():
    body = "HGS18000012"
    with pytest.raises(NotAReference, match="form"):
        parse(body + references.check_character(body), "HGS18")


@pytest.mark.parametrize(
    ("prefix", "sequence"),
    [("", 1), ("HGS-18", 1), ("hgs18", 1), ("ABCDEFGHIJ", 1), ("HGS18", 0), ("HGS18", -1), ("ABCDEFGHI", 10**9)],
)
def test_what_does_not_fit_is_not_written(prefix, sequence):
    with pytest.raises(ValueError, match=r"(no prefix|no sequence|more than 19)"):
        compose(prefix, sequence)


def test_twins_of_one_code_have_prefixes_of_their_own():
    assert [prefix_of("HGS18", n) for n in range(3)] == ["HGS18", "HGS18B", "HGS18C"]
    assert prefix_of("VERYLONGNAME18") == "VERYLO18"
    assert prefix_of("VERYLONGNAME18", 1) == "VERYLO18B"
    assert prefix_of("") == "Z"
    with pytest.raises(ValueError, match="share"):
        prefix_of("HGS18", 26)
