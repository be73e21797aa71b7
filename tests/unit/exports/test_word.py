"""The review as Word, read back with another library and as raw XML."""

import re
import struct
import zipfile
import zlib
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tracker.domain.document import (
    Bullets,
    Chart,
    Column,
    CoverRow,
    Distribution,
    Document,
    Markdown,
    Paragraph,
    Section,
    Slice,
    StatusLine,
    StatusWord,
    Table,
)
from tracker.domain.vocabulary import Status
from tracker.exports.marks import MARKS
from tracker.exports.word import to_word

MEASURES = Table(
    "P3: measures",
    (Column("Measure", weight=6), Column("Target", is_number=True, weight=2), Column("Status")),
    (
        ("Shoplifting offences", "3,034", StatusWord(Status.RED, "Red")),
        ("Fraud victims satisfied", "75%", StatusWord(Status.NO_DATA, "No data")),
    ),
)
ACTIONS = Table("P3: actions", (Column("Action"),), (("P3.1.1 Mark bicycles",),))
PICTURE = Chart("Above the target", "January 2017 is 247 against a target of 253.", {})
BAR = Distribution(
    "64 actions", (Slice(Status.RED, "off track", 16), Slice(Status.COMPLETE, "complete", 48))
)
NARRATIVE = """Marking **beat** its *target*, see [the figures](https://data.police.uk/docs/).

- one page
  - one side

1. agree
2. print

> Well done
"""
REVIEW = Document(
    title="Annual review 2016-17",
    marking="OFFICIAL",
    is_draft=True,
    footer="March review · cut-off 31 March 2017",
    cover=(CoverRow("Committee", "Strategy Board"), CoverRow("For", "Decision")),
    sections=(
        Section("Summary", (Paragraph("Four of five are red.", "lead"), BAR)),
        Section(
            "Acquisitive crime",
            (
                StatusLine(StatusWord(Status.AMBER, "Amber"), "Two objectives are amber."),
                Bullets(("Shoplifting up",), "Worsened"),
            ),
            (
                Section("Measures", (MEASURES, PICTURE, ACTIONS)),
                Section("What was achieved", (Markdown(NARRATIVE),)),
            ),
        ),
    ),
    notes=("Two items are left out.",),
)


def png_of(width, height):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\xff" * width) * height)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def picture(_chart):
    return png_of(140, 64)


def word(document):
    return to_word(document, picture=picture)


def read(document):
    return docx.Document(BytesIO(word(document)))


def part(document, name):
    with zipfile.ZipFile(BytesIO(word(document))) as archive:
        return etree.fromstring(archive.read(name))


def body(document):
    return part(document, "word/document.xml")


def with_blocks(*blocks):
    return replace(REVIEW, sections=(Section("Only", blocks),))


def text_of(element):
    return "".join(piece.text or "" for piece in element.iter(qn("w:t")))


def styled(document, style):
    return [p.text for p in read(document).paragraphs if p.style.name == style]


def tables(document, style="Review Table"):
    return [table for table in read(document).tables if table.style.name == style]


@pytest.fixture(scope="module")
def review():
    return read(REVIEW)


def test_headings_are_real_ones_at_their_level(review):
    headings = [(p.style.name, p.text) for p in review.paragraphs if "Heading" in p.style.name]
    assert headings == [
        ("Heading 1", "Summary"),
        ("Heading 1", "Acquisitive crime"),
        ("Heading 2", "Measures"),
        ("Heading 2", "What was achieved"),
        ("Notes Heading", "Notes"),
    ]


def test_word_numbers_the_headings_itself_as_1_and_as_1_1():
    levels = {
        level.find(qn("w:pStyle")).get(qn("w:val")): level.find(qn("w:lvlText")).get(qn("w:val"))
        for level in part(REVIEW, "word/numbering.xml").iter(qn("w:lvl"))
        if level.find(qn("w:pStyle")) is not None
    }
    assert levels == {"Heading1": "%1.", "Heading2": "%1.%2", "Heading3": "%1.%2.%3"}


def test_sections_deeper_than_three_keep_the_third_heading():
    nested = Section("Fourth")
    for title in ("Third", "Second", "First"):
        nested = Section(title, sections=(nested,))
    assert styled(replace(REVIEW, sections=(nested,)), "Heading 3") == ["Third", "Fourth"]


def test_the_title_has_the_title_style(review):
    assert [p.text for p in review.paragraphs if p.style.name == "Title"] == [REVIEW.title]


def test_the_contents_are_a_field_that_already_lists_the_numbered_headings():
    contents = body(REVIEW).find(f".//{qn('w:sdtContent')}")
    instruction = "".join(piece.text for piece in contents.iter(qn("w:instrText")))
    assert instruction.strip() == 'TOC \\o "1-2" \\h \\z \\u'
    assert [text_of(p) for p in contents.iter(qn("w:p"))] == [
        "Contents",
        "1. Summary",
        "2. Acquisitive crime",
        "2.1 Measures",
        "2.2 What was achieved",
        "Notes",
    ]


def test_each_line_of_the_contents_leads_to_its_heading():
    root = body(REVIEW)
    headings = {
        mark.get(qn("w:name")): text_of(mark.getparent())
        for mark in root.iter(qn("w:bookmarkStart"))
    }
    lines = [(link.get(qn("w:anchor")), text_of(link)) for link in root.iter(qn("w:hyperlink"))]
    inside = [(anchor, text) for anchor, text in lines if anchor]
    assert len(inside) == len(headings) == 5
    assert all(text.endswith(headings[anchor]) for anchor, text in inside)


def test_long_contents_show_the_top_level_only():
    sections = tuple(Section(f"S{n}", sections=(Section("Inner"),)) for n in range(16))
    contents = body(replace(REVIEW, sections=sections)).find(f".//{qn('w:sdtContent')}")
    assert "Inner" not in text_of(contents)
    assert "16. S15" in text_of(contents)


def test_word_has_no_reason_to_ask_about_fields_on_opening():
    settings = part(REVIEW, "word/settings.xml")
    assert settings.find(qn("w:updateFields")) is None
    assert not body(REVIEW).xpath("//*[@*[local-name()='dirty']]")


def test_captions_number_tables_and_figures_apart_in_fields(review):
    captions = [p.text for p in review.paragraphs if p.style.name == "Caption"]
    assert captions == [
        "Table 1: P3: measures",
        "Figure 1: Above the target",
        "Table 2: P3: actions",
    ]
    fields = [piece.text.strip() for piece in body(REVIEW).iter(qn("w:instrText"))]
    assert fields.count("SEQ Table \\* ARABIC") == 2
    assert fields.count("SEQ Figure \\* ARABIC") == 1


def plain(cell):
    return cell.text.lstrip("".join(mark.shape for mark in MARKS.values())).strip(
        "\N{NO-BREAK SPACE}"
    )


def test_tables_hold_the_text_of_the_document_cell_by_cell():
    for shown, meant in zip(tables(REVIEW), (MEASURES, ACTIONS), strict=True):
        rows = [[plain(cell) for cell in row.cells] for row in shown.rows]
        words = [
            [cell.text if isinstance(cell, StatusWord) else cell for cell in row]
            for row in meant.rows
        ]
        assert rows == [[column.title for column in meant.columns], *words]


def test_the_cover_block_has_two_columns():
    (cover,) = tables(REVIEW, "Cover Block")
    assert [[cell.text for cell in row.cells] for row in cover.rows] == [
        ["Committee", "Strategy Board"],
        ["For", "Decision"],
    ]


def test_header_rows_repeat_and_rows_stay_whole():
    for table in tables(REVIEW):
        heads = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") for row in table.rows]
        assert heads[0] is not None
        assert heads[1:] == [None] * (len(heads) - 1)
        assert all(
            row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.rows
        )


def test_a_row_longer_than_a_page_may_split():
    (table,) = tables(with_blocks(replace(ACTIONS, rows=(("word " * 2_000,), ("short",)))))
    whole = [row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows]
    assert whole == [True, False, True]


def test_numbers_stand_at_the_right_with_their_heading():
    (table, _) = tables(REVIEW)
    for row in table.rows:
        styles = [cell.paragraphs[0].style for cell in row.cells]
        assert styles[1].name.startswith("Table Number")
        assert styles[0].name in {"Table Text", "Table Heading"}
    right = {"Table Number", "Table Number Heading"}
    assert {
        s.name
        for s in read(REVIEW).styles
        if s.type == 1 and s.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    } == right


def test_columns_share_the_width_by_weight():
    columns = (Column("A", weight=6), Column("B", weight=3), Column("C", weight=1))
    (table,) = tables(with_blocks(Table("T", columns, (("a", "b", "c"),))))
    widths = [int(column.width.twips) for column in table.columns]
    assert sum(widths) == 9866
    assert [round(10 * width / 9866) for width in widths] == [6, 3, 1]


def test_a_column_is_never_narrower_than_its_longest_word():
    columns = (Column("A", weight=20), Column("Responsibility", weight=1))
    (table,) = tables(with_blocks(Table("T", columns, (("a", "b"),))))
    assert table.columns[1].width.cm > 2.2


def test_a_row_that_does_not_fit_its_columns_is_refused():
    with pytest.raises(ValueError, match="P3: actions"):
        word(with_blocks(replace(ACTIONS, rows=(("a", "b"),))))


@pytest.mark.parametrize("status", Status)
def test_each_status_is_a_shape_and_its_word_in_its_own_styles(status):
    document = with_blocks(replace(ACTIONS, rows=((StatusWord(status, "The word"),),)))
    (table,) = tables(document)
    shape, words = table.rows[1].cells[0].paragraphs[0].runs
    assert (shape.text, words.text) == (MARKS[status].shape, "\N{NO-BREAK SPACE}The word")
    assert shape.style.name.startswith("Status Shape")
    assert words.style.name.startswith("Status Word")
    assert shape.style.font.color.rgb is not None
    assert words.style.font.bold


def test_statuses_of_different_kinds_differ_in_shape():
    told_apart = [s for s in Status if s not in {Status.NOT_EVIDENCED, Status.NONE}]
    assert len({MARKS[status].shape for status in told_apart}) == len(told_apart)


def contrast(first, second):
    def luminance(rgb):
        parts = [int(rgb[n : n + 2], 16) / 255 for n in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("status", Status)
def test_numbers_in_a_bar_can_be_read(status):
    assert contrast(MARKS[status].fill, MARKS[status].on_fill) >= 4.5


def test_a_distribution_is_a_bar_in_proportion_with_its_words_below():
    (bar,) = tables(REVIEW, "Status Bar")
    assert [cell.text for cell in bar.rows[0].cells] == ["16", "48"]
    first, second = (column.width for column in bar.columns)
    assert second / first == pytest.approx(3, rel=0.01)
    assert styled(REVIEW, "Bar Key") == ["◆\u00a016\u00a0off track\u2003☑\u00a048\u00a0complete"]


def test_a_distribution_of_nothing_is_words_alone():
    document = with_blocks(Distribution("0 actions", (Slice(Status.RED, "off track", 0),)))
    assert tables(document, "Status Bar") == []
    assert styled(document, "Bar Key") == ["◆\u00a00\u00a0off track"]


def test_each_picture_says_the_same_in_words_and_fits_the_page():
    (shown,) = body(REVIEW).iter(qn("wp:docPr"))
    assert shown.get("descr") == PICTURE.alternative
    (extent,) = body(REVIEW).iter(qn("wp:extent"))
    width, height = int(extent.get("cx")), int(extent.get("cy"))
    assert width == 9866 * 635
    assert height / width == pytest.approx(64 / 140, rel=0.001)


def test_a_tall_picture_leaves_room_for_its_caption():
    made = to_word(with_blocks(PICTURE), picture=lambda _: png_of(10, 100))
    (shape,) = docx.Document(BytesIO(made)).inline_shapes
    assert shape.height.cm == 16
    assert shape.width.cm == pytest.approx(1.6)


def test_a_picture_of_another_kind_is_refused():
    with pytest.raises(ValueError, match="PNG"):
        to_word(REVIEW, picture=lambda _: b"<svg/>")


def test_the_language_is_british_english_throughout(review):
    assert review.core_properties.language == "en-GB"
    (language,) = part(REVIEW, "word/styles.xml").iter(qn("w:lang"))
    assert language.get(qn("w:val")) == "en-GB"


def test_the_file_says_what_it_is(review):
    properties = review.core_properties
    assert (properties.title, properties.subject) == (REVIEW.title, REVIEW.footer)
    assert (properties.category, properties.content_status) == ("OFFICIAL", "Draft")


def test_the_marking_and_draft_stand_at_the_top_and_bottom_of_each_page(review):
    (section,) = review.sections
    assert section.header.paragraphs[0].text == "OFFICIAL · DRAFT\tAnnual review 2016-17"
    assert [p.text for p in section.footer.paragraphs] == [
        "OFFICIAL · DRAFT\tPage 1 of 1",
        REVIEW.footer,
    ]


def test_a_final_edition_is_not_called_a_draft():
    final = replace(REVIEW, is_draft=False)
    (section,) = read(final).sections
    assert section.header.paragraphs[0].text.startswith("OFFICIAL\t")
    assert "DRAFT" not in section.footer.paragraphs[0].text
    assert read(final).core_properties.content_status == "Final"


def test_page_numbers_are_fields():
    footer = part(REVIEW, "word/footer1.xml")
    assert [piece.text.strip() for piece in footer.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


def test_the_page_is_a4_upright(review):
    (section,) = review.sections
    assert (section.page_width.mm, section.page_height.mm) == (
        pytest.approx(210, abs=0.1),
        pytest.approx(297, abs=0.1),
    )


def test_no_paragraph_is_empty_for_the_sake_of_space(review):
    empty = [p for p in review.paragraphs if not p.text]
    assert [p.style.name for p in empty] == ["Figure"]


def test_narrative_keeps_bold_italic_links_lists_and_quotes(review):
    opening = next(p for p in review.paragraphs if p.text.startswith("Marking"))
    assert [run.text for run in opening.runs if run.bold] == ["beat"]
    assert [run.text for run in opening.runs if run.italic] == ["target"]
    assert [(link.text, link.address) for link in opening.hyperlinks] == [
        ("the figures", "https://data.police.uk/docs/")
    ]
    assert styled(REVIEW, "List Bullet") == ["Shoplifting up", "one page", "one side"]
    assert styled(REVIEW, "List Number") == ["agree", "print"]
    assert styled(REVIEW, "Quote") == ["Well done"]


def test_each_numbered_list_begins_anew():
    root = body(with_blocks(Markdown("1. a\n2. b"), Markdown("1. c")))
    lists = [e.get(qn("w:val")) for e in root.iter(qn("w:numId"))]
    assert lists[0] == lists[1] != lists[2]


def test_a_list_within_a_list_is_set_in():
    levels = [e.get(qn("w:val")) for e in body(REVIEW).iter(qn("w:ilvl"))]
    assert levels == ["0", "1", "0", "0"]


def test_raw_html_shows_as_it_was_typed():
    document = with_blocks(Markdown("<b>bold</b> <script>alert(1)</script>"))
    assert styled(document, "Body Text") == ["<b>bold</b> <script>alert(1)</script>"]


def test_other_markdown_comes_down_to_its_words():
    document = with_blocks(
        Markdown("# Head\n\n`code` ![a map](x.png)\n\n---\n\n```\nas typed\n```")
    )
    assert styled(document, "List Label") == ["Head"]
    assert styled(document, "Body Text") == ["code a map", "as typed"]


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "file:///etc/passwd", "https://[::1", "https://a b/", "../secret"],
)
def test_an_address_that_is_unsafe_or_none_is_no_link(address):
    document = with_blocks(Markdown(f"[here](<{address}>)"))
    (paragraph,) = (p for p in read(document).paragraphs if "here" in p.text)
    assert paragraph.hyperlinks == []


def test_the_same_document_gives_the_same_bytes():
    assert word(REVIEW) == word(REVIEW)


def test_no_date_of_making_is_in_the_file():
    with zipfile.ZipFile(BytesIO(word(REVIEW))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"dcterms" not in archive.read("docProps/core.xml")


def everywhere(text):
    """A document that holds the same text in each place that takes any."""
    status = StatusWord(Status.GREEN, text)
    blocks = (
        Paragraph(text),
        Markdown(text),
        Bullets((text,), text),
        StatusLine(status, text),
        Table(text, (Column(text), Column(text)), ((text, status),)),
        Distribution(text, (Slice(Status.RED, text, 1),)),
        Chart(text, text, {}),
    )
    section = Section(text, blocks, (Section(text),))
    return Document(text, text, True, text, (CoverRow(text, text),), (section,), (text,))


def test_what_xml_cannot_hold_is_left_out_and_the_rest_stays():
    document = everywhere("a\x00b\x0bc\ud800d\uffffe")
    assert styled(document, "Title") == ["abcde"]
    assert styled(document, "Heading 1") == ["abcde"]
    assert tables(document)[0].rows[1].cells[0].text == "abcde"


@pytest.mark.parametrize(
    "text",
    ["=HYPERLINK(1)", "</w:t></w:r><w:p/>", "]]>&amp;", "{ INCLUDETEXT c:\\x }", "x" * 5_000],
)
def test_hostile_text_stays_text(text):
    document = everywhere(text)
    assert styled(document, "Heading 1") == [text]
    assert tables(document)[0].rows[1].cells[0].text == text


def test_line_ends_and_tabs_in_a_cell_become_words_own():
    (table,) = tables(with_blocks(replace(ACTIONS, rows=(("one\r\ntwo\tthree",),))))
    assert table.rows[1].cells[0].text == "one\ntwo\tthree"


@given(st.text(st.characters(codec=None), max_size=60))
def test_whatever_people_type_the_file_opens_and_its_parts_agree(text):
    made = word(everywhere(text))
    docx.Document(BytesIO(made))
    with zipfile.ZipFile(BytesIO(made)) as archive:
        names = set(archive.namelist())
        known = set(
            re.findall(r'Id="([^"]+)"', archive.read("word/_rels/document.xml.rels").decode())
        )
        root = etree.fromstring(archive.read("word/document.xml"))
    used = {value for e in root.iter() for key, value in e.attrib.items() if "relationships" in key}
    assert used <= known
    assert {"word/document.xml", "word/media/image1.png"} <= names


def test_styles_and_lists_that_the_text_names_all_exist():
    root = body(REVIEW)
    styles = {s.get(qn("w:styleId")) for s in part(REVIEW, "word/styles.xml").iter(qn("w:style"))}
    used = {e.get(qn("w:val")) for e in root.iter(qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle"))}
    assert used <= styles
    lists = {n.get(qn("w:numId")) for n in part(REVIEW, "word/numbering.xml").iter(qn("w:num"))}
    assert {e.get(qn("w:val")) for e in root.iter(qn("w:numId"))} <= lists


def test_a_document_of_a_title_alone_has_no_contents():
    bare = Document("Title", "OFFICIAL", False, "", (), ())
    assert [p.text for p in read(bare).paragraphs] == ["Title"]
    assert body(bare).find(f".//{qn('w:sdt')}") is None
