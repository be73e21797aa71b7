"""A document as JSON values and back, exactly: what a snapshot freezes and hashes.

Each block carries its kind as ``block``. Pictures hold floats, which other languages write
differently, so a float is stored as a text under :data:`FLOAT`; nothing else is converted.
"""

from collections.abc import Callable
from typing import Any

from tracker.domain.document import (
    Block,
    Bullets,
    Cell,
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

#: Key of the object that stands for a float of a picture.
FLOAT = "$float"


def to_json(document: Document) -> dict[str, Any]:
    """Return a document as dicts, lists, texts, whole numbers, booleans and nulls.

    :raises TypeError: where a picture holds anything else than JSON values.
    """
    return {
        "title": document.title,
        "marking": document.marking,
        "is_draft": document.is_draft,
        "footer": document.footer,
        "cover": [{"label": row.label, "text": row.text} for row in document.cover],
        "sections": [_section(section) for section in document.sections],
        "notes": list(document.notes),
    }


def from_json(stored: dict[str, Any]) -> Document:
    """Read a document as :func:`to_json` wrote it.

    :raises KeyError: where a part is missing.
    """
    return Document(
        title=stored["title"],
        marking=stored["marking"],
        is_draft=stored["is_draft"],
        footer=stored["footer"],
        cover=tuple(CoverRow(row["label"], row["text"]) for row in stored["cover"]),
        sections=tuple(_read_section(section) for section in stored["sections"]),
        notes=tuple(stored["notes"]),
    )


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "blocks": [_block(block) for block in section.blocks],
        "sections": [_section(inner) for inner in section.sections],
    }


def _read_section(stored: dict[str, Any]) -> Section:
    return Section(
        stored["title"],
        tuple(_read_block(block) for block in stored["blocks"]),
        tuple(_read_section(inner) for inner in stored["sections"]),
    )


def _block(block: Block) -> dict[str, Any]:
    name, parts = _parts(block)
    return {"block": name, **parts}


def _parts(block: Block) -> tuple[str, dict[str, Any]]:
    """Return what a block is called, and what it holds."""
    if isinstance(block, Paragraph):
        return "paragraph", {"text": block.text, "style": block.style}
    if isinstance(block, Markdown):
        return "markdown", {"text": block.text}
    if isinstance(block, Bullets):
        return "bullets", {"items": list(block.items), "label": block.label}
    if isinstance(block, StatusLine):
        return "status_line", {"word": _cell(block.word), "reason": block.reason}
    return _large_parts(block)


def _large_parts(block: Table | Distribution | Chart) -> tuple[str, dict[str, Any]]:
    if isinstance(block, Table):
        return "table", _table(block)
    if isinstance(block, Distribution):
        return "distribution", _distribution(block)
    shown = {"title": block.title, "alternative": block.alternative}
    return "chart", {**shown, "figure": _without_floats(block.figure)}


def _table(table: Table) -> dict[str, Any]:
    columns = [
        {"title": column.title, "is_number": column.is_number, "weight": column.weight}
        for column in table.columns
    ]
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    return {"caption": table.caption, "columns": columns, "rows": rows}


def _distribution(block: Distribution) -> dict[str, Any]:
    slices = [
        {"status": part.status.value, "text": part.text, "count": part.count}
        for part in block.slices
    ]
    return {"title": block.title, "slices": slices}


def _cell(cell: Cell) -> str | dict[str, str]:
    if isinstance(cell, StatusWord):
        return {"status": cell.status.value, "text": cell.text}
    return cell


def _read_block(stored: dict[str, Any]) -> Block:
    readers: dict[str, Callable[[dict[str, Any]], Block]] = {
        "paragraph": lambda b: Paragraph(b["text"], b["style"]),
        "markdown": lambda b: Markdown(b["text"]),
        "bullets": lambda b: Bullets(tuple(b["items"]), b["label"]),
        "status_line": lambda b: StatusLine(_read_word(b["word"]), b["reason"]),
        "table": _read_table,
        "distribution": _read_distribution,
        "chart": lambda b: Chart(b["title"], b["alternative"], _with_floats(b["figure"])),
    }
    return readers[stored["block"]](stored)


def _read_table(stored: dict[str, Any]) -> Table:
    columns = tuple(
        Column(column["title"], column["is_number"], column["weight"])
        for column in stored["columns"]
    )
    rows = tuple(tuple(_read_cell(cell) for cell in row) for row in stored["rows"])
    return Table(stored["caption"], columns, rows)


def _read_distribution(stored: dict[str, Any]) -> Distribution:
    slices = tuple(
        Slice(Status(part["status"]), part["text"], part["count"]) for part in stored["slices"]
    )
    return Distribution(stored["title"], slices)


def _read_cell(stored: str | dict[str, str]) -> Cell:
    return stored if isinstance(stored, str) else _read_word(stored)


def _read_word(stored: dict[str, str]) -> StatusWord:
    return StatusWord(Status(stored["status"]), stored["text"])


def _without_floats(value: object) -> Any:
    """Return a picture's value with each float as its shortest exact text."""
    if isinstance(value, float):
        return {FLOAT: repr(value)}
    if isinstance(value, dict):
        return {str(name): _without_floats(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without_floats(inner) for inner in value]
    if value is None or isinstance(value, str | bool | int):
        return value
    raise TypeError(f"a picture cannot hold {type(value).__name__}")


def _with_floats(value: Any) -> Any:
    if isinstance(value, dict):
        if value.keys() == {FLOAT}:
            return float(value[FLOAT])
        return {name: _with_floats(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_with_floats(inner) for inner in value]
    return value
