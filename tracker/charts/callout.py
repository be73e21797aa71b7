"""The one signal that a picture points out in words: where its latest run began.

The words stand where no line runs, beside the point or above or below it; where there is no
such place nothing is said, for shape, key and table say it too.
"""

from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from tracker.charts.annotations import words
from tracker.charts.clearings import Clearings
from tracker.charts.inks import Letter, Stroke, size_of
from tracker.charts.lettering import LINE_HEIGHT, balanced, width_of, written
from tracker.charts.marks import upright
from tracker.charts.plot import Mark, Plot
from tracker.charts.points import ChartPoint, MeasureSeries
from tracker.domain.spc_chart import Finding, Meaning, Side, Signal
from tracker.domain.wording import PERIOD_WORDS, count_words

_SIZE = size_of(Letter.PLAIN)
#: Px that a line of the words takes at most: better two short lines than a long one.
_WIDEST = (240, 480)
#: Px from the point to words beside it, to words above or below it at most, and from which on
#: a leader joins them.
_BESIDE, _FURTHEST, _LED = 12, 90, 20
_LETTERS = {
    Meaning.IMPROVING: Letter.IMPROVE,
    Meaning.CONCERNING: Letter.CONCERN,
    Meaning.NEUTRAL: Letter.NEUTRAL,
}
_ROWS = {
    Signal(Finding.SHIFT, Side.HIGH): "above average",
    Signal(Finding.SHIFT, Side.LOW): "below average",
    Signal(Finding.TREND, Side.HIGH): "in a rise",
    Signal(Finding.TREND, Side.LOW): "in a fall",
}


class _Spot(NamedTuple):
    """Words where they may stand: px of their left side and middle, how they are set, how far."""

    lines: list[str]
    left: float
    middle: float
    anchor: str
    distance: float

    @property
    def wide(self) -> float:
        return max(width_of(line, _SIZE) for line in self.lines)

    @property
    def tall(self) -> float:
        return len(self.lines) * _SIZE * LINE_HEIGHT


def callout(series: MeasureSeries, plot: Plot, clearings: Clearings) -> Iterator[Mark]:
    """Yield the words about the latest run, and a leader where they stand apart from it."""
    first = _latest_run(series)
    if first is None:
        return
    point = series.points[first]
    if point.signal is None or point.value is None:
        return
    y = plot.y(float(point.value))
    spot = _best((plot.x(first), y), _said(series, first), clearings)
    if spot is None:
        return
    edge = {"left": 0.0, "center": spot.wide / 2, "right": spot.wide}[spot.anchor]
    at = ("x", plot.place(spot.left + edge)), ("paper", plot.share(spot.middle))
    said = words(spot.lines, _LETTERS[point.signal.meaning], *at)
    yield said | {"xanchor": spot.anchor, "align": spot.anchor}
    if spot.distance > _LED:
        way = -1 if spot.middle < y else 1
        ends = (plot.value(y + 6 * way), plot.value(spot.middle - way * spot.tall / 2))
        yield upright(Stroke.LEADER, first, ends, yref="y")


def _latest_run(series: MeasureSeries) -> int | None:
    """Return where the latest run of signals to one side begins, ``None`` where there is none."""
    places = [place for place, point in enumerate(series.points) if point.signal is not None]
    if not places:
        return None
    first, breaks = places[-1], set(series.breaks)
    side = _side(series.points[first])
    while first > 0 and first not in breaks and _side(series.points[first - 1]) is side:
        first -= 1
    return first


def _side(point: ChartPoint) -> Side | None:
    return None if point.signal is None else point.signal.side


def _said(series: MeasureSeries, first: int) -> list[str]:
    """Return what may be said of a point with a signal, the longer first.

    "215, below the lower limit: the first of seven months below average".
    """
    point = series.points[first]
    if point.signal is None or point.value is None:
        return []
    value, row = written(point.value, series.unit), _row(series, first)
    brief = f"{value}, {point.signal.words[:1].lower()}{point.signal.words[1:]}"
    if not row:
        return [brief]
    is_row = point.signal.signals[0] in _ROWS
    return [f"{value}, {row}"] if is_row else [f"{brief}: {row}", brief]


def _row(series: MeasureSeries, first: int) -> str:
    """Return "the first of seven months below average"; empty where no row begins here."""
    signal = series.points[first].signal
    if signal is None:
        return ""
    on_its_side = [one for one in _ROWS if one.side is signal.side]
    found = next((one for one in on_its_side if one in signal.signals), None)
    if found is None:
        return ""
    row = takewhile(
        lambda point: point.signal is not None and found in point.signal.signals,
        series.points[first:],
    )
    count = count_words(sum(1 for _ in row)).lower()
    return f"the first of {count} {PERIOD_WORDS[series.frequency][1]} {_ROWS[found]}"


def _best(at: tuple[float, float], texts: list[str], clearings: Clearings) -> _Spot | None:
    """Return where what is said stands best, shorter words where the longer have no room."""
    for text in texts:
        for widest in _WIDEST:
            spots = _spots(at, balanced(text, _SIZE, widest), clearings)
            spot = min(spots, key=lambda one: one.distance, default=None)
            if spot is not None:
                return spot
    return None


def _spots(at: tuple[float, float], lines: list[str], clearings: Clearings) -> Iterator[_Spot]:
    """Yield the clear places about a point, those beside it first."""
    (x, y), tall = at, len(lines) * _SIZE * LINE_HEIGHT
    wide = max(width_of(line, _SIZE) for line in lines)
    beside = ((x + _BESIDE, "left"), (x - _BESIDE - wide, "right"))
    apart = ((x - 6, "left"), (x - wide / 2, "center"), (x + 6 - wide, "right"))
    for left, anchor in (*beside, *apart):
        if clearings.is_cut(left, left + wide):
            continue
        middle = clearings.middle(left, left + wide, tall, y)
        if middle is None:
            continue
        distance = abs(middle - y) - tall / 2
        if (left, anchor) in beside and distance <= 4:
            yield _Spot(lines, left, middle, anchor, _BESIDE)
        elif (left, anchor) in apart and distance <= _FURTHEST:
            yield _Spot(lines, left, middle, anchor, distance)
