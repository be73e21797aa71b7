"""Values of measures from a CSV file: measure, period, value, and optionally what stands by it."""

import csv
import io
from dataclasses import dataclass

from tracker.domain.texts import has_forbidden

#: Columns that must be there, and that may be.
NEEDED = ("measure", "period", "value")
OPTIONAL = ("numerator", "denominator", "state", "note", "reason")
#: Rows beyond which a file is refused whole.
MOST_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong, and where: rows count from 1, the header being row 1."""

    row: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One row as it was written; nothing is interpreted yet."""

    row: int
    measure: str
    period: str
    value: str
    numerator: str = ""
    denominator: str = ""
    state: str = ""
    note: str = ""
    reason: str = ""


def read_values(content: bytes) -> tuple[list[ValueRow], list[CellError]]:
    """Return the rows of a CSV file and what could not be read of it.

    UTF-8 with or without a byte-order mark; commas, semicolons or tabs; empty rows are skipped.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [CellError(1, "", "The file is not UTF-8: save it as CSV UTF-8")]
    if "\0" in text:
        return [], [CellError(1, "", "This is not a CSV file")]
    try:
        return _rows(text)
    except csv.Error as error:
        return [], [CellError(1, "", f"This is not a CSV file: {error}")]


def _rows(text: str) -> tuple[list[ValueRow], list[CellError]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    header = [name.strip().lower() for name in next(reader, [])]
    missing = [name for name in NEEDED if name not in header]
    if missing:
        return [], [CellError(1, name, f"The column {name} is missing") for name in missing]
    rows: list[ValueRow] = []
    errors: list[CellError] = []
    for number, cells in enumerate(reader, start=2):
        if number > MOST_ROWS + 1:
            return [], [CellError(number, "", f"More than {MOST_ROWS:,} rows: split the file")]
        if any(cell.strip() for cell in cells):
            _read_row(number, dict(zip(header, cells, strict=False)), rows, errors)
    return rows, errors


def _delimiter(text: str) -> str:
    """Return what parts the header's columns."""
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)


def _read_row(
    number: int, cells: dict[str, str], rows: list[ValueRow], errors: list[CellError]
) -> None:
    known = {name: cells.get(name, "").strip() for name in (*NEEDED, *OPTIONAL)}
    bad = [name for name, cell in known.items() if has_forbidden(cell)]
    empty = [name for name in ("measure", "period") if not known[name]]
    errors += [CellError(number, name, "Remove the control characters") for name in bad]
    errors += [CellError(number, name, f"Enter the {name}") for name in empty]
    if not bad and not empty:
        rows.append(ValueRow(number, **known))
