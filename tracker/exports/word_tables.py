"""Tables of the document as Word tables: repeated header rows, rows that stay whole if they can."""

from xml.etree.ElementTree import Element

from tracker.domain.document import Cell, Column, StatusWord, Table
from tracker.exports import word_markup as markup
from tracker.exports.marks import MARKS
from tracker.exports.word_columns import table_widths, text_lines
from tracker.exports.word_markup import paragraph, run, w

#: A row that fills more lines than this would lose its end at the foot of a page if it could
#: not split.
_MOST_LINES_TOGETHER = 40


def grid(block: Table) -> Element:
    """Set a table without its caption.

    :raises ValueError: if a row has more or fewer cells than the table has columns.
    """
    if any(len(cells) != len(block.columns) for cells in block.rows):
        raise ValueError(f"a row of {block.caption!r} does not fit its columns")
    widths = table_widths(block)
    rows = [_header(block.columns, widths)]
    rows.extend(_row(cells, block.columns, widths) for cells in block.rows)
    return markup.table(
        "ReviewTable",
        widths,
        rows,
        name=block.caption,
        summary="Columns: " + ", ".join(column.title for column in block.columns),
        look=markup.table_look(has_header=True, has_row_heads=True),
    )


def status_runs(word: StatusWord) -> list[Element]:
    """Set a status as shape, colour and words; the space between them does not break."""
    mark = MARKS[word.status]
    tone = mark.tone.capitalize()
    return [run(mark.shape, f"Shape{tone}"), run(f"\N{NO-BREAK SPACE}{word.text}", f"Word{tone}")]


def _header(columns: tuple[Column, ...], widths: list[int]) -> Element:
    cells = (
        markup.cell(width, paragraph(_style(column, "Heading"), [run(column.title)]))
        for column, width in zip(columns, widths, strict=True)
    )
    return markup.row(cells, w("cantSplit"), w("tblHeader"))


def _row(cells: tuple[Cell, ...], columns: tuple[Column, ...], widths: list[int]) -> Element:
    made = (
        markup.cell(width, paragraph(_style(column), _runs(content)))
        for content, column, width in zip(cells, columns, widths, strict=True)
    )
    lines = max(map(text_lines, cells, widths))
    return markup.row(made, *([w("cantSplit")] if lines <= _MOST_LINES_TOGETHER else []))


def _runs(content: Cell) -> list[Element]:
    return status_runs(content) if isinstance(content, StatusWord) else [run(content)]


def _style(column: Column, suffix: str = "") -> str:
    if column.is_number:
        return f"TableNumber{suffix}"
    return f"Table{suffix or 'Text'}"
