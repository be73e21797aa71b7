"""The key of a picture: what each kind of point means, those that occur only."""

from tracker.charts.dots import Dot, dot_of
from tracker.charts.points import MeasureSeries

#: Without a usual range no point is usual: it is a value that will not change.
_WITHOUT_RANGE = {Dot.USUAL: "final"}


def key(series: MeasureSeries) -> list[list[str]]:
    """Return the class and the words of each kind of point; empty where all are usual."""
    found = {dot_of(point) for point in series.points if point.value is not None}
    if found <= {Dot.USUAL}:
        return []
    has_range = any(one.upper is not None for one in series.stretches)
    other = {} if has_range else _WITHOUT_RANGE
    return [[dot.value, other.get(dot, dot.words)] for dot in Dot if dot in found]
