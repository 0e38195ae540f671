"""Charts of columns."""

import pytest

from fairs.charts import Column, chart


def test_a_chart_ends_at_a_round_level_above_its_highest_value():
    drawn = chart([Column("a", [934], before=870), Column("b", [241]), Column("c", [None], before=590)])
    assert [value for value, _y in drawn.levels] == [250, 500, 750, 1000]
    assert [len(one.bars) for one in drawn.columns] == [1, 1, 0]
    assert drawn.columns[0].bars[0].y == pytest.approx(6.6)
    assert drawn.columns[2].tick is not None


def test_an_empty_chart_has_its_ground():
    drawn = chart([Column("a", [0]), Column("b", [0])])
    assert [value for value, _y in drawn.levels] == [1]
    assert drawn.columns[0].bars == []


def test_a_number_keeps_clear_of_the_line_that_would_cross_it():
    [column] = chart([Column("a", [80], before=85)]).columns
    assert column.tick is not None
    assert column.bars[0].label_y == column.tick[2]
