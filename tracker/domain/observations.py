"""One value of a measure for one period: how it is read from what was typed, and its rules."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from tracker.domain.errors import RuleBroken
from tracker.domain.periods import Period
from tracker.domain.texts import checked
from tracker.domain.vocabulary import ObservationState, Provenance, Unit

#: The largest value anybody may log; figures beyond it are slips of the keyboard.
LARGEST = Decimal(10) ** 12
#: Digits with or without thousands commas in the right places, and a decimal part.
_NUMBER = re.compile(r"[-\u2212]?(\d{1,3}(,\d{3})+|\d+)(\.\d{1,9})?")


@dataclass(frozen=True, slots=True)
class ObservationEntry:
    """A value as it is logged.

    :param value: ``None`` where the state is withheld or not collected.
    :param change_reason: why it differs from the version before; needed for a correction.
    """

    period: Period
    value: Decimal | None
    state: ObservationState
    note: str = ""
    source: str = ""
    change_reason: str = ""
    provenance: Provenance = Provenance.RECORDED


def read_number(text: str, unit: Unit) -> Decimal:
    """Return the number that a person typed; "1,234" and "84.5%" are understood.

    :raises RuleBroken: beside the field "value", saying what to enter.
    """
    trimmed = text.strip().removesuffix("%").strip() if unit is Unit.PERCENT else text.strip()
    example = (
        "Enter a whole number, such as 52"
        if unit is Unit.COUNT
        else ("Enter a percentage, such as 84.5")
    )
    if not trimmed:
        raise RuleBroken(example, "value")
    if not _NUMBER.fullmatch(trimmed) or (not trimmed.isascii() and "\u2212" not in trimmed):
        raise RuleBroken(_advice(trimmed, example), "value")
    return Decimal(trimmed.replace(",", "").replace("\u2212", "-"))


def _advice(text: str, example: str) -> str:
    if re.fullmatch(r"\d+,\d{1,2}", text):
        return f"{example}. Write the decimal part after a full stop: {text.replace(',', '.')}"
    return example


def check_value(value: Decimal, unit: Unit) -> Decimal:
    """Return the value if its unit can hold it.

    :raises RuleBroken: beside the field "value".
    """
    if unit is Unit.COUNT and value != value.to_integral_value():
        raise RuleBroken("Enter a whole number, such as 52", "value")
    if value < 0:
        raise RuleBroken("Enter 0 or more", "value")
    if unit is Unit.PERCENT and value > 100:
        raise RuleBroken("Enter a percentage from 0 to 100", "value")
    if value > LARGEST:
        raise RuleBroken("Enter a value of at most 1,000,000,000,000", "value")
    return value


def check_observation(entry: ObservationEntry, unit: Unit, today: date) -> ObservationEntry:
    """Return the entry with its texts trimmed, if it may be stored on this day.

    :raises RuleBroken: beside the first field that breaks a rule.
    """
    if not entry.period.has_ended(today):
        first = _day_and_month(entry.period.end + timedelta(days=1), today)
        raise RuleBroken(
            f"{entry.period.label} is not over yet: values for it can be logged from {first}",
            "period",
        )
    has_value = entry.state.has_value
    label = "the note" if has_value else "why there is no value"
    note = checked(entry.note, "note", label=label, needed=not has_value)
    if entry.state.has_value != (entry.value is not None):
        message = (
            "Enter the value"
            if entry.state.has_value
            else ("Leave the value empty where it is withheld or was not collected")
        )
        raise RuleBroken(message, "value")
    if entry.value is not None:
        check_value(entry.value, unit)
    return replace(entry, note=note)


def _day_and_month(day: date, today: date) -> str:
    """Return "1 April", with the year where it is not this one."""
    text = f"{day.day} {day:%B}"
    return text if day.year == today.year else f"{text} {day.year}"
