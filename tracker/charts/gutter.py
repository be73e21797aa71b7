"""Labels at the right of a picture, each beside what it names, none over another."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.charts.inks import Letter, size_of

LINE_HEIGHT = 1.3


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
