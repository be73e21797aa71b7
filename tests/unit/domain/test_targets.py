from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.unit.domain.factories import (
    FIRST_DAY,
    LAST_DAY,
    level,
    measure,
    observation,
    observations,
    target,
)
from tracker.domain.periods import Period
from tracker.domain.targets import path_value, position, rate, target_per_period
from tracker.domain.vocabulary import (
    Aggregation,
    Direction,
    Frequency,
    ObservationState,
    Status,
    Trajectory,
    Unit,
)

HIGHER, LOWER = Direction.HIGHER, Direction.LOWER


@pytest.mark.parametrize(
    ("actual", "required", "tolerance", "good", "status"),
    [
        ("99", "100", "5", LOWER, Status.GREEN),
        ("100", "100", "5", LOWER, Status.GREEN),
        ("100.01", "100", "5", LOWER, Status.AMBER),
        ("105", "100", "5", LOWER, Status.AMBER),
        ("105.01", "100", "5", LOWER, Status.RED),
        ("101", "100", "5", HIGHER, Status.GREEN),
        ("100", "100", "5", HIGHER, Status.GREEN),
        ("95", "100", "5", HIGHER, Status.AMBER),
        ("94.99", "100", "5", HIGHER, Status.RED),
        ("0", "0", "0", LOWER, Status.GREEN),
        ("1", "0", "0", LOWER, Status.RED),
    ],
)
def test_a_shortfall_is_green_then_amber_up_to_the_tolerance_then_red(
    actual, required, tolerance, good, status
):
    numbers = Decimal(actual), Decimal(required), Decimal(tolerance)
    assert rate(*numbers, good=good) is status


def test_a_sum_is_held_against_the_same_months_share_of_the_years_target():
    where = position(measure(["12", "8", "11"]), date(2016, 8, 1))
    assert where is not None
    assert (where.actual, where.required, where.shortfall) == (31, 30, 1)
    assert (where.periods_counted, where.period.key) == (3, "2016-06")
    assert where.is_year_to_date


def test_a_month_that_is_missing_lowers_what_is_required_too():
    where = position(measure(["12", None, "11"]), date(2016, 8, 1))
    assert where is not None
    assert (where.actual, where.required, where.periods_counted) == (23, 20, 2)


def test_a_sum_counts_only_what_lies_in_the_span_of_the_target():
    facts = measure(["50"] * 3 + ["10"] * 2, collected_from=date(2016, 1, 1))
    where = position(facts, date(2016, 6, 15))
    assert where is not None
    assert (where.actual, where.required) == (20, 20)


def test_a_sum_stops_counting_at_the_end_of_the_span():
    facts = measure(["10"] * 14)
    where = position(facts, date(2017, 7, 1))
    assert where is not None
    assert (where.actual, where.required, where.period.key) == (120, 120, "2017-03")


def test_a_span_that_begins_within_a_year_counts_that_year():
    facts = measure(
        ["70"], frequency=Frequency.YEARLY, target=target("70", starts_on=date(2016, 6, 1))
    )
    where = position(facts, date(2017, 6, 1))
    assert where is not None
    assert (where.actual, where.required, where.periods_counted) == (70, 70, 1)


def test_a_year_that_is_one_period_is_held_against_the_whole_target():
    where = position(measure(["66"], frequency=Frequency.YEARLY), date(2017, 4, 20))
    assert where is not None
    assert (where.actual, where.required) == (66, 120)


def test_only_what_was_known_for_a_period_by_then_counts():
    where = position(measure(["10"] * 12), date(2016, 5, 31))
    assert where is not None
    assert where.period.key == "2016-05"


def test_a_sum_has_no_position_before_the_span_has_a_value():
    facts = measure(["10"] * 3, collected_from=date(2016, 1, 1))
    assert position(facts, date(2016, 4, 10)) is None


@pytest.mark.parametrize(("quarters", "required"), [(1, "65"), (2, "70"), (3, "75"), (4, "80")])
def test_a_level_is_required_to_move_in_a_line_from_baseline_to_target(quarters, required):
    facts = level(["70"] * quarters, target=target("80", baseline="60"))
    where = position(facts, date(2017, 6, 1))
    assert where is not None
    assert where.required == Decimal(required)


def test_a_baseline_of_zero_is_a_baseline():
    where = position(level(["70"], target=target("80", baseline="0")), LAST_DAY)
    assert where is not None
    assert where.required == 20


@pytest.mark.parametrize(
    "goal",
    [target("80"), target("80", baseline="60", trajectory=Trajectory.FLAT)],
    ids=["no baseline", "flat"],
)
def test_a_level_is_held_against_the_target_where_there_is_no_line(goal):
    where = position(level(["70"], target=goal), LAST_DAY)
    assert where is not None
    assert (where.required, where.shortfall) == (80, 10)


def test_a_level_stands_at_its_newest_value():
    where = position(level(["50", "70", None]), LAST_DAY)
    assert where is not None
    assert (where.actual, where.period.key, where.is_year_to_date) == (70, "2016/17 Q2", False)


def test_a_level_from_before_the_path_is_held_against_the_baseline():
    facts = level(["55"], collected_from=date(2016, 1, 1), target=target("80", baseline="60"))
    where = position(facts, date(2016, 5, 1))
    assert where is not None
    assert where.required == 60


def test_a_level_from_after_the_path_is_held_against_the_target():
    facts = level(["55"] * 6, target=target("80", baseline="60"))
    where = position(facts, date(2017, 11, 1))
    assert where is not None
    assert (where.required, where.period.key) == (80, "2017/18 Q2")


@pytest.mark.parametrize(("quarters", "required"), [(1, "25"), (3, "75"), (4, "100")])
def test_a_running_total_is_required_to_grow_evenly_from_nothing(quarters, required):
    goal = target("100", baseline="60")
    facts = level(["50"] * quarters, is_cumulative=True, target=goal)
    where = position(facts, date(2017, 6, 1))
    assert where is not None
    assert where.required == Decimal(required)


def test_last_years_running_total_says_nothing_of_this_year():
    facts = level(["100"], is_cumulative=True, collected_from=date(2016, 1, 1))
    assert position(facts, date(2016, 5, 1)) is None


def test_an_average_is_the_mean_of_the_span_against_the_path_at_its_newest_period():
    goal = target("80", baseline="60")
    facts = level(
        ["70", None, "73"], aggregation=Aggregation.AVERAGE, target=goal, unit=Unit.AVERAGE
    )
    where = position(facts, LAST_DAY)
    assert where is not None
    assert (where.actual, where.required, where.periods_counted) == (Decimal("71.5"), 75, 2)


def test_an_average_leaves_out_what_lies_before_the_span():
    facts = level(["10", "70"], aggregation=Aggregation.AVERAGE, collected_from=date(2016, 1, 1))
    where = position(facts, LAST_DAY)
    assert where is not None
    assert where.actual == 70


@pytest.mark.parametrize(("required", "tolerance"), [("80", "4"), ("-80", "4"), ("0", "0")])
def test_the_tolerance_is_a_percentage_of_the_size_of_what_is_required(required, tolerance):
    where = position(level(["70"], target=target(required)), LAST_DAY)
    assert where is not None
    assert where.tolerance == Decimal(tolerance)


def test_a_true_zero_is_a_value():
    where = position(measure(["0", "0"]), date(2016, 7, 1))
    assert where is not None
    assert (where.actual, where.periods_counted) == (0, 2)


def test_what_was_withheld_or_not_collected_has_no_value():
    answered = (
        observation(date(2016, 4, 1), "10"),
        observation(date(2016, 5, 1), None, ObservationState.WITHHELD),
        observation(date(2016, 6, 1), None, ObservationState.NOT_COLLECTED),
    )
    where = position(measure(observations=answered), date(2016, 8, 1))
    assert where is not None
    assert (where.periods_counted, where.period.key) == (1, "2016-04")


def test_provisional_values_count_unless_they_are_left_out():
    facts = measure(["10", "10", "40"], provisional=1)
    with_all = position(facts, date(2016, 8, 1))
    final = position(facts, date(2016, 8, 1), include_provisional=False)
    assert with_all is not None
    assert final is not None
    assert (with_all.actual, with_all.is_provisional, with_all.is_latest_provisional) == (
        60,
        True,
        True,
    )
    assert (final.actual, final.required, final.is_provisional) == (20, 20, False)


def test_an_older_provisional_value_makes_the_sum_provisional_but_not_the_latest_value():
    earlier = observations(["10"], provisional=1)
    later = observations(["10"], first=date(2016, 5, 1))
    where = position(measure(observations=earlier + later), date(2016, 7, 1))
    assert where is not None
    assert (where.is_provisional, where.is_latest_provisional) == (True, False)


def test_an_older_provisional_value_leaves_a_level_final():
    quarterly = Frequency.QUARTERLY
    earlier = observations(["70"], frequency=quarterly, provisional=1)
    later = observations(["71"], frequency=quarterly, first=date(2016, 7, 1))
    where = position(level(observations=earlier + later), LAST_DAY)
    assert where is not None
    assert not where.is_provisional


def test_there_is_no_position_without_a_value():
    assert position(measure(), LAST_DAY) is None


@pytest.mark.parametrize("goal", [None, target(None)], ids=["no path", "no target on the path"])
@pytest.mark.parametrize("make", [measure, level], ids=["sum", "level"])
def test_without_a_target_nothing_is_required(make, goal):
    where = position(make(["70"], target=goal), LAST_DAY)
    assert where is not None
    assert (where.actual, where.required, where.shortfall, where.tolerance) == (70, None, None, 0)


def test_nothing_falls_short_where_neither_side_is_good():
    where = position(level(["70"], direction=Direction.NEUTRAL), LAST_DAY)
    assert where is not None
    assert (where.required, where.shortfall) == (80, None)


def test_nothing_is_rounded_on_the_way():
    where = position(measure(["11"], target=target("100")), date(2016, 5, 10))
    assert where is not None
    assert where.required == Decimal(100) / 12
    assert where.tolerance == Decimal(100) / 12 * 5 / 100


def test_the_order_of_the_observations_changes_nothing():
    facts = level(["50", "60", "70"])
    backwards = replace(facts, observations=facts.observations[::-1])
    assert position(backwards, LAST_DAY) == position(facts, LAST_DAY)


def test_a_path_without_a_target_leads_nowhere():
    assert path_value(target(None), Period(Frequency.MONTHLY, FIRST_DAY)) is None


@pytest.mark.parametrize(
    ("facts", "share"),
    [
        (measure(), Decimal(10)),
        (measure(frequency=Frequency.QUARTERLY), Decimal(30)),
        (level(), Decimal(80)),
        (measure(target=None), None),
        (measure(target=target(None)), None),
    ],
    ids=["months", "quarters", "level", "no path", "no target"],
)
def test_a_period_is_held_against_its_even_share_of_a_sum_and_against_a_level_whole(facts, share):
    assert target_per_period(facts) == share
