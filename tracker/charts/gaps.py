"""Why periods have no number, written into the frames that stand for them."""

from collections.abc import Iterator
from typing import NamedTuple

from tracker.charts.annotations import words
from tracker.charts.clearings import Box, Clearings
from tracker.charts.inks import Letter, size_of
from tracker.charts.lettering import LINE_HEIGHT, width_of
from tracker.charts.marks import REACH
from tracker.charts.plot import Mark, Plot
from tracker.charts.points import Absence, MeasureSeries, absences

_SMALL = size_of(Letter.QUIET)
#: Where the words would best stand in their frame, as a share of its height.
_SHELF = 0.62


class _Reason(NamedTuple):
    """The lines to write, and the px that they take as they stand."""

    lines: list[str]
    wide: float
    tall: float
    is_upright: bool = False


def gap_words(series: MeasureSeries, plot: Plot, clearings: Clearings) -> Iterator[Mark]:
    """Yield why each stretch has no number: across its frame, upright if that is too narrow.

    Where two would touch, the first one is written, and none where it would hide values; the
    table of the points has them all.
    """
    free, wanted = 0.0, plot.y(_SHELF, "paper")
    for gap in absences(series.points):
        room = (gap.last - gap.first + 2 * REACH) * plot.step
        place = (gap.first + gap.last) / 2
        reason, middle = _fitted(gap, room), plot.x(place)
        left, right = middle - reason.wide / 2, middle + reason.wide / 2
        found = clearings.middle(left, right, reason.tall, wanted)
        if left < free or (found is None and room < reason.wide):
            continue
        free, height = right + 3, wanted if found is None else found
        clearings.take(Box(left, height - reason.tall / 2, right, height + reason.tall / 2))
        letter = Letter.HALO if found is None else Letter.QUIET
        said = words(reason.lines, letter, ("x", place), ("paper", plot.share(height)))
        yield said | {"textangle": -90 if reason.is_upright else 0}


def _fitted(gap: Absence, room: float) -> _Reason:
    """Return what fits a frame: reason and periods, or the reason, upright if need be."""
    for lines in ([gap.reason, gap.span], [gap.reason]):
        wide = max(width_of(text, _SMALL) for text in lines)
        if wide + 8 <= room:
            return _Reason(lines, wide, len(lines) * _SMALL * LINE_HEIGHT)
    return _Reason([gap.reason], _SMALL * LINE_HEIGHT, wide + 6, is_upright=True)
