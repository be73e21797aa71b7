"""The lines and areas about the values of a measure's picture, as Plotly shapes.

Each function yields one kind of mark. Places on the axis count periods from 0; what belongs to
a period reaches half a step to both sides of it. What lies in the area is given on both axes,
never as a share of it: Plotly would put it under the band.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from tracker.charts import timeline
from tracker.charts.inks import Stroke, fill, line
from tracker.charts.plot import Mark, Plot, as_json
from tracker.charts.points import ChartPoint, Goal, MeasureSeries, absences
from tracker.charts.scale import Scale

#: How far a frame reaches beyond the middle of its first and last period, in periods.
REACH = 0.4
#: Px that it may reach beyond the area.
_EDGE = 5.0


def bands(series: MeasureSeries) -> Iterator[Mark]:
    """Yield the usual range of each stretch as an area under all else."""
    for one in series.stretches:
        if one.lower is not None and one.upper is not None:
            sides = (one.first - 0.5, one.last + 0.5)
            heights = (as_json(one.lower), as_json(one.upper))
            yield _area(Stroke.BAND, sides, heights) | {"layer": "below"}


def limits(series: MeasureSeries) -> Iterator[Mark]:
    """Yield the two dashed edges of each band."""
    for one in series.stretches:
        for height in (one.upper, one.lower):
            if height is not None:
                yield _step(Stroke.LIMIT, (one.first, one.last), height)


def means(series: MeasureSeries) -> Iterator[Mark]:
    """Yield the average of each stretch."""
    for one in series.stretches:
        if one.mean is not None:
            yield _step(Stroke.MEAN, (one.first, one.last), one.mean)


def breaks(series: MeasureSeries, plot: Plot) -> Iterator[Mark]:
    """Yield an upright line before the first period after each break."""
    for first in series.breaks:
        yield upright(Stroke.BREAK, first - 0.5, plot.y_range, yref="y")


def zero_line(scale: Scale, plot: Plot) -> Iterator[Mark]:
    """Yield the line at zero, where values stand on both sides of it."""
    if scale.low < 0 < scale.high:
        yield _level(line(Stroke.AXIS), 0, plot.x_range, Stroke.AXIS)


def goal_lines(series: MeasureSeries, plot: Plot, look: Mark | None = None) -> Iterator[Mark]:
    """Yield the line of each goal: level, or along its path to the edge of the picture."""
    look = look or line(Stroke.TARGET)
    for goal in series.goals:
        if goal.level is not None:
            yield _level(look, as_json(goal.level), plot.x_range, Stroke.TARGET)
        elif corners := _along(goal, plot):
            yield _path(Stroke.TARGET, corners, look, yref="y")


def _along(goal: Goal, plot: Plot) -> list[tuple[float, float]]:
    """Return the corners of a path, led on to the sides of the area."""
    corners: list[tuple[float, float]] = [
        (place, as_json(height)) for place, height in enumerate(goal.path) if height is not None
    ]
    left, right = plot.x_range
    if corners and corners[-1][0] < right:
        corners.append((right, corners[-1][1]))
    if corners and corners[0][0] == 0 > left:
        corners.insert(0, (left, corners[0][1]))
    return corners


def gap_frames(series: MeasureSeries, plot: Plot) -> Iterator[Mark]:
    """Yield a dotted frame over each stretch of periods without a number."""
    edge = _EDGE / plot.step
    for gap in absences(series.points):
        left = max(gap.first - REACH, plot.x_range[0] - edge)
        right = min(gap.last + REACH, plot.x_range[1] + edge)
        yield _area(Stroke.GAP, (left, right), plot.y_range)


def lead_ins(series: MeasureSeries, look: Mark | None = None) -> Iterator[Mark]:
    """Yield the dotted line into and out of provisional points, one path a stretch."""
    for places in _provisional_stretches(series.points, set(series.breaks)):
        corners = [
            (place, as_json(point.value))
            for place in places
            if (point := series.points[place]).value is not None
        ]
        yield _path(Stroke.LEAD_IN, corners, look or line(Stroke.LEAD_IN), yref="y")


def _provisional_stretches(points: Sequence[ChartPoint], breaks: set[int]) -> Iterator[range]:
    """Yield places joined by steps that touch a provisional value at one end."""
    ends = [
        place
        for place in range(1, len(points))
        if place not in breaks
        and all(points[end].value is not None for end in (place - 1, place))
        and any(points[end].is_provisional for end in (place - 1, place))
    ]
    for _, stretch in groupby(enumerate(ends), key=lambda ranked: ranked[1] - ranked[0]):
        run = [end for _, end in stretch]
        yield range(run[0] - 1, run[-1] + 1)


def year_brackets(series: MeasureSeries, plot: Plot) -> Iterator[Mark]:
    """Yield a bracket under the axis for each financial year."""
    reach = min(0.3, 4 / plot.step)
    upper, lower = plot.share_below(32), plot.share_below(37)
    for year in timeline.brackets(series.points, series.frequency, plot.step):
        left, right = year.first - reach, year.last + reach
        corners = [(left, upper), (left, lower), (right, lower), (right, upper)]
        yield _path(Stroke.AXIS, corners, line(Stroke.AXIS), yref="paper")


def leader(ends: tuple[tuple[float, float], tuple[float, float]]) -> Mark:
    """Return a thin line in or beyond the gutter, between two shares of the area."""
    (x0, y0), (x1, y1) = ends
    shares = {"xref": "paper", "yref": "paper"}
    return _line(Stroke.LEADER, (x0, x1), (y0, y1)) | shares


def upright(
    stroke: Stroke, place: float, heights: tuple[float, float], *, yref: str = "paper"
) -> Mark:
    """Return a line across the axis at a place, between two shares of the area's height."""
    return _line(stroke, (place, place), heights) | {"yref": yref}


def _step(stroke: Stroke, places: tuple[int, int], height: Decimal) -> Mark:
    """Return a level line under some periods only."""
    first, last = places
    return _level(line(stroke), as_json(height), (first - 0.5, last + 0.5), stroke)


def _level(look: Mark, level: float, sides: tuple[float, float], stroke: Stroke) -> Mark:
    return _line(stroke, sides, (level, level)) | {"line": look}


def _line(stroke: Stroke, sides: tuple[float, float], heights: tuple[float, float]) -> Mark:
    return {
        "type": "line",
        "name": stroke.value,
        "layer": "between",
        "xref": "x",
        "yref": "y",
        "x0": sides[0],
        "x1": sides[1],
        "y0": heights[0],
        "y1": heights[1],
        "line": line(stroke),
    }


def _area(stroke: Stroke, sides: tuple[float, float], heights: tuple[float, float]) -> Mark:
    return _line(stroke, sides, heights) | {"type": "rect", "fillcolor": fill(stroke)}


def _path(stroke: Stroke, corners: Sequence[tuple[float, float]], look: Mark, *, yref: str) -> Mark:
    return {
        "type": "path",
        "name": stroke.value,
        "layer": "between",
        "xref": "x",
        "yref": yref,
        "path": "M" + "L".join(f"{x!r},{y!r}" for x, y in corners),
        "line": look,
    }
