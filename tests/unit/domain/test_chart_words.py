"""What a chart says in words: the signal, then what follows for the target."""

from datetime import date
from decimal import Decimal

import pytest

from tests.unit.domain.factories import RULES, level, measure, observations, target
from tracker.domain.analysis import analyse
from tracker.domain.chart_words import (
    assurance_words,
    chart_sentence,
    consequence,
    drawn_limits,
    is_bad_news,
    picture_heading,
    signal_words,
    variation_words,
)
from tracker.domain.spc_chart import Finding, Meaning, Side, Signal, Variation
from tracker.domain.vocabulary import Aggregation, Frequency, Trajectory, Unit

FIRST = date(2015, 4, 1)
AS_AT = date(2017, 4, 20)
STEADY = ["280", "310"] * 12


def found(values, goal="295", *, as_at=AS_AT, **changes):
    """A monthly level of crimes, lower is better."""
    given = {
        "collected_from": FIRST,
        "aggregation": Aggregation.LATEST,
        "target": target(goal, trajectory=Trajectory.FLAT),
        "baseline_points": 12,
    }
    return analyse(measure(values, **given | changes), RULES, as_at)


@pytest.mark.parametrize(
    ("last", "sentence"),
    [
        (
            ["298", "299", "300", "298", "299", "300", "298"],
            "Seven months in a row above the average of 295: a real rise, not noise",
        ),
        (
            ["292", "291", "292", "291", "292", "291", "292", "291"],
            "Eight months in a row below the average of 295: a real fall, not noise",
        ),
        (["400"], "March's 400 is above the upper limit of 375: a real rise, not noise"),
        (["100"], "March's 100 is below the lower limit of 215: a real fall, not noise"),
        (
            ["355", "296", "355"],
            "Two of three months near the upper limit of 375: a real rise, not noise",
        ),
        (
            ["289", "290", "291", "292", "296", "297", "298"],
            "A rise in each of seven months in a row: a real rise, not noise",
        ),
        (["296"], "No sign of a change: March's 296 is inside the usual range of 215 to 375"),
    ],
)
def test_each_chart_carries_one_plain_sentence(last, sentence):
    values = [*STEADY[: 24 - len(last)], *last]
    # The frozen baseline: 280 and 310 in turn.
    assert chart_sentence(found(values)) == sentence


def test_a_constant_series_says_what_it_always_was():
    assert chart_sentence(found(["7"] * 24)) == "Every month was 7"


def test_too_few_points_say_how_many_there_are():
    early = found(STEADY[:9], as_at=date(2016, 1, 20))
    assert chart_sentence(early) == (
        "Too early to tell signal from noise: 9 of the 13 months that a chart needs"
    )


def test_nothing_to_chart_is_said():
    assert chart_sentence(found([])) == "No value to chart yet"
    yes_no = level(["1"], unit=Unit.YES_NO, target=target("1"))
    assert (
        chart_sentence(analyse(yes_no, RULES, AS_AT))
        == "Yes or no: there is no usual range to compare with"
    )


def test_a_running_total_without_the_one_before_it_adds_an_unknown_number():
    lone = level([None, "5"], is_cumulative=True, unit=Unit.COUNT, target=target("20"))
    said = chart_sentence(analyse(lone, RULES, AS_AT))
    assert said == "What each quarter adds to the year is not known yet"


@pytest.mark.parametrize(
    ("frequency", "label"),
    [(Frequency.QUARTERLY, "January to March 2017's"), (Frequency.YEARLY, "2016/17's")],
)
def test_other_frequencies_name_their_period(frequency, label):
    first = {Frequency.QUARTERLY: date(2011, 4, 1), Frequency.YEARLY: date(2001, 4, 1)}[frequency]
    years = 24 if frequency is Frequency.QUARTERLY else 16
    said = chart_sentence(found((STEADY)[:years], frequency=frequency, collected_from=first))
    assert label in said


@pytest.mark.parametrize(
    ("signal", "words"),
    [
        (Signal(Finding.OUTSIDE, Side.LOW), "Below the lower limit"),
        (Signal(Finding.TREND, Side.HIGH), "Part of a trend upwards"),
        (Signal(Finding.TREND, Side.LOW), "Part of a trend downwards"),
        (Signal(Finding.TWO_OF_THREE, Side.HIGH), "Two of three near the upper limit"),
        (Signal(Finding.SHIFT, Side.LOW), "Seven in a row below average"),
    ],
)
def test_a_table_says_the_signal_of_a_point(signal, words):
    assert signal_words(signal) == words


def test_every_finding_has_one_sentence():
    assert all(finding.sentence.endswith(".") for finding in Finding)
    assert len({finding.sentence for finding in Finding}) == len(Finding)


@pytest.mark.parametrize(
    ("variation", "words"),
    [
        (Variation(Meaning.COMMON_CAUSE), "Usual variation"),
        (Variation(Meaning.IMPROVING, Side.LOW), "Getting better, lower than usual"),
        (Variation(Meaning.CONCERNING, Side.HIGH), "Getting worse, higher than usual"),
        (Variation(Meaning.NEUTRAL, Side.HIGH), "Changing, higher than usual"),
    ],
)
def test_variation_in_words(variation, words):
    assert variation_words(variation) == words


@pytest.mark.parametrize(
    ("goal", "words", "then"),
    [
        ("400", "Consistently passing", "the target of 400 is met consistently"),
        ("295", "Hit or miss: 295 lies inside", "any one month may hit or miss the target of 295"),
        ("200", "Consistently failing", "the target of 200 will not be met without a change"),
    ],
)
def test_assurance_and_what_follows(goal, words, then):
    judged = found(STEADY, goal)
    assert assurance_words(judged).startswith(words)
    assert consequence(judged) == then
    assert is_bad_news(judged) is (goal == "200")


def test_without_a_target_there_is_no_assurance_and_nothing_follows():
    judged = found(STEADY, None)
    assert (assurance_words(judged), consequence(judged)) == ("", "")


@pytest.mark.parametrize(
    ("goal", "then"),
    [
        ("2500", "at this level the year's target of 2,500 is out of reach"),
        ("2955", "the year's target of 2,955 is uncertain"),
        ("3800", "the year's target of 3,800 is likely to be met"),
    ],
)
def test_what_adds_up_says_where_the_year_will_end(goal, then):
    earlier = observations(["230", "260"] * 12, first=date(2014, 4, 1))
    now = observations(["230", "260", "245", "247", "246"] * 2, first=date(2016, 4, 1))
    facts = measure(observations=earlier + now, target=target(goal))
    judged = analyse(facts, RULES, date(2017, 2, 20))
    assert consequence(judged) == then
    assert is_bad_news(judged) is ("out of reach" in then)


def test_before_a_chart_the_position_follows():
    early = found(STEADY[:3], "290", as_at=date(2015, 7, 20), unit=Unit.PERCENT)
    assert consequence(early) == "10 points better than the 290% that the plan asks for by then"


@pytest.mark.parametrize(
    ("values", "unit", "limits"),
    [
        (["0", "3"] * 12, Unit.COUNT, (0, None)),
        (["99", "90"] * 12, Unit.PERCENT, (None, 100)),
        (["-1", "2"] * 12, Unit.AVERAGE, (None, None)),
    ],
)
def test_what_is_drawn_is_never_beyond_what_the_unit_can_be(values, unit, limits):
    segment = found(values, unit=unit).chart.current
    low, high = drawn_limits(segment, unit)
    assert low == (segment.lower if limits[0] is None else limits[0])
    assert high == (segment.upper if limits[1] is None else limits[1])


def test_the_heading_of_the_real_picture_tells_its_story():
    values = [252, 308, 342, 321, 279, 284, 336, 317, 317, 332, 302, *[None] * 13]
    values += [215, 245, 258, 276, 257, 286, 290, 316, 318, 279, 312, 290, 247]
    texts = [None if value is None else str(value) for value in values]
    facts = measure(texts, collected_from=date(2014, 1, 1), target=target("3034"), provisional=1)
    judged = analyse(facts, RULES, date(2017, 3, 17))
    assert picture_heading(judged) == ("Below average to July 2016, back in the usual range since")
    assert chart_sentence(judged) == (
        "No sign of a change: January's 247 is inside the usual range of 228 to 357"
    )
    assert consequence(judged) == "at this level the year's target of 3,034 is out of reach"
    assert is_bad_news(judged)


def test_a_heading_without_an_earlier_signal_is_the_sentence():
    judged = found(STEADY)
    assert picture_heading(judged) == chart_sentence(judged)
    assert Decimal(295) == judged.chart.current.mean
