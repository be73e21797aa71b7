"""What a picture is made from follows from the facts of a measure and its chart."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.unit.charts.examples import wavering
from tests.unit.domain.factories import RULES, level, measure, observation, observations, target
from tracker.charts.series import series_of
from tracker.domain.assessment import assess_measure
from tracker.domain.spc_chart import Finding, Meaning, Side
from tracker.domain.vocabulary import (
    Aggregation,
    Direction,
    Frequency,
    ObservationState,
    Trajectory,
    Unit,
)

AS_AT = date(2017, 3, 31)
FIRST = date(2015, 4, 1)


def drawn(facts, as_at=AS_AT, **changes):
    return series_of(assess_measure(facts, RULES, as_at), as_at, **changes)


def monthly(values, **changes):
    given = [None if value is None else str(value) for value in values]
    return measure(observations=observations(given, first=FIRST), **changes)


def test_every_period_from_the_first_reported_to_the_last_that_ended_is_there():
    series = drawn(monthly([5, None, 7]), date(2015, 8, 1))
    assert [point.short_label for point in series.points] == [
        *("Apr 2015", "May 2015", "Jun 2015", "Jul 2015")
    ]
    assert [point.value for point in series.points] == [5, None, 7, None]


@pytest.mark.parametrize(
    ("facts", "as_at", "reason"),
    [
        (monthly([5, None, 7]), date(2016, 4, 1), "No figures held"),
        (monthly([5, None, 7], collected_from=FIRST), date(2016, 4, 1), "Not reported"),
        (monthly([5], collected_from=FIRST), date(2015, 6, 15), "Awaited"),
    ],
)
def test_a_period_without_a_number_says_why(facts, as_at, reason):
    assert drawn(facts, as_at).points[1].absence == reason


def test_withheld_is_said_and_not_drawn():
    seen = (
        observation(date(2015, 4, 1), "5"),
        observation(date(2015, 5, 1), None, ObservationState.WITHHELD),
    )
    point = drawn(measure(observations=seen), date(2015, 6, 1)).points[1]
    assert (point.value, point.absence) == (None, "Withheld")


def test_what_adds_up_is_held_against_an_even_share_of_its_target():
    (goal,) = drawn(monthly([10] * 12)).goals
    assert (goal.level, goal.label) == (10, "Target 10")


def test_a_level_is_held_against_its_path():
    facts = level(["70", "72", "75", "76"], target=target("80", baseline="60"))
    (goal,) = drawn(facts, date(2017, 4, 1)).goals
    assert goal.path == (65, 70, 75, 80)
    assert goal.label == "Target 80%"
    (earlier,) = drawn(facts, date(2016, 11, 1)).goals
    assert (earlier.path, earlier.label) == ((65, 70), "Required 70%, to reach 80%")


def test_a_path_does_not_hold_before_it_begins():
    seen = observations(["70"] * 6, frequency=Frequency.QUARTERLY, first=date(2015, 10, 1))
    facts = level(observations=seen, target=target("80", baseline="60"))
    (goal,) = drawn(facts, date(2017, 4, 1)).goals
    assert goal.path == (None, None, 65, 70, 75, 80)
    assert [goal.at(place) for place in (1, 2)] == [None, 65]


@pytest.mark.parametrize(
    "changes", [{"baseline": "60", "trajectory": Trajectory.FLAT}, {}, {"baseline": "80"}]
)
def test_without_a_path_a_level_is_held_against_its_target(changes):
    (goal,) = drawn(level(["70"] * 4, target=target("80", **changes))).goals
    assert (goal.level, goal.label) == (80, "Target 80%")


def test_what_is_to_be_maintained_has_both_edges():
    band = target(None, band_low=Decimal(70), band_high=Decimal(90))
    goals = drawn(level(["80"] * 4, direction=Direction.MAINTAIN, target=band)).goals
    assert [(goal.label, goal.level) for goal in goals] == [
        ("At least 70%", 70),
        ("At most 90%", 90),
    ]


def test_an_open_side_of_a_band_is_no_line():
    band = target(None, band_low=Decimal(70))
    (goal,) = drawn(level(["80"] * 4, direction=Direction.MAINTAIN, target=band)).goals
    assert goal.label == "At least 70%"


def test_without_a_target_there_is_no_goal():
    assert drawn(monthly([10] * 3, target=None)).goals == ()
    assert drawn(monthly([10] * 3, target=target(None))).goals == ()


def test_a_running_total_is_drawn_by_what_each_period_adds():
    facts = monthly(
        [10, 25, None, 60, 70],
        aggregation=Aggregation.LATEST,
        is_cumulative=True,
        collected_from=FIRST,
    )
    points = drawn(facts, date(2015, 9, 1)).points
    assert [point.value for point in points] == [10, 15, None, None, 10]
    assert [point.absence for point in points[2:4]] == ["Not reported", "Total before it missing"]


def test_yes_and_no_are_drawn_without_a_usual_range():
    facts = monthly(
        [1, 0, 1] * 5, unit=Unit.YES_NO, aggregation=Aggregation.LATEST, target=target("1")
    )
    series = drawn(facts)
    assert (series.stretches, series.is_charted) == ((), False)
    assert series.goals[0].label == "Target Yes"


def test_thirteen_values_have_a_usual_range_and_twelve_an_average_only():
    (full,) = drawn(monthly([*wavering(13)]), date(2016, 5, 1)).stretches
    (short,) = drawn(monthly([*wavering(12)]), date(2016, 4, 1)).stretches
    assert full.lower is not None
    assert full.upper is not None
    assert (short.mean is None, short.lower, short.upper) == (False, None, None)


def test_a_stretch_that_is_too_short_has_no_signals():
    values = [*wavering(16), 60, 61, 62, 63, 64, 65, 66, 67]
    facts = monthly(values, breaks=(date(2016, 8, 1),))
    series = drawn(facts)
    assert series.breaks == [16]
    assert not any(point.signal for point in series.points[16:])
    whole = drawn(replace(facts, breaks=()))
    assert any(point.signal for point in whole.points[16:])


def test_a_signal_says_what_it_is_and_what_it_means():
    series = drawn(monthly([*wavering(23), 300]), date(2017, 4, 1))
    signal = series.points[23].signal
    assert (signal.finding, signal.side, signal.meaning) == (
        Finding.OUTSIDE,
        Side.HIGH,
        Meaning.CONCERNING,
    )
    assert signal.said == "Above the upper limit (worse)"


def test_limits_stay_within_what_the_unit_can_be():
    rare = drawn(monthly([i * 7 % 4 for i in range(20)]), date(2016, 12, 1)).stretches[0]
    assert rare.lower == 0
    shares = [str(99 - i * 7 % 4) for i in range(20)]
    near = level(
        observations=observations(shares, frequency=Frequency.QUARTERLY, first=date(2012, 4, 1))
    )
    assert drawn(near, date(2017, 4, 1)).stretches[0].upper == 100


def test_the_last_periods_take_their_stretches_and_paths_with_them():
    facts = monthly([*wavering(20), *wavering(4, 60)], breaks=(date(2016, 12, 1),))
    series = drawn(facts, date(2017, 4, 1), last=6)
    assert [(one.first, one.last) for one in series.stretches] == [(0, 1), (2, 5)]
    assert series.breaks == [2]
    quarters = level(["70", "72", "75", "76"], target=target("80", baseline="60"))
    (goal,) = drawn(quarters, date(2017, 4, 1), last=2).goals
    assert goal.path == (75, 80)


def test_nothing_that_has_ended_is_nothing_to_draw():
    seen = (observation(date(2017, 4, 1), "5"),)
    assert drawn(measure(observations=seen), date(2017, 4, 15)).points == ()


def test_the_same_facts_make_the_same_series():
    facts = monthly(wavering(24), breaks=(date(2016, 8, 1),))
    assert hash(drawn(facts)) == hash(drawn(facts))
    assert drawn(facts) == drawn(facts)
