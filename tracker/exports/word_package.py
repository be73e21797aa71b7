"""The parts of a .docx file, and the zip that holds them.

Knows relationships, pictures, lists and properties of the file, and nothing of what a
document says. The same parts always give the same bytes: no clock, no random, one zip time.
"""

import struct
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from tracker.exports.word_markup import one_line, w

_FIXED_PARTS = Path(__file__).parent / "word_parts"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_DIALECT = "http://schemas.openxmlformats.org/"
_PACKAGE = f"{_DIALECT}package/2006/"
_RELATED = f"{_DIALECT}officeDocument/2006/relationships/"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."

#: Part of the package below ``word/``, its kind of relationship and its content type.
_TEXT_PARTS = {
    "styles.xml": ("styles", "styles+xml"),
    "settings.xml": ("settings", "settings+xml"),
    "fontTable.xml": ("fontTable", "fontTable+xml"),
    "numbering.xml": ("numbering", "numbering+xml"),
    "header1.xml": ("header", "header+xml"),
    "footer1.xml": ("footer", "footer+xml"),
}

#: Numbering instances that the styles of ``word_parts`` name.
HEADINGS_LIST, BULLETS_LIST, NUMBERS_LIST = 1, 2, 3

#: Lists within lists go no further, and each is set in by this much, in twentieths of a point.
DEEPEST_LEVEL = 8
LIST_INDENT = 340

_SHAPES_OF_BULLETS = "•–"


def relationship_of(part: str) -> str:
    """Name the relationship by which the main text refers to one of the text parts."""
    return f"rId{list(_TEXT_PARTS).index(part) + 1}"


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says of itself; ``state`` is a word such as "Draft"."""

    title: str
    subject: str
    marking: str
    state: str


@dataclass(slots=True)
class Parts:
    """What the main text refers to: pictures, addresses and numbered lists."""

    pictures: list[bytes] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    numbered_lists: list[int] = field(default_factory=list)

    def add_picture(self, png: bytes) -> str:
        """Keep a picture and name its relationship."""
        self.pictures.append(png)
        return f"rIdPicture{len(self.pictures)}"

    def add_address(self, address: str) -> str:
        """Keep an address outside the file and name its relationship."""
        if address not in self.addresses:
            self.addresses.append(address)
        return f"rIdLink{self.addresses.index(address) + 1}"

    def start_numbered_list(self, first: int) -> int:
        """Begin a list at ``first`` and give its numbering instance."""
        self.numbered_lists.append(first)
        return NUMBERS_LIST + len(self.numbered_lists)


def png_size(png: bytes) -> tuple[int, int]:
    """Read width and height in pixels.

    :raises ValueError: if the bytes are no PNG picture.
    """
    if len(png) < 24 or png[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError("a picture for Word must be a PNG")
    width, height = struct.unpack(">II", png[16:24])
    return int(width), int(height)


def pack(
    body: Element, header: Element, footer: Element, *, parts: Parts, properties: Properties
) -> bytes:
    """Zip a whole .docx file."""
    contents = {
        "[Content_Types].xml": _xml(_content_types()),
        "_rels/.rels": _xml(_file_relationships()),
        "docProps/core.xml": _xml(_core_properties(properties)),
        "word/document.xml": _xml(body),
        "word/_rels/document.xml.rels": _xml(_text_relationships(parts)),
        "word/numbering.xml": _xml(_numbering(parts)),
        "word/header1.xml": _xml(header),
        "word/footer1.xml": _xml(footer),
    }
    fixed = {f"word/{path.name}": path.read_bytes() for path in sorted(_FIXED_PARTS.glob("*.xml"))}
    pictures = {f"word/media/image{n}.png": png for n, png in enumerate(parts.pictures, start=1)}
    return _zipped(contents | fixed | pictures)


def _zipped(contents: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.create_system = 0  # the same on each operating system
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def _xml(root: Element) -> bytes:
    declaration = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return declaration + tostring(root, encoding="unicode").encode()


def _content_types() -> Element:
    root = Element("Types", xmlns=f"{_PACKAGE}content-types")
    packed = "application/vnd.openxmlformats-package."
    defaults = {
        "rels": f"{packed}relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
    }
    for extension, content_type in defaults.items():
        SubElement(root, "Default", Extension=extension, ContentType=content_type)
    parts = {f"word/{name}": f"{_WORD_TYPE}{kind}" for name, (_, kind) in _TEXT_PARTS.items()}
    parts["word/document.xml"] = f"{_WORD_TYPE}document.main+xml"
    parts["docProps/core.xml"] = f"{packed}core-properties+xml"
    for name, content_type in parts.items():
        SubElement(root, "Override", PartName=f"/{name}", ContentType=content_type)
    return root


def _relationships(targets: dict[str, tuple[str, str]]) -> Element:
    root = Element("Relationships", xmlns=f"{_PACKAGE}relationships")
    for name, (kind, target) in targets.items():
        SubElement(root, "Relationship", Id=name, Type=kind, Target=target)
    return root


def _file_relationships() -> Element:
    core = f"{_PACKAGE}relationships/metadata/core-properties"
    return _relationships(
        {
            "rId1": (f"{_RELATED}officeDocument", "word/document.xml"),
            "rId2": (core, "docProps/core.xml"),
        }
    )


def _text_relationships(parts: Parts) -> Element:
    targets = {
        relationship_of(part): (_RELATED + kind, part) for part, (kind, _) in _TEXT_PARTS.items()
    }
    for number in range(1, len(parts.pictures) + 1):
        targets[f"rIdPicture{number}"] = (f"{_RELATED}image", f"media/image{number}.png")
    root = _relationships(targets)
    for number, address in enumerate(parts.addresses, start=1):
        link = {"Id": f"rIdLink{number}", "Type": f"{_RELATED}hyperlink", "Target": address}
        SubElement(root, "Relationship", link, TargetMode="External")
    return root


def _core_properties(properties: Properties) -> Element:
    """Say what the file is; no date, for the document's own dates stand in its text."""
    core, terms = f"{_PACKAGE}metadata/core-properties", "http://purl.org/dc/elements/1.1/"
    root = Element("cp:coreProperties", {"xmlns:cp": core, "xmlns:dc": terms})
    texts = {
        "dc:title": properties.title,
        "dc:subject": properties.subject,
        "dc:language": "en-GB",
        "cp:category": properties.marking,
        "cp:contentStatus": properties.state,
    }
    for name, text in texts.items():
        SubElement(root, name).text = one_line(text)
    return root


def _numbering(parts: Parts) -> Element:
    kinds = {
        HEADINGS_LIST: [_heading_level(level) for level in range(3)],
        BULLETS_LIST: [_bullet_level(level) for level in range(DEEPEST_LEVEL + 1)],
        NUMBERS_LIST: [_number_level(level) for level in range(DEEPEST_LEVEL + 1)],
    }
    root = w("numbering")
    for kind, levels in kinds.items():
        root.append(
            w("abstractNum", w("multiLevelType", val="multilevel"), *levels, abstractNumId=kind)
        )
    root.extend(w("num", w("abstractNumId", val=kind), numId=kind) for kind in kinds)
    for number, first in enumerate(parts.numbered_lists, start=NUMBERS_LIST + 1):
        restarts = [
            w("lvlOverride", w("startOverride", val=first), ilvl=level)
            for level in range(DEEPEST_LEVEL + 1)
        ]
        root.append(w("num", w("abstractNumId", val=NUMBERS_LIST), *restarts, numId=number))
    return root


def _heading_level(level: int) -> Element:
    text = ".".join(f"%{n}" for n in range(1, level + 2))
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val="decimal"),
        w("pStyle", val=f"Heading{level + 1}"),
        w("suff", val="space"),
        w("lvlText", val=text if level else f"{text}."),
        w("lvlJc", val="left"),
        ilvl=level,
    )


def _bullet_level(level: int) -> Element:
    return _list_level(level, "bullet", _SHAPES_OF_BULLETS[level % 2])


def _number_level(level: int) -> Element:
    return _list_level(level, ("decimal", "lowerLetter", "lowerRoman")[level % 3], f"%{level + 1}.")


def _list_level(level: int, number_format: str, text: str) -> Element:
    indent = w("pPr", w("ind", left=LIST_INDENT * (level + 1), hanging=LIST_INDENT))
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=number_format),
        w("lvlText", val=text),
        w("lvlJc", val="left"),
        indent,
        ilvl=level,
    )
