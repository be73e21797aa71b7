"""The values of a picture as Plotly traces: one line, and points of each kind.

Every value is in the line or its lead-ins, and in one kind of point where points are shown.
"""

from collections.abc import Iterable, Iterator

from tracker.charts.dots import Dot, dot_of, marker
from tracker.charts.inks import Stroke, line
from tracker.charts.lettering import marked_up, written
from tracker.charts.plot import Mark, Plot, as_json
from tracker.charts.points import ChartPoint, MeasureSeries

#: Diameters of the points of a sparkline, in px.
_SPARK_LAST, _SPARK_OTHER = 7.0, 5.5
#: Px between periods under which discs would be one smear: signals and the last value stand out.
_TOO_DENSE = 3.0


def traces(series: MeasureSeries, plot: Plot, radius: float) -> list[Mark]:
    """Return the line of final values and the points of each kind.

    :param radius: of a disc in px; less where discs would touch.
    """
    disc = 2 * min(radius, max(1.75, plot.step * 0.3))
    told = set(_present(series)) if plot.step >= _TOO_DENSE else _outstanding(series)
    return [*_line(series, width=1.75), *_points(series, told, disc)]


def spark_traces(series: MeasureSeries, *, only_last: bool) -> list[Mark]:
    """Return the values of a sparkline.

    :param only_last: points for the last value, and where no line would show one, only.
    """
    present = _present(series)
    last = set(present[-1:])
    others = _alone(series) if only_last else set(present)
    return [
        *_line(series, width=1.5),
        *_points(series, others - last, _SPARK_OTHER),
        *_points(series, last, _SPARK_LAST),
    ]


def _present(series: MeasureSeries) -> list[int]:
    return [place for place, point in enumerate(series.points) if point.value is not None]


def _alone(series: MeasureSeries) -> set[int]:
    """Return the places of values without a neighbour, which no line would show."""
    there = [False, *(point.value is not None for point in series.points), False]
    return {
        place
        for place in range(len(series.points))
        if there[place + 1] and not there[place] and not there[place + 2]
    }


def _outstanding(series: MeasureSeries) -> set[int]:
    signals = {place for place, point in enumerate(series.points) if point.signal is not None}
    return signals | _alone(series) | set(_present(series)[-1:])


def _line(series: MeasureSeries, *, width: float) -> Iterator[Mark]:
    """Yield the line through final values; it breaks at gaps and at breaks in the series."""
    places: list[float] = []
    values: list[int | float | None] = []
    breaks = set(series.breaks)
    for place, point in enumerate(series.points):
        if place in breaks:
            places.append(place - 0.5)
            values.append(None)
        places.append(place)
        is_final = point.value is not None and not point.is_provisional
        values.append(as_json(point.value) if is_final and point.value is not None else None)
    if any(value is not None for value in values):
        yield {
            "type": "scatter",
            "name": "Line",
            "mode": "lines",
            "x": places,
            "y": values,
            "hoverinfo": "skip",
            "connectgaps": False,
            "cliponaxis": False,
            "line": line(Stroke.LINE, width=width),
            "meta": {"dot": "", "line": Stroke.LINE.value},
        }


def _points(series: MeasureSeries, places: Iterable[int], disc: float) -> Iterator[Mark]:
    kinds: dict[Dot, list[int]] = {}
    for place in sorted(places):
        kinds.setdefault(dot_of(series.points[place]), []).append(place)
    for dot in Dot:
        if dot in kinds:
            yield _trace(series, dot, kinds[dot], disc)


def _trace(series: MeasureSeries, dot: Dot, places: list[int], disc: float) -> Mark:
    shown = [series.points[place] for place in places]
    return {
        "type": "scatter",
        "name": dot.words.capitalize(),
        "mode": "markers",
        "x": places,
        "y": [as_json(point.value) for point in shown if point.value is not None],
        "text": [_hover(point, series) for point in shown],
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
        "marker": marker(dot, disc),
        "meta": {"dot": dot.value, "line": ""},
    }


def _hover(point: ChartPoint, series: MeasureSeries) -> str:
    if point.value is None:
        return ""
    provisional = ", provisional" if point.is_provisional else ""
    lines = [f"{point.label}{provisional}", written(point.value, series.unit)]
    return marked_up(*lines, *([point.signal.said] if point.signal else []))
