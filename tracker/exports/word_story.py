"""The blocks of a document, one after the other, as Word paragraphs and tables.

Knows each kind of block and how it is set; nothing of the page around it or of the file.
Numbers of headings are Word's own; those of tables and figures are counted here and stand
in fields, so that Word can count on when someone adds one.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from tracker.domain.document import (
    Block,
    Bullets,
    Chart,
    Distribution,
    Markdown,
    Paragraph,
    Section,
    Slice,
    StatusLine,
    StatusWord,
    Table,
)
from tracker.exports import word_markup as markup
from tracker.exports.marks import MARKS
from tracker.exports.word_columns import TEXT_WIDTH, column_widths
from tracker.exports.word_markup import one_line, paragraph, run, w
from tracker.exports.word_narrative import narrative
from tracker.exports.word_package import Parts, png_size
from tracker.exports.word_tables import grid, status_runs

_EMU_PER_TWENTIETH = 635
#: A figure is as wide as the text, unless that makes it higher than this.
_TALLEST_PICTURE = 160 * markup.EMU_PER_MM
_DEEPEST_HEADING = 3
_BAR_HEIGHT = 380
#: Parts below this share of a bar carry no number inside; the key has it.
_NARROWEST_NUMBERED = 0.06
_NARROWEST_PART = 0.012

_PARAGRAPH_STYLES = {"text": "BodyText", "lead": "Lead", "note": "Note"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that the contents list; ``number`` as Word shows it, with its full stop."""

    level: int
    number: str
    title: str
    bookmark: str


@dataclass(slots=True)
class Story:
    """Sets sections in reading order and remembers what it has counted."""

    parts: Parts
    picture: Callable[[Chart], bytes]
    elements: list[Element] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    tables: int = 0
    figures: int = 0

    def add_sections(self, sections: Iterable[Section], above: tuple[int, ...] = ()) -> None:
        """Set each section under its numbered heading."""
        for place, section in enumerate(sections, start=1):
            numbers = (*above, place)
            self._add_section_heading(section.title, numbers)
            for block in section.blocks:
                self.elements.extend(self._set(block))
            self.add_sections(section.sections, numbers)

    def add_notes(self, notes: tuple[str, ...]) -> None:
        """Set what the whole document has to say about itself at its end."""
        if notes:
            self._add_heading("NotesHeading", Heading(1, "", "Notes", self._next_bookmark()))
            self.elements.extend(paragraph("Note", [run(note)]) for note in notes if note)

    def _add_section_heading(self, title: str, numbers: tuple[int, ...]) -> None:
        level = min(len(numbers), _DEEPEST_HEADING)
        number = f"{numbers[0]}." if len(numbers) == 1 else ".".join(map(str, numbers))
        heading = Heading(level, number, one_line(title), self._next_bookmark())
        self._add_heading(f"Heading{level}", heading)

    def _next_bookmark(self) -> str:
        return f"_Toc{len(self.headings) + 1:08d}"

    def _add_heading(self, style: str, heading: Heading) -> None:
        self.headings.append(heading)
        number = len(self.headings)
        text = [
            w("bookmarkStart", id=number, name=heading.bookmark),
            run(heading.title),
            w("bookmarkEnd", id=number),
        ]
        new_page = [w("pageBreakBefore"), w("spacing", before=0)] if number == 1 else []
        self.elements.append(paragraph(style, text, *new_page))

    def _set(self, block: Block) -> Iterator[Element]:
        match block:
            case Paragraph():
                yield from _running_text(block)
            case Markdown():
                yield from narrative(block.text, self.parts)
            case Bullets():
                yield from _bullets(block)
            case StatusLine():
                yield _status_line(block)
            case Table():
                yield from self._table(block)
            case Distribution():
                yield from _distribution(block)
            case Chart():
                yield from self._figure(block)

    def _table(self, block: Table) -> Iterator[Element]:
        self.tables += 1
        yield _caption("Table", self.tables, block.caption)
        if block.columns:
            yield grid(block)

    def _figure(self, chart: Chart) -> Iterator[Element]:
        self.figures += 1
        yield _caption("Figure", self.figures, chart.title)
        png = self.picture(chart)
        held = markup.picture_run(
            self.parts.add_picture(png),
            self.figures,
            f"Figure {self.figures}",
            chart.alternative or chart.title,
            _fitted(*png_size(png)),
        )
        yield paragraph("Figure", [held])


def _running_text(block: Paragraph) -> Iterator[Element]:
    if block.text:
        yield paragraph(_PARAGRAPH_STYLES[block.style], [run(block.text)])


def _bullets(block: Bullets) -> Iterator[Element]:
    if block.label:
        yield paragraph("ListLabel", [run(block.label)])
    for item in filter(None, block.items):
        yield paragraph("ListBullet", [run(item)])


def _status_line(line: StatusLine) -> Element:
    reason = [run(f"\N{EN SPACE}{line.reason}")] if line.reason else []
    return paragraph("StatusLine", [*status_runs(line.word), *reason])


def _caption(kind: str, number: int, title: str) -> Element:
    label = "CaptionLabel"
    counted = markup.field(f"SEQ {kind} \\* ARABIC", str(number), label)
    return paragraph(
        "Caption", [run(f"{kind} ", label), *counted, run(": ", label), run(one_line(title))]
    )


def _distribution(block: Distribution) -> Iterator[Element]:
    if block.title:
        yield paragraph("BarTitle", [run(block.title)])
    counted = [part for part in block.slices if part.count > 0]
    if counted:
        yield _bar(block, counted)
    if block.slices:
        yield paragraph("BarKey", list(_key(block.slices)))


def _bar(block: Distribution, counted: list[Slice]) -> Element:
    total = sum(part.count for part in counted)
    widths = column_widths(max(part.count, total * _NARROWEST_PART) for part in counted)
    cells = [_bar_part(part, total, width) for part, width in zip(counted, widths, strict=True)]
    words = ", ".join(f"{part.count} {part.text}" for part in counted)
    height = w("trHeight", val=_BAR_HEIGHT, hRule="exact")
    return markup.table(
        "StatusBar",
        widths,
        [markup.row(cells, w("cantSplit"), height)],
        name=block.title,
        summary=words,
        look=markup.table_look(),
    )


def _bar_part(part: Slice, total: int, width: int) -> Element:
    mark = MARKS[part.status]
    number = str(part.count) if part.count >= total * _NARROWEST_NUMBERED else ""
    shown = run(number)
    shown.insert(0, w("rPr", w("color", val=mark.on_fill)))
    shading = w("shd", val="clear", color="auto", fill=mark.fill)
    return markup.cell(width, paragraph("BarNumber", [shown] if number else []), shading)


def _key(slices: tuple[Slice, ...]) -> Iterator[Element]:
    for place, part in enumerate(slices):
        if place:
            yield run("\N{EM SPACE}")
        yield from status_runs(
            StatusWord(part.status, f"{part.count:,}\N{NO-BREAK SPACE}{part.text}")
        )


def _fitted(width: int, height: int) -> tuple[int, int]:
    """Fit pixels to the page, in EMU, keeping their shape."""
    widest = TEXT_WIDTH * _EMU_PER_TWENTIETH
    tall = round(widest * height / width)
    if tall <= _TALLEST_PICTURE:
        return widest, tall
    return round(_TALLEST_PICTURE * width / height), _TALLEST_PICTURE
