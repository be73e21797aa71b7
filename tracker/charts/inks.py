"""Lines, fills and letters: the class of each, and what Plotly and print need beside it.

On the page a class says it all and the style sheet has the colours. A figure names the same
colours as ``var(--ink)``, which the page's script fills in; print has its own hues.
"""

from enum import StrEnum
from typing import Any


class Ink(StrEnum):
    """Colours by the name of their token."""

    PAPER = "var(--paper)"
    BAND = "var(--band)"
    RULE = "var(--rule)"
    RULE_STRONG = "var(--rule-strong)"
    INK = "var(--ink)"
    INK_2 = "var(--ink-2)"
    INK_3 = "var(--ink-3)"
    IMPROVE = "var(--improve)"
    CONCERN = "var(--concern)"
    NEUTRAL = "var(--neutral)"


#: On white paper, in black, greys and darker hues.
PRINTED = {
    Ink.PAPER: "#ffffff",
    Ink.BAND: "#f1f1ee",
    Ink.RULE: "#c9c9c4",
    Ink.RULE_STRONG: "#777777",
    Ink.INK: "#000000",
    Ink.INK_2: "#222222",
    Ink.INK_3: "#444444",
    Ink.IMPROVE: "#1d3c86",
    Ink.CONCERN: "#953a06",
    Ink.NEUTRAL: "#5a3f80",
}

#: The face that documents embed; the page has its own.
PRINTED_FACE = "Source Sans Pro"


class Stroke(StrEnum):
    """Kinds of line and area, by their class."""

    AXIS = "c-axis"
    GRID = "c-grid"
    GAP = "c-gap"
    BAND = "c-band"
    LIMIT = "c-limit"
    MEAN = "c-mean"
    BREAK = "c-break"
    TARGET = "c-target"
    LINE = "c-line"
    LEAD_IN = "c-line c-line--prov"
    LEADER = "c-lead"
    RANGE = "c-range"
    LIKELIEST = "c-likeliest"


class Letter(StrEnum):
    """Kinds of lettering, by their class; plain has none, a halo parts words from lines."""

    PLAIN = ""
    QUIET = "t-quiet"
    HALO = "t-quiet t-halo"
    STRONG = "t-strong"
    IMPROVE = "t-improve"
    CONCERN = "t-concern"
    NEUTRAL = "t-neutral"


_STROKES: dict[Stroke, tuple[Ink, float, str]] = {
    Stroke.AXIS: (Ink.RULE_STRONG, 1, "solid"),
    Stroke.GRID: (Ink.RULE, 1, "solid"),
    Stroke.GAP: (Ink.RULE_STRONG, 1, "1px,4px"),
    Stroke.BAND: (Ink.BAND, 0, "solid"),
    Stroke.LIMIT: (Ink.INK_3, 1, "5px,4px"),
    Stroke.MEAN: (Ink.INK_2, 1, "solid"),
    Stroke.BREAK: (Ink.INK_2, 1, "2px,2px"),
    Stroke.TARGET: (Ink.INK, 2, "10px,4px"),
    Stroke.LINE: (Ink.INK_2, 1.75, "solid"),
    Stroke.LEAD_IN: (Ink.INK_2, 1.75, "2px,4px"),
    Stroke.LEADER: (Ink.RULE_STRONG, 1, "solid"),
    Stroke.RANGE: (Ink.INK_2, 1, "solid"),
    Stroke.LIKELIEST: (Ink.INK, 2, "solid"),
}
_FILLED = (Stroke.BAND, Stroke.RANGE)
_LETTERS: dict[Letter, tuple[Ink, int, int]] = {
    Letter.PLAIN: (Ink.INK_2, 14, 400),
    Letter.QUIET: (Ink.INK_3, 13, 400),
    Letter.HALO: (Ink.INK_3, 13, 400),
    Letter.STRONG: (Ink.INK, 14, 600),
    Letter.IMPROVE: (Ink.IMPROVE, 14, 400),
    Letter.CONCERN: (Ink.CONCERN, 14, 400),
    Letter.NEUTRAL: (Ink.NEUTRAL, 14, 400),
}


def line(stroke: Stroke, *, width: float | None = None) -> dict[str, Any]:
    """Return a line as Plotly has it; ``width`` in px where it is not the usual one."""
    ink, usual, dash = _STROKES[stroke]
    return {"color": ink.value, "width": usual if width is None else width, "dash": dash}


def fill(stroke: Stroke) -> str:
    """Return what an area is filled with, as Plotly has it: most are open."""
    return Ink.BAND.value if stroke in _FILLED else "rgba(0,0,0,0)"


def font(letter: Letter) -> dict[str, Any]:
    """Return lettering as Plotly has it, its size in px."""
    ink, size, weight = _LETTERS[letter]
    return {"color": ink.value, "size": size, "weight": weight}


def size_of(letter: Letter) -> int:
    """Return the size of a lettering in px."""
    return _LETTERS[letter][1]
