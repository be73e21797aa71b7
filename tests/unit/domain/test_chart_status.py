"""The status of a measure with points enough for a chart: signal, assurance, and the year's end."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.unit.domain.factories import RULES, level, measure, observations, target
from tracker.domain.analysis import analyse
from tracker.domain.measure_status import measure_status
from tracker.domain.spc_chart import Assurance, Meaning
from tracker.domain.status import ReasonCode
from tracker.domain.vocabulary import (
    Aggregation,
    Direction,
    ObservationState,
    Standing,
    Status,
    Trajectory,
    Unit,
)

FIRST = date(2015, 4, 1)
#: Every value up to March 2017 would be there.
AS_AT = date(2017, 4, 20)
#: About 10, between 4.68 and 15.32.
STEADY = ["9", "11"] * 12


def flat(value, **changes):
    return target(value, trajectory=Trajectory.FLAT, **changes)


def rate(values, goal, *, provisional=0, **changes):
    """A monthly rate, lower is better, of which the latest value counts."""
    return measure(
        values,
        provisional=provisional,
        collected_from=FIRST,
        unit=Unit.RATE,
        per=Decimal(1000),
        aggregation=Aggregation.LATEST,
        target=flat(goal) if isinstance(goal, str | None) else goal,
        **changes,
    )


def judged(facts, as_at=AS_AT):
    return measure_status(facts, RULES, as_at)


def codes(verdict):
    return [reason.code for reason in verdict.reasons]


#: The last value, what it means where lower is better.
LAST = {Meaning.IMPROVING: "0", Meaning.COMMON_CAUSE: "10", Meaning.CONCERNING: "20"}
#: A target by what usual variation does with it.
GOALS = {Assurance.PASSING: "16", Assurance.HIT_OR_MISS: "10", Assurance.FAILING: "2"}


@pytest.mark.parametrize(
    ("assurance", "meaning", "status"),
    [
        (Assurance.PASSING, Meaning.IMPROVING, Status.GREEN),
        (Assurance.PASSING, Meaning.COMMON_CAUSE, Status.GREEN),
        (Assurance.PASSING, Meaning.CONCERNING, Status.AMBER),
        (Assurance.HIT_OR_MISS, Meaning.IMPROVING, Status.GREEN),
        (Assurance.HIT_OR_MISS, Meaning.COMMON_CAUSE, Status.AMBER),
        (Assurance.HIT_OR_MISS, Meaning.CONCERNING, Status.RED),
        (Assurance.FAILING, Meaning.IMPROVING, Status.AMBER),
        (Assurance.FAILING, Meaning.COMMON_CAUSE, Status.RED),
        (Assurance.FAILING, Meaning.CONCERNING, Status.RED),
    ],
)
@pytest.mark.parametrize("good", [Direction.LOWER, Direction.HIGHER])
def test_the_grid_of_signal_and_assurance(assurance, meaning, status, good):
    turn = good is Direction.HIGHER
    values = [str(20 - Decimal(v)) if turn else v for v in [*STEADY[:-1], LAST[meaning]]]
    goal = str(20 - Decimal(GOALS[assurance])) if turn else GOALS[assurance]
    facts = rate(values, goal, direction=good, baseline_points=12)
    chart = analyse(facts, RULES, AS_AT).chart
    assert (chart.assurance, chart.variation.meaning) == (assurance, meaning)
    verdict = judged(facts)
    assert verdict.status is status
    assert codes(verdict) == [ReasonCode.BY_CHART]


@pytest.mark.parametrize(("baseline", "status"), [("-2", Status.AMBER), ("0", Status.GREEN)])
def test_hit_or_miss_and_improving_is_green_on_its_path_alone(baseline, status):
    # Half of the way in time: the path asks for 2 or for 3, and 2.9 was reached.
    path = target("6", baseline=baseline, starts_on=FIRST, ends_on=date(2019, 3, 31))
    facts = rate([*STEADY[:-1], "2.9"], path, baseline_points=12)
    assert analyse(facts, RULES, AS_AT).chart.assurance is Assurance.HIT_OR_MISS
    assert judged(facts).status is status


def test_a_target_alone_colours_what_has_twelve_points():
    verdict = judged(rate(STEADY[:12], "10"), date(2016, 4, 20))
    assert codes(verdict) == [ReasonCode.BY_TARGET]
    assert verdict.why.startswith("by target, too early for a chart: ")
    assert codes(judged(rate(STEADY[:13], "10"), date(2016, 5, 20))) == [ReasonCode.BY_CHART]


def test_a_break_makes_a_measure_too_early_again():
    facts = rate([*STEADY[:12], *["30", "32"] * 6], "10")
    assert codes(judged(facts)) == [ReasonCode.BY_CHART]
    broken = replace(facts, breaks=(date(2016, 4, 1),))
    assert codes(judged(broken)) == [ReasonCode.BY_TARGET]


@pytest.mark.parametrize(
    ("meaning", "status"),
    [
        (Meaning.IMPROVING, Status.GREEN),
        (Meaning.COMMON_CAUSE, Status.NOT_RATED),
        (Meaning.CONCERNING, Status.RED),
    ],
)
def test_without_a_target_the_signal_alone_decides(meaning, status):
    verdict = judged(rate([*STEADY[:-1], LAST[meaning]], None))
    assert verdict.status is status
    assert verdict.why.startswith("no target is set")


def test_without_a_target_and_points_a_measure_is_not_rated():
    assert judged(rate(STEADY[:12], None), date(2016, 4, 20)).status is Status.NOT_RATED


@pytest.mark.parametrize(
    "changes", [{"standing": Standing.CONTEXT}, {"direction": Direction.NEUTRAL}]
)
def test_context_is_not_rated_whatever_its_chart_shows(changes):
    facts = replace(rate([*STEADY[:-1], "60"], "1"), **changes)
    assert judged(facts).status is Status.NOT_RATED


def test_an_overdue_value_takes_the_status_whatever_the_chart_shows():
    verdict = judged(rate([*STEADY[:-1], None], "16"), date(2017, 5, 20))
    assert verdict.status is Status.NO_DATA


# Provisional values.


def test_a_provisional_signal_for_the_better_does_not_help():
    failing = rate([*STEADY[:-1], "0"], "2", provisional=1, baseline_points=12)
    verdict = judged(failing)
    assert verdict.status is Status.RED
    assert codes(verdict) == [ReasonCode.PROVISIONAL, ReasonCode.BY_CHART]
    assert verdict.reasons[1].severity is Status.AMBER


def test_a_provisional_signal_for_the_worse_counts():
    verdict = judged(rate([*STEADY[:-1], "60"], "16", provisional=1, baseline_points=12))
    assert (verdict.status, codes(verdict)) == (Status.AMBER, [ReasonCode.BY_CHART])


# Bands, tolerances, yes and no.


@pytest.mark.parametrize(
    ("last", "status"),
    [
        ("8", Status.GREEN),
        ("12", Status.GREEN),
        ("12.6", Status.AMBER),
        ("12.61", Status.RED),
        ("7.6", Status.AMBER),
        ("7.59", Status.RED),
    ],
)
@pytest.mark.parametrize("months", [3, 20])
def test_a_maintained_measure_is_rated_by_its_band_only(last, status, months):
    band = flat(None, band_low=Decimal(8), band_high=Decimal(12))
    values = [*STEADY[: months - 1], last]
    facts = rate(values, band, direction=Direction.MAINTAIN)
    as_at = facts.observations[-1].period_start.replace(day=28)
    verdict = judged(facts, date(as_at.year + as_at.month // 12, as_at.month % 12 + 1, 20))
    assert (verdict.status, codes(verdict)) == (status, [ReasonCode.BY_BAND])
    assert "to be kept from 8 to 12" in verdict.why


def test_a_band_may_be_open_on_one_side_and_none_is_not_rated():
    at_most = flat(None, band_high=Decimal(12))
    assert judged(rate(["3"], at_most, direction=Direction.MAINTAIN), date(2015, 5, 9)).why == (
        "3, to be kept at 12 or less"
    )
    none = judged(rate(["3"], flat(None), direction=Direction.MAINTAIN), date(2015, 5, 9))
    assert (none.status, none.why) == (Status.NOT_RATED, "no band is set")


@pytest.mark.parametrize(
    ("last", "status"), [("12", Status.GREEN), ("14", Status.AMBER), ("14.01", Status.RED)]
)
def test_an_absolute_tolerance_counts_instead_of_a_percentage(last, status):
    goal = flat("12", tolerance_absolute=Decimal(2))
    assert judged(rate([last], goal), date(2015, 5, 9)).status is status


@pytest.mark.parametrize(("value", "status"), [("1", Status.GREEN), ("0", Status.RED)])
def test_yes_or_no_is_rated_by_its_target_and_never_charted(value, status):
    facts = level([value] * 20, unit=Unit.YES_NO, target=flat("1"), collected_from=date(2012, 4, 1))
    assert analyse(facts, RULES, AS_AT).chart is None
    verdict = judged(facts)
    assert verdict.status is status
    assert verdict.why.startswith("by target: ")


# The year's end.


def monthly(values, goal, *, first=date(2016, 4, 1), before=(), **changes):
    """A monthly count that adds up, with values of earlier years, lower is better."""
    earlier = observations(before, first=date(2016 - len(before) // 12, 4, 1))
    now = observations(values, first=first)
    return measure(collected_from=first, observations=earlier + now, target=target(goal), **changes)


def test_hit_or_miss_is_one_step_worse_where_the_year_is_unlikely_to_meet_its_target():
    before = ["90", "110"] * 12
    facts = monthly(["90", "110"] * 4, "1120", before=before)
    found = analyse(facts, RULES, date(2016, 12, 15))
    assert found.chart.assurance is Assurance.HIT_OR_MISS
    assert found.chart.variation.meaning is Meaning.COMMON_CAUSE
    verdict = judged(facts, date(2016, 12, 15))
    assert verdict.status is Status.RED
    assert codes(verdict) == [ReasonCode.YEAR_UNLIKELY, ReasonCode.BY_CHART]
    assert verdict.why == "the year is unlikely to meet its target of 1,120"
    within_reach = monthly(["90", "110"] * 4, "1200", before=before)
    assert judged(within_reach, date(2016, 12, 15)).status is Status.AMBER


def test_an_unlikely_year_is_not_held_against_it_before_three_months():
    facts = monthly(["110", "112"], "1100", before=["90", "110"] * 12)
    verdict = judged(facts, date(2016, 6, 15))
    assert ReasonCode.YEAR_UNLIKELY not in codes(verdict)


def test_what_does_not_add_up_over_the_year_has_no_forecast():
    assert analyse(rate(STEADY, "10"), RULES, AS_AT).forecast is None


def test_a_break_within_the_year_leaves_no_forecast_and_no_comparison():
    before = ["90", "110"] * 12
    facts = monthly(["90", "110"] * 4, "1120", before=before)
    whole = analyse(facts, RULES, date(2016, 12, 15))
    assert whole.forecast is not None
    assert whole.last_year is not None
    broken = replace(facts, breaks=(date(2016, 9, 1),))
    found = analyse(broken, RULES, date(2016, 12, 15))
    assert (found.forecast, found.last_year, found.baseline) == (None, None, None)


def test_a_break_on_the_first_day_of_the_year_leaves_its_forecast():
    facts = monthly(["90", "110"] * 4, "1120", before=["9", "11"] * 12)
    broken = replace(facts, breaks=(date(2016, 4, 1),))
    found = analyse(broken, RULES, date(2016, 12, 15))
    assert found.forecast is not None
    assert found.last_year is None


def test_a_running_total_that_begins_within_the_year_adds_nothing_known_at_first():
    facts = monthly(
        ["100", "110", "120"],
        "200",
        first=date(2017, 1, 1),
        aggregation=Aggregation.LATEST,
        is_cumulative=True,
    )
    chart = analyse(facts, RULES, date(2017, 4, 10)).chart
    assert [point.value for point in chart.points] == [None, 10, 10]


@pytest.mark.parametrize("values", [["78", "82"], ["78", "82", None]])
def test_an_average_of_the_year_is_said_to_be_of_the_year_so_far(values):
    facts = level(values, unit=Unit.AVERAGE, aggregation=Aggregation.AVERAGE, target=flat("85"))
    where = analyse(facts, RULES, date(2016, 12, 15)).position
    assert (where.actual, where.is_year_to_date) == (80, True)


# To the last digit.


@pytest.mark.parametrize("good", [Direction.HIGHER, Direction.LOWER])
@pytest.mark.parametrize("each", range(1, 40))
def test_a_total_exactly_on_its_path_is_green_in_every_month(each, good):
    goal = target(str(12 * each), tolerance_percent=Decimal(0))
    for months in range(1, 12):
        facts = measure([str(each)] * months, direction=good, target=goal)
        after = facts.observations[-1].period_start
        as_at = date(after.year + after.month // 12, after.month % 12 + 1, 20)
        assert judged(facts, as_at).status is Status.GREEN


def test_a_shortfall_of_exactly_the_tolerance_is_amber():
    goal = target("30", tolerance_absolute=Decimal(3))
    facts = measure(["4", "3", "3", "3"], target=goal)
    assert judged(facts, date(2016, 8, 15)).status is Status.AMBER


def test_provisional_months_that_are_set_aside_are_still_to_come():
    final = ["100"] * 10
    facts = monthly(
        [*final, "100", "100"], "1190", before=["90", "110"] * 12, direction=Direction.HIGHER
    )
    held = tuple(
        replace(seen, state=ObservationState.PROVISIONAL) if place >= 34 else seen
        for place, seen in enumerate(facts.observations)
    )
    found = analyse(replace(facts, observations=held), RULES, date(2017, 5, 10))
    assert found.forecast.remaining == 0
    assert found.without_provisional().forecast.remaining == 2


def test_a_running_total_forecasts_from_its_latest_value_over_a_gap():
    facts = measure(
        ["10", "20", "30", None, "50", "60", "70", "80", "90"],
        target=target("115"),
        aggregation=Aggregation.LATEST,
        is_cumulative=True,
    )
    forecast = analyse(facts, RULES, date(2017, 1, 10)).forecast
    assert (forecast.year_to_date, forecast.counted, forecast.remaining) == (90, 8, 3)


def test_a_year_that_is_over_and_lacks_a_month_is_not_said_to_have_missed():
    facts = monthly(["100"] * 5 + [None] + ["100"] * 6, "1150", direction=Direction.HIGHER)
    assert analyse(facts, RULES, date(2017, 5, 10)).forecast is None


def test_a_provisional_value_does_not_hide_a_final_signal_for_the_worse():
    values = [*STEADY[:-2], "60", "10"]
    verdict = judged(rate(values, None, provisional=1, baseline_points=12))
    assert (verdict.status, codes(verdict)[0]) == (Status.RED, ReasonCode.PROVISIONAL)


def test_what_is_not_rated_without_its_provisional_value_is_amber_at_best_and_says_so():
    verdict = judged(rate([*STEADY[:-1], "0"], None, provisional=1, baseline_points=12))
    assert verdict.status is Status.AMBER
    assert verdict.why == "without its provisional value it is not rated: amber at best"
