"""A bar of statuses: nothing lost in rounding, nothing empty drawn."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.charts.distribution import bar
from tracker.domain.vocabulary import Status


def share(text):
    return Decimal(text.removesuffix("%"))


def test_slices_keep_the_order_given_and_leave_out_the_empty():
    slices = bar(
        [
            (Status.RED, 16, "off track"),
            (Status.AMBER, 0, "at risk"),
            (Status.GREEN, 48, "on track"),
        ]
    )
    assert [(s.status, s.text, s.count, s.x, s.width) for s in slices] == [
        (Status.RED, "off track", 16, "0.00%", "25.00%"),
        (Status.GREEN, "on track", 48, "25.00%", "75.00%"),
    ]


@pytest.mark.parametrize(("count", "fits"), [(5, False), (6, True)])
def test_a_number_is_written_inside_from_six_percent(count, fits):
    first, _ = bar([(Status.RED, count, "red"), (Status.GREEN, 100 - count, "green")])
    assert first.label_fits is fits


@pytest.mark.parametrize("counts", [[], [(Status.RED, 0, "red")]])
def test_nothing_to_count_is_no_slice(counts):
    assert bar(counts) == ()


def test_a_count_below_zero_is_refused():
    with pytest.raises(ValueError, match="below 0"):
        bar([(Status.RED, -1, "red")])


@given(st.lists(st.integers(0, 10_000), max_size=11))
def test_the_slices_fill_the_bar_without_a_gap(counts):
    slices = bar(list(zip(Status, counts, ["words"] * 11, strict=False)))
    assert [share(s.x) for s in slices[1:]] == [share(s.x) + share(s.width) for s in slices[:-1]]
    assert sum(share(s.width) for s in slices) == (100 if slices else 0)
