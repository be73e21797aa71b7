"""The year so far against last year and against the baseline, for each kind of measure."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.unit.domain.factories import RULES, level, measure, observations, target
from tracker.domain.change_words import (
    change_figure,
    change_rows,
    comparison_sentence,
    comparison_title,
    counted_words,
    interval_words,
    movement_words,
    span_words,
)
from tracker.domain.comparison import against_baseline, against_last_year
from tracker.domain.rates import Movement, RatioMethod
from tracker.domain.vocabulary import Aggregation, Direction, Frequency, Trajectory, Unit

DECEMBER = date(2017, 1, 10)
LAST_YEAR = date(2015, 4, 1)


def two_years(before, now, **changes):
    earlier = observations(before, first=LAST_YEAR)
    later = observations(now)
    return measure(observations=earlier + later, **changes)


def test_only_months_that_both_years_have_are_compared():
    facts = two_years(["10", None, "30", "40"], ["11", "22", None, "44"])
    compared = against_last_year(facts, RULES)
    assert (compared.now.value, compared.earlier.value) == (55, 50)
    assert (compared.now.counted, compared.now.expected) == (2, 4)
    assert counted_words(compared.now) == "2 of 4 months"
    assert span_words(compared.now) == "April to July 2016"


def test_without_a_common_month_there_is_nothing_to_compare():
    assert against_last_year(measure(["10", "11"]), RULES) is None
    assert against_last_year(measure(), RULES) is None


def test_six_months_on_each_side_widen_the_interval_as_they_scatter():
    before, now = (
        ["100", "60", "140", "80", "120", "100"],
        ["130", "90", "170", "110", "150", "130"],
    )
    change = against_last_year(two_years(before, now), RULES).change
    assert change.method is RatioMethod.OVERDISPERSED
    # Worked by hand: chi-squared 4000/100 + 4000/130 over 10 degrees of freedom, phi 7.077;
    # standard error of the log ratio sqrt(7.077 (1/780 + 1/600)) = 0.14446.
    assert float(change.interval.lower) == pytest.approx(1.3 * 2.718281828459045**-0.283140, 1e-5)
    assert change.movement is Movement.NO_CLEAR_CHANGE
    assert change_figure(change, two_years(before, now)) == "+30%"
    exact = against_last_year(two_years(before[:5], now[:5]), RULES).change
    assert exact.method is RatioMethod.EXACT
    assert exact.movement is Movement.CLEAR_RISE


def test_few_cases_are_given_as_two_numbers_and_a_difference():
    compared = against_last_year(two_years(["9", "8"], ["12", "16"]), RULES)
    facts = two_years(["9", "8"], ["12", "16"])
    assert not compared.change.is_percentage_shown
    assert change_figure(compared.change, facts) == "+11"
    assert dict(change_rows(compared, facts))["Formula"] == (
        "28 - 17 = +11; too few cases for a percentage"
    )


def test_percentages_are_pooled_and_change_in_points():
    def share(first, above, below):
        seen = observations(["0"], frequency=Frequency.QUARTERLY, first=first)[0]
        value = Decimal(100 * above) / below
        return replace(seen, value=value, numerator=Decimal(above), denominator=Decimal(below))

    seen = (
        share(date(2015, 4, 1), 48, 80),
        share(date(2016, 4, 1), 56, 70),
    )
    facts = level(observations=seen, aggregation=Aggregation.AVERAGE)
    compared = against_last_year(facts, RULES)
    # Newcombe 1998, table II: 56/70 against 48/80 is 0.0524 to 0.3339.
    assert change_figure(compared.change, facts) == "+20 points"
    assert interval_words(compared.change, facts) == "+5.2 to +33.4 points"
    assert movement_words(compared.change) == "Clear rise"
    sentence = "Clear rise. The 95% interval of the change runs from +5.2 to +33.4 points."
    assert comparison_sentence(compared, facts) == sentence


def test_a_percentage_of_answers_is_compared_by_them():
    def answers(first, value, count):
        seen = observations([value], frequency=Frequency.QUARTERLY, first=first)[0]
        return replace(seen, denominator=Decimal(count))

    few = level(observations=(answers(LAST_YEAR, "50", 6), answers(date(2016, 4, 1), "80", 6)))
    assert movement_words(against_last_year(few, RULES).change) == "No clear change"
    many = level(observations=(answers(LAST_YEAR, "50", 600), answers(date(2016, 4, 1), "80", 600)))
    assert movement_words(against_last_year(many, RULES).change) == "Clear rise"


def test_without_answers_chance_is_not_known_and_not_claimed():
    seen = (
        *observations(["50"], frequency=Frequency.QUARTERLY, first=LAST_YEAR),
        *observations(["80"], frequency=Frequency.QUARTERLY),
    )
    facts = level(observations=seen)
    compared = against_last_year(facts, RULES)
    assert compared.change.movement is None
    assert comparison_sentence(compared, facts) == (
        "+30 points; how much of it is chance is not known."
    )


def test_a_level_of_a_count_is_no_number_of_events():
    facts = two_years(["60"], ["90"], aggregation=Aggregation.LATEST)
    change = against_last_year(facts, RULES).change
    assert (change.interval, change.is_percentage_shown) == (None, True)
    small = two_years(["6"], ["9"], aggregation=Aggregation.LATEST)
    assert not against_last_year(small, RULES).change.is_percentage_shown


def test_yes_and_no_are_not_compared():
    facts = two_years(["1"], ["0"], unit=Unit.YES_NO, aggregation=Aggregation.LATEST)
    assert against_last_year(facts, RULES) is None


@pytest.mark.parametrize("has_parts", [True, False])
def test_rates_are_compared_by_their_events_where_those_are_known(has_parts):
    def rate(first, events):
        seen = observations([str(events)], first=first)[0]
        parts = {"numerator": Decimal(events), "denominator": Decimal(1000)} if has_parts else {}
        return replace(seen, **parts)

    facts = measure(
        observations=(rate(LAST_YEAR, 40), rate(date(2016, 4, 1), 60)),
        unit=Unit.RATE,
        per=Decimal(1000),
        aggregation=Aggregation.LATEST,
    )
    change = against_last_year(facts, RULES).change
    assert change.ratio == Decimal("0.5")
    assert (change.interval is not None) is has_parts


# The baseline.


def test_a_part_of_the_year_is_compared_with_the_baseline_by_the_average_month():
    facts = measure(["110"] * 9, target=target("1140", baseline="1200"))
    compared = against_baseline(facts, DECEMBER, RULES)
    assert compared.is_by_average
    assert (compared.now.value, compared.change.now, compared.change.earlier) == (990, 110, 100)
    # R: poisson.test(c(990, 1200), c(9, 12)).
    assert float(compared.change.interval.lower) == pytest.approx(1.0099, 1e-3)
    assert movement_words(compared.change) == "Clear rise"


def test_a_whole_year_is_compared_with_the_baseline_as_it_is():
    facts = measure(["100"] * 11 + ["98"], target=target("1140", baseline="1200"))
    compared = against_baseline(facts, date(2017, 5, 1), RULES)
    assert not compared.is_by_average
    assert (compared.change.now, compared.change.earlier) == (1198, 1200)
    assert comparison_title(compared, facts) == "April 2016 to March 2017: 1,198, against 1,200"


@pytest.mark.parametrize(
    "facts",
    [
        measure(["10"]),
        measure([], target=target("1140", baseline="1200")),
        level(["80"], target=target("90", baseline="85")),
        measure(["10"], target=target("1140", baseline="1200.5")),
        measure(
            ["10"],
            target=target(None, baseline="1200", trajectory=Trajectory.FLAT),
            direction=Direction.MAINTAIN,
        ),
    ],
)
def test_what_has_no_year_to_compare_is_not_compared_with_a_baseline(facts):
    assert against_baseline(facts, DECEMBER, RULES) is None


def test_values_before_the_path_say_nothing_of_this_year():
    facts = measure(
        ["10"] * 3, collected_from=date(2016, 1, 1), target=target("1140", baseline="1200")
    )
    assert against_baseline(facts, DECEMBER, RULES) is None
