"""What of small counts the public may see, so that no person is given away by a number.

Section 2 of the status design: counts from 1 to one below the threshold are hidden, 0 is shown,
and nothing that is hidden can be had back by subtraction. A threshold of 0 hides nothing.
What is hidden stays hidden in every form: figure, chart, tooltip, alternative text and file.
The reason is for those who make the page; a reader who is told it learns how large a count is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tracker.domain.numbers import counted

#: Counts below it are hidden, unless the plan sets another.
THRESHOLD = 5
_ZERO = Decimal(0)


class Hiding(StrEnum):
    """Why a figure is hidden: it is small itself, or a small one would follow from it."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


@dataclass(frozen=True, slots=True)
class Suppression:
    """What of a row is hidden.

    :param cells: why each cell is hidden, in row order; ``None`` where it is shown.
    :param total: why the total is hidden; ``None`` where it is shown or none is published.
    """

    cells: tuple[Hiding | None, ...]
    total: Hiding | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """What of one month is shown.

    :param month: why its count is hidden; ``None`` where it is shown.
    :param is_year_to_date_shown: whether the year to date at its end is shown.
    """

    month: Hiding | None
    is_year_to_date_shown: bool


def is_small(count: Decimal, threshold: int = THRESHOLD) -> bool:
    """Whether a count is hidden for itself: above 0 and below the threshold.

    >>> [count for count in range(7) if is_small(Decimal(count))]
    [1, 2, 3, 4]
    """
    return 0 < count < threshold


def may_show_share(numerator: Decimal, denominator: Decimal, threshold: int = THRESHOLD) -> bool:
    """Whether a rate or percentage, its interval and its parts may be shown.

    Not where those counted or those left over (denominator less numerator) are few: either can
    be worked out from the share and what it is of. A numerator above its denominator, as events
    per head may be, leaves nobody over. The share of a cell that :func:`suppress` hides is hidden
    with it, however large its parts.

    >>> may_show_share(Decimal(40), Decimal(42)), may_show_share(Decimal(0), Decimal(42))
    (False, True)
    """
    return not (is_small(numerator, threshold) or is_small(denominator - numerator, threshold))


def suppress(
    counts: Sequence[Decimal | None], *, total_is_published: bool, threshold: int = THRESHOLD
) -> Suppression:
    """Return what of a row must be hidden.

    Small counts are. With a total in print that would leave a single cell to subtract, or cells
    that are few people together, the next smallest shown cell above 0 (the first of equals) is
    hidden too, and where there is none, the total. So a small total is always hidden: what it
    is the sum of is small or 0.

    :param counts: ``None`` where there is no value; it stays so, and the total is of the others.
    :raises RuleBroken: for a count below 0, and what is no number.

    >>> row = [Decimal(3), Decimal(9), Decimal(0), Decimal(8)]
    >>> suppress(row, total_is_published=True).cells == (
    ...     Hiding.PRIMARY,
    ...     None,
    ...     None,
    ...     Hiding.SECONDARY,
    ... )
    True
    """
    _check(counts)
    cells = [_primary(count, threshold) for count in counts]
    hidden = [count for count in counts if count is not None and is_small(count, threshold)]
    if not total_is_published or _is_covered(hidden, threshold):
        return Suppression(tuple(cells))
    shown = [place for place, count in enumerate(counts) if count and not cells[place]]
    if shown:
        cells[min(shown, key=lambda place: counts[place] or _ZERO)] = Hiding.SECONDARY
        return Suppression(tuple(cells))
    is_total_small = is_small(sum(hidden, _ZERO), threshold)
    return Suppression(tuple(cells), Hiding.PRIMARY if is_total_small else Hiding.SECONDARY)


def release_months(
    counts: Sequence[Decimal | None],
    *,
    threshold: int = THRESHOLD,
    periods_in_quarter: int = 3,
) -> tuple[Release, ...]:
    """Return what of each month of a year is shown beside the successive year-to-dates.

    A small month is hidden, and from it on the year to date waits for a quarter's end. It is
    shown there unless what was added since the last one shown is small too; then it waits for
    the next, and a year may end without its total. While the hidden months since the last year
    to date shown are one alone, or few people together, the next month above 0 is hidden too.

    What is decided for a month never depends on a later one, so nothing that was published has
    to be taken back, and who keeps old pages learns no more than this year's newest shows.

    A sum of other months (a quarter, a half) may be shown only where the years to date before
    it and at its end are, or all its months.

    :param counts: from April; ``None`` where there is no value, which adds nothing and hides
        nothing.
    :param periods_in_quarter: 1 where the periods are quarters.
    :raises RuleBroken: for a count below 0, and what is no number.

    >>> year = [Decimal(count) for count in (20, 3, 30, 10)]
    >>> [release.is_year_to_date_shown for release in release_months(year)]
    [True, False, True, True]
    >>> [release.month for release in release_months(year)]  # doctest: +NORMALIZE_WHITESPACE
    [None, <Hiding.PRIMARY: 'primary'>, <Hiding.SECONDARY: 'secondary'>, None]
    """
    _check(counts)
    releases = []
    waiting: list[Decimal] = []
    for place, count in enumerate(counts, start=1):
        hiding = _primary(count, threshold) or _cover(count, waiting, threshold)
        if hiding and count is not None:
            waiting.append(count)
        is_quarters_end = place % periods_in_quarter == 0
        is_shown = not waiting or (is_quarters_end and _is_covered(waiting, threshold))
        if is_shown:
            waiting = []
        releases.append(Release(hiding, is_shown))
    return tuple(releases)


def _primary(count: Decimal | None, threshold: int) -> Hiding | None:
    return Hiding.PRIMARY if count is not None and is_small(count, threshold) else None


def _cover(count: Decimal | None, waiting: Sequence[Decimal], threshold: int) -> Hiding | None:
    """Hide a month above 0 where those that wait could not bear a year to date yet."""
    return Hiding.SECONDARY if count and not _is_covered(waiting, threshold) else None


def _is_covered(hidden: Sequence[Decimal], threshold: int) -> bool:
    """Whether the sum of what is hidden may be known: a cell alone is small, and so is its sum."""
    return not hidden or sum(hidden, _ZERO) >= threshold


def _check(counts: Sequence[Decimal | None]) -> None:
    for count in counts:
        if count is not None:
            counted(count, "count")
