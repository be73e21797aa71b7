"""The points of a picture as a table: what it draws, period by period, out of the same series."""

from dataclasses import dataclass
from decimal import Decimal

from tracker.charts.points import MeasureSeries
from tracker.domain.spc_chart import Meaning


@dataclass(frozen=True, slots=True)
class TableRow:
    """One period; values and heights exactly, in the measure's unit.

    :param value: ``None`` where there is no number; ``absence`` says why.
    :param average: of its stretch; ``lower`` and ``upper`` are the limits as drawn. ``None``
        where nothing is drawn.
    :param goals: the height of each goal of the series, in its order; ``None`` before it holds.
    :param signal: the signal in words, with what it means; empty for usual variation.
    """

    label: str
    short_label: str
    value: Decimal | None
    absence: str
    average: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    goals: tuple[Decimal | None, ...]
    signal: str
    meaning: Meaning | None
    is_provisional: bool


def table_of(series: MeasureSeries) -> list[TableRow]:
    """Return a row for each period of a series, oldest first."""
    return [_row(series, place) for place in range(len(series.points))]


def _row(series: MeasureSeries, place: int) -> TableRow:
    point, stretch = series.points[place], series.stretch_at(place)
    return TableRow(
        label=point.label,
        short_label=point.short_label,
        value=point.value,
        absence=point.absence,
        average=stretch.mean if stretch else None,
        lower=stretch.lower if stretch else None,
        upper=stretch.upper if stretch else None,
        goals=tuple(goal.at(place) for goal in series.goals),
        signal=point.signal.said if point.signal else "",
        meaning=point.signal.meaning if point.signal else None,
        is_provisional=point.is_provisional,
    )
