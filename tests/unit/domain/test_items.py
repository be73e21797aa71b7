"""The rules of a measure as it is typed: what its unit, its year and its target allow."""

from datetime import date
from decimal import Decimal

import pytest

from tracker.domain.errors import RuleBroken
from tracker.domain.items import MeasureDetails, TargetDetails
from tracker.domain.vocabulary import Aggregation, Direction, Frequency, Standing, Unit


def measure(**changes):
    given = {
        "code": "M1",
        "title": "Crimes",
        "owner_partner_id": 1,
        "unit": Unit.COUNT,
        "standing": Standing.HEADLINE,
        "direction": Direction.LOWER,
        "frequency": Frequency.MONTHLY,
        "aggregation": Aggregation.LATEST,
        "collected_from": date(2016, 4, 1),
    }
    return MeasureDetails(**{**given, **changes})


def rate(**changes):
    given = {"unit": Unit.RATE, "per": Decimal(1000), "unit_noun": "crimes per 1,000 residents"}
    return measure(**{**given, **changes})


def target(**changes):
    given = {
        "baseline": None,
        "baseline_label": "",
        "target": None,
        "tolerance_percent": Decimal(5),
        "starts_on": date(2016, 4, 1),
        "ends_on": date(2017, 3, 31),
    }
    return TargetDetails(**{**given, **changes})


def refused(call):
    with pytest.raises(RuleBroken) as found:
        call()
    return found.value.field, found.value.message


@pytest.mark.parametrize(
    ("per", "noun", "stored"),
    [
        ("1000", "crimes per 1,000 residents", "crimes per 1,000 residents"),
        ("1000", "crimes per 1000 residents", "crimes per 1000 residents"),
        ("1000", " crimes ", "crimes per 1,000"),
        ("1000", "", "per 1,000"),
        ("100000", "crimes per 100,000 people", "crimes per 100,000 people"),
        ("1", "crimes per resident", "crimes per resident"),
        ("0.5", "crimes", "crimes per 0.5"),
    ],
)
def test_the_noun_of_a_rate_says_per_how_many(per, noun, stored):
    assert rate(per=Decimal(per), unit_noun=noun).checked().unit_noun == stored


@pytest.mark.parametrize(
    ("per", "noun"),
    [("10000", "crimes per 1,000 residents"), ("1000", "crimes per resident")],
)
def test_a_noun_that_says_another_number_is_refused(per, noun):
    field, message = refused(rate(per=Decimal(per), unit_noun=noun).checked)
    assert field == "unit_noun"
    assert "Say per how many" in message


@pytest.mark.parametrize("per", [None, "0", "-1000", "1E+13", "NaN", "Infinity"])
def test_a_rate_is_per_so_many(per):
    field, message = refused(rate(per=None if per is None else Decimal(per)).checked)
    assert (field, "such as 1,000" in message) == ("per", True)


@pytest.mark.parametrize("unit", [unit for unit in Unit if unit is not Unit.RATE])
def test_only_a_rate_is_per_so_many(unit):
    assert refused(measure(unit=unit, per=Decimal(1000)).checked)[0] == "per"


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        (Unit.PERCENT, "Percentages do not add up: choose the latest or the average"),
        (Unit.AVERAGE, "Averages do not add up: choose the latest or the average"),
        (Unit.YES_NO, "Yes and no make no total: choose the latest"),
    ],
)
def test_only_counts_add_up(unit, words):
    assert refused(measure(unit=unit, aggregation=Aggregation.SUM).checked) == (
        "aggregation",
        words,
    )


def test_rates_do_not_add_up():
    field, message = refused(rate(aggregation=Aggregation.SUM).checked)
    assert (field, message.startswith("Rates do not add up")) == ("aggregation", True)


def test_yes_and_no_make_no_average():
    assert refused(measure(unit=Unit.YES_NO, aggregation=Aggregation.AVERAGE).checked)[0] == (
        "aggregation"
    )


@pytest.mark.parametrize(
    ("unit", "aggregation"),
    [
        (Unit.AVERAGE, Aggregation.LATEST),
        (Unit.YES_NO, Aggregation.LATEST),
        (Unit.COUNT, Aggregation.AVERAGE),
        (Unit.PERCENT, Aggregation.AVERAGE),
    ],
)
def test_what_makes_no_total_is_no_total_so_far(unit, aggregation):
    details = measure(unit=unit, aggregation=aggregation, is_cumulative=True)
    assert refused(details.checked)[0] == "is_cumulative"


@pytest.mark.parametrize(
    ("unit", "aggregation"),
    [
        (Unit.COUNT, Aggregation.LATEST),
        (Unit.PERCENT, Aggregation.LATEST),
    ],
)
def test_a_total_so_far_may_be_counted_or_a_share_of_the_year(unit, aggregation):
    assert measure(unit=unit, aggregation=aggregation, is_cumulative=True).checked().is_cumulative


def test_totals_of_the_year_so_far_do_not_add_up():
    details = measure(unit=Unit.COUNT, aggregation=Aggregation.SUM, is_cumulative=True)
    assert refused(details.checked)[0] == "aggregation"


def test_yes_and_no_have_no_band():
    details = measure(unit=Unit.YES_NO, direction=Direction.MAINTAIN)
    assert refused(details.checked)[0] == "direction"


LOWER, MAINTAIN = Direction.LOWER, Direction.MAINTAIN


@pytest.mark.parametrize(
    ("unit", "field", "value", "message"),
    [
        (Unit.COUNT, "target", "-1", "0 to 1,000,000,000,000"),
        (Unit.RATE, "baseline", "-1", "0 to 1,000,000,000,000"),
        (Unit.PERCENT, "target", "101", "from 0 to 100"),
        (Unit.PERCENT, "baseline", "-1", "from 0 to 100"),
        (Unit.AVERAGE, "target", "-1E+13", "at most 1,000,000,000,000"),
        (Unit.AVERAGE, "baseline", "NaN", "at most 1,000,000,000,000"),
        (Unit.YES_NO, "target", "0.5", "1 for yes or 0 for no"),
        (Unit.YES_NO, "target", "sNaN", "1 for yes or 0 for no"),
        (Unit.COUNT, "tolerance_absolute", "-1", "0 to 1,000,000,000,000"),
        (Unit.COUNT, "tolerance_absolute", "NaN", "0 to 1,000,000,000,000"),
        (Unit.COUNT, "tolerance_percent", "101", "from 0 to 100"),
    ],
)
def test_a_target_that_no_value_can_reach_is_refused(unit, field, value, message):
    where, said = refused(lambda: target(**{field: Decimal(value)}).checked(unit, LOWER))
    assert where == field
    assert message in said


@pytest.mark.parametrize(
    ("unit", "value"),
    [(Unit.AVERAGE, "-3.5"), (Unit.YES_NO, "1"), (Unit.YES_NO, "0"), (Unit.PERCENT, "100")],
)
def test_a_target_stands_where_a_value_can(unit, value):
    assert target(target=Decimal(value)).checked(unit, LOWER).target == Decimal(value)


def test_an_absolute_tolerance_of_zero_is_one():
    kept = target(tolerance_absolute=Decimal(0)).checked(Unit.COUNT, LOWER)
    assert kept.tolerance_absolute == 0


@pytest.mark.parametrize(
    ("low", "high"), [("10", "20"), ("10", "10"), ("10", None), (None, "20"), ("0", "0")]
)
def test_a_band_has_one_edge_or_two(low, high):
    edges = {
        "band_low": None if low is None else Decimal(low),
        "band_high": None if high is None else Decimal(high),
    }
    kept = target(baseline=Decimal(3), **edges).checked(Unit.COUNT, MAINTAIN)
    assert {name: getattr(kept, name) for name in edges} == edges


@pytest.mark.parametrize(
    ("direction", "changes", "field", "message"),
    [
        (MAINTAIN, {}, "band_low", "the lowest or the highest good value"),
        (MAINTAIN, {"band_low": "20", "band_high": "10"}, "band_high", "not below the lowest"),
        (MAINTAIN, {"band_low": "1", "target": "5"}, "target", "the band, not a target"),
        (LOWER, {"band_low": "1"}, "band_low", "only a measure kept within a band"),
        (Direction.NEUTRAL, {"band_high": "1"}, "band_high", "only a measure kept within a band"),
        (MAINTAIN, {"band_low": "-1"}, "band_low", "0 to 1,000,000,000,000"),
    ],
)
def test_a_band_belongs_to_a_measure_kept_within_it_and_to_no_other(
    direction, changes, field, message
):
    details = target(**{name: Decimal(text) for name, text in changes.items()})
    where, said = refused(lambda: details.checked(Unit.COUNT, direction))
    assert where == field
    assert message in said
