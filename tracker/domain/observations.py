"""One value of a measure for one period: how it is read from what was typed, and its rules."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Context, Decimal

from tracker.domain.errors import RuleBroken
from tracker.domain.periods import Period
from tracker.domain.texts import checked
from tracker.domain.vocabulary import ObservationState, Provenance, Unit
from tracker.domain.wording import plain

#: The largest value anybody may log; figures beyond it are slips of the keyboard.
LARGEST = Decimal(10) ** 12
#: The fields of a form or file that hold numbers.
NUMBERS = ("value", "numerator", "denominator")
#: Digits to which a share is worked out; it is rounded nowhere else.
_WORKING = Context(prec=28)
#: Decimals that anybody may type.
_MOST_PLACES = 9
#: Digits with or without thousands commas in the right places, and a decimal part.
_NUMBER = re.compile(r"[-\u2212]?(\d{1,3}(,\d{3})+|\d+)(\.\d{1,9})?")
_YES_NO = {"yes": Decimal(1), "no": Decimal(0), "1": Decimal(1), "0": Decimal(0)}
_TOO_LARGE = "Enter a value of at most 1,000,000,000,000"
_EXAMPLES = {
    Unit.COUNT: "Enter a whole number, such as 52",
    Unit.RATE: "Enter a number, such as 12.5",
    Unit.PERCENT: "Enter a percentage, such as 84.5",
    Unit.AVERAGE: "Enter a number, such as 12.5",
    Unit.YES_NO: "Enter yes or no",
}
#: What a value may be made of, besides the value alone.
_PARTS: dict[Unit, tuple[str, ...]] = {
    Unit.COUNT: (),
    Unit.RATE: ("numerator", "denominator"),
    Unit.PERCENT: ("numerator", "denominator"),
    Unit.AVERAGE: ("denominator",),
    Unit.YES_NO: (),
}


@dataclass(frozen=True, slots=True)
class ObservationEntry:
    """A value as it is logged.

    :param value: ``None`` where the state is withheld or not collected, and where it is left to
        be worked out from its parts.
    :param change_reason: why it differs from the version before; needed for a correction.
    :param numerator: what a rate or percentage counts, over its ``denominator``; without it the
        denominator is the number of answers behind a percentage or an average.
    """

    period: Period
    value: Decimal | None
    state: ObservationState
    note: str = ""
    source: str = ""
    change_reason: str = ""
    provenance: Provenance = Provenance.RECORDED
    numerator: Decimal | None = None
    denominator: Decimal | None = None


def read_number(text: str, unit: Unit, field: str = "value") -> Decimal:
    """Return the number that a person typed: "1,234" and "84.5%" are understood, yes is 1.

    :raises RuleBroken: beside the field, saying what to enter.
    """
    trimmed, example = text.strip(), _EXAMPLES[unit]
    if unit is Unit.YES_NO:
        if trimmed.lower() not in _YES_NO:
            raise RuleBroken(example, field)
        return _YES_NO[trimmed.lower()]
    if unit is Unit.PERCENT:
        trimmed = trimmed.removesuffix("%").strip()
    if not trimmed:
        raise RuleBroken(example, field)
    if not _NUMBER.fullmatch(trimmed) or (not trimmed.isascii() and "\u2212" not in trimmed):
        raise RuleBroken(_advice(trimmed, example), field)
    return Decimal(trimmed.replace(",", "").replace("\u2212", "-"))


def _advice(text: str, example: str) -> str:
    if re.fullmatch(r"\d+,\d{1,2}", text):
        return f"{example}. Write the decimal part after a full stop: {text.replace(',', '.')}"
    return example


def check_value(value: Decimal, unit: Unit, field: str = "value") -> Decimal:
    """Return the value if its unit can hold it: averages alone may be below 0.

    :raises RuleBroken: beside the field.
    """
    if not value.is_finite():
        raise RuleBroken(_EXAMPLES[unit], field)
    for message in _limits(value, unit):
        raise RuleBroken(message, field)
    return value


def _limits(value: Decimal, unit: Unit) -> Iterator[str]:
    """Yield what is wrong with a finite value, the first to be said first."""
    is_whole = value == value.to_integral_value()
    if unit is Unit.YES_NO and value not in _YES_NO.values():
        yield _EXAMPLES[unit]
    if unit is Unit.COUNT and not is_whole:
        yield _EXAMPLES[unit]
    if unit is not Unit.AVERAGE and value < 0:
        yield "Enter 0 or more"
    if unit is Unit.PERCENT and value > 100:
        yield "Enter a percentage from 0 to 100"
    if abs(value) > LARGEST:
        yield _TOO_LARGE


def worked_out(
    unit: Unit,
    *,
    value: Decimal | None = None,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    per: Decimal | None = None,
) -> Decimal:
    """Return the value of a period that has one: of its parts, where it has both.

    :param per: of how many a rate counts; not used for other units.
    :raises RuleBroken: beside "value", "numerator" or "denominator".

    >>> worked_out(Unit.RATE, numerator=Decimal(9), denominator=Decimal(7200), per=Decimal(1000))
    Decimal('1.25')
    """
    parts = {"numerator": numerator, "denominator": denominator}
    for field, part in parts.items():
        if part is not None:
            _check_part(part, unit, field)
    if value is not None:
        check_value(value, unit)
    if unit is Unit.RATE or numerator is not None:
        return _share(unit, parts, value, per or Decimal(1))
    if denominator is not None and denominator != denominator.to_integral_value():
        raise RuleBroken("Enter a whole number of answers, such as 113", "denominator")
    if value is None:
        other = ", or how many of how many" if unit is Unit.PERCENT else ""
        raise RuleBroken(_EXAMPLES[unit] + other, "value")
    return value


def _check_part(part: Decimal, unit: Unit, field: str) -> None:
    if field not in _PARTS[unit]:
        raise RuleBroken("Leave this empty: this measure does not have it", field)
    if not part.is_finite():
        raise RuleBroken("Enter a number, such as 113", field)
    if part < 0:
        raise RuleBroken("Enter 0 or more", field)
    if part > LARGEST:
        raise RuleBroken(_TOO_LARGE, field)
    if field == "denominator" and part == 0:
        raise RuleBroken(
            "Of 0 there is no value: log it as not collected, and say why in the note", field
        )


def _share(
    unit: Unit, parts: dict[str, Decimal | None], typed: Decimal | None, per: Decimal
) -> Decimal:
    """Return numerator over denominator, times 100 or so many; refuse a value that contradicts."""
    numerator, denominator = parts["numerator"], parts["denominator"]
    if numerator is None:
        raise RuleBroken("Enter how many were counted, such as 95", "numerator")
    if denominator is None:
        raise RuleBroken("Enter of how many, such as 113", "denominator")
    if unit is Unit.PERCENT and numerator > denominator:
        raise RuleBroken(f"Enter at most {plain(denominator)}: it is a part of that", "numerator")
    times = Decimal(100) if unit is Unit.PERCENT else per
    value = _WORKING.divide(_WORKING.multiply(times, numerator), denominator)
    check_value(value, unit, "numerator")
    if typed is not None:
        _refuse_contradiction(typed, value, f"{plain(numerator)} of {plain(denominator)}")
    return value


def _refuse_contradiction(typed: Decimal, value: Decimal, parts: str) -> None:
    """Refuse a typed value that is further off than rounding to its digits explains."""
    exponent = typed.as_tuple().exponent
    places = max(min(exponent, 0), -_MOST_PLACES) if isinstance(exponent, int) else 0
    if abs(typed - value) <= Decimal(5).scaleb(places - 1):
        return
    made = plain(value.quantize(Decimal(1).scaleb(places)))
    raise RuleBroken(
        f"{parts} makes {made}, not {plain(typed)}: correct one of them, or leave this empty",
        "value",
    )


def check_observation(
    entry: ObservationEntry, unit: Unit, today: date, *, per: Decimal | None = None
) -> ObservationEntry:
    """Return the entry with its value worked out and its texts trimmed, if it may be stored.

    :param per: of how many a rate counts; ``None`` for other units.
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
    return replace(entry, note=note, value=_value_of(entry, unit, per))


def _value_of(entry: ObservationEntry, unit: Unit, per: Decimal | None) -> Decimal | None:
    numbers = {field: getattr(entry, field) for field in NUMBERS}
    if entry.state.has_value:
        return worked_out(unit, per=per, **numbers)
    for field, given in numbers.items():
        if given is not None:
            raise RuleBroken(
                "Leave the value empty where it is withheld or was not collected", field
            )
    return None


def _day_and_month(day: date, today: date) -> str:
    """Return "1 April", with the year where it is not this one."""
    text = f"{day.day} {day:%B}"
    return text if day.year == today.year else f"{text} {day.year}"
