"""Every figure of a measure explained, with the numbers in the formula."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.unit.domain.factories import RULES, level, measure, observations, target
from tracker.domain.assessment import assess_measure
from tracker.domain.explained import added_up
from tracker.domain.explained_measure import Entered, Origin, explain_measure
from tracker.domain.facts import JudgementFacts
from tracker.domain.vocabulary import (
    Aggregation,
    Direction,
    Frequency,
    ObservationState,
    Status,
    Trajectory,
    Unit,
)

ENTERED = Entered("Lead", datetime(2017, 1, 9, 10, tzinfo=UTC), 2, "Checked.", "A recount.", "")
ORIGIN = Origin("Crimes recorded.", "police.uk", "Open Government Licence v3.0", ENTERED)
DECEMBER = date(2017, 1, 10)
#: April to December, about 100 a month, and the two years before.
EARLIER = observations(["90", "110"] * 12, first=date(2014, 4, 1))
THIS_YEAR = observations(["95", "112", "101", "99", "104", "98", "107", "93", "105"])
CRIMES = measure(observations=EARLIER + THIS_YEAR, target=target("1140", baseline="1200"))
NUMBERLESS = replace(THIS_YEAR[0], value=None)


def explained(facts, as_at=DECEMBER, origin=ORIGIN):
    found = explain_measure(assess_measure(facts, RULES, as_at), origin)
    return {one.anchor: one for one in found}


def rows(facts, anchor, **more):
    return dict(explained(facts, **more)[anchor].rows)


def test_every_figure_of_a_charted_count_is_explained_once():
    found = explain_measure(assess_measure(CRIMES, RULES, DECEMBER), ORIGIN)
    assert [one.anchor for one in found] == [
        "status",
        "latest",
        "position",
        "target",
        "limits",
        "signals",
        "forecast",
        "last-year",
        "baseline",
    ]
    assert all(one.title and one.rows for one in found)


def test_a_value_says_who_entered_it_when_and_why_it_changed():
    said = rows(CRIMES, "latest")
    assert said["Entered"] == "9 January 2017 by Lead; Checked.; changed because: A recount."
    assert said["Source"] == "police.uk, Open Government Licence v3.0"
    assert said["State"] == "final; version 1"


def test_the_year_so_far_is_added_up_with_its_numbers():
    said = rows(CRIMES, "position")
    assert said["Formula"] == "95 + 112 + 101 + 99 + 104 + 98 + 107 + 93 + 105 = 914"
    # Last year these nine months were 890 of 1,200.
    assert said["Required"] == (
        "target 1,140 x last year's share of these periods (9 of 12) = 845.5"
    )


def test_limits_give_average_range_and_both_limits():
    said = rows(CRIMES, "limits")
    chart = assess_measure(CRIMES, RULES, DECEMBER).analysis.chart
    assert said["Formula"].startswith("100.424 plus and minus 2.66 x 17.2188 = ")
    assert f"{round(chart.current.upper, 1)}" in said["Formula"]
    assert "Trial" not in said


def test_a_trial_a_break_and_a_frozen_baseline_are_said():
    facts = replace(CRIMES, breaks=(date(2016, 9, 1),), baseline_points=12)
    said = rows(facts, "limits")
    assert said["Breaks"] == "1 September 2016"
    assert said["Baseline"].startswith("frozen: the first 12 values")
    assert said["Trial"].startswith("under 13 final values")
    assert "signals" not in explained(facts)


def test_the_forecast_gives_the_run_and_the_range():
    facts = measure(["95", "112", "101", "99"], target=target("1140"))
    said = rows(facts, "forecast", as_at=date(2016, 8, 10))
    assert said["Formula"] == ("407 in 4 periods + 8 more at the same rate (407 x 8 / 4) = 1,221")
    assert said["Chance"].startswith("meeting 1,140 is ")
    assert "forecast" not in explained(measure(["9", "9"]), date(2016, 6, 10))


def test_a_share_is_explained_by_its_parts():
    seen = observations(["88"], frequency=Frequency.QUARTERLY)[0]
    facts = level(observations=(replace(seen, numerator=Decimal(44), denominator=Decimal(50)),))
    assert rows(facts, "latest")["Formula"] == "44 / 50 x 100 = 88%"
    answered = level(observations=(replace(seen, denominator=Decimal(50)),))
    assert rows(answered, "latest")["Formula"] == "as entered: 88% of 50 answers"


@pytest.mark.parametrize(
    ("facts", "required"),
    [
        (level(["70"], target=target("80", baseline="60")), "a line from 60% to 80%"),
        (
            level(["70"], target=target("80", trajectory=Trajectory.FLAT)),
            "the target, 80%, from the first day on",
        ),
        (
            level(
                ["70"],
                direction=Direction.MAINTAIN,
                target=target(None, band_low=Decimal(60), band_high=Decimal(75)),
            ),
            "the nearer edge of the band: 75%",
        ),
    ],
)
def test_each_kind_of_path_says_how_what_is_required_came_about(facts, required):
    assert rows(facts, "position", as_at=date(2016, 8, 1))["Required"].startswith(required)


def test_the_status_says_rule_inputs_version_and_judgement():
    said = rows(CRIMES, "status")
    assert said["Rules"] == "version 1, as at 10 January 2017"
    assert said["Judgement"] == "None: the computed status stands alone"
    computed = assess_measure(CRIMES, RULES, DECEMBER).verdict.status
    judged = JudgementFacts(
        1,
        Status.RED if computed is not Status.RED else Status.AMBER,
        computed,
        "The officers know of a change in recording.",
        "Officer",
        DECEMBER,
        date(2017, 3, 1),
        seconded_by="Chair",
    )
    assert (
        "by Officer, until 1 March 2017"
        in rows(replace(CRIMES, judgement=judged), "status")["Judgement"]
    )


@pytest.mark.parametrize(
    "facts",
    [
        measure([]),
        level([]),
        level(["1"], unit=Unit.YES_NO, target=target("1")),
        measure(["5"], target=target(None)),
        measure(["5"], target=target("0")),
        level(["-3"], unit=Unit.AVERAGE, aggregation=Aggregation.AVERAGE),
        measure(observations=(replace(NUMBERLESS, state=ObservationState.WITHHELD),)),
    ],
)
def test_whatever_is_missing_nothing_breaks_and_nothing_is_made_up(facts):
    found = explained(facts, date(2016, 8, 1), Origin("", "", "", None))
    assert "status" in found
    assert all(text for one in found.values() for _term, text in one.rows)


def test_a_long_sum_is_counted_not_written_out():
    assert added_up([str(n) for n in range(30)], "435") == "the sum of 30 values = 435"
