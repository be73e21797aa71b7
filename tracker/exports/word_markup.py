"""WordprocessingML elements by the names that Word gives them.

Knows the grammar of runs, paragraphs, fields and pictures; nothing of documents or of what
their text means. All text passes through :func:`printable`, so whatever people typed or
pasted, the XML stays well formed.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from xml.etree.ElementTree import Element, register_namespace

_NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
for _prefix, _address in _NAMESPACES.items():
    register_namespace(_prefix, _address)

#: What XML 1.0 cannot hold: control characters, lone surrogates and two non-characters.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PIECES = re.compile("([\n\t])")

EMU_PER_MM = 36_000


def printable(text: str) -> str:
    """Leave out what XML 1.0 cannot hold; line ends become plain ones."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Fold white space, for text that may not break: headings, captions, properties."""
    return " ".join(printable(text).split())


@cache
def qualified(name: str) -> str:
    """Spell a prefixed name such as ``w:p`` with its namespace."""
    prefix, local = name.split(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def element(tag: str, /, *children: Element, **attributes: str | int) -> Element:
    """Make an element whose attributes have no prefix, as in drawings."""
    made = Element(
        qualified(tag), {key: printable(str(value)) for key, value in attributes.items()}
    )
    made.extend(children)
    return made


def w(tag: str, /, *children: Element, **attributes: str | int) -> Element:
    """Make an element of Word's own namespace; so are its attributes."""
    made = element(f"w:{tag}", *children)
    for key, value in attributes.items():
        made.set(qualified(f"w:{key}"), printable(str(value)))
    return made


def run(text: str, style: str = "", *, is_bold: bool = False, is_italic: bool = False) -> Element:
    """Make a run of text; line ends and tabs become Word's own."""
    made = w("r")
    properties = list(_run_properties(style, is_bold=is_bold, is_italic=is_italic))
    if properties:
        made.append(w("rPr", *properties))
    made.extend(_pieces(printable(text)))
    return made


def _run_properties(style: str, *, is_bold: bool, is_italic: bool) -> Iterator[Element]:
    if style:
        yield w("rStyle", val=style)
    if is_bold:
        yield w("b")
    if is_italic:
        yield w("i")


def _pieces(text: str) -> Iterator[Element]:
    for piece in _PIECES.split(text):
        if piece == "\n":
            yield w("br")
        elif piece == "\t":
            yield w("tab")
        elif piece:
            yield _kept_text("t", piece)


def _kept_text(tag: str, text: str) -> Element:
    made = w(tag)
    made.text = text
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def paragraph(style: str, content: Iterable[Element], *properties: Element) -> Element:
    """Make a paragraph; ``properties`` must come in the order of the schema."""
    return w("p", w("pPr", w("pStyle", val=style), *properties), *content)


def field(instruction: str, shown: str, style: str = "") -> list[Element]:
    """Make the runs of a field, with what is shown until Word works it out again."""
    return [*field_start(instruction, style), run(shown, style), field_end(style)]


def field_start(instruction: str, style: str = "") -> list[Element]:
    """Open a field; its shown content follows, up to :func:`field_end`."""
    return [
        _field_run(w("fldChar", fldCharType="begin"), style),
        _field_run(_kept_text("instrText", f" {instruction} "), style),
        _field_run(w("fldChar", fldCharType="separate"), style),
    ]


def field_end(style: str = "") -> Element:
    """Close a field."""
    return _field_run(w("fldChar", fldCharType="end"), style)


def _field_run(content: Element, style: str) -> Element:
    made = run("", style)
    made.append(content)
    return made


def hyperlink(content: Iterable[Element], *, anchor: str = "", relationship: str = "") -> Element:
    """Link to a bookmark of this file, or to an address by its relationship."""
    made = w("hyperlink", *content)
    if relationship:
        made.set(qualified("r:id"), relationship)
    if anchor:
        made.set(qualified("w:anchor"), anchor)
    made.set(qualified("w:history"), "1")
    return made


def picture_run(
    relationship: str, number: int, name: str, alternative: str, size: tuple[int, int]
) -> Element:
    """Make a run that holds a picture, with ``size`` as width and height in EMU."""
    width, height = size
    alternative = one_line(alternative)
    extent = element("wp:extent", cx=width, cy=height)
    properties = element("wp:docPr", id=number, name=name, descr=alternative)
    locks = element("wp:cNvGraphicFramePr", element("a:graphicFrameLocks", noChangeAspect=1))
    data = element(
        "a:graphicData",
        _picture(relationship, number, name, alternative, size),
        uri=_NAMESPACES["pic"],
    )
    inline = element("wp:inline", extent, properties, locks, element("a:graphic", data))
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
    return w("r", w("drawing", inline))


def _picture(
    relationship: str, number: int, name: str, alternative: str, size: tuple[int, int]
) -> Element:
    names = element(
        "pic:nvPicPr",
        element("pic:cNvPr", id=number, name=name, descr=alternative),
        element("pic:cNvPicPr"),
    )
    source = element("a:blip")
    source.set(qualified("r:embed"), relationship)
    fill = element("pic:blipFill", source, element("a:stretch", element("a:fillRect")))
    placed = element("a:xfrm", element("a:off", x=0, y=0), element("a:ext", cx=size[0], cy=size[1]))
    outline = element("a:prstGeom", element("a:avLst"), prst="rect")
    return element("pic:pic", names, fill, element("pic:spPr", placed, outline))


def table(
    style: str,
    widths: list[int],
    rows: Iterable[Element],
    *,
    name: str,
    summary: str,
    look: Element,
) -> Element:
    """Make a table of fixed column widths, in twentieths of a point.

    :param name: title for those who hear the table; ``summary`` its description.
    """
    properties = w(
        "tblPr",
        w("tblStyle", val=style),
        w("tblW", w=sum(widths), type="dxa"),
        w("tblLayout", type="fixed"),
        look,
        w("tblCaption", val=one_line(name)),
        w("tblDescription", val=one_line(summary)),
    )
    grid = w("tblGrid", *(w("gridCol", w=width) for width in widths))
    return w("tbl", properties, grid, *rows)


def table_look(*, has_header: bool = False, has_row_heads: bool = False) -> Element:
    """Say which parts of the table style apply, and so what heads rows and columns."""
    value = 0x0600 | 0x0020 * has_header | 0x0080 * has_row_heads
    made = w("tblLook", val=f"{value:04X}", firstRow=int(has_header), lastRow=0)
    for key, flag in (("firstColumn", int(has_row_heads)), ("lastColumn", 0)):
        made.set(qualified(f"w:{key}"), str(flag))
    for key in ("noHBand", "noVBand"):
        made.set(qualified(f"w:{key}"), "1")
    return made


def row(cells: Iterable[Element], *properties: Element) -> Element:
    """Make a row."""
    made = w("tr", *cells)
    if properties:
        made.insert(0, w("trPr", *properties))
    return made


def cell(width: int, content: Element, *properties: Element) -> Element:
    """Make a cell with one paragraph."""
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), *properties), content)
