"""Words and numbers inside a picture: how they are written and how much room they take."""

from decimal import ROUND_HALF_UP, Context, Decimal
from html import escape

from tracker.domain.vocabulary import Unit

MINUS = "−"
#: Px from one line of words to the next, in their size.
LINE_HEIGHT = 1.3
#: By how much bold words are wider than others.
BOLDER = 1.16
YES_NO = {Decimal(1): "Yes", Decimal(0): "No"}

#: Names of large numbers, largest first.
LARGE = ((Decimal("1e12"), "tn"), (Decimal("1e9"), "bn"), (Decimal("1e6"), "m"))

_THREE_FIGURES = Context(prec=3)
_TWO_FIGURES = Context(prec=2, rounding=ROUND_HALF_UP)
_NARROW = frozenset("fijlrtI.,:;'|!()[] ")
_BROAD = frozenset("mwMWQO%@&")


def written(value: Decimal, unit: Unit) -> str:
    """Write a value in full: "3,034", "−6", "72.5%", "Yes"; at most two decimals from 1 on.

    >>> written(Decimal("-1234.50"), Unit.COUNT)
    '−1,234.5'
    """
    if unit is Unit.YES_NO and value in YES_NO:
        return YES_NO[value]
    below_one = abs(value) < 1
    text = f"{_THREE_FIGURES.plus(value):f}" if below_one else f"{value:,.2f}"
    return _signed(_bare(text)) + ("%" if unit is Unit.PERCENT else "")


def height(value: Decimal, unit: Unit) -> str:
    """Write the height of a line, such as a limit: counts whole from 100 on, else one decimal.

    >>> height(Decimal("292.74"), Unit.COUNT), height(Decimal("3.25"), Unit.COUNT)
    ('293', '3.3')
    >>> height(Decimal("84.25"), Unit.PERCENT), height(Decimal("0.0125"), Unit.RATE)
    ('84.3%', '0.013')
    """
    size = abs(value)
    if unit is Unit.YES_NO or size >= LARGE[-1][0]:
        return shortened(value, unit)
    if size < 1:
        text = f"{_TWO_FIGURES.plus(value):f}"
    else:
        places = 0 if unit is Unit.COUNT and size >= 100 else 1
        text = f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,f}"
    return _signed(_bare(text)) + ("%" if unit is Unit.PERCENT else "")


def shortened(value: Decimal, unit: Unit) -> str:
    """Write a value of a million or more by its name ("1.25m"), any other one in full."""
    for size, name in LARGE:
        if abs(value) >= size:
            return f"{_signed(_bare(f'{_THREE_FIGURES.divide(value, size):,f}'))}{name}"
    return written(value, unit)


def _bare(text: str) -> str:
    bare = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if bare == "-0" else bare


def _signed(text: str) -> str:
    return text.replace("-", MINUS)


def width_of(text: str, size: float) -> float:
    """Estimate the width of a line in px, for a sans face of ``size`` px, rather too wide."""
    ems = sum(
        0.32 if char in _NARROW else 0.86 if char in _BROAD else 0.68 if char.isupper() else 0.56
        for char in text
    )
    return ems * size


def wrapped(text: str, size: float, room: float) -> list[str]:
    """Break a text at its spaces into lines of at most ``room`` px; a long word stands out."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def balanced(text: str, size: float, room: float) -> list[str]:
    """Break a text into as few lines as fit ``room`` px, all about as long.

    >>> balanced("the first of seven months below average", 14, 240)
    ['the first of seven', 'months below average']
    """
    lines = wrapped(text, size, room)
    narrower = room
    while len(lines) > 1 and narrower > room / 2:
        narrower -= 12
        closer = wrapped(text, size, narrower)
        if len(closer) > len(lines):
            break
        lines = closer
    return lines


def marked_up(*lines: str) -> str:
    """Return lines as Plotly reads text: ``<br>`` between them, all else escaped."""
    return "<br>".join(escape(line, quote=False) for line in lines)
