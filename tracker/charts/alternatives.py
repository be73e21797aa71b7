"""What a picture says, in words, for those who cannot see it."""

from tracker.charts.lettering import written
from tracker.charts.points import Absence, ChartPoint, MeasureSeries, absences

#: More gaps than these are counted, not named; the table of the points has each.
_MOST_NAMED = 4


def alternative(series: MeasureSeries) -> str:
    """Return the message of a picture, its first, last, lowest and highest values, and its gaps.

    Whole sentences; they name nothing that the picture does not show.
    """
    parts = [series.heading, _scope(series), _extremes(series), series.target_label]
    if series.target_per_period is None:
        parts.pop()
    parts += _missing(series)
    return " ".join(_sentence(part) for part in parts if part.strip())


def _sentence(text: str) -> str:
    bare = text.strip()
    return bare if bare.endswith((".", "!", "?")) else f"{bare}."


def _scope(series: MeasureSeries) -> str:
    if not series.points:
        return f"{series.scope}, no periods yet"
    first, last = series.points[0].label, series.points[-1].label
    return f"{series.scope}, {first}" if first == last else f"{series.scope}, {first} to {last}"


def _extremes(series: MeasureSeries) -> str:
    present = [point for point in series.points if point.value is not None]
    if len(present) < 2:
        return f"One value: {_said(present[0], series)}" if present else "No values"
    by_value = sorted(present, key=lambda point: point.value or 0)
    named = {
        "First": present[0],
        "last": present[-1],
        "lowest": by_value[0],
        "highest": by_value[-1],
    }
    return ", ".join(f"{word} {_said(point, series)}" for word, point in named.items())


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


def _said(point: ChartPoint, series: MeasureSeries) -> str:
    """Return "247 (January 2017, provisional)"; the point has a value."""
    value = "" if point.value is None else written(point.value, series.unit)
    return f"{value} ({point.label}{', provisional' if point.is_provisional else ''})"
