from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import RuleBroken
from tracker.domain.periods import (
    Period,
    count_between,
    end_of_day_utc,
    financial_year_label,
    financial_year_start,
    local_date,
    periods_between,
)
from tracker.domain.vocabulary import Frequency

MONTHLY, QUARTERLY, YEARLY = Frequency.MONTHLY, Frequency.QUARTERLY, Frequency.YEARLY

any_frequency = st.sampled_from(list(Frequency))
any_day = st.dates(date(2001, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("frequency", "day", "key", "label", "short", "first", "last"),
    [
        (
            MONTHLY,
            date(2017, 3, 15),
            "2017-03",
            "March 2017",
            "Mar 2017",
            date(2017, 3, 1),
            date(2017, 3, 31),
        ),
        (
            MONTHLY,
            date(2016, 12, 31),
            "2016-12",
            "December 2016",
            "Dec 2016",
            date(2016, 12, 1),
            date(2016, 12, 31),
        ),
        (
            MONTHLY,
            date(2016, 2, 29),
            "2016-02",
            "February 2016",
            "Feb 2016",
            date(2016, 2, 1),
            date(2016, 2, 29),
        ),
        (
            QUARTERLY,
            date(2016, 4, 1),
            "2016/17 Q1",
            "April to June 2016",
            "Apr to Jun 2016",
            date(2016, 4, 1),
            date(2016, 6, 30),
        ),
        (
            QUARTERLY,
            date(2016, 9, 30),
            "2016/17 Q2",
            "July to September 2016",
            "Jul to Sep 2016",
            date(2016, 7, 1),
            date(2016, 9, 30),
        ),
        (
            QUARTERLY,
            date(2016, 12, 31),
            "2016/17 Q3",
            "October to December 2016",
            "Oct to Dec 2016",
            date(2016, 10, 1),
            date(2016, 12, 31),
        ),
        (
            QUARTERLY,
            date(2017, 1, 1),
            "2016/17 Q4",
            "January to March 2017",
            "Jan to Mar 2017",
            date(2017, 1, 1),
            date(2017, 3, 31),
        ),
        (
            YEARLY,
            date(2017, 3, 31),
            "2016/17",
            "2016/17",
            "2016/17",
            date(2016, 4, 1),
            date(2017, 3, 31),
        ),
        (
            YEARLY,
            date(2017, 4, 1),
            "2017/18",
            "2017/18",
            "2017/18",
            date(2017, 4, 1),
            date(2018, 3, 31),
        ),
    ],
)
def test_a_period_knows_its_names_and_its_days(frequency, day, key, label, short, first, last):
    period = Period.containing(frequency, day)
    shown = (period.key, period.label, period.short_label, period.start, period.end)
    assert shown == (key, label, short, first, last)


@given(any_frequency, any_day)
def test_a_period_is_read_back_from_its_key(frequency, day):
    period = Period.containing(frequency, day)
    assert Period.parse(period.key, frequency) == period


@given(any_frequency, any_day)
def test_a_period_is_read_from_any_day_in_it(frequency, day):
    assert Period.parse(f"{day}", frequency) == Period.containing(frequency, day)


@given(any_frequency, any_day)
def test_a_day_lies_in_its_period_and_the_neighbours_touch(frequency, day):
    period = Period.containing(frequency, day)
    assert period.start <= day <= period.end
    assert period.next().previous() == period
    assert (period.next().start - period.end).days == 1


@pytest.mark.parametrize(
    ("text", "frequency", "key"),
    [
        (" 2017-03 ", MONTHLY, "2017-03"),
        ("2017-03-31", MONTHLY, "2017-03"),
        ("2017-01", QUARTERLY, "2016/17 Q4"),
        ("2017-03-31", QUARTERLY, "2016/17 Q4"),
        ("2016/17q4", QUARTERLY, "2016/17 Q4"),
        ("2017-03", YEARLY, "2016/17"),
        ("2099/00", YEARLY, "2099/00"),
        ("2100/01", YEARLY, "2100/01"),
        ("2000-01", MONTHLY, "2000-01"),
        ("2100-12-31", MONTHLY, "2100-12"),
    ],
)
def test_a_period_is_read_as_people_write_it(text, frequency, key):
    assert Period.parse(text, frequency).key == key


@pytest.mark.parametrize(
    ("frequency", "message"),
    [
        (MONTHLY, "Enter a month, such as 2016-12"),
        (QUARTERLY, "Enter a quarter, such as 2016/17 Q3"),
        (YEARLY, "Enter a financial year, such as 2016/17"),
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "March",
        "2017-13",
        "2017-02-30",
        "2016-17",
        "2016/18",
        "2016/17 Q5",
        "20170301",
        "٢٠١٧-٠٣",
    ],
)
def test_what_is_no_period_is_refused_with_an_example(text, frequency, message):
    with pytest.raises(RuleBroken) as refused:
        Period.parse(text, frequency)
    assert (refused.value.message, refused.value.field) == (message, "period")


@pytest.mark.parametrize(
    ("text", "frequency"),
    [
        ("2016/17", MONTHLY),
        ("2016/17 Q1", MONTHLY),
        ("2016/17", QUARTERLY),
        ("2016/17 Q1", YEARLY),
    ],
)
def test_the_key_of_another_frequency_is_refused(text, frequency):
    with pytest.raises(RuleBroken, match="Enter a"):
        Period.parse(text, frequency)


@pytest.mark.parametrize(
    ("text", "frequency"),
    [
        ("1999-12", MONTHLY),
        ("2101-01", MONTHLY),
        ("0001-01", YEARLY),
        ("9999-12-31", YEARLY),
        ("1999/00", YEARLY),
        ("2000-03", YEARLY),
        ("2101/02 Q1", QUARTERLY),
    ],
)
def test_a_period_outside_the_years_of_plans_is_refused(text, frequency):
    with pytest.raises(RuleBroken, match="2000 to 2100") as refused:
        Period.parse(text, frequency)
    assert refused.value.field == "period"


def test_a_value_is_due_so_many_days_after_the_last_day():
    assert Period(MONTHLY, date(2017, 1, 1)).due_on(30) == date(2017, 3, 2)


def test_a_period_has_ended_from_the_day_after_its_last_day():
    march = Period(MONTHLY, date(2017, 3, 1))
    assert not march.has_ended(date(2017, 3, 31))
    assert march.has_ended(date(2017, 4, 1))


def test_periods_sort_by_time_and_those_between_include_both_ends():
    first, last = Period(MONTHLY, date(2016, 11, 1)), Period(MONTHLY, date(2017, 2, 1))
    between = periods_between(first, last)
    assert [period.key for period in between] == ["2016-11", "2016-12", "2017-01", "2017-02"]
    assert max(between) == last


def test_nothing_lies_between_a_period_and_an_earlier_one():
    first = Period(YEARLY, date(2017, 4, 1))
    assert periods_between(first, first.previous()) == []


@given(any_frequency, any_day, st.dates(date(2010, 1, 1), date(2030, 12, 31)))
def test_periods_are_counted_as_they_are_listed(frequency, day, other):
    first, last = Period.containing(frequency, day), Period.containing(frequency, other)
    assert count_between(first, last) == len(periods_between(first, last))


@pytest.mark.parametrize(
    ("day", "start", "label"),
    [
        (date(2017, 3, 31), date(2016, 4, 1), "2016/17"),
        (date(2017, 4, 1), date(2017, 4, 1), "2017/18"),
        (date(2000, 1, 1), date(1999, 4, 1), "1999/00"),
    ],
)
def test_a_financial_year_runs_from_april_to_march(day, start, label):
    assert (financial_year_start(day), financial_year_label(day)) == (start, label)


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        (date(2017, 1, 15), datetime(2017, 1, 16, 0, tzinfo=UTC)),
        (date(2017, 7, 15), datetime(2017, 7, 15, 23, tzinfo=UTC)),
        (date(2017, 3, 25), datetime(2017, 3, 26, 0, tzinfo=UTC)),
        (date(2017, 3, 26), datetime(2017, 3, 26, 23, tzinfo=UTC)),
        (date(2017, 10, 28), datetime(2017, 10, 28, 23, tzinfo=UTC)),
        (date(2017, 10, 29), datetime(2017, 10, 30, 0, tzinfo=UTC)),
    ],
)
def test_a_london_day_ends_at_its_own_midnight_through_the_changes_of_the_clock(day, ends):
    assert end_of_day_utc(day) == ends


def test_late_evening_in_summer_is_already_the_next_day_in_london():
    assert local_date(datetime(2017, 6, 30, 23, 30, tzinfo=UTC)) == date(2017, 7, 1)
    assert local_date(datetime(2017, 12, 31, 23, 30, tzinfo=UTC)) == date(2017, 12, 31)
