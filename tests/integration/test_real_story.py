"""The City's real figures come out as they were: crimes against the year before, and the break.

Official recorded crime 2015/16 (Home Office): 3,194 acquisitive crimes in seven groups, 275
bicycle thefts, 906 violent and sexual offences. police.uk, April 2016 to March 2017: 3,555, 373
and 922, and 1,463 incidents of anti-social behaviour, which doubled in September 2016.
"""

from datetime import UTC, date, datetime

import pytest

from tests.standing import PASSWORD
from tracker.demo import loader
from tracker.domain.actors import Audience
from tracker.domain.spc_chart import Finding, Side
from tracker.domain.status import ReasonCode
from tracker.domain.vocabulary import Status
from tracker.extensions import db
from tracker.measure_figures import comparison_rows, measure_verdict
from tracker.queries.assessed import KEPT, assessed_plan
from tracker.queries.heads import current_plan
from tracker.queries.reading import Reading

#: When the figures of the whole year were out.
OUTTURN = date(2017, 7, 1)
BOARD = date(2017, 3, 15)


@pytest.fixture
def measures(worker_app, databases):
    """Returns the demonstration's measures by code, as at a day."""

    def load():
        loader.load(db.session(), password=PASSWORD, now=datetime(2018, 6, 30, 9, tzinfo=UTC))

    databases.put(worker_app, "real_story", load)
    KEPT.clear()

    def as_at(day):
        with worker_app.app_context():
            head = current_plan(db.session(), BOARD)
            reading = Reading.of(day, Audience(sees_everything=True))
            return {m.facts.code: m for m in assessed_plan(db.session(), head, reading).measures}

    return as_at


def against_baseline(item):
    (row,) = [row for row in comparison_rows(item) if row["anchor"] == "baseline"]
    return row


@pytest.mark.parametrize(
    ("code", "earlier", "now", "change", "says"),
    [
        ("M3.1a", "3,194", "3,555", "+11%", "Clear rise"),
        ("M3.1b", "275", "373", "+36%", "Clear rise"),
        ("M1.1a", "906", "922", "+2%", "No clear change"),
        ("M3.1e", "680", "731", "+8%", "No clear change"),
        ("M3.1d", "424", "464", "+9%", "No clear change"),
    ],
)
def test_the_whole_year_against_the_year_before(measures, code, earlier, now, change, says):
    row = against_baseline(measures(OUTTURN)[code])
    assert (row["earlier"], row["now"], row["change"]) == (earlier, now, change)
    assert row["say"].startswith(says + ".")
    assert row["span"] == "April 2016 to March 2017"


def test_acquisitive_crime_before_the_board_shows_no_signal_and_a_year_out_of_reach(measures):
    item = measures(BOARD)["M3.1a"]
    assert item.verdict.status is Status.RED
    assert [reason.code for reason in item.verdict.reasons] == [
        ReasonCode.YEAR_UNLIKELY,
        ReasonCode.BY_CHART,
    ]
    assert measure_verdict(item) == (
        "No sign of a change: December's 290 is inside the usual range of 228 to 358, but at this "
        "level the year's target of 3,034 is out of reach."
    )


def test_when_the_year_is_over_it_is_said_how_it_ended(measures):
    item = measures(OUTTURN)["M3.1a"]
    assert item.verdict.why == "the year missed its target of 3,034"
    assert "the year ended at 3,555, missing its target of 3,034" in measure_verdict(item)


def test_violence_in_december_was_a_signal(measures):
    chart = measures(BOARD)["M1.1a"].analysis.chart
    assert chart.latest.value == 117
    assert (chart.latest.signal.finding, chart.latest.signal.side) == (Finding.OUTSIDE, Side.HIGH)


def test_the_start_of_2016_was_low_for_bicycles_and_all_acquisitive_crime(measures):
    points = {p.label: p for p in measures(BOARD)["M3.1a"].analysis.chart.points}
    shift = [day for day, p in points.items() if any(s.finding is Finding.SHIFT for s in p.signals)]
    assert shift == [date(2016, month, 1) for month in range(1, 8)]


def test_anti_social_behaviour_is_two_series_with_a_break_and_not_one_alarm(measures):
    item = measures(BOARD)["M4.1a"]
    before, after = item.analysis.chart.segments
    assert item.facts.breaks == (date(2016, 9, 1),)
    assert round(before.mean) == 82
    assert round(after.mean) == 163
    assert after.is_trial
    assert item.verdict.status is Status.NOT_RATED


def test_before_the_break_was_marked_the_same_figures_alarmed(measures):
    item = measures(date(2016, 12, 18))["M4.1a"]
    assert item.facts.breaks == ()
    assert item.verdict.status is Status.RED


def test_the_year_of_anti_social_behaviour_adds_up(measures):
    assert measures(OUTTURN)["M4.1a"].position.actual == 1463


def test_after_a_year_the_new_level_has_a_chart_of_its_own(measures):
    after = measures(date(2018, 6, 20))["M4.1a"].analysis.chart.segments[-1]
    assert not after.is_trial
    assert round(after.mean) == 144
