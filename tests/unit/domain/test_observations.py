"""What a value may be, kind by kind, and how it is made of its parts."""

from datetime import date
from decimal import Decimal

import pytest

from tracker.domain.errors import RuleBroken
from tracker.domain.observations import (
    ObservationEntry,
    check_observation,
    check_value,
    read_number,
    worked_out,
)
from tracker.domain.periods import Period
from tracker.domain.vocabulary import Frequency, ObservationState, Unit

COUNT, RATE, PERCENT = Unit.COUNT, Unit.RATE, Unit.PERCENT
AVERAGE, YES_NO = Unit.AVERAGE, Unit.YES_NO
JANUARY = Period(Frequency.MONTHLY, date(2017, 1, 1))
TODAY = date(2017, 3, 15)


def made(unit, value=None, numerator=None, denominator=None, per=None):
    numbers = {"value": value, "numerator": numerator, "denominator": denominator, "per": per}
    given = {name: Decimal(text) for name, text in numbers.items() if text is not None}
    return worked_out(unit, **given)


def refusal(unit, *numbers, **named):
    with pytest.raises(RuleBroken) as refused:
        made(unit, *numbers, **named)
    return refused.value.field, refused.value.message


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        (" 1,234 ", COUNT, "1234"),
        ("84.5%", PERCENT, "84.5"),
        ("84.5 %", PERCENT, "84.5"),
        ("-3.25", AVERAGE, "-3.25"),
        ("\u22123.25", AVERAGE, "-3.25"),
        ("12.5", RATE, "12.5"),
        ("yes", YES_NO, "1"),
        ("No", YES_NO, "0"),
        (" YES ", YES_NO, "1"),
        ("1", YES_NO, "1"),
        ("0", YES_NO, "0"),
    ],
)
def test_a_number_is_read_as_people_type_it(text, unit, value):
    assert read_number(text, unit) == Decimal(value)


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize(
    "text", ["", "NaN", "Infinity", "-Infinity", "1e5", "\u0661\u0662", "\x00", "2,5", "maybe"]
)
def test_what_is_no_number_is_refused_beside_its_field(text, unit):
    with pytest.raises(RuleBroken, match="Enter") as refused:
        read_number(text, unit, "denominator")
    assert refused.value.field == "denominator"


def test_yes_or_no_is_nothing_in_between():
    with pytest.raises(RuleBroken, match="Enter yes or no"):
        read_number("2", YES_NO)
    for value in ("0.5", "2", "-1"):
        assert refusal(YES_NO, value) == ("value", "Enter yes or no")


@pytest.mark.parametrize(
    ("unit", "value"),
    [
        (COUNT, "0"),
        (COUNT, "1000000000000"),
        (PERCENT, "0"),
        (PERCENT, "100"),
        (AVERAGE, "-4.2"),
        (AVERAGE, "0"),
        (AVERAGE, "-1000000000000"),
        (YES_NO, "0"),
        (YES_NO, "1"),
    ],
)
def test_each_kind_holds_its_own_values_zero_among_them(unit, value):
    assert made(unit, value) == Decimal(value)


@pytest.mark.parametrize(
    ("unit", "value", "message"),
    [
        (COUNT, "1.5", "whole number"),
        (COUNT, "-1", "0 or more"),
        (PERCENT, "-0.1", "0 or more"),
        (PERCENT, "100.1", "from 0 to 100"),
        (COUNT, "1000000000001", "at most 1,000,000,000,000"),
        (AVERAGE, "1000000000000.1", "at most 1,000,000,000,000"),
        (AVERAGE, "-1000000000000.1", "at most 1,000,000,000,000"),
        (AVERAGE, "NaN", "Enter a number"),
        (AVERAGE, "Infinity", "Enter a number"),
        (COUNT, "sNaN", "Enter a whole number"),
        (YES_NO, "NaN", "Enter yes or no"),
    ],
)
def test_a_value_that_its_kind_cannot_hold_is_refused(unit, value, message):
    field, said = refusal(unit, value)
    assert field == "value"
    assert message in said
    with pytest.raises(RuleBroken, match=message):
        check_value(Decimal(value), unit)


@pytest.mark.parametrize(
    ("numbers", "per", "value"),
    [
        (("45", "3650"), "1000", "12.32876712328767123287671233"),
        (("0", "8760"), "1000", "0"),
        (("9", "7200"), "1000", "1.25"),
        (("12.5", "250"), "1", "0.05"),
        (("30", "10"), "100", "300"),
    ],
)
def test_a_rate_is_its_numerator_per_so_many_of_its_denominator(numbers, per, value):
    assert made(RATE, None, *numbers, per=per) == Decimal(value)


@pytest.mark.parametrize(
    ("numbers", "value"),
    [
        (("95", "113"), "84.07079646017699115044247788"),
        (("1", "3"), "33.33333333333333333333333333"),
        (("0", "8"), "0"),
        (("8", "8"), "100"),
        (("237000.5", "296000"), "80.06773648648648648648648649"),
    ],
)
def test_a_percentage_of_how_many_is_worked_out_to_28_digits_and_never_rounded(numbers, value):
    assert made(PERCENT, None, *numbers) == Decimal(value)


def test_a_percentage_may_stand_alone_or_with_its_number_of_answers():
    assert made(PERCENT, "84.1") == Decimal("84.1")
    assert made(PERCENT, "84.1", None, "113") == Decimal("84.1")


def test_an_average_may_say_how_many_answers_are_behind_it():
    assert made(AVERAGE, "-2.5", None, "40") == Decimal("-2.5")


@pytest.mark.parametrize("typed", ["84.07", "84.1", "84", "84.0708"])
def test_a_typed_percentage_may_be_the_rounded_one(typed):
    assert made(PERCENT, typed, "95", "113") == Decimal("84.07079646017699115044247788")


def test_half_a_digit_is_rounded_either_way():
    assert made(PERCENT, "0.2", "1", "400") == Decimal("0.25")
    assert made(PERCENT, "0.3", "1", "400") == Decimal("0.25")


@pytest.mark.parametrize(
    ("typed", "said"),
    [("85", "84, not 85"), ("84.2", "84.1, not 84.2"), ("84.08", "84.07, not 84.08")],
)
def test_a_typed_percentage_that_contradicts_its_parts_is_refused(typed, said):
    assert refusal(PERCENT, typed, "95", "113") == (
        "value",
        f"95 of 113 makes {said}: correct one of them, or leave this empty",
    )


def test_a_value_that_was_worked_out_does_not_contradict_its_own_parts():
    value = made(PERCENT, None, "95", "113")
    assert made(PERCENT, value, "95", "113") == value


def test_a_typed_value_of_many_digits_is_compared_without_an_accident():
    field, said = refusal(PERCENT, "12.3456789012345678901234567890123", "7", "7")
    assert (field, "makes 100, not 12.3456789" in said) == ("value", True)


@pytest.mark.parametrize(
    ("unit", "numbers", "field", "message"),
    [
        (RATE, (None, None, None), "numerator", "how many were counted"),
        (RATE, (None, "45", None), "denominator", "of how many"),
        (RATE, (None, None, "45"), "numerator", "how many were counted"),
        (RATE, ("12.5", None, None), "numerator", "how many were counted"),
        (PERCENT, (None, None, None), "value", "or how many of how many"),
        (PERCENT, (None, "95", None), "denominator", "of how many"),
        (PERCENT, (None, None, "113"), "value", "or how many of how many"),
        (PERCENT, ("84.1", None, "113.5"), "denominator", "whole number of answers"),
        (PERCENT, (None, "114", "113"), "numerator", "Enter at most 113"),
        (PERCENT, (None, "-1", "113"), "numerator", "Enter 0 or more"),
        (PERCENT, (None, "1", "-113"), "denominator", "Enter 0 or more"),
        (AVERAGE, (None, None, "40"), "value", "Enter a number"),
        (AVERAGE, ("2", None, "40.5"), "denominator", "whole number of answers"),
        (AVERAGE, ("2", "3", "40"), "numerator", "Leave this empty"),
        (COUNT, ("2", "2", None), "numerator", "Leave this empty"),
        (COUNT, ("2", None, "2"), "denominator", "Leave this empty"),
        (YES_NO, ("1", None, "2"), "denominator", "Leave this empty"),
        (RATE, (None, "NaN", "5"), "numerator", "Enter a number"),
        (RATE, (None, "1", "Infinity"), "denominator", "Enter a number"),
        (RATE, (None, "1", "1E+13"), "denominator", "at most"),
        (RATE, (None, "1E+12", "0.001"), "numerator", "at most"),
    ],
)
def test_parts_that_make_no_value_are_refused_beside_the_one_to_mend(unit, numbers, field, message):
    where, said = refusal(unit, *numbers, per="1000")
    assert where == field
    assert message in said


@pytest.mark.parametrize(
    ("unit", "numbers"),
    [
        (RATE, (None, "0", "0")),
        (PERCENT, (None, "0", "0")),
        (PERCENT, ("84.1", None, "0")),
        (AVERAGE, ("2", None, "0")),
    ],
)
def test_of_nothing_there_is_no_value_and_the_message_says_what_to_log(unit, numbers):
    field, said = refusal(unit, *numbers)
    assert field == "denominator"
    assert said == "Of 0 there is no value: log it as not collected, and say why in the note"


def entry(state, note="", **numbers):
    given = {name: Decimal(text) for name, text in numbers.items()}
    return ObservationEntry(JANUARY, given.pop("value", None), state, note=note, **given)


def test_an_entry_is_stored_with_the_value_that_its_parts_make():
    typed = entry(ObservationState.FINAL, " Recounted ", numerator="9", denominator="7200")
    kept = check_observation(typed, RATE, TODAY, per=Decimal(1000))
    assert (kept.value, kept.note) == (Decimal("1.25"), "Recounted")


@pytest.mark.parametrize("state", [ObservationState.WITHHELD, ObservationState.NOT_COLLECTED])
@pytest.mark.parametrize("field", ["value", "numerator", "denominator"])
def test_a_state_without_a_value_has_no_number_at_all(state, field):
    with pytest.raises(RuleBroken, match="Leave the value empty") as refused:
        check_observation(entry(state, "Not cleared", **{field: "5"}), PERCENT, TODAY)
    assert refused.value.field == field
    assert check_observation(entry(state, "Not cleared"), PERCENT, TODAY).value is None


def test_a_state_with_a_value_needs_one():
    with pytest.raises(RuleBroken, match="Enter a whole number") as refused:
        check_observation(entry(ObservationState.PROVISIONAL), COUNT, TODAY)
    assert refused.value.field == "value"


def test_nothing_is_logged_for_a_period_that_goes_on():
    march = ObservationEntry(JANUARY.next().next(), Decimal(1), ObservationState.FINAL)
    with pytest.raises(RuleBroken, match="March 2017 is not over yet") as refused:
        check_observation(march, COUNT, TODAY)
    assert refused.value.field == "period"
