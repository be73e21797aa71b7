"""The XmR chart, from its definitions: each rule, its edge cases, and what is always true."""

from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import RuleBroken
from tracker.domain.spc import Point, xmr
from tracker.domain.spc_chart import Assurance, Finding, Meaning, Side, Variation
from tracker.domain.vocabulary import Direction

#: Two values in turn about 10, neither of them on the mean: nothing but usual variation.
STEADY = ["9", "11"] * 10

#: Acquisitive crimes recorded by the City of London Police, by month (police.uk): January to
#: November 2014, thirteen months for which no file was to be had, January 2016 to January 2017.
REAL = [
    *(252, 308, 342, 321, 279, 284, 336, 317, 317, 332, 302),
    *[None] * 13,
    *(215, 245, 258, 276, 257, 286, 290, 316, 318, 279, 312, 290, 247),
]


def series(values, *, provisional=()):
    """Points labelled 0, 1, 2 ...; ``None`` is a missing one."""
    last = len(values)
    held = {place % last for place in provisional} if last else set()
    return [
        Point(place, None if value is None else Decimal(value), place in held)
        for place, value in enumerate(values)
    ]


def chart(values, *, provisional=(), good=Direction.LOWER, **changes):
    return xmr(series(values, provisional=provisional), good=good, **changes)


def marked(found, finding):
    """The labels of the points that belong to a signal, with its side."""
    return {
        point.label: signal.side
        for point in found.points
        for signal in point.signals
        if signal.finding is finding
    }


def signals(found):
    return [tuple((s.finding, s.side) for s in point.signals) for point in found.points]


# The segment: mean, moving ranges, limits.


def test_limits_lie_2_66_mean_moving_ranges_from_the_mean():
    found = chart(["10", "14", "12", "16"], is_screened=False).current
    # Moving ranges 4, 2, 4.
    assert found.mean == 13
    assert found.mean_range == Decimal(10) / 3
    assert found.upper == found.mean + Decimal("2.66") * found.mean_range
    assert found.lower == found.mean - Decimal("2.66") * found.mean_range
    assert abs(found.sigma * 3 - (found.upper - found.mean)) < Decimal("1e-20")
    assert abs((found.near_upper - found.mean) - found.sigma * 2) < Decimal("1e-20")


def test_a_moving_range_of_3_267_times_their_mean_is_left_out_once():
    # Nine moving ranges of 1 and one of 9: mean 1.8, cut at 5.88.
    values = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 10]
    assert chart(values).current.mean_range == 1
    assert chart(values, is_screened=False).current.mean_range == Decimal("1.8")


def test_screening_happens_once():
    # 40 is left out; 4 would be in a second pass (mean of the rest 1.27, cut 4.16).
    steps = [1] * 10 + [5, 40]
    values = [0]
    for place, step in enumerate(steps):
        values.append(values[-1] + (step if place % 2 else -step))
    found = chart(values).current
    assert found.mean_range == Decimal(15) / 11


def test_a_range_on_the_cut_is_left_out():
    # Mean of the ranges 1, cut 3.267: the one range of exactly 3.267 goes.
    wide, count = Decimal("3.267"), 10
    small = (count - wide) / (count - 1)
    values, sign = [Decimal(0)], 1
    for step in [*[small] * (count - 1), wide]:
        values.append(values[-1] + sign * step)
        sign = -sign
    assert chart(values).current.mean_range == pytest.approx(small)


@pytest.mark.parametrize("scale", ["1e-6", "1", "1e12"])
def test_ranges_that_screening_would_empty_or_zero_stay(scale):
    still = [Decimal(0)] * 9 + [Decimal(9) * Decimal(scale)]
    assert chart(still).current.mean_range == Decimal(scale)
    assert chart([Decimal(4) * Decimal(scale)] * 13).current.mean_range == 0


def test_no_moving_range_spans_a_missing_or_a_provisional_point():
    assert chart(["10", "12", None, "50", "52"]).current.mean_range == 2
    found = chart(["10", "12", "90", "50", "52"], provisional=[2]).current
    assert (found.mean, found.mean_range, found.counting) == (31, 2, 4)


def test_values_that_are_no_neighbours_make_a_mean_and_no_limits():
    found = chart(["10", None, "14"]).current
    assert (found.mean, found.mean_range, found.upper) == (12, None, None)


@pytest.mark.parametrize(
    ("values", "provisional", "mean"),
    [
        ([], (), None),
        ([None, None], (), None),
        (["7"], (), 7),
        ([None, "7"], (), 7),
        (["7", "8", "9"], (0, 1, 2), None),
    ],
)
def test_too_little_to_chart_is_an_empty_result_and_no_error(values, provisional, mean):
    found = chart(values, provisional=provisional, target=Decimal(5))
    current = found.current
    assert (current.mean if current else None) == mean
    assert (found.variation, found.assurance, found.chance) == (None, None, None)
    assert not any(point.signals for point in found.points)
    assert found.finding is (Finding.NO_DATA if mean is None else Finding.TRIAL)


# Breaks and baselines.


def test_a_break_starts_a_segment_at_the_first_point_on_or_after_it():
    points = [Point(label, Decimal(label)) for label in (1, 3, 5, 7)]
    found = xmr(points, good=Direction.LOWER, breaks=[4])
    assert [point.segment for point in found.points] == [0, 0, 1, 1]
    assert [segment.mean for segment in found.segments] == [2, 6]


@pytest.mark.parametrize("breaks", [[4, 5], [5, 5], [5, 99], [5, 0], [5, -3, 8]])
def test_breaks_on_one_point_are_one_and_those_outside_the_data_none(breaks):
    points = [Point(label, Decimal(label)) for label in (1, 3, 5, 7)]
    found = xmr(points, good=Direction.LOWER, breaks=breaks)
    assert [point.segment for point in found.points] == [0, 0, 1, 1]


def test_two_breaks_make_three_segments_that_share_nothing():
    values = [1] * 4 + [20, 24] * 2 + [5, 6, 7, 8]
    found = chart(values, breaks=[4, 8])
    assert [segment.mean for segment in found.segments] == [1, 22, Decimal("6.5")]
    assert [segment.mean_range for segment in found.segments] == [0, 4, 1]


def test_no_run_crosses_a_break():
    rising = list(range(14))
    assert marked(chart(rising), Finding.TREND).keys() == set(range(14))
    assert not marked(chart(rising, breaks=[6, 12]), Finding.TREND)
    assert marked(chart(rising, breaks=[6]), Finding.TREND).keys() == set(range(6, 14))


def test_a_point_keeps_its_segment_where_the_break_falls_on_a_missing_one():
    found = chart(["1", "2", None, "8", "9"], breaks=[2])
    assert [point.segment for point in found.points] == [0, 0, 1, 1, 1]
    assert found.current.mean == Decimal("8.5")


def test_a_frozen_baseline_sets_the_limits_of_each_segment_from_its_first_points():
    values = [9, 11] * 6 + [50] * 3
    frozen = chart(values, baseline_points=12).current
    assert (frozen.mean, frozen.mean_range, frozen.counting) == (10, 2, 15)
    assert chart(values, baseline_points=40).current == chart(values).current


def test_a_frozen_baseline_counts_no_provisional_and_no_missing_points():
    values = [9, 11, None, 9, 11] + [9, 11] * 4 + [90]
    assert chart(values, baseline_points=12).current.mean == 10


@pytest.mark.parametrize("points", [0, 1, 11])
def test_a_baseline_of_under_12_points_is_refused(points):
    with pytest.raises(RuleBroken, match="12 points or more"):
        chart(STEADY, baseline_points=points)


@given(st.lists(st.integers(0, 500), min_size=13, max_size=30), st.integers(1, 10))
def test_with_a_fixed_baseline_later_points_change_nothing_that_was_said(values, more):
    short = chart(values, baseline_points=12)
    long = chart(values + [7] * more, baseline_points=12)
    assert long.current.mean == short.current.mean
    assert long.current.mean_range == short.current.mean_range
    for before, after in zip(short.points, long.points, strict=False):
        # A run may grow to reach an earlier point; what a point was marked with stays.
        assert {s.finding for s in before.signals} <= {s.finding for s in after.signals}


# Signals.


def test_a_point_beyond_a_limit_is_outside_and_one_on_it_is_not():
    upper = chart(STEADY).current.upper
    on_it = chart([*STEADY, upper], baseline_points=20)
    beyond = chart([*STEADY, upper + Decimal("0.001")], baseline_points=20)
    assert on_it.current.upper == upper
    assert not marked(on_it, Finding.OUTSIDE)
    assert marked(beyond, Finding.OUTSIDE) == {20: Side.HIGH}


@pytest.mark.parametrize(
    ("values", "places"),
    [
        ([1, 2, 3, 4, 5, 6, 7], range(7)),
        ([7, 6, 5, 4, 3, 2, 1], range(7)),
        ([1, 2, 3, 4, 5, 6], ()),
        ([1, 2, 3, 3, 4, 5, 6, 7], ()),
        ([1, 2, 3, None, 4, 5, 6, 7], ()),
        ([9, 1, 2, 3, 4, 5, 6, 7, 8, 2], range(1, 9)),
    ],
)
def test_a_trend_is_seven_points_with_six_steps_one_way(values, places):
    assert marked(chart(values), Finding.TREND).keys() == set(places)


def test_where_two_trends_meet_the_turning_point_belongs_to_the_later_one():
    found = marked(chart([1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]), Finding.TREND)
    assert [found[place] for place in range(13)] == [Side.HIGH] * 6 + [Side.LOW] * 7


def test_a_trend_that_turns_into_no_trend_keeps_its_last_point():
    found = marked(chart([1, 2, 3, 4, 5, 6, 7, 6, 5]), Finding.TREND)
    assert found == dict.fromkeys(range(7), Side.HIGH)


def test_a_shift_is_seven_in_a_row_on_one_side_of_the_mean():
    low, high = [1, 2] * 4, [11, 12] * 4
    found = marked(chart([*low, *high]), Finding.SHIFT)
    assert found == dict.fromkeys(range(8), Side.LOW) | dict.fromkeys(range(8, 16), Side.HIGH)


@pytest.mark.parametrize("between", [10, None])
def test_a_point_on_the_mean_or_a_missing_one_breaks_a_shift(between):
    values = [8, 9, 8, 9, between, 9, 8, 9, *[11, 12, 11, 12, 11, 12, 11]]
    frozen = chart([10] * 12 + values, baseline_points=12)
    assert not {12, 13, 14, 15, 17, 18, 19} & marked(frozen, Finding.SHIFT).keys()


def test_two_of_three_beyond_the_same_near_limit_with_all_on_that_side():
    base = [9, 11] * 6
    near = chart(base, baseline_points=12).current.near_upper
    assert near == 10 + Decimal("5.32") * 2 / 3

    def marks(*last):
        return set(marked(chart([*base, *last], baseline_points=12), Finding.TWO_OF_THREE))

    assert marks(14, "10.5", 14) == {12, 14}
    assert marks(14, 14, 14) == {12, 13, 14}
    assert marks(14, 14, 20) == {12, 13, 14}, "points beyond the outer limit count"
    assert marks(14, 10, 14) == set(), "the one between is on the mean"
    assert marks(14, 6, 14) == set(), "the one between is on the other side"
    assert marks(14, None, 14) == set(), "a missing one breaks it"
    assert marks(near, 11, 14) == set(), "one on the near limit is not beyond it"
    assert marks(14, "10.5", "10.5", 14) == set(), "two of four"


def test_every_signal_of_a_point_is_kept_and_outside_is_shown_first():
    found = chart(REAL, provisional=[-1])
    first = found.points[24]
    assert [signal.finding for signal in first.signals] == [
        Finding.OUTSIDE,
        Finding.TWO_OF_THREE,
        Finding.SHIFT,
    ]
    assert first.signal == first.signals[0]


def test_equal_neighbours_of_thirds_are_equal():
    thirds = [Decimal(1) / 3, Decimal("0.1") / Decimal("0.3"), Decimal(2) / 3 - Decimal(1) / 3]
    rising = [*thirds, *[Decimal(place) for place in range(1, 7)]]
    assert marked(chart(rising), Finding.TREND).keys() == set(range(2, 9))


@pytest.mark.parametrize("scale", [Decimal("1e-6"), Decimal(1), Decimal("1e12")])
@pytest.mark.parametrize("sign", [1, -1])
def test_any_scale_and_negative_values_show_the_same_signals(scale, sign):
    values = [None if v is None else v * scale * sign for v in REAL]
    found = chart(values, provisional=[-1])
    expected = chart(REAL, provisional=[-1])
    flip = {Side.HIGH: Side.LOW, Side.LOW: Side.HIGH}
    sides = (
        signals(expected)
        if sign > 0
        else [tuple((f, flip[s]) for f, s in marks) for marks in signals(expected)]
    )
    assert signals(found) == sides


def test_mostly_zeros_are_charted_without_error():
    found = chart([0] * 9 + [1] + [0] * 9 + [2] + [0] * 5)
    assert found.current.mean == Decimal(3) / 25
    assert found.is_rare(Decimal(4))
    assert found.finding is Finding.COMMON_CAUSE


def test_a_constant_series_has_limits_on_its_mean_and_no_signal():
    found = chart([5] * 13, target=Decimal(5))
    assert (found.current.lower, found.current.upper) == (5, 5)
    assert found.finding is Finding.CONSTANT
    assert not any(point.signals for point in found.points)
    assert (found.assurance, found.chance) == (Assurance.PASSING, 1.0)
    assert chart([5] * 13, target=Decimal("4.9")).assurance is Assurance.FAILING
    assert chart([5] * 13, target=Decimal("4.9")).chance == 0.0


# Trial, provisional.


def test_twelve_points_are_a_trial_and_thirteen_are_not():
    trial = chart([9, 11] * 6 + [60], provisional=[-1], target=Decimal(10))
    assert (trial.current.counting, trial.is_trial, trial.finding) == (12, True, Finding.TRIAL)
    assert (trial.variation, trial.assurance, trial.chance) == (None, None, None)
    assert marked(trial, Finding.OUTSIDE) == {12: Side.HIGH}, "they are in the result"
    full = chart([9, 11] * 6 + [60], target=Decimal(10))
    assert not full.is_trial
    assert full.variation is not None


def test_a_short_segment_after_a_break_is_a_trial_and_says_nothing():
    found = chart([*STEADY, 30, 31, 30], breaks=[20], target=Decimal(10))
    assert [segment.is_trial for segment in found.segments] == [False, True]
    assert (found.variation, found.assurance, found.suggested_break) == (None, None, None)


def test_a_provisional_point_counts_in_nothing_and_can_carry_a_signal():
    without = chart(STEADY).current
    found = chart([*STEADY, 60], provisional=[-1])
    assert found.current.mean == without.mean
    assert found.current.upper == without.upper
    assert marked(found, Finding.OUTSIDE) == {20: Side.HIGH}
    assert found.variation == Variation(Meaning.CONCERNING, Side.HIGH)


# What the last segment says.


@pytest.mark.parametrize(
    ("good", "last", "meaning", "side"),
    [
        (Direction.LOWER, 60, Meaning.CONCERNING, Side.HIGH),
        (Direction.LOWER, -60, Meaning.IMPROVING, Side.LOW),
        (Direction.HIGHER, 60, Meaning.IMPROVING, Side.HIGH),
        (Direction.HIGHER, -60, Meaning.CONCERNING, Side.LOW),
        (Direction.NEUTRAL, 60, Meaning.NEUTRAL, Side.HIGH),
        (Direction.MAINTAIN, -60, Meaning.NEUTRAL, Side.LOW),
        (Direction.LOWER, 10, Meaning.COMMON_CAUSE, None),
    ],
)
def test_variation_is_what_the_latest_point_means(good, last, meaning, side):
    assert chart([*STEADY, last], good=good).variation == Variation(meaning, side)


def test_a_trend_means_what_its_direction_means_wherever_it_lies():
    rising_from_below = [20] * 12 + [1, 2, 3, 4, 5, 6, 7]
    found = chart(rising_from_below, good=Direction.LOWER, baseline_points=12)
    last = found.points[-1]
    trend = next(signal for signal in last.signals if signal.finding is Finding.TREND)
    assert (trend.side, found.meaning(trend)) == (Side.HIGH, Meaning.CONCERNING)
    assert last.signal.finding is Finding.OUTSIDE
    assert found.variation == Variation(Meaning.IMPROVING, Side.LOW)


def test_a_missing_latest_point_leaves_variation_to_the_one_before():
    assert chart([*STEADY, 60, None]).variation == Variation(Meaning.CONCERNING, Side.HIGH)


@pytest.mark.parametrize(
    ("good", "target", "assurance"),
    [
        (Direction.LOWER, "upper", Assurance.PASSING),
        (Direction.LOWER, "lower", Assurance.FAILING),
        (Direction.LOWER, "mean", Assurance.HIT_OR_MISS),
        (Direction.HIGHER, "lower", Assurance.PASSING),
        (Direction.HIGHER, "upper", Assurance.FAILING),
        (Direction.HIGHER, "mean", Assurance.HIT_OR_MISS),
        (Direction.NEUTRAL, "upper", None),
        (Direction.MAINTAIN, "upper", None),
    ],
)
def test_assurance_is_inclusive_of_the_limit_itself(good, target, assurance):
    at = getattr(chart(STEADY).current, target)
    assert chart(STEADY, good=good, target=at).assurance is assurance


def test_limits_are_not_clipped_for_assurance():
    found = chart([0, 3] * 8, good=Direction.HIGHER, target=Decimal(0))
    assert found.current.lower < 0
    assert found.assurance is Assurance.HIT_OR_MISS


def test_the_chance_of_the_next_period_is_that_of_a_normal_at_the_target():
    found = chart(STEADY, target=Decimal(10))
    assert found.chance == pytest.approx(0.5)
    current = found.current
    one_sigma = chart(STEADY, target=current.mean + current.sigma)
    # Phi(1), as tabulated (Abramowitz and Stegun 26.1).
    assert one_sigma.chance == pytest.approx(0.841344746068543, rel=1e-12)
    higher = chart(STEADY, good=Direction.HIGHER, target=current.mean + current.sigma)
    assert higher.chance == pytest.approx(1 - 0.841344746068543, rel=1e-12)


@pytest.mark.parametrize(
    ("last", "suggested"),
    [([11] * 8, 21), ([11] * 7, None), ([11] * 7 + [None] + [11] * 8, 29), ([11] * 8 + [9], None)],
)
def test_eight_latest_points_on_one_side_suggest_a_break_and_never_make_one(last, suggested):
    values = [9, 11] * 10 + [9] + last
    found = chart(values, baseline_points=20)
    assert found.suggested_break == suggested
    assert len(found.segments) == 1


# Input.


@pytest.mark.parametrize("other", ["7", None])
def test_two_values_for_one_period_are_refused(other):
    twice = [Point(1, Decimal(5)), Point(1, None if other is None else Decimal(other))]
    with pytest.raises(RuleBroken, match="two values"):
        xmr(twice, good=Direction.LOWER)


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_what_is_no_finite_number_is_refused(text):
    with pytest.raises(RuleBroken, match="must be a number"):
        chart([*STEADY, text])
    with pytest.raises(RuleBroken, match="must be a number"):
        chart(STEADY, target=Decimal(text))


# The real series.


def test_the_real_series_comes_out_as_it_is_told():
    """Acquisitive crime of the City: 293 on average, between 228 and 357, January low in 2016."""
    found = chart(REAL, provisional=[-1], target=Decimal(3034) / 12)
    current = found.current
    assert current.counting == 23
    assert round(current.mean, 1) == Decimal("292.7")
    assert round(current.mean_range, 1) == Decimal("24.2")
    assert (round(current.lower, 1), round(current.upper, 1)) == (
        Decimal("228.2"),
        Decimal("357.2"),
    )
    assert marked(found, Finding.SHIFT) == dict.fromkeys(range(24, 31), Side.LOW)
    assert marked(found, Finding.TWO_OF_THREE) == {24: Side.LOW, 25: Side.LOW}
    assert marked(found, Finding.OUTSIDE) == {24: Side.LOW}
    assert found.variation == Variation(Meaning.COMMON_CAUSE)
    assert found.assurance is Assurance.HIT_OR_MISS
    assert found.chance < 0.2


# Always true.

VALUES = st.lists(st.one_of(st.none(), st.integers(0, 400)), max_size=40)
FLAGS = st.sets(st.integers(0, 39), max_size=4)


def charted(values, flags, **changes):
    provisional = [place for place in flags if place < len(values)]
    return chart(values, provisional=provisional, **changes)


@given(VALUES, FLAGS, st.sampled_from(["1e-6", "0.3", "7", "1e9"]))
def test_multiplying_a_series_changes_no_signal(values, flags, factor):
    scaled = [None if v is None else v * Decimal(factor) for v in values]
    assert signals(charted(scaled, flags)) == signals(charted(values, flags))


@given(VALUES, FLAGS, st.integers(1, 1000))
def test_adding_up_to_a_thousand_times_the_largest_value_changes_no_signal(values, flags, times):
    largest = max([abs(v) for v in values if v is not None], default=0)
    shifted = [None if v is None else v + times * largest for v in values]
    assert signals(charted(shifted, flags)) == signals(charted(values, flags))


@given(VALUES, FLAGS, st.sets(st.integers(-2, 42), max_size=3), st.randoms())
def test_the_order_of_the_rows_changes_nothing(values, flags, breaks, random):
    points = series(values, provisional=[place for place in flags if place < len(values)])
    shuffled = list(points)
    random.shuffle(shuffled)
    given_in_order = xmr(points, good=Direction.LOWER, breaks=sorted(breaks))
    assert xmr(shuffled, good=Direction.LOWER, breaks=list(breaks)) == given_in_order


@given(VALUES, FLAGS)
def test_turning_the_series_upside_down_turns_every_side(values, flags):
    turned = [None if v is None else -v for v in values]
    flip = {Side.HIGH: Side.LOW, Side.LOW: Side.HIGH}
    expected = [tuple((f, flip[s]) for f, s in marks) for marks in signals(charted(values, flags))]
    assert signals(charted(turned, flags)) == expected


@given(VALUES, FLAGS)
def test_a_chart_agrees_with_its_definitions_worked_out_in_fractions(values, flags):
    """A second reading of the rules, point by point and slow, in exact arithmetic."""
    found = charted(values, flags)
    expected = by_definition(values, {place for place in flags if place < len(values)})
    assert [{(s.finding, s.side) for s in point.signals} for point in found.points] == expected


class Definition:
    """The rules read a second time, point by point, for one segment in exact fractions."""

    def __init__(self, values, provisional):
        self.here = {i: Fraction(v) for i, v in enumerate(values) if v is not None}
        counting = {i: v for i, v in self.here.items() if i not in provisional}
        ranges = [abs(counting[i + 1] - v) for i, v in counting.items() if i + 1 in counting]
        self.tolerance = max(map(abs, self.here.values()), default=0) / Fraction(10**9)
        self.has_limits = bool(ranges)
        self.mean = Fraction(sum(counting.values()), max(len(counting), 1))
        self.average = self.screened(ranges) if ranges else 0

    def screened(self, ranges):
        average = sum(ranges) / len(ranges)
        kept = [r for r in ranges if r - Fraction("3.267") * average < -self.tolerance]
        return (sum(kept) / len(kept) if kept else 0) or average

    def is_above(self, value, other):
        return value - other > self.tolerance

    def beyond(self, sign, share, places):
        """The places that lie beyond the mean by a share of the way to the limit."""
        edge = sign * self.mean + Fraction("2.66") * share * self.average
        return [i for i in places if i in self.here and self.is_above(sign * self.here[i], edge)]

    def outside(self, i, sign):
        return self.beyond(sign, 1, [i])

    def shift(self, i, sign):
        run = range(i, i + 7)
        return run if len(self.beyond(sign, 0, run)) == 7 else []

    def two_of_three(self, i, sign):
        three = range(i, i + 3)
        hits = self.beyond(sign, Fraction(2, 3), three)
        return hits if len(self.beyond(sign, 0, three)) == 3 and len(hits) >= 2 else []

    def trend(self, i, sign):
        run = range(i, i + 7)
        if not all(j in self.here for j in run):
            return []
        steps = ((sign * self.here[j + 1], sign * self.here[j]) for j in run[:-1])
        return run if all(self.is_above(later, one) for later, one in steps) else []


RULES = {
    Finding.OUTSIDE: Definition.outside,
    Finding.SHIFT: Definition.shift,
    Finding.TWO_OF_THREE: Definition.two_of_three,
}
SIGNS = ((Side.HIGH, 1), (Side.LOW, -1))


def by_definition(values, provisional):
    """Return the signals of each point, straight from the words of the rules."""
    rules, marks = Definition(values, provisional), [set() for _ in values]
    if not rules.has_limits:
        return marks
    trends = {}
    for i, (side, sign) in product(range(len(values)), SIGNS):
        for finding, rule in RULES.items():
            for j in rule(rules, i, sign):
                marks[j].add((finding, side))
        trends.update(dict.fromkeys(rules.trend(i, sign), side))
    for i, side in trends.items():
        marks[i].add((Finding.TREND, side))
    return marks
