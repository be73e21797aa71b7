"""Labels at the right of a picture, each beside what it names, none over another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from tracker.charts.annotations import words
from tracker.charts.inks import Letter, size_of
from tracker.charts.lettering import (
    BOLDER,
    LINE_HEIGHT,
    height,
    shortened,
    width_of,
    wrapped,
    written,
)
from tracker.charts.marks import leader
from tracker.charts.plot import Mark, Plot
from tracker.charts.points import MeasureSeries

_MEDIUM = size_of(Letter.STRONG)
_CLEAR = 8
#: Px of a gutter under which names are short.
_NARROW = 120
_LONG_NAMES = ("Upper limit", "Average", "Lower limit")
_SHORT_NAMES = ("Upper", "Avg", "Lower")


@dataclass(frozen=True, slots=True)
class Label:
    """Words beside a height in the picture: px from the top, and the lines to write there."""

    height: float
    lines: tuple[str, ...]
    letter: Letter

    @property
    def extent(self) -> float:
        """Px from top to bottom."""
        return len(self.lines) * size_of(self.letter) * LINE_HEIGHT


class Gutter:
    """What stands at the right of one picture: the latest range, the goals, the latest value."""

    def __init__(self, series: MeasureSeries, plot: Plot) -> None:
        self.series = series
        self.plot = plot
        self.room = plot.right - _CLEAR

    @cached_property
    def labels(self) -> list[Label]:
        """The labels, before any of them is moved."""
        return [*self._range(), *self._goals(), *self._latest()]

    @cached_property
    def middles(self) -> list[float]:
        """Where the middle of each label goes: px from the top."""
        plot = self.plot
        return spread(self.labels, plot.top - 8, plot.height - plot.bottom + 8)

    def words(self) -> Iterator[Mark]:
        """Yield the labels, moved apart where they would touch."""
        for label, middle in zip(self.labels, self.middles, strict=True):
            place = ("paper", self.plot.share(middle))
            said = words(label.lines, label.letter, ("paper", 1), place)
            yield said | {"xanchor": "left", "align": "left", "xshift": _CLEAR}

    def leaders(self) -> Iterator[Mark]:
        """Yield a thin line to each label that had to leave its height."""
        for label, middle in zip(self.labels, self.middles, strict=True):
            if abs(middle - label.height) > 5:
                start, end = self.plot.share(label.height), self.plot.share(middle)
                yield leader(((1, start), (1 + (_CLEAR - 2) / self.plot.inner_width, end)))

    def _range(self) -> Iterator[Label]:
        if not self.series.stretches:
            return
        latest = self.series.stretches[-1]
        names = _SHORT_NAMES if self.plot.right < _NARROW else _LONG_NAMES
        if latest.upper is not None and latest.upper == latest.lower:
            yield self._label("Always", latest.upper)
            return
        for name, level in zip(names, (latest.upper, latest.mean, latest.lower), strict=True):
            if level is not None:
                yield self._label(name, level)

    def _goals(self) -> Iterator[Label]:
        for goal in self.series.goals:
            level = goal.at(-1) if self.series.points or not goal.path else None
            if level is not None and goal.label.strip():
                yield self._at(level, goal.label, Letter.STRONG)

    def _latest(self) -> Iterator[Label]:
        """Yield the words for the latest value; its period is named unless it ends the axis."""
        points = self.series.points
        place = next((i for i in reversed(range(len(points))) if points[i].value is not None), None)
        if place is None:
            return
        point = points[place]
        value, unit = point.value or Decimal(0), self.series.unit
        full = written(value, unit)
        text = full if width_of(full, _MEDIUM) * BOLDER <= self.room else shortened(value, unit)
        if place < len(points) - 1:
            text += f" in {point.short_label}"
        elif not point.is_provisional:
            text = f"Latest {text}"
        text += " provisional" if point.is_provisional else ""
        yield self._at(value, text, Letter.STRONG)

    def _label(self, name: str, level: Decimal) -> Label:
        return self._at(level, f"{name} {height(level, self.series.unit)}", Letter.PLAIN)

    def _at(self, level: Decimal, text: str, letter: Letter) -> Label:
        size = size_of(letter) * (BOLDER if letter is Letter.STRONG else 1)
        lines = wrapped(text, size, self.room)
        return Label(self.plot.y(float(level)), tuple(lines), letter)


def spread(labels: Sequence[Label], top: float, bottom: float) -> list[float]:
    """Return where the middle of each label goes: px from the top, in the order given.

    Labels that would touch share the way they move; none leaves ``top`` to ``bottom`` unless
    they are too many for it. The method is isotonic regression by pooling neighbours.
    """
    order = sorted(range(len(labels)), key=lambda place: labels[place].height)
    offsets, reach = [], 0.0
    for place in order:
        offsets.append(reach + labels[place].extent / 2)
        reach += labels[place].extent
    starts = _pooled([labels[p].height - off for p, off in zip(order, offsets, strict=True)])
    middles = [0.0] * len(labels)
    for place, start, offset in zip(order, starts, offsets, strict=True):
        middles[place] = max(min(start, bottom - reach), top) + offset
    return middles


def _pooled(wanted: Sequence[float]) -> list[float]:
    """Return the rising sequence that is nearest to what is wanted."""
    pools: list[tuple[float, int]] = []
    for value in wanted:
        mean, count = value, 1
        while pools and pools[-1][0] > mean:
            earlier, members = pools.pop()
            mean = (mean * count + earlier * members) / (count + members)
            count += members
        pools.append((mean, count))
    return [mean for mean, count in pools for _ in range(count)]
