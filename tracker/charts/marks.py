"""The values of a measure's picture and the lines about them, as Plotly traces and shapes.

Each function returns one kind of mark. Places on the axis count periods from 0.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from tracker.charts import timeline
from tracker.charts.inks import Dot, Stroke, line, marker
from tracker.charts.lettering import marked_up, written
from tracker.charts.plot import Plot
from tracker.charts.points import ChartPoint, MeasureSeries, absences
from tracker.charts.scale import Scale

#: Anything that Plotly reads as a JSON object.
Mark = dict[str, Any]

#: How far a frame reaches beyond the middle of its first and last period, in periods.
REACH = 0.4
#: Diameters of the points of a sparkline, in px.
_SPARK_LAST, _SPARK_OTHER = 7.0, 5.5
_DOT_NAMES = {Dot.FINAL: "Final", Dot.PROVISIONAL: "Provisional"}


def as_json(value: Decimal) -> int | float:
    """Return a value as JSON has it: a whole number stays one."""
    return int(value) if value == value.to_integral_value() else float(value)


# Traces: the values themselves, each once.


def traces(series: MeasureSeries, plot: Plot, radius: float) -> list[Mark]:
    """Return the final values as a line with points, the provisional ones as hollow points.

    :param radius: of a point in px; less where points would touch.
    """
    fitting = min(radius, max(1.75, plot.step * 0.3))
    return _both(series, {Dot.FINAL: 2 * fitting, Dot.PROVISIONAL: 2 * fitting + 2}, width=1.75)


def spark_traces(series: MeasureSeries, *, only_last: bool) -> list[Mark]:
    """Return the values of a sparkline.

    :param only_last: points for the last value, and where no line would show one, only.
    """
    there = [point.value is not None for point in series.points]
    last = max((place for place, is_there in enumerate(there) if is_there), default=0)
    joined = [
        any(there[max(place - 1, 0) : place] + there[place + 1 : place + 2])
        for place in range(len(there))
    ]
    sizes = [
        _SPARK_LAST if place == last else 0 if only_last and is_joined else _SPARK_OTHER
        for place, is_joined in enumerate(joined)
    ]
    return _both(series, {Dot.FINAL: sizes, Dot.PROVISIONAL: sizes}, width=1.5)


def _both(
    series: MeasureSeries, diameters: dict[Dot, list[float]] | dict[Dot, float], *, width: float
) -> list[Mark]:
    found = []
    for dot, diameter in diameters.items():
        values = [_value(point, dot) for point in series.points]
        if any(value is not None for value in values):
            found.append(_trace(series, dot, values) | {"marker": marker(dot, diameter)})
    for trace in found:
        trace["line"] = line(Stroke.LINE, width=width)
    return found


def _value(point: ChartPoint, dot: Dot) -> int | float | None:
    if point.value is None or point.is_provisional is not (dot is Dot.PROVISIONAL):
        return None
    return as_json(point.value)


def _trace(series: MeasureSeries, dot: Dot, values: list[int | float | None]) -> Mark:
    is_final = dot is Dot.FINAL
    return {
        "type": "scatter",
        "name": _DOT_NAMES[dot],
        "mode": "lines+markers" if is_final else "markers",
        "x": list(range(len(values))),
        "y": values,
        "text": [_hover(point, series) for point in series.points],
        "hovertemplate": "%{text}<extra></extra>",
        "connectgaps": False,
        "cliponaxis": False,
        "meta": {"dot": dot.value, "line": Stroke.LINE.value if is_final else ""},
    }


def _hover(point: ChartPoint, series: MeasureSeries) -> str:
    if point.value is None:
        return ""
    provisional = ", provisional" if point.is_provisional else ""
    return marked_up(f"{point.label}{provisional}", written(point.value, series.unit))


# Shapes: target, gaps, lead-ins, brackets.


def zero_line(scale: Scale) -> Iterator[Mark]:
    """Yield the line at zero, where values stand on both sides of it."""
    if scale.low < 0 < scale.high:
        yield _level(Stroke.AXIS, 0, line(Stroke.AXIS))


def target_line(series: MeasureSeries, look: Mark | None = None) -> Iterator[Mark]:
    """Yield the line of the target, if there is one."""
    if series.target_per_period is not None:
        level = as_json(series.target_per_period)
        yield _level(Stroke.TARGET, level, look or line(Stroke.TARGET))


def gap_frames(series: MeasureSeries) -> Iterator[Mark]:
    """Yield a dotted frame over each stretch of periods without a number."""
    for gap in absences(series.points):
        yield {
            "type": "rect",
            "name": Stroke.GAP.value,
            "layer": "between",
            "xref": "x",
            "yref": "paper",
            "x0": gap.first - REACH,
            "x1": gap.last + REACH,
            "y0": 0,
            "y1": 1,
            "line": line(Stroke.GAP),
            "fillcolor": "rgba(0,0,0,0)",
        }


def lead_ins(series: MeasureSeries, look: Mark | None = None) -> Iterator[Mark]:
    """Yield the dotted line into and out of provisional points, one path a stretch."""
    for places in _provisional_stretches(series.points):
        corners = [
            (place, as_json(point.value))
            for place in places
            if (point := series.points[place]).value is not None
        ]
        yield _path(Stroke.LEAD_IN, corners, look or line(Stroke.LEAD_IN), yref="y")


def _provisional_stretches(points: tuple[ChartPoint, ...]) -> Iterator[range]:
    """Yield places joined by segments that touch a provisional value at one end."""
    ends = [
        place
        for place in range(1, len(points))
        if all(points[end].value is not None for end in (place - 1, place))
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


def _level(stroke: Stroke, level: float, look: Mark) -> Mark:
    return {
        "type": "line",
        "name": stroke.value,
        "layer": "between",
        "xref": "paper",
        "yref": "y",
        "x0": 0,
        "x1": 1,
        "y0": level,
        "y1": level,
        "line": look,
    }


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
