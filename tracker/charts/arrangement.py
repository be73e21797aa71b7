"""Words over an axis, each above its mark, so that none lies on another or on another's line."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from tracker.charts.clearings import Box
from tracker.charts.inks import Letter, size_of
from tracker.charts.lettering import BOLDER, width_of
from tracker.charts.plot import Plot

#: Px from the top: the rows of words, the lowest first, and the axis.
_ROWS = (44, 27, 10)
_BESIDE, _BOX_TOP = 63, 54.0
AXIS = 78
#: Px from words to words, and to lines that are not their own.
_APART = 6
#: Which part of the words stands over their mark, as a share of their width.
_ANCHORS = (0.5, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Flag:
    """Words with their mark: px from the left of its line, or of both ends of its box."""

    words: str
    letter: Letter
    x: float
    box: tuple[float, float] | None = None

    @property
    def width(self) -> float:
        """Px that the words take."""
        size = size_of(self.letter) * (BOLDER if self.letter is Letter.STRONG else 1)
        return width_of(self.words, size)


@dataclass(frozen=True, slots=True)
class Placed:
    """Words where they stand."""

    flag: Flag
    box: Box

    @property
    def width(self) -> float:
        """Px that the words take."""
        return self.box.right - self.box.left


def arranged(flags: list[Flag], plot: Plot) -> list[Placed]:
    """Return the words where they stand, in the order given: the first clear arrangement.

    Where none is clear, each stands in a row of its own.
    """
    choices = [list(_places(flag, plot)) for flag in flags]
    for found in product(*choices):
        if _is_clear(found):
            return list(found)
    return [_at(flag, 0.5, row, plot) for flag, row in zip(flags, _ROWS, strict=False)]


def _places(flag: Flag, plot: Plot) -> Iterator[Placed]:
    """Yield where words may stand, the better first."""
    if flag.box is None:
        for row, anchor in product(_ROWS, _ANCHORS):
            yield _at(flag, anchor, row, plot)
        return
    left, right = flag.box
    yield _at(flag, 0.5, _ROWS[0], plot)
    for start in (left, right - flag.width):
        if start >= 2:
            yield Placed(flag, _box(start, flag.width, _ROWS[0]))
    for start in (right + 8, left - 8 - flag.width):
        if start >= 2 and start + flag.width <= plot.width - 2:
            yield Placed(flag, _box(start, flag.width, _BESIDE))
    yield from (_at(flag, 0.5, row, plot) for row in _ROWS[1:])


def _at(flag: Flag, anchor: float, row: float, plot: Plot) -> Placed:
    start = flag.x - flag.width * anchor
    start = max(2.0, min(start, plot.width - 2 - flag.width))
    return Placed(flag, _box(start, flag.width, row))


def _box(start: float, width: float, middle: float) -> Box:
    return Box(start, middle - 8, start + width, middle + 8)


def _is_clear(found: tuple[Placed, ...]) -> bool:
    return not any(
        _touch(one.box, other.box) or _crosses(one, other)
        for place, one in enumerate(found)
        for other in (*found[:place], *found[place + 1 :])
    )


def _touch(one: Box, other: Box) -> bool:
    return (
        one.left < other.right + _APART
        and other.left < one.right + _APART
        and one.top < other.bottom
        and other.top < one.bottom
    )


def _crosses(one: Placed, other: Placed) -> bool:
    """Whether the line under some words runs through other words, or their box does."""
    left, right = one.flag.box or (one.flag.x, one.flag.x)
    top = _BOX_TOP if one.flag.box else one.box.bottom
    is_across = left - 3 < other.box.right and right + 3 > other.box.left
    return is_across and other.box.bottom > top
