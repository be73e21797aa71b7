"""How each status looks on paper: a shape, a colour and, in bars, a fill.

For formats that set text; it knows none of them. The silhouettes differ, so that a status
survives grey print, and no mark ever stands without its word. The shapes are characters
that the symbol fonts of Windows, macOS and Linux all hold.
"""

from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.vocabulary import Status


class Tone(StrEnum):
    """The colour family of a status; each has a hue for words and one for shapes."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Mark:
    """The looks of one status.

    :param shape: one character.
    :param fill: colour of its part in a bar, as RRGGBB.
    :param on_fill: colour of a number on that part, as RRGGBB; contrast 4.5 or more.
    """

    shape: str
    tone: Tone
    fill: str
    on_fill: str = "FFFFFF"


MARKS = {
    Status.RED: Mark("◆", Tone.BAD, "B8281B"),
    Status.AMBER: Mark("▲", Tone.WARN, "B67A00", "000000"),
    Status.NOT_UPDATED: Mark("◔", Tone.NONE, "777777", "000000"),
    Status.NO_DATA: Mark("⬚", Tone.NONE, "C9C9C4", "000000"),
    Status.NOT_EVIDENCED: Mark("⬚", Tone.NONE, "C9C9C4", "000000"),
    Status.NOT_STARTED: Mark("○", Tone.NONE, "DEDED9", "000000"),
    Status.NOT_RATED: Mark("•", Tone.NONE, "444444"),
    Status.NONE: Mark("•", Tone.NONE, "DEDED9", "000000"),
    Status.GREEN: Mark("●", Tone.GOOD, "1F7A52"),
    Status.COMPLETE: Mark("☑", Tone.GOOD, "14573A"),
    Status.CLOSED: Mark("⊖", Tone.NONE, "777777", "000000"),
}
