from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.change import (
    Share,
    change_in_counts,
    change_in_means,
    change_in_percentages,
    change_in_rates,
    change_in_shares,
)
from tracker.domain.errors import RuleBroken
from tracker.domain.rates import (
    Interval,
    MonthlyTally,
    Movement,
    Tally,
    difference_of_proportions,
    exact_ratio,
    overdispersed_ratio,
)

RISE, FALL, UNCLEAR = Movement.CLEAR_RISE, Movement.CLEAR_FALL, Movement.NO_CLEAR_CHANGE


def row(*numbers):
    return [Decimal(number) for number in numbers]


def share(numerator, denominator):
    return Share(Decimal(numerator), Decimal(denominator))


def test_a_change_in_counts_is_that_of_their_totals():
    change = change_in_counts(row(30, 25), row(20, 24))
    assert (change.now, change.earlier, change.difference) == (55, 44, 11)
    assert (change.ratio, change.is_percentage_shown) == (Decimal("0.25"), True)


@pytest.mark.parametrize(("earlier", "is_shown"), [(19, False), (20, True)])
def test_the_percentage_is_shown_from_twenty_cases_earlier(earlier, is_shown):
    change = change_in_counts(row(30), row(earlier))
    assert change.is_percentage_shown is is_shown
    assert change.ratio == Decimal(30 - earlier) / earlier


def test_the_twenty_cases_are_those_of_the_earlier_total():
    assert change_in_counts(row(1, 1), row(10, 10)).is_percentage_shown
    assert not change_in_counts(row(10, 10), row(10, 9)).is_percentage_shown


def test_the_plan_may_set_another_floor():
    assert change_in_counts(row(30), row(5), floor=5).is_percentage_shown
    assert not change_in_counts(row(30), row(49), floor=50).is_percentage_shown


@pytest.mark.parametrize("floor", [0, 20])
def test_a_change_on_nothing_has_no_ratio(floor):
    change = change_in_counts(row(5), row(0), floor=floor)
    assert (change.difference, change.ratio, change.is_percentage_shown) == (5, None, False)


def test_counts_of_few_periods_have_the_exact_interval():
    change = change_in_counts(row(60, 72), row(50, 50))
    exact = exact_ratio(Tally(Decimal(132)), Tally(Decimal(100)))
    assert (change.interval, change.movement) == (exact.interval, RISE)


def test_the_interval_is_of_now_as_a_multiple_of_earlier():
    change = change_in_counts(row(132), row(100))
    assert change.interval.lower < 1 + change.ratio < change.interval.upper


def test_six_months_on_each_side_have_the_interval_of_their_scatter():
    now, earlier = row(10, 40, 10, 40, 10, 40), row(5, 35, 5, 35, 5, 35)
    change = change_in_counts(now, earlier)
    wide = overdispersed_ratio(MonthlyTally(tuple(now)), MonthlyTally(tuple(earlier)))
    assert (change.interval, change.movement) == (wide.interval, UNCLEAR)
    # The same totals without scatter.
    assert change_in_counts(row(*[25] * 6), row(*[15] * 6)).movement is RISE


def test_six_months_without_a_case_have_the_exact_interval():
    change = change_in_counts(row(*[0] * 6), row(*[4] * 6))
    assert (change.movement, change.ratio) == (FALL, -1)
    assert change.interval.lower == 0


def test_exposures_tell_in_the_interval():
    now, earlier = row(50), row(100)
    even = change_in_counts(now, earlier)
    fair = change_in_counts(now, earlier, now_exposures=row(6), earlier_exposures=row(12))
    assert (even.movement, fair.movement) == (FALL, UNCLEAR)
    assert (even.difference, even.ratio) == (fair.difference, fair.ratio)


def test_two_sides_of_nothing_show_no_clear_change():
    change = change_in_counts(row(0), row(0))
    assert (change.difference, change.ratio, change.movement) == (0, None, UNCLEAR)


def test_a_side_without_counts_has_no_change():
    assert change_in_counts([], row(5)) is None
    assert change_in_counts(row(5), []) is None


@pytest.mark.parametrize("number", ["-1", "0.5", "NaN"])
def test_what_is_no_count_is_refused(number):
    with pytest.raises(RuleBroken):
        change_in_counts(row(number), row(5))


def test_exposures_are_one_a_count():
    with pytest.raises(RuleBroken, match="one exposure for each month"):
        change_in_counts(row(1, 2), row(1, 2), now_exposures=row(1))


def test_a_rate_has_its_percentage_however_few_its_events():
    change = change_in_rates(
        Tally(Decimal(6), Decimal(2000)), Tally(Decimal(3), Decimal(3000)), per=Decimal(1000)
    )
    assert (change.now, change.earlier, change.difference) == (3, 1, 2)
    assert (change.ratio, change.is_percentage_shown, change.movement) == (2, True, UNCLEAR)


def test_a_rate_has_the_interval_of_its_counts_by_exposure():
    sides = Tally(Decimal(11), Decimal(800)), Tally(Decimal(21), Decimal(3011))
    change = change_in_rates(*sides, per=Decimal(100))
    # poisson.test(c(11, 21), c(800, 3011)) of R.
    limits = round(change.interval.lower, 7), round(change.interval.upper, 7)
    assert limits == (Decimal("0.8584264"), Decimal("4.2772659"))
    assert change.interval == change_in_rates(*sides, per=Decimal(1)).interval


def test_a_rate_of_months_has_the_interval_of_their_scatter():
    now, earlier = (
        MonthlyTally(tuple(row(*counts)), tuple(row(*[100] * 6)))
        for counts in ((10, 40, 10, 40, 10, 40), (5, 35, 5, 35, 5, 35))
    )
    change = change_in_rates(now, earlier, per=Decimal(1000))
    assert (change.now, change.earlier) == (250, 200)
    assert change.interval == overdispersed_ratio(now, earlier).interval


def test_a_rate_of_nobody_has_no_change():
    nobody, some = Tally(Decimal(0), Decimal(0)), Tally(Decimal(1), Decimal(10))
    assert change_in_rates(nobody, some, per=Decimal(10)) is None
    assert change_in_rates(some, nobody, per=Decimal(10)) is None


def test_a_percentage_changes_in_points_and_has_no_ratio():
    change = change_in_shares(share(56, 70), share(48, 80))
    assert (change.now, change.earlier, change.difference) == (80, 60, 20)
    assert (change.ratio, change.is_percentage_shown) == (None, False)


def test_a_percentage_has_newcombes_interval_in_points():
    change = change_in_shares(share(56, 70), share(48, 80))
    # Newcombe (1998), table II, method 10, contrast (a): 0.0524 to 0.3339.
    limits = round(change.interval.lower, 2), round(change.interval.upper, 2)
    assert limits == (Decimal("5.24"), Decimal("33.39"))
    assert change.movement is RISE
    assert change_in_shares(share(48, 80), share(56, 70)).movement is FALL
    assert change_in_shares(share(5, 10), share(6, 10)).movement is UNCLEAR


def test_a_percentage_of_nothing_has_no_change():
    assert change_in_shares(share(0, 0), share(5, 10)) is None
    assert change_in_shares(share(5, 10), share(0, 0)) is None


def test_a_part_above_its_whole_is_refused():
    with pytest.raises(RuleBroken, match="greater than the denominator"):
        change_in_shares(share(6, 5), share(1, 5))


def test_a_percentage_without_its_parts_has_no_interval_and_nothing_is_said():
    change = change_in_percentages(Decimal("81.5"), Decimal(80))
    assert (change.difference, change.ratio) == (Decimal("1.5"), None)
    assert (change.interval, change.movement) == (None, None)


@pytest.mark.parametrize(("earlier", "ratio"), [("4", "0.25"), ("0", None), ("-4", None)])
def test_a_mean_shows_its_percentage_where_it_is_defined(earlier, ratio):
    change = change_in_means(Decimal(5), Decimal(earlier))
    assert change.difference == 5 - Decimal(earlier)
    assert change.ratio == (None if ratio is None else Decimal(ratio))
    assert change.is_percentage_shown is (ratio is not None)
    assert (change.interval, change.movement) == (None, None)


@pytest.mark.parametrize("of", [change_in_means, change_in_percentages])
def test_what_is_no_number_is_refused(of):
    with pytest.raises(RuleBroken, match="Enter a number"):
        of(Decimal("NaN"), Decimal(1))
    with pytest.raises(RuleBroken, match="Enter a number"):
        of(Decimal(1), Decimal("Infinity"))


counts = st.lists(st.integers(0, 500).map(Decimal), min_size=1, max_size=12)
parts = st.integers(0, 500)
shares = st.tuples(parts, parts).map(lambda pair: share(min(pair), max(pair)))


@given(counts, counts, st.randoms())
def test_the_order_of_periods_changes_nothing_but_the_last_digits(now, earlier, random):
    before = change_in_counts(now, earlier)
    shuffled = [random.sample(side, len(side)) for side in (now, earlier)]
    after = change_in_counts(*shuffled)
    assert (after.difference, after.ratio, after.movement) == (
        before.difference,
        before.ratio,
        before.movement,
    )


@given(counts, counts)
def test_a_clear_rise_seen_from_the_other_side_is_a_clear_fall(now, earlier):
    forth, back = change_in_counts(now, earlier), change_in_counts(earlier, now)
    mirrored = {RISE: FALL, FALL: RISE, UNCLEAR: UNCLEAR}
    assert back.movement is mirrored[forth.movement]
    assert back.difference == -forth.difference


@given(counts, counts, st.integers(0, 100))
def test_what_is_said_follows_from_the_interval_alone(now, earlier, floor):
    change = change_in_counts(now, earlier, floor=floor)
    lower, upper = change.interval.lower, change.interval.upper
    assert (change.movement is RISE) == (lower is not None and lower > 1)
    assert (change.movement is FALL) == (upper is not None and upper < 1)
    assert change.movement is change_in_counts(now, earlier).movement
    assert change.is_percentage_shown == (change.earlier > 0 and change.earlier >= floor)


@given(shares, shares)
def test_the_points_of_a_percentage_are_those_of_its_parts(now, earlier):
    change = change_in_shares(now, earlier)
    assert (change is None) == (not now.denominator or not earlier.denominator)
    if change:
        expected = difference_of_proportions(
            now.numerator, now.denominator, earlier.numerator, earlier.denominator
        )
        assert abs(change.difference - 100 * expected.value) < Decimal("1e-20")
        assert change.interval.lower <= change.difference <= change.interval.upper
        assert (change.movement is RISE) == (change.interval.lower > 0)
        assert (change.movement is FALL) == (change.interval.upper < 0)


@given(parts, parts, st.integers(1, 1000))
def test_other_units_of_a_mean_change_no_ratio(now, earlier, factor):
    plain = change_in_means(Decimal(now), Decimal(earlier))
    scaled = change_in_means(Decimal(now * factor), Decimal(earlier * factor))
    assert scaled.ratio == plain.ratio
    assert scaled.difference == plain.difference * factor


def test_an_interval_has_two_ends_for_two_percentages():
    change = change_in_shares(share(10, 10), share(0, 10))
    assert change.interval == Interval(change.interval.lower, Decimal(100))
