"""How wide the columns of a table are, in twentieths of a point.

The document gives weights; here no column becomes too narrow for its longest word, for Word
would break that between any two letters.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from tracker.domain.document import Cell, StatusWord, Table

#: Between the margins of A4.
TEXT_WIDTH = 9866

#: Nine points of Arial: roughly what a letter takes, more in bold, and the gap after a column.
_NARROW, _USUAL, _CAPITAL, _WIDE = 55, 100, 125, 160
_NARROW_LETTERS, _WIDE_LETTERS = frozenset("fijlrtI.,:;'|!()[]/"), frozenset("mwMW@%")
_BOLD = 1.07
_GAP = 190
#: A shape and the space after it.
_SHAPE = 220
#: Longer words than this break.
_WIDEST_WORD = 1_700

#: A line may end at a space or hyphen; a day stays with its month.
_WORD_ENDS = re.compile(r"(?<!\b\d)(?<!\b\d\d)[\s-]+")


def column_widths(weights: Iterable[float]) -> list[int]:
    """Share the width of the text by weight; the sum is exact."""
    edges = [0, *accumulate(weights)]
    places = [round(TEXT_WIDTH * edge / edges[-1]) for edge in edges]
    return [right - left for left, right in pairwise(places)]


def table_widths(table: Table) -> list[int]:
    """Share the width of the text by the weights of the columns and by what they must hold."""
    weights = [max(column.weight, 1) for column in table.columns]
    columns = zip(*table.rows, strict=True) if table.rows else [()] * len(weights)
    needs = [
        _need([column.title, *cells]) for column, cells in zip(table.columns, columns, strict=True)
    ]
    if sum(needs) > TEXT_WIDTH:
        needs = [min(need, TEXT_WIDTH // len(needs)) for need in needs]
    return column_widths(_raised(weights, needs))


def text_lines(cell: Cell, width: int) -> float:
    """Estimate, on the high side, how many lines a cell fills in a column of this width."""
    text = cell.text if isinstance(cell, StatusWord) else cell
    return sum(1 + _width(line) / max(width - _GAP, _WIDE) for line in text.split("\n"))


def _raised(weights: Sequence[float], needs: Sequence[int]) -> list[float]:
    """Give each column what it needs, and the rest by weight to those that need no more."""
    shares = [TEXT_WIDTH * weight / sum(weights) for weight in weights]
    short: set[int] = set()
    while too_narrow := {n for n, share in enumerate(shares) if share < needs[n]} - short:
        short |= too_narrow
        rest = TEXT_WIDTH - sum(needs[n] for n in short)
        total = sum(weight for n, weight in enumerate(weights) if n not in short)
        shares = [
            needs[n] if n in short else rest * weight / total for n, weight in enumerate(weights)
        ]
    return shares


def _need(cells: Iterable[Cell]) -> int:
    return min(max(map(_longest_word, cells)) + _GAP, _WIDEST_WORD)


def _longest_word(cell: Cell) -> int:
    if isinstance(cell, StatusWord):
        first, *others = map(_width, _WORD_ENDS.split(cell.text))
        return round(_BOLD * max(_SHAPE + first, *others, 0))
    return max(map(_width, _WORD_ENDS.split(cell)))


def _width(word: str) -> int:
    return sum(map(_letter_width, word))


def _letter_width(letter: str) -> int:
    if letter in _NARROW_LETTERS:
        return _NARROW
    if letter in _WIDE_LETTERS:
        return _WIDE
    return _CAPITAL if letter.isupper() else _USUAL
