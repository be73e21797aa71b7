"""Drawings and words as tests look at them: a drawing as XML, and where words stand."""

import xml.etree.ElementTree as ET

from tracker.charts.clearings import Box
from tracker.charts.lettering import LINE_HEIGHT, width_of

SVG = "{http://www.w3.org/2000/svg}"
SHARES = {"left": 0, "center": 0.5, "right": 1}


def box_of(words, plot, *, leading=LINE_HEIGHT):
    """Where words stand, in px from the top left of the picture.

    :param leading: from line to line, in their size; letters themselves take about 1.1.
    """
    size, lines = words["font"]["size"], words["text"].split("<br>")
    wide = max(width_of(line, size) for line in lines)
    tall = len(lines) * size * leading
    if words.get("textangle"):
        wide, tall = tall, wide
    x = plot.x(words["x"], words["xref"]) + words.get("xshift", 0) - wide * SHARES[words["xanchor"]]
    middle = plot.y(words["y"], words["yref"])
    return Box(x, middle - tall / 2, x + wide, middle + tall / 2)


def touch(one, other):
    return (
        one.left < other.right - 0.5
        and other.left < one.right - 0.5
        and one.top < other.bottom - 0.5
        and other.top < one.bottom - 0.5
    )


def parsed(text):
    """A drawing as XML; one for a page is SVG because it stands in one."""
    if "xmlns" not in text:
        text = text.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return ET.fromstring(text)
