"""Status, numbers and dates in words, the same on every page and in every document.

Rounding happens here, once, half away from zero; nothing is calculated with what comes out.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

from tracker.domain.vocabulary import Frequency, ItemKind, Status, Unit

_MINUS = "\u2212"
_COUNT_WORDS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
#: One period and many of each frequency.
PERIOD_WORDS = {
    Frequency.MONTHLY: ("month", "months"),
    Frequency.QUARTERLY: ("quarter", "quarters"),
    Frequency.YEARLY: ("year", "years"),
}
_YES_NO = {Decimal(1): "Yes", Decimal(0): "No"}
_RATED = {
    Status.GREEN: "Green",
    Status.AMBER: "Amber",
    Status.RED: "Red",
    Status.NO_DATA: "No data",
    Status.NOT_RATED: "Not rated",
    Status.NOT_EVIDENCED: "Not evidenced",
    Status.NOT_UPDATED: "Not updated",
    Status.NONE: "No live action",
}
_ACTION = {
    Status.GREEN: "On track",
    Status.AMBER: "At risk",
    Status.RED: "Off track",
    Status.COMPLETE: "Complete",
    Status.NOT_STARTED: "Not started",
    Status.NOT_UPDATED: "Not updated",
    Status.CLOSED: "Closed",
}


def status_label(status: Status, kind: ItemKind) -> str:
    """Return a status in the words of its kind of item.

    >>> status_label(Status.GREEN, ItemKind.ACTION), status_label(Status.GREEN, ItemKind.MEASURE)
    ('On track', 'Green')
    """
    return (_ACTION if kind is ItemKind.ACTION else _RATED)[status]


def count_words(count: int) -> str:
    """Return a number as a sentence begins with it: in words up to nine.

    >>> count_words(4), count_words(12)
    ('Four', '12')
    """
    return _COUNT_WORDS[count] if 0 <= count < len(_COUNT_WORDS) else f"{count:,}"


def number(value: Decimal, unit: Unit) -> str:
    """Return a value as it is read: counts whole, all others with one decimal at most.

    >>> number(Decimal("3034"), Unit.COUNT), number(Decimal("84.25"), Unit.PERCENT)
    ('3,034', '84.3%')
    >>> number(Decimal("183.75"), Unit.COUNT), number(Decimal("12.34"), Unit.RATE)
    ('184', '12.3')
    >>> number(Decimal(1), Unit.YES_NO)
    'Yes'
    """
    if unit is Unit.YES_NO and value in _YES_NO:
        return _YES_NO[value]
    return plain(_shown(value, unit)) + ("%" if unit is Unit.PERCENT else "")


def signed(value: Decimal, unit: Unit) -> str:
    """Return a difference with its sign; percentages differ in points.

    >>> signed(Decimal("342.7"), Unit.COUNT), signed(Decimal("-0.25"), Unit.PERCENT)
    ('+343', '\u22120.3 points')
    """
    rounded = _shown(value, unit)
    sign = "+" if rounded > 0 else ""
    points = " point" if abs(rounded) == 1 else " points"
    return sign + plain(rounded) + (points if unit is Unit.PERCENT else "")


def finer(value: Decimal, unit: Unit) -> str:
    """Return an average or a limit as it is read: one decimal more than the data has.

    >>> finer(Decimal("292.6957"), Unit.COUNT), finer(Decimal("84.0512"), Unit.PERCENT)
    ('292.7', '84.05%')
    """
    return plain(_rounded(value, _places(unit) + 1)) + ("%" if unit is Unit.PERCENT else "")


def precise(value: Decimal, unit: Unit) -> str:
    """Return a value with digits enough to work on with it: six of them.

    >>> precise(Decimal("24.4210526315789"), Unit.COUNT)
    '24.4211'
    """
    six = value.normalize(Context(prec=6))
    return plain(six) + ("%" if unit is Unit.PERCENT else "")


def plural(count: int, noun: str) -> str:
    """Return how many: "1 action", "64 actions"; "priority" becomes "priorities"."""
    if count == 1:
        return f"1 {noun}"
    nouns = f"{noun.removesuffix('y')}ies" if noun.endswith("ty") else f"{noun}s"
    return f"{count:,} {nouns}"


def percent_change(ratio: Decimal) -> str:
    """Return a change in whole percent with its sign.

    >>> percent_change(Decimal("-0.0849")), percent_change(Decimal("0.064"))
    ('\u22128%', '+6%')
    """
    rounded = _rounded(100 * ratio, 0)
    return ("+" if rounded > 0 else "") + plain(rounded) + "%"


def parts_words(numerator: Decimal | None, denominator: Decimal | None) -> str:
    """Return what a value was made of, as it follows the value; empty where nothing is known.

    >>> parts_words(Decimal(44), Decimal(50)), parts_words(None, Decimal(113))
    ('(44 of 50)', 'of 113 answers')
    """
    if denominator is None:
        return ""
    if numerator is None:
        return "of 1 answer" if denominator == 1 else f"of {plain(denominator)} answers"
    return f"({plain(numerator)} of {plain(denominator)})"


def plain(value: Decimal) -> str:
    """Return a number to its last digit, with thousands commas and a true minus.

    >>> plain(Decimal("-1234.50"))
    '\u22121,234.5'
    """
    text = f"{abs(value):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{_MINUS}{text}" if value < 0 else text


def share(part: int, whole: int) -> str:
    """Return a share in whole percent; empty where there is no whole."""
    return f"{_rounded(Decimal(100 * part) / whole, 0):f}%" if whole else ""


def plain_date(day: date) -> str:
    """Return a date as "31 March 2017"."""
    return f"{day.day} {day:%B %Y}"


def plain_date_range(first: date, last: date) -> str:
    """Return a range of dates, as short as it can be said.

    >>> plain_date_range(date(2016, 4, 1), date(2017, 3, 31))
    '1 April 2016 to 31 March 2017'
    """
    if first == last:
        return plain_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {plain_date(last)}"
    start = f"{first.day} {first:%B}" if first.year == last.year else plain_date(first)
    return f"{start} to {plain_date(last)}"


def days(count: int) -> str:
    """Return a number of days: "1 day", "90 days"."""
    return f"{count:,} day" if count == 1 else f"{count:,} days"


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0


def _shown(value: Decimal, unit: Unit) -> Decimal:
    """Return a value rounded as it is shown; small rates and averages keep two digits."""
    is_small = unit in (Unit.RATE, Unit.AVERAGE) and 0 < abs(value) < Decimal("0.1")
    return value.normalize(Context(prec=2)) if is_small else _rounded(value, _places(unit))


def _places(unit: Unit) -> int:
    return 0 if unit is Unit.COUNT else 1
