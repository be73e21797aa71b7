"""The same figure as SVG: what a page shows first, and what a document prints.

Draws the traces, shapes and annotations that :mod:`tracker.charts.measures` puts into a
figure, and nothing that is not in it. It needs no browser and no script.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from html import escape, unescape
from itertools import groupby
from math import sqrt

from tracker.charts.dots import Dot, marker
from tracker.charts.inks import PRINTED, PRINTED_FACE, Ink, Letter, Stroke, font, line
from tracker.charts.lettering import LINE_HEIGHT, width_of
from tracker.charts.plot import Figure, Mark, Plot

#: From the middle of a line of text to where its letters stand, in its size.
_BASELINE = 0.34
_ANCHORS = {"left": "", "center": ' text-anchor="middle"', "right": ' text-anchor="end"'}
_PRINTED_HALO = f' paint-order="stroke" stroke="{PRINTED[Ink.BAND]}" stroke-width="5"'
#: Px of a row of the key, of its points, and between its parts.
_KEY_ROW, _KEY_DISC, _KEY_GAP = 24, 8.0, 20
#: Characters that XML has no way to carry.
_UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Palette(StrEnum):
    """Who gives the colours: the page's style sheet, or the drawing itself, for print."""

    PAGE = "page"
    PRINT = "print"


def svg(
    figure: Figure,
    *,
    palette: Palette = Palette.PAGE,
    title: str,
    description: str,
    with_key: bool = True,
) -> str:
    """Draw a figure.

    :param palette: ``PAGE`` names classes only, with no colour and no style; ``PRINT`` writes
        colours and the face into the drawing, so that it stands alone.
    :param title: what is shown, ``description``: what it says; together the text alternative.
    :param with_key: whether the figure's key, if it has one, is drawn below it; a page that
        writes the key itself leaves it out.
    """
    layout = figure["layout"]
    drawing = _Drawing(Plot.of(layout), palette)
    shapes = [(shape.get("layer") == "below", shape) for shape in layout["shapes"]]
    entries = layout["meta"].get("key", []) if with_key else []
    below, depth = drawing.key(entries)
    inside = "".join(
        [
            *(drawing.shape(shape) for is_below, shape in shapes if is_below),
            *drawing.grid(layout["yaxis"]),
            *(drawing.shape(shape) for is_below, shape in shapes if not is_below),
            *drawing.time_axis(layout["xaxis"]),
            *(part for trace in figure["data"] for part in drawing.trace(trace)),
            *(part for words in layout["annotations"] for part in drawing.annotation(words)),
            *below,
        ]
    )
    label = f"{title}. {description}"
    return f"{drawing.opening(layout['meta']['look'], label, depth)}{inside}</svg>"


def dot_svg(dot: Dot) -> str:
    """Return one point of a kind as a small drawing without words, for a key on a page."""
    look = marker(dot, _KEY_DISC)
    point = _dot(look["symbol"], (8, 8), look["size"] / 2)
    return (
        f'<svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">'
        f'<g class="{dot.value}">{point}</g></svg>'
    )


def _safe(text: str) -> str:
    return escape(_UNSPEAKABLE.sub("", text), quote=True)


def _px(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


class _Drawing:
    """Turns the parts of one figure into SVG elements."""

    def __init__(self, plot: Plot, palette: Palette) -> None:
        self.plot = plot
        self.is_print = palette is Palette.PRINT

    def opening(self, look: str, label: str, depth: float = 0) -> str:
        width, height = _px(self.plot.width), _px(self.plot.height + depth)
        # A drawing that stands alone says what it is; within a page that goes without saying.
        kind = 'xmlns="http://www.w3.org/2000/svg"' if self.is_print else f'class="{look}"'
        return (
            f'<svg {kind} width="{width}" height="{height}"'
            f' viewBox="0 0 {width} {height}" role="img" aria-label="{_safe(label)}">'
        )

    def grid(self, axis: Mark) -> Iterator[str]:
        if not axis.get("visible", True):
            return
        left, right = self.plot.left, self.plot.width - self.plot.right
        heights = [self.plot.y(value) for value in axis["tickvals"]]
        rules = "".join(f"M{_px(left)} {_px(height)}H{_px(right)}" for height in heights)
        yield f'<path {self._stroke(Stroke.GRID, line(Stroke.GRID))} d="{rules}"/>'
        yield self._ticks(axis, [(left - 8, height) for height in heights], "end")

    def time_axis(self, axis: Mark) -> Iterator[str]:
        if not axis.get("visible", True):
            return
        foot = self.plot.height - self.plot.bottom
        right = self.plot.width - self.plot.right
        ends = "".join(f"M{_px(self.plot.x(v))} {_px(foot)}v4" for v in axis["tickvals"])
        stroke = self._stroke(Stroke.AXIS, line(Stroke.AXIS))
        yield f'<path {stroke} d="M{_px(self.plot.left)} {_px(foot)}H{_px(right)}{ends}"/>'
        places = [(self.plot.x(value), foot + 15) for value in axis["tickvals"]]
        yield self._ticks(axis, places, "middle")

    def _ticks(self, axis: Mark, places: list[tuple[float, float]], anchor: str) -> str:
        """Letter an axis; the letters' look stands once, on the group."""
        look, size = self._letters(Letter.QUIET, axis["tickfont"]), axis["tickfont"]["size"]
        texts = zip(axis["ticktext"], places, strict=True)
        inside = "".join(_text(text, place, size, "") for text, place in texts)
        return f'<g{look} text-anchor="{anchor}">{inside}</g>'

    def shape(self, shape: Mark) -> str:
        stroke = self._stroke(shape["name"], shape["line"])
        if shape["type"] == "path":
            return f'<path {stroke} d="{self._corners(shape)}"/>'
        left, right = (self.plot.x(shape[end], shape["xref"]) for end in ("x0", "x1"))
        low, high = (self.plot.y(shape[end], shape["yref"]) for end in ("y0", "y1"))
        if shape["type"] == "line":
            end = f"H{_px(right)}" if low == high else f"L{_px(right)} {_px(high)}"
            return f'<path {stroke} d="M{_px(left)} {_px(low)}{end}"/>'
        if self.is_print and shape["fillcolor"] in PRINTED:
            stroke = stroke.replace('fill="none"', f'fill="{_printed(shape["fillcolor"])}"')
        return (
            f'<rect {stroke} x="{_px(left)}" y="{_px(high)}"'
            f' width="{_px(right - left)}" height="{_px(low - high)}"/>'
        )

    def trace(self, trace: Mark) -> Iterator[str]:
        places = list(zip(trace["x"], trace["y"], strict=True))
        if "lines" in trace["mode"] and (runs := "".join(self._runs(places))):
            yield f'<path {self._stroke(trace["meta"]["line"], trace["line"])} d="{runs}"/>'
        if "markers" in trace["mode"]:
            points = self._points(places, trace["marker"])
            if points:
                look = self._look(trace["meta"]["dot"], trace["marker"])
                yield f"<g {look}>{points}</g>"

    def _points(self, places: list[tuple[float, float | None]], look: Mark) -> str:
        sizes = _each(look["size"], len(places))
        return "".join(
            _dot(look["symbol"], (self.plot.x(x), self.plot.y(y)), size / 2)
            for (x, y), size in zip(places, sizes, strict=True)
            if y is not None and size
        )

    def key(self, entries: Sequence[Sequence[str]]) -> tuple[list[str], float]:
        """Return the key in rows under the picture, and how many px deep they are."""
        parts: list[str] = []
        letters, size = self._letters(Letter.PLAIN, font(Letter.PLAIN)), font(Letter.PLAIN)["size"]
        x, rows = self.plot.left, 1
        for kind, words in entries:
            wide = 16 + width_of(words, size)
            if x > self.plot.left and x + wide > self.plot.width:
                x, rows = self.plot.left, rows + 1
            middle = self.plot.height + (rows - 0.5) * _KEY_ROW
            look = marker(Dot(kind), _KEY_DISC)
            point = _dot(look["symbol"], (x + 5, middle), look["size"] / 2)
            parts.append(f"<g {self._look(kind, look)}>{point}</g>")
            parts.append(_text(words, (x + 16, middle), size, letters))
            x += wide + _KEY_GAP
        return parts, rows * _KEY_ROW if parts else 0

    def annotation(self, words: Mark) -> Iterator[str]:
        x = self.plot.x(words["x"], words["xref"]) + words.get("xshift", 0)
        middle = self.plot.y(words["y"], words["yref"])
        lines = words["text"].split("<br>")
        pitch = words["font"]["size"] * LINE_HEIGHT
        letters = self._letters(words["name"], words["font"]) + _ANCHORS[words["xanchor"]]
        if angle := words.get("textangle", 0):
            letters += f' transform="rotate({angle} {_px(x)} {_px(middle)})"'
        for rank, text in enumerate(lines):
            height = middle + (rank - (len(lines) - 1) / 2) * pitch
            yield _text(text, (x, height), words["font"]["size"], letters)

    def _corners(self, shape: Mark) -> str:
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

    def _stroke(self, name: str, look: Mark) -> str:
        if not self.is_print:
            return f'class="{_safe(name)}"'
        dash = "" if look["dash"] == "solid" else f' stroke-dasharray="{_dashes(look["dash"])}"'
        return (
            f'fill="none" stroke="{_printed(look["color"])}" stroke-width="{look["width"]}"{dash}'
        )

    def _look(self, name: str, look: Mark) -> str:
        if not self.is_print:
            return f'class="{_safe(name)}"'
        edge = look["line"]
        return (
            f'fill="{_printed(look["color"])}" stroke="{_printed(edge["color"])}"'
            f' stroke-width="{edge["width"]}"'
        )

    def _letters(self, name: str, look: Mark) -> str:
        if not self.is_print:
            return f' class="{_safe(name)}"' if name else ""
        halo = _PRINTED_HALO if name == Letter.HALO else ""
        return (
            f' font-family="{PRINTED_FACE}" font-size="{look["size"]}"'
            f' font-weight="{look["weight"]}" fill="{_printed(look["color"])}"{halo}'
        )


def _dot(symbol: str, at: tuple[float, float], radius: float) -> str:
    """Return a point as Plotly draws its symbol: ``radius`` is half of the marker's size."""
    x, y = at
    if symbol == "square":
        side = f"{2 * radius:g}"
        return f'<path d="M{_px(x - radius)} {_px(y - radius)}h{side}v{side}h-{side}z"/>'
    if symbol == "diamond":
        arm = _px(radius * 1.3)
        return f'<path d="M{_px(x)} {_px(y - radius * 1.3)}l{arm} {arm}-{arm} {arm}-{arm}-{arm}z"/>'
    if symbol.startswith("triangle"):
        way = -1 if symbol == "triangle-up" else 1
        half, tall = _px(2 * radius / sqrt(3)), _px(-way * radius * 1.5)
        base = _px(4 * radius / sqrt(3))
        return f'<path d="M{_px(x)} {_px(y + way * radius)}l{half} {tall}h-{base}z"/>'
    return f'<circle cx="{_px(x)}" cy="{_px(y)}" r="{radius:g}"/>'


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
