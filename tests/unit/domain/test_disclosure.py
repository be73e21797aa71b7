from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.domain.disclosure import (
    Hiding,
    is_small,
    may_show_share,
    release_months,
    suppress,
)
from tracker.domain.errors import RuleBroken

FIRST, SECOND = Hiding.PRIMARY, Hiding.SECONDARY


def row(*counts):
    return [None if count is None else Decimal(count) for count in counts]


def marks(hidings):
    """A row of hidings at a glance: p and s for the reasons, a point for what is shown."""
    return "".join(hiding.value[0] if hiding else "." for hiding in hidings)


def suppressed(counts, *, published=True, threshold=5):
    result = suppress(row(*counts), total_is_published=published, threshold=threshold)
    return marks(result.cells), result.total


def released(*counts, **changes):
    """The months, and the years to date: a point where shown, w where it waits."""
    releases = release_months(row(*counts), **changes)
    return (
        marks(release.month for release in releases),
        "".join("." if release.is_year_to_date_shown else "w" for release in releases),
    )


class Attacker:
    """Knows every figure shown as a sum of cells, and solves for the cells exactly."""

    def __init__(self, cells, shown):
        self.cells = cells
        self.basis = {}
        for sum_of in shown:
            self._learn([Fraction(place in sum_of) for place in range(cells)])

    def knows(self, sum_of):
        """Whether a sum of cells follows from the figures shown."""
        return not any(self._rest([Fraction(place in sum_of) for place in range(self.cells)]))

    def _rest(self, line):
        for lead, known in self.basis.items():
            if line[lead]:
                line = [a - line[lead] * b for a, b in zip(line, known, strict=True)]
        return line

    def _learn(self, line):
        line = self._rest(line)
        lead = next((place for place, part in enumerate(line) if part), None)
        if lead is not None:
            line = [part / line[lead] for part in line]
            for other, known in self.basis.items():
                self.basis[other] = [a - known[lead] * b for a, b in zip(known, line, strict=True)]
            self.basis[lead] = line


def test_an_attacker_who_knows_a_total_and_all_but_one_cell_knows_that_cell():
    assert Attacker(3, [{0, 1, 2}, {0}, {2}]).knows({1})
    assert Attacker(3, [{0, 1}, {0, 1, 2}, {0}]).knows({1, 2})
    assert not Attacker(3, [{0, 1, 2}, {0}]).knows({1})


@pytest.mark.parametrize(("count", "small"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_count_is_small_above_zero_and_below_the_threshold(count, small):
    assert is_small(Decimal(count)) is small


@pytest.mark.parametrize("threshold", [0, 1])
def test_nothing_is_small_where_the_rule_is_off(threshold):
    assert not any(is_small(Decimal(count), threshold) for count in range(7))


@pytest.mark.parametrize(
    ("counts", "cells", "total"),
    [
        ((10, 20, 0), "...", None),
        ((0, 0), "..", None),
        ((), "", None),
        # One alone: the next smallest hides with it.
        ((3, 9, 8), "p.s", None),
        ((3, 9, 0), "ps.", None),
        # The first of equals.
        ((9, 3, 8, 8), ".ps.", None),
        # Two that add up to fewer than five.
        ((1, 2, 30, 20), "pp.s", None),
        # Two that do not.
        ((1, 4, 30, 20), "pp..", None),
        ((2, 2, 1, 30), "ppp.", None),
        # None left: the total hides; a small one is small itself.
        ((3, 0), "p.", FIRST),
        ((1, 2, 0), "pp.", FIRST),
        ((4, None), "p.", FIRST),
        # A missing cell hides nothing and is not hidden.
        ((None, 3, 9), ".ps", None),
        ((None, None), "..", None),
    ],
)
def test_what_of_a_row_with_a_total_is_hidden(counts, cells, total):
    assert suppressed(counts) == (cells, total)


def test_without_a_total_in_print_only_small_counts_are_hidden():
    assert suppressed((3, 9, 8), published=False) == ("p..", None)


def test_a_threshold_of_zero_hides_nothing():
    assert suppressed((1, 2, 3), threshold=0) == ("...", None)


def test_the_plans_threshold_counts():
    assert suppressed((9, 12, 15), threshold=10) == ("ps.", None)


@pytest.mark.parametrize("judge", [suppress, release_months])
def test_a_count_below_zero_is_refused(judge):
    options = {"total_is_published": True} if judge is suppress else {}
    with pytest.raises(RuleBroken, match="count cannot be negative"):
        judge(row(-1), **options)


@pytest.mark.parametrize(
    ("numerator", "denominator", "is_shown"),
    [
        (5, 10, True),
        (4, 100, False),
        (96, 100, False),
        (95, 100, True),
        (0, 100, True),
        (100, 100, True),
        (0, 4, False),
        (2, 2, False),
        (0, 0, True),
        (12, 10, True),
    ],
)
def test_a_share_is_shown_where_neither_those_counted_nor_those_left_are_few(
    numerator, denominator, is_shown
):
    assert may_show_share(Decimal(numerator), Decimal(denominator)) is is_shown
    assert may_show_share(Decimal(numerator), Decimal(denominator), 0)


@pytest.mark.parametrize(
    ("counts", "months", "years"),
    [
        ((10, 0, 30, 9), "....", "...."),
        # A small month waits with its year to date, and one more hides it.
        ((20, 3, 30, 10), ".ps.", ".w.."),
        ((3, 20, 30, 10), "ps..", "ww.."),
        # A zero is shown and hides nothing.
        ((3, 0, 30), "p.s", "ww."),
        ((3, 20, 0), "ps.", "ww."),
        # A quarter that added few since the last year to date shown waits for the next.
        ((20, 30, 3, 40, 50, 60), "..ps..", "..www."),
        ((1, 2, 0, 1, 1, 0), "pp.pp.", "wwwww."),
        ((1, 0, 0, 0, 2, 0, 0, 9, 8), "p...p..s.", "wwwwwwww."),
        # Small months that are five together may be known as a sum.
        ((3, 2, 7), "pp.", "ww."),
        ((4, 4, 4), "ppp", "ww."),
        # A month without a value adds nothing and hides nothing.
        ((3, None, 30), "p.s", "ww."),
        ((None, 10, None), "...", "..."),
        # A year may end without its total.
        ((20,) * 11 + (3,), "...........p", "...........w"),
    ],
)
def test_a_small_month_and_the_years_to_date_wait_for_the_quarters_end(counts, months, years):
    assert released(*counts) == (months, years)


def test_where_periods_are_quarters_each_ends_one():
    assert released(3, 20, 30, 2, periods_in_quarter=1) == ("ps.p", "w..w")


def test_every_month_is_released_where_the_rule_is_off():
    assert released(1, 2, 3, threshold=0) == ("...", "...")


#: Small ones often, so that the rules have something to do.
cells = st.none() | st.integers(0, 6).map(Decimal) | st.integers(0, 60).map(Decimal)
rows = st.lists(cells, max_size=12)
thresholds = st.sampled_from([0, 1, 2, 3, 5, 10])


def total_of(counts, places):
    return sum((counts[place] or Decimal(0) for place in places), Decimal(0))


@given(rows, thresholds)
def test_no_hidden_cell_can_be_worked_out_from_the_cells_and_the_total_shown(counts, threshold):
    result = suppress(counts, total_is_published=True, threshold=threshold)
    everything = {place for place, count in enumerate(counts) if count is not None}
    hidden = {place for place, hiding in enumerate(result.cells) if hiding}
    shown = [{place} for place in everything - hidden]
    attacker = Attacker(len(counts), [*shown, *([] if result.total else [everything])])
    assert not any(attacker.knows({place}) for place in hidden)
    assert not (result.total and attacker.knows(everything))
    if hidden and not result.total:
        assert total_of(counts, hidden) >= threshold


@given(rows, thresholds, st.booleans())
def test_what_is_shown_of_a_row_is_not_small(counts, threshold, published):
    result = suppress(counts, total_is_published=published, threshold=threshold)
    for count, hiding in zip(counts, result.cells, strict=True):
        assert hiding or not count or not is_small(count, threshold)
        assert count or not hiding
    total = total_of(counts, range(len(counts)))
    assert result.total or not published or not is_small(total, threshold)


@given(rows, thresholds, st.randoms())
def test_the_order_of_a_row_changes_no_count_that_is_hidden(counts, threshold, random):
    shuffled = counts[:]
    random.shuffle(shuffled)
    before, after = (
        suppress(line, total_is_published=True, threshold=threshold) for line in (counts, shuffled)
    )
    assert before.total == after.total
    assert hidden_counts(counts, before) == hidden_counts(shuffled, after)


def hidden_counts(counts, result):
    return sorted(c for c, hiding in zip(counts, result.cells, strict=True) if hiding)


@given(rows, thresholds, st.sampled_from([1, 3]))
@example(row(*[20] * 11, 3), 5, 3)
def test_no_hidden_month_can_be_worked_out_from_the_months_and_years_to_date_shown(
    counts, threshold, in_quarter
):
    releases = release_months(counts, threshold=threshold, periods_in_quarter=in_quarter)
    hidden = {place for place, release in enumerate(releases) if release.month}
    # A month without a value is known to be missing; a total of the year is its last year to date.
    months = [{place} for place in range(len(counts)) if place not in hidden]
    years = [
        set(range(place + 1))
        for place, release in enumerate(releases)
        if release.is_year_to_date_shown
    ]
    attacker = Attacker(len(counts), months + years)
    assert not any(attacker.knows({place}) for place in hidden)
    for first in range(len(counts)):
        for last in range(first, len(counts)):
            among = hidden & set(range(first, last + 1))
            if among and attacker.knows(among):
                assert not is_small(total_of(counts, among), threshold)


@given(rows, thresholds)
def test_no_month_and_no_year_to_date_shown_is_small(counts, threshold):
    sums = accumulate(count or Decimal(0) for count in counts)
    releases = release_months(counts, threshold=threshold)
    for count, year_to_date, release in zip(counts, sums, releases, strict=True):
        assert release.month or not is_small(count or Decimal(0), threshold)
        assert not (release.is_year_to_date_shown and is_small(year_to_date, threshold))


@given(rows, thresholds, st.data())
def test_a_later_month_takes_nothing_back(counts, threshold, data):
    so_far = data.draw(st.integers(0, len(counts)))
    releases = release_months(counts, threshold=threshold)
    assert release_months(counts[:so_far], threshold=threshold) == releases[:so_far]


@given(st.lists(cells, min_size=12, max_size=12), thresholds)
def test_a_quarters_end_shows_its_year_to_date_unless_it_added_few(counts, threshold):
    shown_through = 0
    for place, release in enumerate(release_months(counts, threshold=threshold), start=1):
        added = total_of(counts, range(shown_through, place))
        if place % 3 == 0:
            assert release.is_year_to_date_shown is not is_small(added, threshold)
        if release.is_year_to_date_shown:
            shown_through = place
