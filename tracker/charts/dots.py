"""Points of a picture: a shape and a colour for each kind, so that neither has to do alone.

A disc is usual, a square a signal for the better, a diamond one for the worse, a triangle points
to the side where neither is good; hollow is provisional. None is red or green: a signal is no
status.
"""

from enum import StrEnum
from typing import Any, NamedTuple

from tracker.charts.inks import Ink
from tracker.charts.points import ChartPoint
from tracker.domain.spc_chart import Meaning, Side


class Dot(StrEnum):
    """Kinds of point, by their class, in the order of a key."""

    USUAL = "c-dot"
    BETTER = "c-dot--improve"
    WORSE = "c-dot--concern"
    HIGH = "c-dot--high"
    LOW = "c-dot--low"
    PROVISIONAL = "c-dot--prov"
    PROVISIONAL_BETTER = "c-dot--prov c-dot--improve"
    PROVISIONAL_WORSE = "c-dot--prov c-dot--concern"
    PROVISIONAL_HIGH = "c-dot--prov c-dot--high"
    PROVISIONAL_LOW = "c-dot--prov c-dot--low"

    @property
    def words(self) -> str:
        """What it means, in a key."""
        return _LOOKS[self].words


class _Look(NamedTuple):
    """Plotly's name of the shape, px that it is wider than a disc, and what it means."""

    symbol: str
    ink: Ink
    grows: float
    words: str
    is_hollow: bool = False


_LOOKS = {
    Dot.USUAL: _Look("circle", Ink.INK, 0, "usual"),
    Dot.BETTER: _Look("square", Ink.IMPROVE, 1, "a signal: better"),
    Dot.WORSE: _Look("diamond", Ink.CONCERN, 1, "a signal: worse"),
    Dot.HIGH: _Look("triangle-up", Ink.NEUTRAL, 4, "a signal: high"),
    Dot.LOW: _Look("triangle-down", Ink.NEUTRAL, 4, "a signal: low"),
    Dot.PROVISIONAL: _Look("circle", Ink.INK, 2, "provisional", is_hollow=True),
    Dot.PROVISIONAL_BETTER: _Look(
        "square", Ink.IMPROVE, 2, "provisional, a signal: better", is_hollow=True
    ),
    Dot.PROVISIONAL_WORSE: _Look(
        "diamond", Ink.CONCERN, 2, "provisional, a signal: worse", is_hollow=True
    ),
    Dot.PROVISIONAL_HIGH: _Look(
        "triangle-up", Ink.NEUTRAL, 5, "provisional, a signal: high", is_hollow=True
    ),
    Dot.PROVISIONAL_LOW: _Look(
        "triangle-down", Ink.NEUTRAL, 5, "provisional, a signal: low", is_hollow=True
    ),
}
_HOLLOW = {
    Dot.USUAL: Dot.PROVISIONAL,
    Dot.BETTER: Dot.PROVISIONAL_BETTER,
    Dot.WORSE: Dot.PROVISIONAL_WORSE,
    Dot.HIGH: Dot.PROVISIONAL_HIGH,
    Dot.LOW: Dot.PROVISIONAL_LOW,
}


def dot_of(point: ChartPoint) -> Dot:
    """Return the kind of a point that has a value."""
    filled = _filled(point)
    return _HOLLOW[filled] if point.is_provisional else filled


def _filled(point: ChartPoint) -> Dot:
    signal = point.signal
    if signal is None:
        return Dot.USUAL
    if signal.meaning is Meaning.NEUTRAL:
        return Dot.HIGH if signal.side is Side.HIGH else Dot.LOW
    return Dot.BETTER if signal.meaning is Meaning.IMPROVING else Dot.WORSE


def marker(dot: Dot, disc: float) -> dict[str, Any]:
    """Return points of a kind as Plotly has them.

    :param disc: diameter of a disc in px; each shape is drawn so that it looks as large.
    """
    symbol, ink, grows, _words, is_hollow = _LOOKS[dot]
    inside, edge, width = (Ink.PAPER, ink, 2.0) if is_hollow else (ink, Ink.PAPER, 1.5)
    return {
        "symbol": symbol,
        "size": disc + grows,
        "opacity": 1,
        "color": inside.value,
        "line": {"color": edge.value, "width": width},
    }
