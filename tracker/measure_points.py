"""The points of a measure as its page lists them: what is stored beside what the picture shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from tracker.charts.table import TableRow
from tracker.domain.spc_chart import Meaning
from tracker.domain.vocabulary import Unit
from tracker.domain.wording import signed
from tracker.queries.measures import PeriodRow


@dataclass(frozen=True, slots=True)
class PointRow:
    """One period, or neighbouring periods of which nothing is known.

    :param stored: every version; ``None`` where nothing is known.
    :param absence: why nothing is known; empty where something is.
    :param to_target: how far the value is from what a period asks for.
    :param adds: what the period adds, where the stored value is the year's total so far.
    :param signal: what the picture marks the point with, in words.
    """

    label: str
    stored: PeriodRow | None
    absence: str = ""
    to_target: str = ""
    adds: str = ""
    signal: str = ""
    meaning: Meaning | None = None


def point_rows(
    stored: Sequence[PeriodRow], drawn: Sequence[TableRow], unit: Unit
) -> list[PointRow]:
    """Return the points, newest first; neighbouring gaps for one reason are one row.

    :param stored: newest first. :param drawn: of the picture, oldest first.
    """
    held = {row.newest.period.short_label: row for row in stored}
    pictured = {row.short_label: row for row in drawn}
    rest = [row for row in stored if row.newest.period.short_label not in pictured]
    rows = [_row(row, held.get(row.short_label), unit) for row in reversed(drawn)]
    before = [PointRow(row.newest.period.short_label, row) for row in rest]
    return list(_joined([*rows, *before]))


def _row(drawn: TableRow, stored: PeriodRow | None, unit: Unit) -> PointRow:
    if stored is None:
        return PointRow(drawn.short_label, None, drawn.absence)
    value = stored.newest.value
    adds = "" if drawn.value is None or drawn.value == value else signed(drawn.value, unit)
    return PointRow(
        drawn.short_label,
        stored,
        to_target=_to_target(drawn, unit),
        adds=adds,
        signal=drawn.signal,
        meaning=drawn.meaning,
    )


def _to_target(drawn: TableRow, unit: Unit) -> str:
    if drawn.value is None or len(drawn.goals) != 1 or unit is Unit.YES_NO:
        return ""
    goal = drawn.goals[0]
    return "" if goal is None else signed(drawn.value - goal, unit)


def _joined(rows: Sequence[PointRow]) -> Iterator[PointRow]:
    for (absence, is_gap), stretch in groupby(rows, lambda row: (row.absence, row.stored is None)):
        group = list(stretch)
        if is_gap and len(group) > 1:
            yield PointRow(f"{group[-1].label} to {group[0].label}", None, absence)
        else:
            yield from group
