from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import RuleBroken
from tracker.domain.periods import Period
from tracker.domain.totals import (
    Kind,
    PeriodValue,
    full_year,
    like_for_like,
    quarters,
    rolling_year,
    year_to_date,
)
from tracker.domain.vocabulary import Aggregation, Frequency

SUM, LATEST, AVERAGE = (Kind(aggregation) for aggregation in Aggregation)
PERCENT = Kind(Aggregation.AVERAGE, Decimal(100))
APRIL = Period(Frequency.MONTHLY, date(2016, 4, 1))
APRIL_BEFORE = Period(Frequency.MONTHLY, date(2015, 4, 1))


def month(year, number):
    return Period(Frequency.MONTHLY, date(year, number, 1))


def run(values, first=APRIL, *, denominators=(), provisional=()):
    """Values of successive periods; those of no value are there without one."""
    made, period = [], first
    for place, value in enumerate(values):
        made.append(
            PeriodValue(
                period,
                None if value is None else Decimal(value),
                denominator=Decimal(denominators[place]) if denominators else None,
                is_provisional=place in provisional,
            )
        )
        period = period.next()
    return made


def shares(parts, first=APRIL):
    """Percentages of successive months, each of (numerator, denominator)."""
    made, period = [], first
    for numerator, denominator in parts:
        value = Decimal(100) * numerator / denominator if denominator else None
        made.append(PeriodValue(period, value, Decimal(numerator), Decimal(denominator)))
        period = period.next()
    return made


def test_the_year_to_date_is_the_sum_of_the_months_so_far():
    total = year_to_date(run([10, 20, 30, 40]), month(2016, 6), SUM)
    assert (total.value, total.counted, total.expected) == (60, 3, 3)
    assert (total.first, total.last, total.is_complete) == (APRIL, month(2016, 6), True)


def test_a_missing_month_is_counted_out_and_is_not_zero():
    total = year_to_date(run([10, None, 30, 0, 5]), month(2016, 9), SUM)
    assert (total.value, total.counted, total.expected) == (45, 4, 6)
    assert not total.is_complete


def test_a_year_of_true_zeros_is_zero_and_a_year_without_values_is_nothing():
    assert year_to_date(run([0, 0]), month(2016, 5), SUM).value == 0
    nothing = year_to_date(run([None, None]), month(2016, 5), SUM)
    assert (nothing.value, nothing.counted, nothing.expected) == (None, 0, 2)
    assert year_to_date([], month(2016, 5), SUM) == nothing


def test_march_ends_the_year_that_the_april_before_began():
    values = run([1] * 13, month(2016, 3))
    assert year_to_date(values, month(2017, 3), SUM).value == 12
    assert year_to_date(values, month(2016, 3), SUM).first == month(2015, 4)


@pytest.mark.parametrize(("kind", "value"), [(SUM, 60), (LATEST, 40), (AVERAGE, 30)])
def test_the_periods_of_a_year_make_it_as_their_aggregation_says(kind, value):
    total = year_to_date(run([20, None, 40, None]), month(2016, 7), kind)
    assert (total.value, total.counted, total.expected) == (value, 2, 4)


def test_percentages_are_added_up_in_their_parts_and_never_as_a_mean():
    values = shares([(1, 2), (90, 100)])
    assert year_to_date(values, month(2016, 5), PERCENT).value == Decimal(9100) / 102


@pytest.mark.parametrize("aggregation", [Aggregation.SUM, Aggregation.AVERAGE])
def test_rates_per_thousand_are_added_up_in_their_parts_too(aggregation):
    values = shares([(3, 2000), (5, 2000)])
    kind = Kind(aggregation, Decimal(1000))
    assert year_to_date(values, month(2016, 5), kind).value == 2


def test_a_percentage_that_is_a_stock_stands_at_its_latest():
    values = shares([(1, 2), (90, 100), (0, 0)])
    kind = Kind(Aggregation.LATEST, Decimal(100))
    assert year_to_date(values, month(2016, 6), kind).value == 90


@pytest.mark.parametrize("parts", [(None, Decimal(4)), (Decimal(2), None), (None, None)])
def test_one_percentage_without_its_parts_leaves_the_year_without_one(parts):
    values = [*shares([(1, 2)]), PeriodValue(APRIL.next(), Decimal(50), *parts)]
    total = year_to_date(values, APRIL.next(), PERCENT)
    assert (total.value, total.counted) == (None, 2)


def test_a_month_without_percentage_and_parts_is_only_missing():
    values = [*shares([(1, 2)]), PeriodValue(APRIL.next(), None)]
    total = year_to_date(values, APRIL.next(), PERCENT)
    assert (total.value, total.counted, total.expected) == (50, 1, 2)


def test_a_share_of_nothing_is_present_and_moves_nothing():
    total = year_to_date(shares([(1, 2), (0, 0)]), APRIL.next(), PERCENT)
    assert (total.value, total.counted) == (50, 2)
    assert year_to_date(shares([(0, 0)]), APRIL, PERCENT).value is None


def test_an_average_is_weighted_by_the_number_of_answers():
    values = run([8, 5], denominators=[30, 10])
    assert year_to_date(values, APRIL.next(), AVERAGE).value == Decimal("7.25")


def test_an_average_is_plain_where_one_number_of_answers_is_unknown():
    values = [*run([8], denominators=[30]), *run([5], APRIL.next())]
    assert year_to_date(values, APRIL.next(), AVERAGE).value == Decimal("6.5")


def test_an_average_of_no_answers_is_none():
    assert year_to_date(run([8], denominators=[0]), APRIL, AVERAGE).value is None


def test_one_provisional_value_makes_a_sum_provisional_and_a_stock_only_if_it_is_the_latest():
    values = run([10, 20, 30], provisional=[1])
    assert year_to_date(values, month(2016, 6), SUM).is_provisional
    assert not year_to_date(values, APRIL, SUM).is_provisional
    assert not year_to_date(values, month(2016, 6), LATEST).is_provisional
    assert year_to_date(values, month(2016, 5), LATEST).is_provisional


def test_like_for_like_uses_only_months_that_both_years_have():
    values = run([1, 2, None, 4], APRIL_BEFORE) + run([10, None, 30, 40, 50])
    both = like_for_like(values, month(2016, 8), SUM)
    assert both.periods == (APRIL, month(2016, 7))
    assert (both.now.value, both.earlier.value) == (50, 5)
    assert (both.now.counted, both.earlier.counted, both.now.expected) == (2, 2, 5)
    assert both.earlier.last == month(2015, 8)
    assert [(now.value, earlier.value) for now, earlier in both.pairs] == [(10, 1), (40, 4)]


def test_like_for_like_is_nothing_where_the_years_share_no_month():
    both = like_for_like(run([1, None], APRIL_BEFORE) + run([None, 2]), month(2016, 5), SUM)
    assert (both.now.value, both.earlier.value, both.periods) == (None, None, ())


def test_like_for_like_of_percentages_uses_the_parts_of_the_shared_months():
    values = shares([(1, 4), (5, 5)], APRIL_BEFORE) + shares([(3, 4)])
    both = like_for_like(values, APRIL.next(), PERCENT)
    assert (both.now.value, both.earlier.value) == (75, 25)


def test_like_for_like_of_a_stock_takes_the_newest_month_that_both_years_have():
    values = run([1, 2, None], APRIL_BEFORE) + run([10, 20, 30])
    both = like_for_like(values, month(2016, 6), LATEST)
    assert (both.now.value, both.earlier.value) == (20, 2)


@pytest.mark.parametrize(
    ("frequency", "needed"),
    [(Frequency.MONTHLY, 12), (Frequency.QUARTERLY, 4), (Frequency.YEARLY, 1)],
)
def test_a_rolling_year_needs_all_its_periods(frequency, needed):
    first = Period.containing(frequency, date(2016, 7, 1))
    values = run([2] * (needed + 1), first)
    last = values[-1].period
    total = rolling_year(values, last, SUM)
    assert (total.value, total.counted, total.expected) == (2 * needed, needed, needed)
    assert rolling_year(values[:1] + values[2:], last, SUM) is None


def test_a_rolling_year_of_percentages_without_parts_is_none():
    assert rolling_year(run([50] * 12), month(2017, 3), PERCENT) is None


def test_a_full_year_needs_every_month():
    values = run([1] * 12)
    total = full_year(values, date(2016, 12, 25), SUM)
    assert (total.value, total.first, total.last) == (12, APRIL, month(2017, 3))
    assert full_year(values[:-1], date(2016, 12, 25), SUM) is None
    assert full_year(values, date(2017, 4, 1), SUM) is None
    assert full_year([], date(2016, 12, 25), SUM) is None


@pytest.mark.parametrize(("frequency", "needed"), [("quarterly", 4), ("yearly", 1)])
def test_a_full_year_is_made_of_its_quarters_or_of_itself(frequency, needed):
    values = run([3] * needed, Period(Frequency(frequency), APRIL.start))
    assert full_year(values, date(2017, 3, 31), SUM).value == 3 * needed


def test_quarters_are_financial_and_incomplete_under_three_months():
    found = quarters(run([1, 2, 3, 4, None, 6, 7]), SUM)
    assert [(q.key, t.value, t.counted, t.is_complete) for q, t in found.items()] == [
        ("2016/17 Q1", 6, 3, True),
        ("2016/17 Q2", 10, 2, False),
        ("2016/17 Q3", 7, 1, False),
    ]


def test_a_quarter_without_a_value_between_others_is_there_without_one():
    found = quarters(run([1]) + run([9], month(2016, 12)), SUM)
    assert [(q.key, t.value, t.counted) for q, t in found.items()] == [
        ("2016/17 Q1", 1, 1),
        ("2016/17 Q2", None, 0),
        ("2016/17 Q3", 9, 1),
    ]


def test_quarterly_values_stand_for_themselves():
    found = quarters(run([5], Period(Frequency.QUARTERLY, APRIL.start)), SUM)
    assert [(t.value, t.expected, t.is_complete) for t in found.values()] == [(5, 1, True)]


def test_without_values_there_are_no_quarters():
    assert quarters([], SUM) == {}
    assert quarters(run([None]), SUM) == {}


def test_a_year_has_no_quarters():
    with pytest.raises(ValueError, match="no quarters"):
        quarters(run([5], Period(Frequency.YEARLY, APRIL.start)), SUM)


def test_two_values_for_one_period_are_refused():
    with pytest.raises(RuleBroken, match="two values for April 2016"):
        year_to_date(run([1]) + run([None]), APRIL, SUM)


def test_periods_of_another_frequency_are_refused():
    with pytest.raises(RuleBroken, match="April 2016 is not a quarterly period"):
        year_to_date(run([1]), Period(Frequency.QUARTERLY, APRIL.start), SUM)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused(number):
    for numbers in ([Decimal(number)], [Decimal(1), Decimal(number)]):
        with pytest.raises(RuleBroken, match="Enter a number for the"):
            PeriodValue(APRIL, *numbers)


def test_parts_below_zero_are_refused():
    with pytest.raises(RuleBroken, match="numerator cannot be negative"):
        PeriodValue(APRIL, Decimal(1), Decimal(-1), Decimal(2))
    with pytest.raises(RuleBroken, match="denominator cannot be negative"):
        PeriodValue(APRIL, Decimal(1), Decimal(1), Decimal(-2))


@pytest.mark.parametrize("multiplier", ["0", "-1", "NaN"])
def test_a_multiplier_that_is_not_above_zero_is_refused(multiplier):
    with pytest.raises(ValueError, match="above 0"):
        Kind(Aggregation.SUM, Decimal(multiplier))


kinds = st.sampled_from([SUM, LATEST, AVERAGE, PERCENT])
counts = st.integers(0, 10**6)


parts = st.none() | counts.map(Decimal)
answers = st.none() | st.tuples(parts, parts, parts, st.booleans())


def two_years_of(known):
    """Months from April 2015 on: some absent, some without a value or without parts."""
    periods = [value.period for value in run([0] * 24, APRIL_BEFORE)]
    return [
        PeriodValue(period, *each) for period, each in zip(periods, known, strict=False) if each
    ]


two_years = st.lists(answers, max_size=24).map(two_years_of)
ends = st.integers(0, 11).map(lambda steps: run([0] * 12)[steps].period)


def everything(values, through, kind):
    return (
        year_to_date(values, through, kind),
        like_for_like(values, through, kind),
        rolling_year(values, through, kind),
        full_year(values, through.start, kind),
        quarters(values, kind),
    )


@given(two_years, ends, kinds, st.randoms())
def test_the_order_of_values_changes_nothing(values, through, kind, random):
    shuffled = values[:]
    random.shuffle(shuffled)
    assert everything(shuffled, through, kind) == everything(values, through, kind)


@given(two_years, ends, kinds)
def test_a_period_without_a_value_is_the_same_as_one_that_is_not_there(values, through, kind):
    known = {value.period for value in values}
    absent = [v.period for v in run([0] * 24, APRIL_BEFORE) if v.period not in known]
    filled = values + [PeriodValue(period, None) for period in absent]
    assert everything(filled, through, kind) == everything(values, through, kind)


@given(st.lists(counts, min_size=12, max_size=12), ends)
def test_the_year_to_date_of_all_that_is_present_is_their_sum(numbers, through):
    values = run(numbers)
    steps = year_to_date(values, through, SUM).expected
    assert year_to_date(values, through, SUM).value == sum(numbers[:steps])
    assert full_year(values, through.start, SUM) == year_to_date(values, month(2017, 3), SUM)
    assert sum(total.value for total in quarters(values, SUM).values()) == sum(numbers)


@given(two_years, ends, st.integers(2, 1000))
def test_a_sum_grows_with_its_values(values, through, factor):
    grown = [PeriodValue(v.period, None if v.value is None else v.value * factor) for v in values]
    before, after = (year_to_date(v, through, SUM) for v in (values, grown))
    assert after.value == (None if before.value is None else before.value * factor)
    assert after.counted == before.counted


@given(st.lists(st.tuples(counts, st.integers(1, 10**6)), min_size=1, max_size=12), ends)
def test_a_percentage_of_a_year_lies_between_those_of_its_months(pairs, through):
    values = shares([(min(pair), max(pair)) for pair in pairs])
    total = year_to_date(values, through, PERCENT)
    present = [v.value for v in values if v.period.start <= through.start]
    assert min(present) - Decimal("1e-20") <= total.value <= max(present) + Decimal("1e-20")


@given(two_years, ends, kinds)
def test_what_is_compared_is_present_in_both_years(values, through, kind):
    both = like_for_like(values, through, kind)
    assert both.now.counted == both.earlier.counted == len(both.periods) <= both.now.expected
    assert year_to_date(values, through, kind).counted >= both.now.counted
