"""The same figure as SVG: what a page shows first, and what a document prints.

Draws the traces, shapes and annotations that :mod:`tracker.charts.measures` puts into a
figure, and nothing that is not in it. It needs no browser and no script.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from html import escape, unescape
from itertools import groupby
from typing import Any

from tracker.charts.inks import PRINTED, PRINTED_FACE, Ink, Letter, Stroke, line
from tracker.charts.plot import Figure, Plot

_LINE_HEIGHT = 1.3
#: From the middle of a line of text to where its letters stand, in its size.
_BASELINE = 0.34
_ANCHORS = {"left": "", "center": ' text-anchor="middle"'}
#: Characters that XML has no way to carry.
_UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Palette(StrEnum):
    """Who gives the colours: the page's style sheet, or the drawing itself, for print."""

    PAGE = "page"
    PRINT = "print"


def svg(figure: Figure, *, palette: Palette = Palette.PAGE, title: str, description: str) -> str:
    """Draw a figure.

    :param palette: ``PAGE`` names classes only, with no colour and no style; ``PRINT`` writes
        colours and the face into the drawing, so that it stands alone.
    :param title: what is shown, ``description``: what it says; together the text alternative.
    """
    layout = figure["layout"]
    drawing = _Drawing(Plot.of(layout), palette)
    inside = "".join(
        [
            *drawing.grid(layout["yaxis"]),
            *(drawing.shape(shape) for shape in layout["shapes"]),
            *drawing.time_axis(layout["xaxis"]),
            *(part for trace in figure["data"] for part in drawing.trace(trace)),
            *(part for words in layout["annotations"] for part in drawing.annotation(words)),
        ]
    )
    return f"{drawing.opening(layout['meta']['look'], f'{title}. {description}')}{inside}</svg>"


def _safe(text: str) -> str:
    return escape(_UNSPEAKABLE.sub("", text), quote=True)


def _px(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


class _Drawing:
    """Turns the parts of one figure into SVG elements."""

    def __init__(self, plot: Plot, palette: Palette) -> None:
        self.plot = plot
        self.is_print = palette is Palette.PRINT

    def opening(self, look: str, label: str) -> str:
        width, height = _px(self.plot.width), _px(self.plot.height)
        look = "" if self.is_print else f' class="{look}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg"{look} width="{width}" height="{height}"'
            f' viewBox="0 0 {width} {height}" role="img" aria-label="{_safe(label)}">'
        )

    def grid(self, axis: dict[str, Any]) -> Iterator[str]:
        if not axis.get("visible", True):
            return
        left, right = self.plot.left, self.plot.width - self.plot.right
        heights = [self.plot.y(value) for value in axis["tickvals"]]
        rules = "".join(f"M{_px(left)} {_px(height)}H{_px(right)}" for height in heights)
        yield f'<path {self._stroke(Stroke.GRID, line(Stroke.GRID))} d="{rules}"/>'
        yield self._ticks(axis, [(left - 8, height) for height in heights], "end")

    def time_axis(self, axis: dict[str, Any]) -> Iterator[str]:
        if not axis.get("visible", True):
            return
        foot = self.plot.height - self.plot.bottom
        right = self.plot.width - self.plot.right
        ends = "".join(f"M{_px(self.plot.x(v))} {_px(foot)}v4" for v in axis["tickvals"])
        stroke = self._stroke(Stroke.AXIS, line(Stroke.AXIS))
        yield f'<path {stroke} d="M{_px(self.plot.left)} {_px(foot)}H{_px(right)}{ends}"/>'
        places = [(self.plot.x(value), foot + 15) for value in axis["tickvals"]]
        yield self._ticks(axis, places, "middle")

    def _ticks(self, axis: dict[str, Any], places: list[tuple[float, float]], anchor: str) -> str:
        """Letter an axis; the letters' look stands once, on the group."""
        look, size = self._letters(Letter.QUIET, axis["tickfont"]), axis["tickfont"]["size"]
        texts = zip(axis["ticktext"], places, strict=True)
        inside = "".join(_text(text, place, size, "") for text, place in texts)
        return f'<g{look} text-anchor="{anchor}">{inside}</g>'

    def shape(self, shape: dict[str, Any]) -> str:
        stroke = self._stroke(shape["name"], shape["line"])
        if shape["type"] == "path":
            return f'<path {stroke} d="{self._corners(shape)}"/>'
        left, right = (self.plot.x(shape[end], shape["xref"]) for end in ("x0", "x1"))
        low, high = (self.plot.y(shape[end], shape["yref"]) for end in ("y0", "y1"))
        if shape["type"] == "line":
            return f'<path {stroke} d="M{_px(left)} {_px(low)}L{_px(right)} {_px(high)}"/>'
        return (
            f'<rect {stroke} x="{_px(left)}" y="{_px(high)}"'
            f' width="{_px(right - left)}" height="{_px(low - high)}"/>'
        )

    def trace(self, trace: dict[str, Any]) -> Iterator[str]:
        places = list(zip(trace["x"], trace["y"], strict=True))
        if "lines" in trace["mode"] and (runs := "".join(self._runs(places))):
            yield f'<path {self._stroke(trace["meta"]["line"], trace["line"])} d="{runs}"/>'
        look = self._dot(trace["meta"]["dot"], trace["marker"])
        sizes = trace["marker"]["size"]
        discs = "".join(
            f'<circle cx="{_px(self.plot.x(x))}" cy="{_px(self.plot.y(y))}" r="{size / 2:g}"/>'
            for (x, y), size in zip(places, _each(sizes, len(places)), strict=True)
            if y is not None and size
        )
        if discs:
            yield f"<g {look}>{discs}</g>"

    def annotation(self, words: dict[str, Any]) -> Iterator[str]:
        x = self.plot.x(words["x"], words["xref"]) + words.get("xshift", 0)
        middle = self.plot.y(words["y"], words["yref"])
        lines = words["text"].split("<br>")
        pitch = words["font"]["size"] * _LINE_HEIGHT
        letters = self._letters(words["name"], words["font"]) + _ANCHORS[words["xanchor"]]
        if angle := words.get("textangle", 0):
            letters += f' transform="rotate({angle} {_px(x)} {_px(middle)})"'
        for rank, text in enumerate(lines):
            height = middle + (rank - (len(lines) - 1) / 2) * pitch
            yield _text(text, (x, height), words["font"]["size"], letters)

    def _corners(self, shape: dict[str, Any]) -> str:
        corners = (corner.split(",") for corner in shape["path"][1:].split("L"))
        return "M" + "L".join(
            f"{_px(self.plot.x(float(x)))} {_px(self.plot.y(float(y), shape['yref']))}"
            for x, y in corners
        )

    def _runs(self, places: Sequence[tuple[float, float | None]]) -> Iterator[str]:
        """Yield a stroke for each stretch of neighbouring values."""
        for _, run in groupby(places, key=lambda place: place[1] is None):
            corners = [
                f"{_px(self.plot.x(x))} {_px(self.plot.y(y))}" for x, y in run if y is not None
            ]
            if len(corners) > 1:
                yield "M" + "L".join(corners)

    def _stroke(self, name: str, look: dict[str, Any]) -> str:
        if not self.is_print:
            # The style sheet fills all but axes with nothing; a bracket is an open shape.
            return f'class="{_safe(name)}"' + (' fill="none"' if name == Stroke.AXIS else "")
        dash = "" if look["dash"] == "solid" else f' stroke-dasharray="{_dashes(look["dash"])}"'
        return (
            f'fill="none" stroke="{_printed(look["color"])}" stroke-width="{look["width"]}"{dash}'
        )

    def _dot(self, name: str, look: dict[str, Any]) -> str:
        if not self.is_print:
            return f'class="{_safe(name)}"'
        edge = look["line"]
        return (
            f'fill="{_printed(look["color"])}" stroke="{_printed(edge["color"])}"'
            f' stroke-width="{edge["width"]}"'
        )

    def _letters(self, name: str, look: dict[str, Any]) -> str:
        if not self.is_print:
            return f' class="{_safe(name)}"' if name else ""
        return (
            f' font-family="{PRINTED_FACE}" font-size="{look["size"]}"'
            f' font-weight="{look["weight"]}" fill="{_printed(look["color"])}"'
        )


def _text(text: str, at: tuple[float, float], size: float, attributes: str) -> str:
    """Return a line of Plotly's text, its middle at a height."""
    x, y = _px(at[0]), _px(at[1] + size * _BASELINE)
    return f'<text{attributes} x="{x}" y="{y}">{_safe(unescape(text))}</text>'


def _each(size: float | Sequence[float], count: int) -> Sequence[float]:
    return [size] * count if isinstance(size, int | float) else size


def _printed(color: str) -> str:
    return PRINTED[Ink(color)]


def _dashes(dash: str) -> str:
    return dash.replace("px", "").replace(",", " ")
