"""A document prepared for a page: sections with ids and numbers, pictures and bars drawn."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from tracker.charts.distribution import Slice, bar
from tracker.charts.svg import svg
from tracker.domain.document import (
    Block,
    Bullets,
    Cell,
    Chart,
    Distribution,
    Document,
    Markdown,
    Paragraph,
    Section,
    StatusLine,
    Table,
)

#: Where figures are explained, by the code of an item or the short name of a partner.
Ways = Mapping[str, str]

_KINDS: dict[type, str] = {
    Paragraph: "paragraph",
    Markdown: "markdown",
    Bullets: "bullets",
    StatusLine: "status_line",
    Table: "table",
    Distribution: "distribution",
    Chart: "chart",
}


@dataclass(frozen=True, slots=True)
class PaperBlock:
    """A block with what is drawn for it: a picture's SVG or a bar's slices.

    :param ways: where each row of a table is explained; empty for a row that is about no item.
    """

    kind: str
    block: Block
    drawing: Markup | None = None
    slices: tuple[Slice, ...] = ()
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperRow:
    """Blocks that stand beside each other where there is room: "two", "three", else alone."""

    layout: str
    blocks: tuple[PaperBlock, ...]


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A section; ``level`` is that of its heading, 2 for the top ones, which are numbered."""

    id: str
    title: str
    level: int
    rows: tuple[PaperRow, ...]
    sections: tuple["PaperSection", ...]

    @property
    def has_figures(self) -> bool:
        """Whether it counts or measures anything, itself or beneath."""
        blocks = (part.block for row in self.rows for part in row.blocks)
        return any(map(_is_counted, blocks)) or any(one.has_figures for one in self.sections)


def paper_sections(document: Document, ways: Ways) -> tuple[PaperSection, ...]:
    """Return the sections of a document, the top ones numbered from 1."""
    return tuple(
        _section(section, f"s{number}", f"{number}. {section.title}", 2, ways)
        for number, section in enumerate(document.sections, start=1)
    )


def _section(section: Section, name: str, title: str, level: int, ways: Ways) -> PaperSection:
    inner = tuple(
        _section(child, f"{name}-{number}", child.title, level + 1, ways)
        for number, child in enumerate(section.sections, start=1)
    )
    return PaperSection(name, title, level, tuple(_rows(section.blocks, ways)), inner)


def _is_counted(block: Block) -> bool:
    if isinstance(block, Table):
        return any(column.is_number for column in block.columns)
    return isinstance(block, Distribution)


def _rows(blocks: tuple[Block, ...], ways: Ways) -> Iterator[PaperRow]:
    """Yield the blocks in rows: bars go two abreast, labelled lists three."""
    for (layout, _place), run in groupby(enumerate(blocks), key=lambda placed: _layout(*placed)):
        yield PaperRow(layout, tuple(_block(block, ways) for _, block in run))


def _layout(place: int, block: Block) -> tuple[str, Hashable]:
    if isinstance(block, Distribution):
        return "two", None
    if isinstance(block, Bullets) and block.label:
        return "three", None
    return "", place


def _way(row: tuple[Cell, ...], ways: Ways) -> str:
    """Return where a row is explained: it begins with an item's code or is named by a partner."""
    first = row[0] if isinstance(row[0], str) else ""
    return ways.get(first.partition(" ")[0]) or ways.get(first.removesuffix("*"), "")


def _block(block: Block, ways: Ways) -> PaperBlock:
    kind = _KINDS[type(block)]
    if isinstance(block, Chart):
        drawn = svg(block.figure, title=block.title, description=block.alternative)
        return PaperBlock(kind, block, Markup(drawn))  # noqa: S704 # nosec B704 - our own drawing, escaped
    if isinstance(block, Distribution):
        counts = [(part.status, part.count, part.text) for part in block.slices]
        return PaperBlock(kind, block, slices=bar(counts))
    if isinstance(block, Table):
        return PaperBlock(kind, block, ways=tuple(_way(row, ways) for row in block.rows))
    return PaperBlock(kind, block)
