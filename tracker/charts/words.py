"""The words above and below a measure's picture, as Plotly annotations.

Each function returns one kind of words. Places on the axis count periods from 0.
"""

from collections.abc import Iterable, Iterator

from tracker.charts import timeline
from tracker.charts.annotations import words
from tracker.charts.inks import Letter, size_of
from tracker.charts.lettering import LINE_HEIGHT, marked_up, width_of, wrapped
from tracker.charts.plot import Mark, Plot
from tracker.charts.points import MeasureSeries

_SMALL = size_of(Letter.QUIET)
_ANCHORS = {"left": 0.0, "center": 0.5, "right": 1.0}


def escaped(texts: Iterable[str]) -> list[str]:
    """Return texts so that Plotly takes them by the letter."""
    return [marked_up(text) for text in texts]


def scale_note(note: str, plot: Plot) -> Mark:
    """Return what the scale counts, above the picture at its left."""
    lines = wrapped(note, _SMALL, plot.width - 8)
    middle = 6 + len(lines) * _SMALL * LINE_HEIGHT / 2
    at_the_edge = {"xshift": -plot.left, "xanchor": "left"}
    place = ("paper", plot.share(middle))
    return words(lines, Letter.QUIET, ("paper", 0), place) | at_the_edge


def nothing_yet(series: MeasureSeries) -> Iterator[Mark]:
    """Yield the words of a picture without periods."""
    if not series.points:
        yield words(["No periods yet"], Letter.QUIET, ("paper", 0.5), ("paper", 0.5))


def year_words(series: MeasureSeries, plot: Plot) -> Iterator[Mark]:
    """Yield the name of each financial year that has room for it."""
    for year in timeline.brackets(series.points, series.frequency, plot.step):
        if year.text:
            middle = (year.first + year.last) / 2
            height = plot.share_below(47)
            yield words([year.text], Letter.QUIET, ("x", middle), ("paper", height))


def break_words(series: MeasureSeries, plot: Plot) -> Iterator[Mark]:
    """Yield the words of each break, above the area: the latest first, as they find room.

    They stand about their line or to one side of it, and are short where only that fits.
    """
    free, height = plot.width - 2, plot.share(plot.top - 12)
    lines = [plot.x(first - 0.5) for first in series.breaks]
    for place, first in reversed(list(enumerate(series.breaks))):
        point, before = series.points[first], lines[place - 1] if place else 0.0
        for text in (f"Break: {point.label}", f"Break: {point.short_label}", "Break"):
            wide = width_of(text, _SMALL)
            left, anchor = _beside(wide, lines[place], before, free)
            if anchor:
                said = words([text], Letter.QUIET, ("x", first - 0.5), ("paper", height))
                yield said | {"xanchor": anchor}
                free = left - 8
                break


def _beside(wide: float, line: float, before: float, free: float) -> tuple[float, str]:
    """Return where words begin and which part of them stands at their line; "" for nowhere.

    :param before: the line of the break before, whose words need room too.
    """
    is_near = line - before < wide
    for anchor in ("left", "center", "right") if is_near else ("center", "right", "left"):
        left = line - wide * _ANCHORS[anchor]
        if left >= 2 and left + wide <= free:
            return left, anchor
    return 0.0, ""
