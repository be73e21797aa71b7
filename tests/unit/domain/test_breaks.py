"""Breaks and frozen baselines: what may be set, what is refused and in which words."""

from datetime import date
from decimal import Decimal

import pytest

from tests.unit.domain.factories import measure, observations
from tracker.domain.breaks import (
    BreakDetails,
    FreezeDetails,
    KnownSeries,
    check_break,
    check_freeze,
    check_withdrawal,
    periods_for_a_break,
    standing_words,
    stretch_words,
    suggested_break,
)
from tracker.domain.errors import RuleBroken
from tracker.domain.periods import Period
from tracker.domain.spc import xmr
from tracker.domain.spc_chart import Point, Side
from tracker.domain.vocabulary import Direction, Frequency, ObservationState, Unit

TODAY = date(2017, 3, 15)
SEPTEMBER = date(2016, 9, 1)
WHY = "The force moved to a new recording system."


def months(first: date, count: int) -> list[date]:
    found, period = [], Period.containing(Frequency.MONTHLY, first)
    for _each in range(count):
        found.append(period.start)
        period = period.next()
    return found


def series(
    count: int = 11,
    *,
    first: date = date(2016, 4, 1),
    breaks: tuple[date, ...] = (),
    provisional: int = 0,
    points: int | None = None,
    frequency: Frequency = Frequency.MONTHLY,
) -> KnownSeries:
    """A series of so many values from the first period on; the last ones may be provisional."""
    held = months(first, count)
    counting = frozenset(held[: count - provisional])
    return KnownSeries(frequency, frozenset(held), counting, frozenset(breaks), points)


def refused(check, *arguments) -> tuple[str | None, str]:
    with pytest.raises(RuleBroken) as caught:
        check(*arguments)
    return caught.value.field, caught.value.message


@pytest.mark.parametrize("day", [1, 2, 14, 30])
def test_any_day_within_a_period_means_its_first_day(day):
    wanted = BreakDetails(date(2016, 9, day), f"  {WHY}\r\n")
    assert check_break(wanted, series(), TODAY) == BreakDetails(SEPTEMBER, WHY)


@pytest.mark.parametrize(
    ("frequency", "day", "first"),
    [
        (Frequency.QUARTERLY, date(2016, 9, 30), date(2016, 7, 1)),
        (Frequency.YEARLY, date(2016, 2, 29), date(2015, 4, 1)),
    ],
)
def test_the_period_is_the_measures_own(frequency, day, first):
    known = KnownSeries(frequency, frozenset({date(2014, 4, 1)}), frozenset(), frozenset())
    assert check_break(BreakDetails(day, WHY), known, TODAY).starts_on == first


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (date(2016, 4, 30), "April 2016 is the first period with a value: choose a later one"),
        (date(2015, 12, 1), "April 2016 is the first period with a value: choose a later one"),
        (date(2017, 3, 1), "March 2017 is not over yet: choose February 2017 or an earlier"),
        (date(2099, 1, 1), "January 2099 is not over yet: choose February 2017 or an earlier"),
        (date(1999, 12, 31), "Enter a date between 2000 and 2100"),
        (date(9999, 12, 31), "Enter a date between 2000 and 2100"),
        (date(1, 1, 1), "Enter a date between 2000 and 2100"),
    ],
)
def test_a_break_lies_after_the_first_value_and_in_a_period_that_is_over(day, message):
    field, said = refused(check_break, BreakDetails(day, WHY), series(), TODAY)
    assert field == "starts_on"
    assert message in said


@pytest.mark.parametrize("day", [date(2016, 5, 1), date(2017, 2, 28)])
def test_the_second_period_and_the_last_that_is_over_may_begin_a_break(day):
    assert check_break(BreakDetails(day, WHY), series(), TODAY).starts_on == day.replace(day=1)


def test_a_break_needs_a_value_before_it():
    field, said = refused(check_break, BreakDetails(SEPTEMBER, WHY), series(0), TODAY)
    assert (field, said) == (
        "starts_on",
        "No value is stored yet: a break stands between two values",
    )


def test_a_break_that_stands_is_refused_whatever_day_of_it_is_named():
    known = series(breaks=(SEPTEMBER,))
    field, said = refused(check_break, BreakDetails(date(2016, 9, 20), WHY), known, TODAY)
    assert (field, said) == (
        "starts_on",
        "A break from September 2016 stands already: choose another period",
    )


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        ("", "Enter why the values before and after cannot be compared"),
        ("  \n ", "Enter why the values before and after cannot be compared"),
        ("New forms", "in 10 characters or more"),
        ("   New forms   ", "in 10 characters or more"),
        ("x" * 501, "Shorten why the values before and after cannot be compared by 1 character"),
        ("A new system\x00", "Remove the control characters"),
    ],
)
def test_a_break_says_why(reason, message):
    field, said = refused(check_break, BreakDetails(SEPTEMBER, reason), series(), TODAY)
    assert field == "reason"
    assert message in said


def test_ten_characters_are_a_reason():
    assert check_break(BreakDetails(SEPTEMBER, "New system"), series(), TODAY).reason


def test_a_break_that_stands_is_withdrawn_with_a_reason():
    known = series(breaks=(SEPTEMBER,))
    wanted = BreakDetails(date(2016, 9, 12), "The force says nothing changed.")
    assert check_withdrawal(wanted, known).starts_on == SEPTEMBER
    assert refused(check_withdrawal, BreakDetails(SEPTEMBER, "No"), known) == (
        "reason",
        "Say why the break is withdrawn in 10 characters or more",
    )


def test_a_break_that_does_not_stand_is_not_withdrawn():
    field, said = refused(check_withdrawal, BreakDetails(SEPTEMBER, WHY), series())
    assert (field, said) == (
        "starts_on",
        "No break from September 2016 stands: choose one that does",
    )


def test_a_break_is_found_by_its_day_where_the_frequency_has_changed_since():
    known = KnownSeries(
        Frequency.QUARTERLY, frozenset(), frozenset(), frozenset({date(2016, 8, 1), SEPTEMBER})
    )
    assert check_withdrawal(BreakDetails(SEPTEMBER, WHY), known).starts_on == SEPTEMBER
    assert check_withdrawal(BreakDetails(date(2016, 7, 1), WHY), known).starts_on == date(
        2016, 8, 1
    )


def test_the_periods_that_are_offered_are_those_that_would_be_taken():
    known = series(breaks=(SEPTEMBER,))
    offered = periods_for_a_break(known, TODAY)
    assert [offered[0].label, offered[-1].label] == ["February 2017", "May 2016"]
    assert len(offered) == 9
    for period in offered:
        check_break(BreakDetails(period.start, WHY), known, TODAY)


def test_without_a_value_no_period_is_offered():
    assert periods_for_a_break(series(0), TODAY) == []
    assert periods_for_a_break(series(1, first=date(2017, 2, 1)), TODAY) == []


@pytest.mark.parametrize("points", [12, 24, 30])
def test_a_baseline_is_frozen_at_twelve_points_up_to_the_longest_segment(points):
    known = series(30, first=date(2014, 9, 1))
    assert check_freeze(FreezeDetails(points, WHY), known) == FreezeDetails(points, WHY)


@pytest.mark.parametrize(
    ("points", "message"),
    [
        (11, "Enter 12 or more: fewer values say too little about usual variation"),
        (0, "Enter 12 or more: fewer values say too little about usual variation"),
        (-5, "Enter 12 or more: fewer values say too little about usual variation"),
        (31, "Enter 30 or fewer: the longest segment has 30 final values"),
        (999999, "Enter 30 or fewer: the longest segment has 30 final values"),
    ],
)
def test_a_number_of_points_that_cannot_be_says_what_to_enter(points, message):
    known = series(30, first=date(2014, 9, 1))
    assert refused(check_freeze, FreezeDetails(points, WHY), known) == ("points", message)


def test_provisional_values_and_other_segments_do_not_lengthen_a_baseline():
    known = series(30, first=date(2014, 9, 1), breaks=(SEPTEMBER,), provisional=3)
    assert known.longest == 24
    assert refused(check_freeze, FreezeDetails(25, WHY), known)[0] == "points"
    assert check_freeze(FreezeDetails(24, WHY), known).points == 24


def test_a_series_that_is_too_short_says_so_before_it_asks_for_another_number():
    field, said = refused(check_freeze, FreezeDetails(12, WHY), series(11))
    assert field == "points"
    assert said.startswith("Wait for more values: a baseline takes 12 final values")
    assert said.endswith("the longest segment has 11")


def test_a_freeze_that_changes_nothing_is_refused_and_another_number_is_not():
    known = series(30, points=12)
    assert refused(check_freeze, FreezeDetails(12, WHY), known) == (
        "points",
        "The baseline is frozen at 12 values already: enter another number",
    )
    assert check_freeze(FreezeDetails(13, WHY), known).points == 13


def test_a_frozen_baseline_is_released_and_one_that_is_not_cannot_be():
    assert check_freeze(FreezeDetails(None, WHY), series(30, points=12)).points is None
    assert refused(check_freeze, FreezeDetails(None, WHY), series(30)) == (
        None,
        "The baseline is not frozen: every final value counts already",
    )


@pytest.mark.parametrize("points", [None, 24])
def test_freezing_and_releasing_say_why(points):
    known = series(30, points=12)
    assert refused(check_freeze, FreezeDetails(points, "Better so"), known)[0] == "reason"


def test_a_series_is_read_from_the_facts_of_its_measure():
    seen = observations(["5", None, "7", "8"], first=date(2016, 4, 1), provisional=1)
    facts = measure(observations=seen, breaks=(SEPTEMBER,), baseline_points=12)
    known = KnownSeries.of(facts)
    assert known.held == {date(2016, 4, 1), date(2016, 6, 1), date(2016, 7, 1)}
    assert known.counting == {date(2016, 4, 1), date(2016, 6, 1)}
    assert (known.breaks, known.baseline_points) == ({SEPTEMBER}, 12)


def test_a_period_without_a_number_is_not_held():
    seen = observations(["5"], first=date(2016, 4, 1))
    facts = measure(observations=seen)
    withheld = measure(
        observations=tuple(
            type(one)(
                one.id,
                one.period_start,
                None,
                ObservationState.WITHHELD,
                1,
                one.known_at,
                one.provenance,
            )
            for one in seen
        )
    )
    assert KnownSeries.of(facts).held
    assert not KnownSeries.of(withheld).held


def test_segments_are_counted_as_the_chart_counts_them():
    held = months(date(2014, 9, 1), 30)
    breaks = (date(2015, 3, 1), SEPTEMBER, date(2020, 1, 1), date(2010, 1, 1))
    known = KnownSeries(Frequency.MONTHLY, frozenset(held), frozenset(held), frozenset(breaks))
    chart = xmr([Point(day, Decimal(9)) for day in held], good=Direction.LOWER, breaks=breaks)
    counted = [segment.counting for segment in chart.segments]
    assert [stretch.counting for stretch in known.stretches] == counted == [6, 18, 6]
    assert known.longest == 18


def test_words_say_what_stands_and_how_long_the_segments_are():
    assert standing_words(2, None).startswith("Two breaks stand. Every final value counts")
    assert stretch_words(series(11, breaks=(SEPTEMBER,))) == (
        "5 before September 2016, 6 from September 2016 on"
    )
    assert stretch_words(series(0)) == "0"


def shifted(high: int) -> list[Point]:
    """Twenty months, the latest so many of them far above the others."""
    days = months(date(2015, 7, 1), 20)
    return [
        Point(day, Decimal(160 + place % 3 if place >= 20 - high else 80 + place % 3))
        for place, day in enumerate(days)
    ]


def test_a_chart_suggests_a_break_with_its_evidence_and_makes_none():
    chart = xmr(shifted(8), good=Direction.LOWER)
    found = suggested_break(chart, Frequency.MONTHLY)
    assert found is not None
    assert (found.period.label, found.count, found.side) == ("July 2016", 8, Side.HIGH)
    assert found.evidence(Unit.COUNT) == (
        "The latest 8 values, from July 2016 on, all lie above the average of 113"
    )
    assert len(chart.segments) == 1


def test_a_chart_that_suggests_nothing_gives_nothing():
    assert suggested_break(xmr(shifted(7), good=Direction.LOWER), Frequency.MONTHLY) is None
    assert suggested_break(xmr([], good=Direction.LOWER), Frequency.MONTHLY) is None
    marked = xmr(shifted(8), good=Direction.LOWER, breaks=(date(2016, 7, 1),))
    assert suggested_break(marked, Frequency.MONTHLY) is None


def test_a_fall_is_said_to_lie_below():
    points = [Point(one.label, 200 - one.value) for one in shifted(9) if one.value is not None]
    found = suggested_break(xmr(points, good=Direction.LOWER), Frequency.MONTHLY)
    assert found is not None
    assert "all lie below the average" in found.evidence(Unit.COUNT)
