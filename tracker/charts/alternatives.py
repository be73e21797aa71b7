"""What a picture says, in words, for those who cannot see it."""

from collections.abc import Iterator
from itertools import groupby

from tracker.charts.lettering import height, written
from tracker.charts.points import Absence, ChartPoint, MeasureSeries, Stretch, absences

#: More gaps, or more kinds of signal, than these are counted, not named: the table has each.
_MOST_NAMED = 4


def alternative(series: MeasureSeries) -> str:
    """Return the message of a picture, its usual range, goals, breaks, gaps, signals and end.

    Whole sentences; they name nothing that the picture does not show.
    """
    parts = [
        series.heading,
        _scope(series),
        *_ranges(series),
        *(goal.label for goal in series.goals if goal.heights),
        *_breaks(series),
        *_missing(series),
        *_signals(series),
        _last(series),
    ]
    return " ".join(_sentence(part) for part in parts if part.strip())


def brief_alternative(series: MeasureSeries) -> str:
    """Return the same for a small picture: the message, the usual range and the end."""
    said = _ranges(series)[-1:] if series.is_charted else []
    goals = [goal.label for goal in series.goals if goal.heights]
    parts = [series.heading, *said, *goals, _last(series)]
    return " ".join(_sentence(part) for part in parts if part.strip())


def _sentence(text: str) -> str:
    bare = text.strip()
    return bare if bare.endswith((".", "!", "?")) else f"{bare}."


def _scope(series: MeasureSeries) -> str:
    """Say what kind of picture it is, of what, from when to when."""
    has_range = any(one.upper is not None for one in series.stretches)
    kind = "Line chart with the usual range" if has_range else "Line chart"
    scope = f"{series.scope[:1].lower()}{series.scope[1:]}"
    if not series.points:
        return f"{kind}: {scope}, no periods yet"
    first, last = series.points[0].label, series.points[-1].label
    return f"{kind}: {scope}, {first if first == last else f'{first} to {last}'}"


def _ranges(series: MeasureSeries) -> list[str]:
    """Return a sentence for each stretch; its periods are named where there are several."""
    is_one = len(series.stretches) == 1
    told = [_range(series, one) for one in series.stretches if one.mean is not None]
    if not is_one:
        places = (one for one in series.stretches if one.mean is not None)
        told = [_when(series, one) + _lower(text) for one, text in zip(places, told, strict=True)]
    if any(one.upper is not None for one in series.stretches):
        return told
    return [*told, *_extremes(series)]


def _when(series: MeasureSeries, stretch: Stretch) -> str:
    first, last = (series.points[place].short_label for place in (stretch.first, stretch.last))
    return f"{first}: " if first == last else f"{first} to {last}: "


def _range(series: MeasureSeries, stretch: Stretch) -> str:
    mean = "" if stretch.mean is None else f"Average {height(stretch.mean, series.unit)}"
    if stretch.lower is None or stretch.upper is None:
        return mean
    low, high = (height(level, series.unit) for level in (stretch.lower, stretch.upper))
    return f"{mean}, limits {low} and {high}"


def _extremes(series: MeasureSeries) -> Iterator[str]:
    """Yield the lowest and the highest value, which stand in for limits."""
    present = [point for point in series.points if point.value is not None]
    if len(present) > 1:
        by_value = sorted(present, key=lambda point: point.value or 0)
        yield f"Lowest {_said(by_value[0], series)}, highest {_said(by_value[-1], series)}"


def _breaks(series: MeasureSeries) -> Iterator[str]:
    labels = [series.points[first].label for first in series.breaks]
    if labels:
        yield f"{'Break' if len(labels) == 1 else 'Breaks'}: {', '.join(labels)}"


def _missing(series: MeasureSeries) -> list[str]:
    """Return a sentence for each reason: the periods, or how many where they are many."""
    gaps: dict[str, list[Absence]] = {}
    for gap in absences(series.points):
        gaps.setdefault(gap.reason, []).append(gap)
    return [f"{reason}: {_spans(found)}" for reason, found in gaps.items()]


def _spans(gaps: list[Absence]) -> str:
    if len(gaps) <= _MOST_NAMED:
        return ", ".join(gap.span for gap in gaps)
    count = sum(gap.last - gap.first + 1 for gap in gaps)
    return f"{count} periods between {gaps[0].first_label} and {gaps[-1].last_label}"


def _signals(series: MeasureSeries) -> Iterator[str]:
    """Yield which points are signals and why; the latest ones where they are many."""
    groups = [
        (words, list(stretch))
        for words, stretch in groupby(
            series.points, key=lambda point: point.signal.said if point.signal else ""
        )
        if words
    ]
    if groups:
        named = [f"{_span(points)}, {_lower(words)}" for words, points in groups[-_MOST_NAMED:]]
        count = sum(len(points) for _, points in groups)
        lead = "Signals" if len(groups) <= _MOST_NAMED else f"{count} signals, the latest"
        yield f"{lead}: {'; '.join(named)}"


def _span(points: list[ChartPoint]) -> str:
    first, last = points[0].short_label, points[-1].short_label
    return first if first == last else f"{first} to {last}"


def _lower(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"


def _last(series: MeasureSeries) -> str:
    present = [point for point in series.points if point.value is not None]
    if not present:
        return "No values"
    return f"{'Last' if len(present) > 1 else 'One'} value {_said(present[-1], series)}"


def _said(point: ChartPoint, series: MeasureSeries) -> str:
    """Return "247 (January 2017, provisional)"; the point has a value."""
    value = "" if point.value is None else written(point.value, series.unit)
    return f"{value} ({point.label}{', provisional' if point.is_provisional else ''})"
