"""Scales have round steps, and start at zero unless that hides what there is to see."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.charts.examples import months
from tracker.charts.lettering import shortened, wrapped, written
from tracker.charts.scale import scale_for
from tracker.domain.vocabulary import Unit


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        (["215", "342"], ["200", "250", "300", "350"]),
        (["20", "342"], ["0", "100", "200", "300", "400"]),
        (["4", "5"], ["0", "1", "2", "3", "4", "5"]),
        (["0"], ["0", "1"]),
        ([], ["0", "1"]),
        (["-5", "3"], ["−6", "−4", "−2", "0", "2", "4"]),
        (["200", "300"], ["180", "200", "220", "240", "260", "280", "300"]),
        (["300000", "1500000"], ["0", "0.5m", "1m", "1.5m"]),
        (["0.000001"], ["0", "0.0000002", "0.0000004", "0.0000006", "0.0000008", "0.000001"]),
    ],
)
def test_scales_are_round(values, labels):
    shown = scale_for([Decimal(value) for value in values], Unit.COUNT)
    assert shown.labels == labels


@pytest.mark.parametrize("values", [[], ["0"], ["1"], ["0", "1"]])
def test_yes_and_no_have_a_scale_of_two_words(values):
    shown = scale_for([Decimal(value) for value in values], Unit.YES_NO)
    assert shown.labels == ["No", "Yes"]


def test_a_limit_beyond_yes_and_no_stays_on_their_scale():
    shown = scale_for([Decimal(0), Decimal(1), Decimal("-0.3"), Decimal("1.3")], Unit.YES_NO)
    assert shown.labels == ["", "No", "Yes", ""]


@pytest.mark.parametrize(
    ("unit", "noun", "words"),
    [
        (Unit.COUNT, "crimes", "Crimes a month"),
        (Unit.COUNT, "", "Number a month"),
        (Unit.RATE, "crimes per 1,000 residents", "Crimes per 1,000 residents by month"),
        (Unit.PERCENT, "", "Percent by month"),
        (Unit.AVERAGE, "minutes", "Average minutes by month"),
        (Unit.AVERAGE, "", "Average by month"),
        (Unit.YES_NO, "", "Yes or no by month"),
    ],
)
def test_the_scale_says_what_it_counts(unit, noun, words):
    assert months([1], unit=unit, unit_noun=noun).scope == words


@given(
    st.lists(
        st.decimals(
            allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6
        ),
        min_size=1,
    )
)
def test_every_value_is_on_its_scale_with_few_steps(values):
    scale = scale_for(values, Unit.COUNT)
    assert scale.low <= min(values)
    assert max(values) <= scale.high
    assert 2 <= len(scale.ticks) <= 8
    assert (scale.ticks[0], scale.ticks[-1]) == (scale.low, scale.high)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("3034", Unit.COUNT, "3,034"),
        ("-6", Unit.COUNT, "−6"),
        ("72.50", Unit.PERCENT, "72.5%"),
        ("33.33333", Unit.PERCENT, "33.33%"),
        ("0.0012345", Unit.COUNT, "0.00123"),
        ("-0.0", Unit.COUNT, "0"),
        ("1200", Unit.COUNT, "1,200"),
        ("12.32876712328767123", Unit.RATE, "12.33"),
        ("-3.25", Unit.AVERAGE, "−3.25"),
        ("1", Unit.YES_NO, "Yes"),
        ("0", Unit.YES_NO, "No"),
        ("0.75", Unit.YES_NO, "0.75"),
    ],
)
def test_values_are_written_as_people_read_them(value, unit, text):
    assert written(Decimal(value), unit) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("1234567", "1.23m"), ("-2e9", "−2bn"), ("1e12", "1tn"), ("999999", "999,999")],
)
def test_large_values_have_short_names(value, text):
    assert shortened(Decimal(value), Unit.COUNT) == text


def test_words_break_at_spaces_and_never_within():
    assert wrapped("Required 253 a month", 14, 74) == ["Required", "253 a", "month"]
    assert wrapped("Unbreakablewordofsomelength", 14, 20) == ["Unbreakablewordofsomelength"]
