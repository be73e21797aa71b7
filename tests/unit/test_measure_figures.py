"""What a measure's page opens with, and how its points are listed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.unit.domain.factories import RULES, level, measure, observations, target
from tracker.charts.series import series_of
from tracker.charts.table import table_of
from tracker.domain.assessment import assess_measure
from tracker.domain.periods import Period
from tracker.domain.vocabulary import (
    Aggregation,
    Frequency,
    ObservationState,
    Provenance,
    Standing,
    Trajectory,
    Unit,
)
from tracker.measure_figures import (
    comparison_rows,
    forecast_words,
    measure_figures,
    measure_verdict,
)
from tracker.measure_points import point_rows
from tracker.queries.measures import PeriodRow, Version

DECEMBER = date(2017, 1, 10)
EARLIER = observations(["90", "110"] * 12, first=date(2014, 4, 1))
THIS_YEAR = observations(["95", "112", "101", "99", "104", "98", "107", "93", "105"])
CRIMES = measure(observations=EARLIER + THIS_YEAR, target=target("1140", baseline="1200"))


def assessed(facts, as_at=DECEMBER):
    return assess_measure(facts, RULES, as_at)


@pytest.mark.parametrize(
    ("facts", "as_at", "verdict"),
    [
        (
            CRIMES,
            DECEMBER,
            (
                "No sign of a change: December's 105 is inside the usual range of 55 to 146, but at "
                "this level the year's target of 1,140 is out of reach."
            ),
        ),
        (
            measure(["9"]),
            date(2016, 5, 20),
            (
                "9 so far, to the end of April 2016: 1 better than "
                "the 10 that the plan asks for by then."
            ),
        ),
        (measure([]), date(2016, 5, 20), "No value yet: first value due 30 May 2016."),
        (
            measure(["9"]),
            date(2016, 7, 20),
            "No data: May 2016 is 20 days overdue. Last known: 9 so far, to the end of April 2016.",
        ),
        (
            measure(["9"], standing=Standing.CONTEXT, target=target(None)),
            date(2016, 5, 20),
            "9 so far, to the end of April 2016. Shown as context, not rated.",
        ),
        (
            level(["1"], unit=Unit.YES_NO, target=target("1", trajectory=Trajectory.FLAT)),
            date(2016, 7, 20),
            "Yes in April to June 2016: the plan asks for Yes by then.",
        ),
    ],
)
def test_a_page_opens_with_the_signal_and_what_follows(facts, as_at, verdict):
    assert measure_verdict(assessed(facts, as_at)) == verdict


def test_a_charted_measure_shows_status_value_icons_and_year_end():
    figures = measure_figures(assessed(CRIMES))
    assert [figure["explain"] for figure in figures] == ["status", "latest", "signals", "forecast"]
    assert figures[1]["say"] == "10 over the plan's 95"
    assert [label for label, _icon, _words in figures[2]["icons"]] == ["Variation", "Assurance"]
    assert "meeting 1,140 is unlikely" in figures[3]["say"]


def test_too_early_for_a_chart_there_are_no_icons_and_the_position_stands_alone():
    figures = measure_figures(assessed(level(["70"], target=target("80")), date(2016, 7, 20)))
    assert [figure["explain"] for figure in figures] == ["status", "latest", "position"]
    assert figures[2]["figure"].startswith("\u2212")


def test_yes_and_no_are_shown_as_words():
    facts = level(["0"], unit=Unit.YES_NO, target=target("1", trajectory=Trajectory.FLAT))
    figures = measure_figures(assessed(facts, date(2016, 7, 20)))
    assert figures[-1]["figure"] == "No"


def test_a_comparison_says_which_months_it_is_of():
    facts = measure(observations=EARLIER[:15] + THIS_YEAR)
    row = comparison_rows(assessed(facts))[0]
    assert row["counted"] == "3 of 9 months: those that both years have"
    assert (row["earlier"], row["now"]) == ("290", "308")


def test_the_forecast_is_said_in_a_sentence_while_the_year_goes_on():
    assert forecast_words(assessed(CRIMES)).startswith(
        "9 months, 914 crimes, run on in the shape of last year; 95% range. Meeting 1,140 is"
    )
    complete = measure(["100"] * 12, target=target("1140"))
    assert forecast_words(assessed(complete, date(2017, 5, 1))) == ""


# The points.


def stored(facts, *, changed=()):
    """The rows of the page, newest first, as the query gives them."""
    return tuple(
        PeriodRow(_version(facts.frequency, seen), ())
        for seen in reversed(facts.observations)
        if seen.period_start not in changed
    )


def _version(frequency, seen):
    return Version(
        id=seen.id,
        period=Period(frequency, seen.period_start),
        version=1,
        value=seen.value,
        numerator=None,
        denominator=None,
        state=seen.state,
        provenance=Provenance.RECORDED,
        source="",
        note="",
        change_reason="",
        known_at=datetime(2017, 1, 1, tzinfo=UTC),
        author="Lead",
        author_id=1,
        on_behalf_of="",
    )


def points(facts, as_at=DECEMBER):
    series = series_of(assessed(facts, as_at), as_at)
    return point_rows(stored(facts), table_of(series), facts.unit)


def test_points_are_listed_newest_first_with_their_distance_to_the_target():
    rows = points(CRIMES)
    assert [row.label for row in rows[:2]] == ["Dec 2016", "Nov 2016"]
    assert (rows[0].to_target, rows[1].to_target) == ("+10", "\u22122")
    assert len(rows) == 33


def test_a_signal_is_said_in_words_beside_its_point():
    last = replace(THIS_YEAR[-1], value=Decimal(300))
    rows = points(replace(CRIMES, observations=(*CRIMES.observations[:-1], last)))
    assert rows[0].signal == "Above the upper limit (worse)"
    assert rows[0].meaning == "concerning"
    assert not rows[1].signal


def test_neighbouring_periods_of_which_nothing_is_known_are_one_row():
    facts = measure(["1", None, None, "4"], collected_from=date(2016, 4, 1))
    rows = points(facts, date(2016, 8, 10))
    assert [row.label for row in rows] == ["Jul 2016", "May 2016 to Jun 2016", "Apr 2016"]
    assert (rows[1].stored, rows[1].absence) == (None, "Not reported")


def test_a_withheld_period_is_a_row_of_its_own():
    withheld = replace(THIS_YEAR[1], value=None, state=ObservationState.WITHHELD)
    rows = points(replace(CRIMES, observations=(THIS_YEAR[0], withheld)), date(2016, 6, 10))
    assert [row.stored is not None for row in rows] == [True, True]


def test_a_running_total_says_what_each_period_adds():
    facts = measure(["5", "12", "20"], aggregation=Aggregation.LATEST, is_cumulative=True)
    assert [row.adds for row in points(facts, date(2016, 7, 10))] == ["+8", "+7", ""]


def test_a_measure_of_quarters_is_listed_like_any_other():
    facts = level(["70", "75"], frequency=Frequency.QUARTERLY)
    assert [row.label for row in points(facts, date(2016, 10, 10))] == [
        "Jul to Sep 2016",
        "Apr to Jun 2016",
    ]
