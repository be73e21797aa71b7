from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.domain.factories import measure, observation
from tracker.domain.periods import Period
from tracker.domain.series import Release, expected_periods, filled, first_due_on, last_due
from tracker.domain.vocabulary import Frequency, ObservationState


def releases(facts, as_at):
    return [(e.period.key, e.release) for e in expected_periods(facts, as_at)]


def test_a_month_is_open_then_awaited_then_overdue_and_received_once_it_is_answered():
    facts = measure(["10", None, None, None], collected_from=date(2016, 12, 1))
    assert releases(facts, date(2017, 3, 15)) == [
        ("2016-12", Release.RECEIVED),
        ("2017-01", Release.OVERDUE),
        ("2017-02", Release.AWAITED),
        ("2017-03", Release.OPEN),
    ]


@pytest.mark.parametrize(
    ("as_at", "release"),
    [
        (date(2017, 1, 31), Release.OPEN),
        (date(2017, 2, 1), Release.AWAITED),
        (date(2017, 3, 2), Release.AWAITED),
        (date(2017, 3, 3), Release.OVERDUE),
    ],
)
def test_january_is_awaited_from_its_end_and_overdue_the_day_after_it_was_due(as_at, release):
    facts = measure(collected_from=date(2017, 1, 1), lag_days=30)
    assert expected_periods(facts, as_at)[0].release is release


@pytest.mark.parametrize("state", [ObservationState.WITHHELD, ObservationState.NOT_COLLECTED])
def test_an_answer_without_a_number_is_received(state):
    facts = measure(observations=(observation(date(2016, 4, 1), None, state),))
    assert expected_periods(facts, date(2016, 8, 1))[0].release is Release.RECEIVED


def test_nothing_is_expected_before_collecting_begins():
    facts = measure(collected_from=date(2017, 4, 1))
    assert expected_periods(facts, date(2017, 3, 31)) == []


def test_a_period_that_collecting_begins_within_is_expected():
    facts = measure(frequency=Frequency.QUARTERLY, collected_from=date(2016, 5, 20))
    assert releases(facts, date(2016, 6, 30)) == [("2016/17 Q1", Release.OPEN)]


def test_nothing_is_expected_after_collecting_ends():
    facts = measure(collected_from=date(2017, 2, 1), collected_until=date(2017, 3, 31))
    assert [key for key, _ in releases(facts, date(2017, 12, 1))] == ["2017-02", "2017-03"]


def test_collecting_that_ends_later_expects_nothing_ahead_of_the_day():
    facts = measure(collected_from=date(2017, 2, 1), collected_until=date(2017, 12, 31))
    assert [key for key, _ in releases(facts, date(2017, 3, 31))] == ["2017-02", "2017-03"]


def test_the_last_due_period_is_the_newest_whose_due_date_has_passed():
    due = last_due(measure(["1", "2"]), date(2016, 7, 1))
    assert due is not None
    assert (due.period.key, due.due_on) == ("2016-05", date(2016, 6, 30))


def test_a_value_that_is_due_today_is_not_late():
    due = last_due(measure(), date(2016, 6, 30))
    assert due is not None
    assert due.period.key == "2016-04"


def test_no_period_is_due_before_the_first_due_date_has_passed():
    facts = measure()
    assert first_due_on(facts) == date(2016, 5, 30)
    assert last_due(facts, date(2016, 5, 30)) is None


def test_a_filled_series_has_one_entry_a_period_and_nothing_for_an_absent_one():
    facts = measure(["10", None, "0"])
    first = Period(Frequency.MONTHLY, date(2016, 4, 1))
    series = filled(facts, first, first.next().next().next())
    values = [None if known is None else int(known.value) for _period, known in series]
    assert [period.key for period, _known in series] == ["2016-04", "2016-05", "2016-06", "2016-07"]
    assert values == [10, None, 0, None]


@given(
    st.sampled_from(Frequency),
    st.integers(0, 400),
    st.dates(date(2015, 1, 1), date(2018, 1, 1)),
    st.none() | st.dates(date(2016, 1, 1), date(2018, 1, 1)),
)
def test_the_last_due_period_is_the_last_of_the_expected_ones_that_was_due(
    frequency, lag_days, as_at, collected_until
):
    facts = measure(
        ["1"] * 5, frequency=frequency, lag_days=lag_days, collected_until=collected_until
    )
    was_due = [e for e in expected_periods(facts, as_at) if e.due_on < as_at]
    assert last_due(facts, as_at) == (was_due[-1] if was_due else None)
