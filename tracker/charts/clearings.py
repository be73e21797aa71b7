"""Where words can stand in a picture without a line running through them.

For the stretch of the axis that the words would take up, the heights that are taken (by the
values, by level lines, by other words) are struck out; what is left are the clearings.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from math import ceil, floor
from typing import NamedTuple

from tracker.charts.plot import Plot
from tracker.charts.points import MeasureSeries, absences

#: Px between words and what they keep clear of.
_MARGIN = 3.0
#: Px further away that words may stand to keep clear of the grid.
_GRID_PULL = 24.0
#: Px about the line of values: half a point, and the margin.
_REACH = 8.0


class Box(NamedTuple):
    """A part of the picture, in px from its top left."""

    left: float
    top: float
    right: float
    bottom: float


class Clearings:
    """What is taken in one picture; words that have found a place are added to it."""

    def __init__(self, series: MeasureSeries, plot: Plot, grid: Iterable[float]) -> None:
        self.plot = plot
        values = [None if p.value is None else plot.y(float(p.value)) for p in series.points]
        paths = ([None if h is None else plot.y(float(h)) for h in g.path] for g in series.goals)
        self._runs = [values, *(path for path in paths if path)]
        self._levels = [*_steps(series, plot), *_goals(series, plot)]
        self._grid = [Box(plot.left, height, plot.width, height) for height in grid]
        self._walls = [plot.x(place) for place in _edges(series)]
        self._taken: list[Box] = []

    def take(self, box: Box) -> None:
        """Note that words stand in a part of the picture."""
        self._taken.append(box)

    def is_cut(self, left: float, right: float) -> bool:
        """Whether words from left to right would leave the area, or cross an upright line."""
        is_outside = left < self.plot.left + 2 or right > self.plot.x(self.plot.x_range[1]) - 2
        return is_outside or any(left < wall < right for wall in self._walls)

    def middle(self, left: float, right: float, height: float, wanted: float) -> float | None:
        """Return the middle of the clearing nearest to a height; ``None`` where there is none.

        Clear of the grid too, where that can be had nearly as near.

        :param height: of the words, in px; all others are px from the top left.
        """
        taken = self._struck(left, right)
        grid = [_widened(box) for box in self._grid]
        near = self._nearest(taken, height, wanted)
        off_grid = self._nearest([*taken, *grid], height, wanted)
        if near is None or off_grid is None:
            return near
        return off_grid if abs(off_grid - wanted) <= abs(near - wanted) + _GRID_PULL else near

    def _struck(self, left: float, right: float) -> list[tuple[float, float]]:
        """Return the heights that are taken somewhere between left and right."""
        boxes = chain(self._levels, self._taken)
        found = [_widened(box) for box in boxes if box.left < right and box.right > left]
        for run in self._runs:
            heights = list(self._heights(run, left - _REACH, right + _REACH))
            if heights:
                found.append((min(heights) - _REACH, max(heights) + _REACH))
        return found

    def _heights(self, run: Sequence[float | None], left: float, right: float) -> Iterable[float]:
        """Yield how high a run of values stands from left to right, its steps cut at the ends."""
        start, end = self.plot.place(left), self.plot.place(right)
        inside = run[max(0, ceil(start)) : max(0, floor(end) + 1)]
        yield from (height for height in inside if height is not None)
        for place in (start, end):
            before, after = floor(place), floor(place) + 1
            if before >= 0 and after < len(run):
                one, other = run[before], run[after]
                if one is not None and other is not None:
                    yield one + (other - one) * (place - before)

    def _nearest(
        self, taken: Iterable[tuple[float, float]], height: float, wanted: float
    ) -> float | None:
        bottom = self.plot.height - self.plot.bottom - 2
        best, cursor = None, self.plot.top + 2
        for start, end in [*sorted(taken), (bottom, bottom)]:
            if min(start, bottom) - cursor >= height:
                middle = min(max(wanted, cursor + height / 2), min(start, bottom) - height / 2)
                if best is None or abs(middle - wanted) < abs(best - wanted):
                    best = middle
            cursor = max(cursor, end)
        return best


def _widened(box: Box) -> tuple[float, float]:
    return box.top - _MARGIN, box.bottom + _MARGIN


def _steps(series: MeasureSeries, plot: Plot) -> Iterable[Box]:
    """Yield the average and the limits of each stretch."""
    for one in series.stretches:
        left, right = plot.x(one.first - 0.5), plot.x(one.last + 0.5)
        for level in (one.mean, one.lower, one.upper):
            if level is not None:
                yield Box(left, plot.y(float(level)), right, plot.y(float(level)))


def _goals(series: MeasureSeries, plot: Plot) -> Iterable[Box]:
    for goal in series.goals:
        if goal.level is not None:
            height = plot.y(float(goal.level))
            yield Box(plot.left, height, plot.width, height)


def _edges(series: MeasureSeries) -> Iterable[float]:
    """Yield the places of upright lines: breaks, and the sides of frames."""
    yield from (first - 0.5 for first in series.breaks)
    for gap in absences(series.points):
        yield from (gap.first - 0.4, gap.last + 0.4)
