"""The words in a measure's picture, as Plotly annotations: what, why not, and the latest.

Each function returns one kind of words. Places on the axis count periods from 0.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from tracker.charts import timeline
from tracker.charts.gutter import Label, spread
from tracker.charts.inks import Letter, Stroke, font, line, size_of
from tracker.charts.lettering import marked_up, shortened, width_of, wrapped, written
from tracker.charts.marks import REACH, Mark
from tracker.charts.plot import Plot
from tracker.charts.points import Absence, MeasureSeries, absences
from tracker.charts.scale import Scale

_SMALL = size_of(Letter.QUIET)
_MEDIUM = size_of(Letter.STRONG)
#: Where words may stand in a frame, as shares of its height; the first that is clear.
_SHELVES = (0.62, 0.58, 0.54, 0.66, 0.7, 0.5, 0.45, 0.4, 0.35, 0.3, 0.74)
_GUTTER_CLEAR = 8


def escaped(texts: Iterable[str]) -> list[str]:
    """Return texts so that Plotly takes them by the letter."""
    return [marked_up(text) for text in texts]


def scale_note(note: str, plot: Plot) -> Mark:
    """Return what the scale counts, above the picture at its left."""
    lines = wrapped(note, _SMALL, plot.width - 8)
    height = 1 + (plot.top - 6 - len(lines) * 17 / 2) / plot.inner_height
    at_the_edge = {"xshift": -plot.left, "xanchor": "left"}
    return _words(lines, Letter.QUIET, ("paper", 0), ("paper", height)) | at_the_edge


def nothing_yet(series: MeasureSeries) -> Iterator[Mark]:
    """Yield the words of a picture without periods."""
    if not series.points:
        yield _words(["No periods yet"], Letter.QUIET, ("paper", 0.5), ("paper", 0.5))


def year_words(series: MeasureSeries, plot: Plot) -> Iterator[Mark]:
    """Yield the name of each financial year that has room for it."""
    for year in timeline.brackets(series.points, series.frequency, plot.step):
        if year.text:
            middle = (year.first + year.last) / 2
            height = plot.share_below(47)
            yield _words([year.text], Letter.QUIET, ("x", middle), ("paper", height))


def gap_words(series: MeasureSeries, scale: Scale, plot: Plot) -> Iterator[Mark]:
    """Yield why each stretch has no number: across its frame, upright if that is too narrow.

    Where two would touch, the first one is written; the table of the points has them all.
    """
    taken = 0.0
    for gap in absences(series.points):
        room = (gap.last - gap.first + 2 * REACH) * plot.step
        lines, is_upright = _fitted(gap, room)
        half = _SMALL / 2 if is_upright else max(width_of(text, _SMALL) for text in lines) / 2
        middle = (gap.first + gap.last) / 2
        if plot.x(middle) - half >= taken:
            taken = plot.x(middle) + half + 3
            shelf = _shelf(
                _lines_to_avoid(series, scale, plot, is_upright=is_upright),
                plot,
                _extent(lines, is_upright=is_upright),
            )
            words = _words(lines, Letter.QUIET, ("x", middle), ("paper", shelf))
            yield words | {"textangle": -90 if is_upright else 0}


def _fitted(gap: Absence, room: float) -> tuple[list[str], bool]:
    """Return the lines to write, and whether upright: reason and periods, or the reason."""
    for lines in ([gap.reason, gap.span], [gap.reason]):
        if all(width_of(text, _SMALL) + 8 <= room for text in lines):
            return lines, False
    return [gap.reason], True


def _extent(lines: list[str], *, is_upright: bool) -> float:
    return width_of(lines[0], _SMALL) if is_upright else len(lines) * _SMALL * 1.3


def _lines_to_avoid(
    series: MeasureSeries, scale: Scale, plot: Plot, *, is_upright: bool
) -> list[float]:
    """Return the heights in px of the target and, for words across, of the grid."""
    target = series.target_per_period
    avoided = [] if target is None else [plot.y(float(target))]
    return avoided if is_upright else [*avoided, *(plot.y(float(t)) for t in scale.ticks)]


def _shelf(lines: list[float], plot: Plot, extent: float) -> float:
    """Return a share of the height at which words of this extent in px keep clear of lines."""
    for shelf in _SHELVES:
        height = plot.y(shelf, "paper")
        if all(abs(height - line_height) > extent / 2 + 2 for line_height in lines):
            return shelf
    return _SHELVES[0]


# Labels in the gutter at the right.


def gutter_labels(series: MeasureSeries, plot: Plot) -> list[Label]:
    """Return what stands at the right: the target's words and the latest value."""
    room = plot.right - _GUTTER_CLEAR
    found = []
    if series.target_per_period is not None and series.target_label.strip():
        lines = wrapped(series.target_label, _MEDIUM, room)
        found.append(Label(plot.y(float(series.target_per_period)), tuple(lines), Letter.STRONG))
    present = [i for i, point in enumerate(series.points) if point.value is not None]
    if present:
        found.append(_latest(series, plot, present[-1], room))
    return found


def _latest(series: MeasureSeries, plot: Plot, place: int, room: float) -> Label:
    """Return the words for the latest value; its period is named unless it ends the axis."""
    point = series.points[place]
    value = point.value or Decimal(0)
    full = written(value, series.unit)
    text = full if width_of(full, _MEDIUM) <= room else shortened(value, series.unit)
    text += "" if place == len(series.points) - 1 else f" in {point.short_label}"
    text += " provisional" if point.is_provisional else ""
    return Label(plot.y(float(value)), tuple(wrapped(text, _MEDIUM, room)), Letter.STRONG)


def gutter_words(labels: list[Label], plot: Plot) -> Iterator[Mark]:
    """Yield the labels at the right, moved apart where they would touch."""
    for label, middle in zip(labels, _middles(labels, plot), strict=True):
        share = 1 - (middle - plot.top) / plot.inner_height
        words = _words(label.lines, label.letter, ("paper", 1), ("paper", share))
        yield words | {"xanchor": "left", "align": "left", "xshift": _GUTTER_CLEAR}


def leaders(labels: list[Label], plot: Plot) -> Iterator[Mark]:
    """Yield a thin line to each label that had to leave its height."""
    for label, middle in zip(labels, _middles(labels, plot), strict=True):
        if abs(middle - label.height) > 5:
            start, end = (1 - (y - plot.top) / plot.inner_height for y in (label.height, middle))
            yield {
                "type": "line",
                "name": Stroke.LEADER.value,
                "layer": "between",
                "xref": "paper",
                "yref": "paper",
                "x0": 1,
                "x1": 1 + (_GUTTER_CLEAR - 2) / plot.inner_width,
                "y0": start,
                "y1": end,
                "line": line(Stroke.LEADER),
            }


def _middles(labels: list[Label], plot: Plot) -> list[float]:
    return spread(labels, plot.top - 8, plot.height - plot.bottom + 8)


def _words(
    lines: Iterable[str], letter: Letter, x: tuple[str, float], y: tuple[str, float]
) -> Mark:
    """Return an annotation centred on a place, each of x and y with what it refers to."""
    return {
        "name": letter.value,
        "text": marked_up(*lines),
        "xref": x[0],
        "x": x[1],
        "yref": y[0],
        "y": y[1],
        "xanchor": "center",
        "yanchor": "middle",
        "align": "center",
        "showarrow": False,
        "font": font(letter),
    }
