"""Lines, dots and letters: the class of each, and what Plotly and print need beside it.

On the page a class says it all and the style sheet has the colours. A figure names the same
colours as ``var(--ink)``, which the page's script fills in; print has its own hues.
"""

from enum import StrEnum
from typing import Any


class Ink(StrEnum):
    """Colours by the name of their token."""

    PAPER = "var(--paper)"
    RULE = "var(--rule)"
    RULE_STRONG = "var(--rule-strong)"
    INK = "var(--ink)"
    INK_2 = "var(--ink-2)"
    INK_3 = "var(--ink-3)"


#: On white paper, in black and greys.
PRINTED = {
    Ink.PAPER: "#ffffff",
    Ink.RULE: "#c9c9c4",
    Ink.RULE_STRONG: "#777777",
    Ink.INK: "#000000",
    Ink.INK_2: "#222222",
    Ink.INK_3: "#444444",
}

#: The face that documents embed; the page has its own.
PRINTED_FACE = "Source Sans Pro"


class Stroke(StrEnum):
    """Kinds of line, by their class."""

    AXIS = "c-axis"
    GRID = "c-grid"
    GAP = "c-gap"
    TARGET = "c-target"
    LINE = "c-line"
    LEAD_IN = "c-line c-line--prov"
    LEADER = "c-lead"


class Dot(StrEnum):
    """Kinds of point, by their class."""

    FINAL = "c-dot"
    PROVISIONAL = "c-dot--prov"


class Letter(StrEnum):
    """Kinds of lettering, by their class; plain has none."""

    PLAIN = ""
    QUIET = "t-quiet"
    STRONG = "t-strong"


_STROKES: dict[Stroke, tuple[Ink, float, str]] = {
    Stroke.AXIS: (Ink.RULE_STRONG, 1, "solid"),
    Stroke.GRID: (Ink.RULE, 1, "solid"),
    Stroke.GAP: (Ink.RULE_STRONG, 1, "1px,4px"),
    Stroke.TARGET: (Ink.INK, 2, "10px,4px"),
    Stroke.LINE: (Ink.INK_2, 1.75, "solid"),
    Stroke.LEAD_IN: (Ink.INK_2, 1.75, "2px,4px"),
    Stroke.LEADER: (Ink.RULE_STRONG, 1, "solid"),
}
_LETTERS: dict[Letter, tuple[Ink, int, int]] = {
    Letter.PLAIN: (Ink.INK_2, 14, 400),
    Letter.QUIET: (Ink.INK_3, 13, 400),
    Letter.STRONG: (Ink.INK, 14, 600),
}


def line(stroke: Stroke, *, width: float | None = None) -> dict[str, Any]:
    """Return a line as Plotly has it; ``width`` in px where it is not the usual one."""
    ink, usual, dash = _STROKES[stroke]
    return {"color": ink.value, "width": usual if width is None else width, "dash": dash}


def font(letter: Letter) -> dict[str, Any]:
    """Return lettering as Plotly has it, its size in px."""
    ink, size, weight = _LETTERS[letter]
    return {"color": ink.value, "size": size, "weight": weight}


def size_of(letter: Letter) -> int:
    """Return the size of a lettering in px."""
    return _LETTERS[letter][1]


def marker(dot: Dot, diameters: list[float] | float) -> dict[str, Any]:
    """Return points as Plotly has them: a disc, or a ring while the number is provisional."""
    fill, edge = (Ink.INK, Ink.PAPER) if dot is Dot.FINAL else (Ink.PAPER, Ink.INK)
    width = 1.5 if dot is Dot.FINAL else 2
    return {
        "symbol": "circle",
        "size": diameters,
        "opacity": 1,
        "color": fill.value,
        "line": {"color": edge.value, "width": width},
    }
