"""How many of each status, as the slices of one bar."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from tracker.domain.vocabulary import Status

#: The narrowest slice, in hundredths of a percent of the bar, that has room for its number.
_ROOM_FOR_LABEL = 600


@dataclass(frozen=True, slots=True)
class Slice:
    """One status in the bar; ``x`` and ``width`` as percentages of it, such as "25.00%"."""

    status: Status
    text: str
    count: int
    x: str
    width: str
    label_fits: bool


def bar(counts: Sequence[tuple[Status, int, str]]) -> tuple[Slice, ...]:
    """Return the slices of a bar in the order given (worst first); empty ones are left out.

    Widths are taken between rounded edges, so that together they are 100.00%.

    :param counts: status, how many, and its words ("off track").
    :raises ValueError: if a count is below 0.
    """
    if any(count < 0 for _, count, _ in counts):
        raise ValueError("A bar counts things: none can be below 0")
    filled = [entry for entry in counts if entry[1]]
    sums = list(accumulate((count for _, count, _ in filled), initial=0))
    edges = pairwise(round(10_000 * part / sums[-1]) for part in sums) if filled else ()
    return tuple(
        Slice(
            status=status,
            text=text,
            count=count,
            x=_percent(left),
            width=_percent(right - left),
            label_fits=right - left >= _ROOM_FOR_LABEL,
        )
        for (status, count, text), (left, right) in zip(filled, edges, strict=True)
    )


def _percent(hundredths: int) -> str:
    return f"{hundredths / 100:.2f}%"
