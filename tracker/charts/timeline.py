"""The axis of time: which periods are named, and brackets for financial years under them."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from tracker.charts.lettering import width_of
from tracker.charts.points import ChartPoint
from tracker.domain.vocabulary import Frequency

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_SIZE = 13
_CLEAR = 8
_SHORTEST_YEAR = "16/17"
_STRIDES = {
    Frequency.MONTHLY: (1, 3, 6, 12, 24, 60, 120, 240, 600),
    Frequency.QUARTERLY: (1, 2, 4, 8, 20, 40, 80, 200),
    Frequency.YEARLY: (1, 2, 5, 10, 20, 50, 100),
}


class Tick(NamedTuple):
    """A named period: its place on the axis and its words."""

    place: int
    text: str


class Bracket(NamedTuple):
    """A financial year: its first and last place, and its words (empty if they do not fit)."""

    first: int
    last: int
    text: str


def ticks(points: Sequence[ChartPoint], frequency: Frequency, step: float) -> list[Tick]:
    """Return the periods to name, ``step`` px apart, so that no two names touch."""
    if frequency is Frequency.YEARLY:
        return _thinned([point.short_label for point in points], points, frequency, step)
    if not _years_fit(frequency, step):
        return _thinned([_month_and_year(p.start) for p in points], points, frequency, step)
    if frequency is Frequency.MONTHLY:
        return _thinned([_MONTHS[p.start.month - 1] for p in points], points, frequency, step)
    full = [_quarter_months(point.start) for point in points]
    if all(width_of(text, _SIZE) + _CLEAR <= step for text in full):
        return [Tick(place, text) for place, text in enumerate(full)]
    return _thinned([_quarter(point.start) for point in points], points, frequency, step)


def brackets(points: Sequence[ChartPoint], frequency: Frequency, step: float) -> list[Bracket]:
    """Return the financial years, April to March, of months or quarters ``step`` px apart.

    Empty for years, and where a year is too short to be named.
    """
    if frequency is Frequency.YEARLY or not _years_fit(frequency, step):
        return []
    found = []
    for year, stretch in groupby(enumerate(points), lambda placed: _year(placed[1].start)):
        places = [place for place, _ in stretch]
        found.append(Bracket(places[0], places[-1], _year_text(year, len(places) * step)))
    return found


def _thinned(
    texts: Sequence[str], points: Sequence[ChartPoint], frequency: Frequency, step: float
) -> list[Tick]:
    widest = max((width_of(text, _SIZE) for text in texts), default=0) + _CLEAR
    strides = _STRIDES[frequency]
    stride = next((n for n in strides if n * step >= widest), strides[-1])
    counts = _counts(points, frequency)
    return [Tick(i, texts[i]) for i, count in enumerate(counts) if count % stride == 0]


def _counts(points: Sequence[ChartPoint], frequency: Frequency) -> list[int]:
    """Return the periods counted so that round numbers fall on April, or on the last year."""
    if frequency is Frequency.YEARLY:
        return [len(points) - 1 - place for place in range(len(points))]
    months = [point.start.year * 12 + point.start.month - 4 for point in points]
    return months if frequency is Frequency.MONTHLY else [count // 3 for count in months]


def _years_fit(frequency: Frequency, step: float) -> bool:
    periods = 12 if frequency is Frequency.MONTHLY else 4
    return periods * step >= width_of(_SHORTEST_YEAR, _SIZE)


def _year(day: date) -> int:
    return day.year if day.month >= 4 else day.year - 1


def _year_text(year: int, room: float) -> str:
    """Return "2016/17", "16/17" or nothing, as it fits."""
    end = f"{(year + 1) % 100:02d}"
    forms = (f"{year}/{end}", f"{year % 100:02d}/{end}")
    return next((form for form in forms if width_of(form, _SIZE) + 3 <= room), "")


def _month_and_year(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.year}"


def _quarter(day: date) -> str:
    return f"Q{(day.month - 4) % 12 // 3 + 1}"


def _quarter_months(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} to {_MONTHS[(day.month + 1) % 12]}"
