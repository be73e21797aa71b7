"""The review as a Word file for committee papers: A4, real styles, no macros.

Gives the document's own words and nothing else: no figure is worked out or formatted here.
Pictures come in as a function, for exports know no charts. What is fixed (styles, fonts,
settings) stands in ``word_parts``; the contents list and page numbers are Word's own fields.
"""

import textwrap
from collections.abc import Callable
from xml.etree.ElementTree import Element

from tracker.domain.document import Chart, CoverRow, Document
from tracker.exports import word_markup as markup
from tracker.exports.word_columns import TEXT_WIDTH, column_widths
from tracker.exports.word_markup import one_line, paragraph, run, w
from tracker.exports.word_package import Parts, Properties, pack, relationship_of
from tracker.exports.word_story import Heading, Story

_DRAFT = "DRAFT"
_LONGEST_RUNNING_TITLE = 70
#: So that the contents stay on the first page, more headings than this show the top level only.
_MOST_CONTENTS = 30


def to_word(document: Document, *, picture: Callable[[Chart], bytes]) -> bytes:
    """Write a document as .docx.

    The same document and pictures always give the same bytes. Characters that XML cannot
    hold are left out.

    :param picture: draws a chart as PNG; it is shown as wide as the text.
    :raises ValueError: if a picture is no PNG, or a row of a table does not fit its columns.
    """
    story = Story(Parts(), picture)
    story.add_sections(document.sections)
    story.add_notes(document.notes)
    return pack(
        _body(document, story),
        w("hdr", _header(document)),
        w("ftr", *_footer(document)),
        parts=story.parts,
        properties=_properties(document),
    )


def _body(document: Document, story: Story) -> Element:
    front = [_cover(document.cover)] if document.cover else []
    front.append(paragraph("Title", [run(one_line(document.title))]))
    if story.headings:
        front.append(_contents(story.headings))
    return w("document", w("body", *front, *story.elements, _page()))


def _properties(document: Document) -> Properties:
    state = "Draft" if document.is_draft else "Final"
    return Properties(document.title, document.footer, document.marking, state)


def _marking(document: Document) -> str:
    return f"{document.marking} \N{MIDDLE DOT} {_DRAFT}" if document.is_draft else document.marking


def _header(document: Document) -> Element:
    title = textwrap.shorten(one_line(document.title), _LONGEST_RUNNING_TITLE, placeholder=" …")
    return paragraph("Header", [run(_marking(document), "Marking"), run(f"\t{title}")])


def _footer(document: Document) -> list[Element]:
    pages = [
        run("\tPage "),
        *markup.field("PAGE", "1"),
        run(" of "),
        *markup.field("NUMPAGES", "1"),
    ]
    marked = paragraph("FooterFirst", [run(_marking(document), "Marking"), *pages])
    return [marked, *([paragraph("Footer", [run(document.footer)])] if document.footer else [])]


def _cover(rows: tuple[CoverRow, ...]) -> Element:
    widths = column_widths((6, 20))
    return markup.table(
        "CoverBlock",
        widths,
        [_cover_row(row, widths) for row in rows],
        name="About this paper",
        summary="; ".join(f"{row.label}: {row.text}" for row in rows),
        look=markup.table_look(has_row_heads=True),
    )


def _cover_row(row: CoverRow, widths: list[int]) -> Element:
    label, text = paragraph("CoverLabel", [run(row.label)]), paragraph("CoverText", [run(row.text)])
    cells = [markup.cell(widths[0], label), markup.cell(widths[1], text)]
    return markup.row(cells, w("cantSplit"))


def _contents(headings: list[Heading]) -> Element:
    """List the headings in a field that Word can fill with page numbers on request.

    It is filled beforehand without them, since only Word knows where its pages end, and a
    request to update on opening would ask the reader a question.
    """
    levels = 2 if sum(heading.level <= 2 for heading in headings) <= _MOST_CONTENTS else 1
    entries = [_contents_entry(heading) for heading in headings if heading.level <= levels]
    first = entries[0]
    for place, piece in enumerate(markup.field_start(f'TOC \\o "1-{levels}" \\h \\z \\u'), start=1):
        first.insert(place, piece)
    entries[-1].append(markup.field_end())
    gallery = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
    title = paragraph("TOCHeading", [run("Contents")])
    return w("sdt", w("sdtPr", gallery), w("sdtContent", title, *entries))


def _contents_entry(heading: Heading) -> Element:
    text = f"{heading.number} {heading.title}".strip()
    link = markup.hyperlink([run(text)], anchor=heading.bookmark)
    return paragraph(f"TOC{heading.level}", [link])


def _page() -> Element:
    """Describe A4 portrait, with room for the running head and foot."""
    header = w("headerReference", type="default")
    footer = w("footerReference", type="default")
    for reference, part in ((header, "header1.xml"), (footer, "footer1.xml")):
        reference.set(markup.qualified("r:id"), relationship_of(part))
    side = (11906 - TEXT_WIDTH) // 2
    return w(
        "sectPr",
        header,
        footer,
        w("pgSz", w=11906, h=16838),
        w("pgMar", top=1417, right=side, bottom=1474, left=side, header=680, footer=624, gutter=0),
    )
