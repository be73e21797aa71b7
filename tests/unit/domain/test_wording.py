from datetime import date
from decimal import Decimal

import pytest

from tracker.domain.vocabulary import ItemKind, Status, Unit
from tracker.domain.wording import (
    count_words,
    days,
    number,
    parts_words,
    plain_date,
    plain_date_range,
    share,
    signed,
    status_label,
)

COUNT, RATE, PERCENT = Unit.COUNT, Unit.RATE, Unit.PERCENT
AVERAGE, YES_NO = Unit.AVERAGE, Unit.YES_NO


@pytest.mark.parametrize(
    ("status", "label"),
    [
        (Status.GREEN, "On track"),
        (Status.AMBER, "At risk"),
        (Status.RED, "Off track"),
        (Status.COMPLETE, "Complete"),
        (Status.NOT_STARTED, "Not started"),
        (Status.NOT_UPDATED, "Not updated"),
        (Status.CLOSED, "Closed"),
    ],
)
def test_an_action_is_described_by_how_it_goes(status, label):
    assert status_label(status, ItemKind.ACTION) == label


@pytest.mark.parametrize(
    ("status", "kind", "label"),
    [
        (Status.GREEN, ItemKind.MEASURE, "Green"),
        (Status.AMBER, ItemKind.MEASURE, "Amber"),
        (Status.RED, ItemKind.MEASURE, "Red"),
        (Status.NO_DATA, ItemKind.MEASURE, "No data"),
        (Status.NOT_RATED, ItemKind.MEASURE, "Not rated"),
        (Status.GREEN, ItemKind.OBJECTIVE, "Green"),
        (Status.NONE, ItemKind.OBJECTIVE, "No live action"),
        (Status.NOT_UPDATED, ItemKind.OBJECTIVE, "Not updated"),
        (Status.RED, ItemKind.PRIORITY, "Red"),
        (Status.NOT_EVIDENCED, ItemKind.PRIORITY, "Not evidenced"),
    ],
)
def test_measures_objectives_and_priorities_are_described_by_their_colour(status, kind, label):
    assert status_label(status, kind) == label


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "No"), (1, "One"), (9, "Nine"), (10, "10"), (1234, "1,234")],
)
def test_a_sentence_begins_with_words_up_to_nine(count, words):
    assert count_words(count) == words


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("0", COUNT, "0"),
        ("7", COUNT, "7"),
        ("3034", COUNT, "3,034"),
        ("1E+3", COUNT, "1,000"),
        ("1000000000000", COUNT, "1,000,000,000,000"),
        ("-12", COUNT, "\u221212"),
        ("12.5", COUNT, "13"),
        ("183.75", COUNT, "184"),
        ("229.166666", COUNT, "229"),
        ("229.501", COUNT, "230"),
        ("-0.001", COUNT, "0"),
        ("80", PERCENT, "80%"),
        ("80.04", PERCENT, "80%"),
        ("84.25", PERCENT, "84.3%"),
        ("84.35", PERCENT, "84.4%"),
        ("-84.25", PERCENT, "\u221284.3%"),
        ("-0.04", PERCENT, "0%"),
        ("0", PERCENT, "0%"),
        ("12.328767123287671232876712", RATE, "12.3"),
        ("12.35", RATE, "12.4"),
        ("12", RATE, "12"),
        ("0", RATE, "0"),
        ("-3.25", AVERAGE, "\u22123.3"),
        ("-0.04", AVERAGE, "\u22120.04"),
        ("0.0000123", AVERAGE, "0.000012"),
        ("1234.56", AVERAGE, "1,234.6"),
        ("1", YES_NO, "Yes"),
        ("0", YES_NO, "No"),
        ("1.00", YES_NO, "Yes"),
        ("0.5", YES_NO, "0.5"),
    ],
)
def test_a_number_is_rounded_once_half_away_from_zero(value, unit, text):
    assert number(Decimal(value), unit) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("343", COUNT, "+343"),
        ("-1200", COUNT, "\u22121,200"),
        ("0", COUNT, "0"),
        ("-0.4", COUNT, "0"),
        ("2.25", PERCENT, "+2.3 points"),
        ("-2.25", PERCENT, "\u22122.3 points"),
        ("0", PERCENT, "0 points"),
        ("0.25", RATE, "+0.3"),
        ("-0.25", AVERAGE, "\u22120.3"),
        ("-1", YES_NO, "\u22121"),
    ],
)
def test_a_difference_has_a_sign_and_percentages_differ_in_points(value, unit, text):
    assert signed(Decimal(value), unit) == text


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (None, None, ""),
        (None, "113", "of 113 answers"),
        (None, "1", "of 1 answer"),
        ("44", "50", "(44 of 50)"),
        ("0", "8760", "(0 of 8,760)"),
        ("237000.5", "296000", "(237,000.5 of 296,000)"),
    ],
)
def test_what_a_value_is_made_of_follows_it(numerator, denominator, text):
    parts = (None if part is None else Decimal(part) for part in (numerator, denominator))
    assert parts_words(*parts) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(1, 3, "33%"), (1, 8, "13%"), (0, 5, "0%"), (5, 5, "100%"), (0, 0, "")],
)
def test_a_share_is_in_whole_percent_and_there_is_none_of_nothing(part, whole, text):
    assert share(part, whole) == text


def test_a_date_is_plain():
    assert plain_date(date(2017, 3, 1)) == "1 March 2017"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2017, 3, 1), date(2017, 3, 1), "1 March 2017"),
        (date(2017, 3, 1), date(2017, 3, 31), "1 to 31 March 2017"),
        (date(2016, 4, 1), date(2016, 6, 30), "1 April to 30 June 2016"),
        (date(2016, 4, 1), date(2017, 4, 30), "1 April 2016 to 30 April 2017"),
    ],
)
def test_a_range_of_dates_says_each_part_once(first, last, text):
    assert plain_date_range(first, last) == text


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 days"), (1, "1 day"), (90, "90 days"), (1000, "1,000 days")]
)
def test_days_agree_with_their_number(count, text):
    assert days(count) == text
