"""A report as a list of typed blocks, so that every format shows the same things.

The review is built once as a :class:`Document`; HTML, Word and all later formats render
its blocks, and its JSON form is what a snapshot freezes and hashes. A block holds text that
is ready to read: numbers are formatted once, here, so no two formats can differ.
"""

from dataclasses import dataclass, field
from typing import Any

from tracker.domain.vocabulary import Status


@dataclass(frozen=True, slots=True)
class StatusWord:
    """A status in words; renderers add shape and colour, never instead of the words."""

    status: Status
    text: str


#: One cell of a table: plain text, or a status.
Cell = str | StatusWord


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. ``style`` is one of "text", "lead" (the page's verdict) or "note"."""

    text: str
    style: str = "text"


@dataclass(frozen=True, slots=True)
class Markdown:
    """Narrative that an officer wrote; renderers sanitise it."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short facts under an optional label."""

    items: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class StatusLine:
    """A status with the reason for it, on a line of its own."""

    word: StatusWord
    reason: str


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; ``is_number`` sets it to the right; ``weight`` is its share of the width."""

    title: str
    is_number: bool = False
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; the first column heads each row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Slice:
    """One part of a distribution."""

    status: Status
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many items stand at each status, worst first: a labelled bar, or its words."""

    title: str
    slices: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its message as heading and the same in words for those who do not see it.

    :param figure: Plotly figure as a plain dict.
    """

    title: str
    alternative: str
    figure: dict[str, Any]


Block = Paragraph | Markdown | Bullets | StatusLine | Table | Distribution | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its blocks and sub-sections; the renderer numbers the top level."""

    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple["Section", ...] = ()


@dataclass(frozen=True, slots=True)
class CoverRow:
    """One line of the block that committees put on the first page."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report.

    :param marking: security marking, printed at the top and bottom of each page.
    :param is_draft: whether DRAFT stands beside the marking.
    :param footer: edition, cut-off, version and hash, printed at the bottom of each page.
    """

    title: str
    marking: str
    is_draft: bool
    footer: str
    cover: tuple[CoverRow, ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...] = field(default=())
