"""Change on an earlier period: by how much, in which terms, and whether it is clear.

Section 2 of the status design: whether a change is a clear rise or fall follows from its interval
alone, never from its size. The intervals are those of :mod:`tracker.domain.rates`. A side without
values has no change: missing is not zero. Decimals throughout, nothing rounded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.domain.numbers import counted, finite
from tracker.domain.rates import (
    Interval,
    MonthlyTally,
    Movement,
    Ratio,
    RatioMethod,
    Tally,
    compare_counts,
    difference_of_proportions,
    movement_of_difference,
    movement_of_ratio,
)

#: The earlier count from which a change in percent is shown; below it one case is more than 5%.
FLOOR = 20
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure stands to an earlier one.

    :param now: in the measure's unit, as is ``earlier``.
    :param difference: now less earlier, in the same unit; of percentages, percentage points.
    :param ratio: the difference as a part of the earlier one, 0.1 for 10% more; ``None`` where
        that is 0 or negative, and for percentages.
    :param is_percentage_shown: whether the ratio may be shown; else the two figures stand alone.
    :param interval: at 95%; for counts and rates, of now as a multiple of earlier, each by its
        exposure (1 is no change; with equal exposures the ratio is 1 less); for percentages, of
        the difference, in points. ``None`` where none is known.
    :param movement: what the interval says; ``None`` where there is none.
    :param method: how the interval of a ratio was worked out; ``None`` for all others.
    """

    now: Decimal
    earlier: Decimal
    difference: Decimal
    ratio: Decimal | None
    is_percentage_shown: bool
    interval: Interval | None = None
    movement: Movement | None = None
    method: RatioMethod | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole: so many of so many."""

    numerator: Decimal
    denominator: Decimal


def change_in_counts(
    now: Sequence[Decimal],
    earlier: Sequence[Decimal],
    *,
    now_exposures: Sequence[Decimal] = (),
    earlier_exposures: Sequence[Decimal] = (),
    floor: int = FLOOR,
) -> Change | None:
    """Return the change in a total of counts, ``None`` where a side has no counts.

    The percentage is shown from ``floor`` cases in the earlier total. From 6 counts on each side
    the interval is as wide as they scatter, unless a total is 0; else it is the exact one.

    :param now: one count a period with a value; for a comparison like for like, of the same
        periods as ``earlier``.
    :param now_exposures: of each period, in any unit of both sides; empty for 1 each. They tell
        in the interval; the totals are compared as they are.
    :raises RuleBroken: for counts below 0; where the interval is exact, for counts that are not
        whole; for exposures that are not above 0 or not one a count.

    >>> change = change_in_counts([Decimal(132)], [Decimal(100)])
    >>> change.difference, change.ratio, change.movement
    (Decimal('32'), Decimal('0.32'), <Movement.CLEAR_RISE: 'clear_rise'>)
    """
    if not now or not earlier:
        return None
    side = MonthlyTally(tuple(now), tuple(now_exposures))
    other = MonthlyTally(tuple(earlier), tuple(earlier_exposures))
    return _of_ratio(
        side.tally.events,
        other.tally.events,
        compare_counts(side, other),
        floor=Decimal(floor),
    )


def change_in_rates(
    now: Tally | MonthlyTally, earlier: Tally | MonthlyTally, *, per: Decimal
) -> Change | None:
    """Return the change in events per so many, ``None`` where a side's exposure is 0.

    The percentage is shown wherever it is defined. The interval is that of the counts, each by
    its exposure, and by the scatter of the months where they are known.

    :param per: the multiplier of both rates, such as 1,000 residents.
    :raises RuleBroken: as for :func:`change_in_counts`.

    >>> now, earlier = (Tally(Decimal(events), Decimal(8000)) for events in (60, 40))
    >>> change = change_in_rates(now, earlier, per=Decimal(1000))
    >>> change.now, change.earlier, change.ratio
    (Decimal('7.5'), Decimal('5'), Decimal('0.5'))
    """
    total, other = (
        side.tally if isinstance(side, MonthlyTally) else side for side in (now, earlier)
    )
    if not (counted(total.exposure, "exposure") and counted(other.exposure, "exposure")):
        return None
    return _of_ratio(
        per * total.events / total.exposure,
        per * other.events / other.exposure,
        compare_counts(now, earlier),
    )


def change_in_shares(now: Share, earlier: Share) -> Change | None:
    """Return the change in a percentage in points, ``None`` where a denominator is 0.

    The interval is Newcombe's of the difference, in points.

    :raises RuleBroken: for a numerator above its denominator, and parts below 0.

    >>> change = change_in_shares(Share(Decimal(56), Decimal(70)), Share(Decimal(48), Decimal(80)))
    >>> change.difference, round(change.interval.lower, 2), round(change.interval.upper, 2)
    (Decimal('20'), Decimal('5.24'), Decimal('33.39'))
    """
    difference = difference_of_proportions(
        now.numerator, now.denominator, earlier.numerator, earlier.denominator
    )
    interval = difference.interval
    if interval is None:
        return None
    lower, upper = (
        None if limit is None else _HUNDRED * limit for limit in (interval.lower, interval.upper)
    )
    return _in_points(
        _HUNDRED * now.numerator / now.denominator,
        _HUNDRED * earlier.numerator / earlier.denominator,
        Interval(lower, upper),
    )


def change_in_percentages(now: Decimal, earlier: Decimal) -> Change:
    """Return the change in points of percentages whose parts are not known: without interval.

    :raises RuleBroken: for what is no number.
    """
    return _in_points(finite(now, "percentage"), finite(earlier, "percentage"), None)


def change_in_means(now: Decimal, earlier: Decimal) -> Change:
    """Return the change in a mean, or in any other number that is no count: without interval.

    The percentage is shown wherever it is defined.

    :raises RuleBroken: for what is no number.
    """
    return _of_ratio(finite(now, "value"), finite(earlier, "value"), None)


def _of_ratio(
    now: Decimal, earlier: Decimal, compared: Ratio | None, *, floor: Decimal = Decimal(0)
) -> Change:
    ratio = (now - earlier) / earlier if earlier > 0 else None
    interval = compared.interval if compared else None
    return Change(
        now=now,
        earlier=earlier,
        difference=now - earlier,
        ratio=ratio,
        is_percentage_shown=ratio is not None and earlier >= floor,
        interval=interval,
        movement=None if interval is None else movement_of_ratio(interval),
        method=compared.method if compared else None,
    )


def _in_points(now: Decimal, earlier: Decimal, interval: Interval | None) -> Change:
    return Change(
        now=now,
        earlier=earlier,
        difference=now - earlier,
        ratio=None,
        is_percentage_shown=False,
        interval=interval,
        movement=None if interval is None else movement_of_difference(interval),
    )
