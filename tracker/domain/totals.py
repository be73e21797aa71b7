"""Totals of a financial year: so far, against the same months of last year, rolling, by quarter.

Section 2 of the status design. It knows periods and values, not measures. A true zero is a
value; a missing one is not zero. Decimals throughout, nothing rounded.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.domain.errors import RuleBroken
from tracker.domain.numbers import counted, finite
from tracker.domain.periods import Period, count_between, financial_year_start, periods_between
from tracker.domain.vocabulary import Aggregation, Frequency

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Kind:
    """How the values of periods make one figure.

    :param multiplier: 100 where the values are percentages, k where they are rates per k; these
        are always made of their numerators and denominators, unless the latest one stands for
        all. ``None`` where the values are plain numbers.
    :raises ValueError: if the multiplier is not above 0.
    """

    aggregation: Aggregation
    multiplier: Decimal | None = None

    def __post_init__(self) -> None:
        if self.multiplier is not None and not (
            self.multiplier.is_finite() and self.multiplier > 0
        ):
            raise ValueError("The multiplier of a share must be a number above 0")

    @property
    def is_made_of_parts(self) -> bool:
        """Whether it is worked out from numerators and denominators alone."""
        return self.multiplier is not None and self.aggregation is not Aggregation.LATEST


@dataclass(frozen=True, slots=True)
class PeriodValue:
    """What is known of one period.

    :param value: in the measure's unit; ``None`` if there is none. A share of nothing (0 of 0)
        has no value, and is present all the same where both its parts are given.
    :param numerator: what a share counts; not used for plain numbers.
    :param denominator: what a share is of; for an average the number of answers, its weight.
    :raises RuleBroken: for not-a-number and infinity, and for parts below 0.
    """

    period: Period
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    is_provisional: bool = False

    def __post_init__(self) -> None:
        if self.value is not None:
            finite(self.value, "value")
        if self.numerator is not None:
            counted(self.numerator, "numerator")
        if self.denominator is not None:
            counted(self.denominator, "denominator")


@dataclass(frozen=True, slots=True)
class Total:
    """One figure for several periods.

    :param value: ``None`` where no period is present, where a share that is present lacks a
        part, and where the denominators add up to 0.
    :param counted: periods present, ``expected`` those that there are: "5 of 6 months".
    :param first: first period of the span, present or not; ``last`` its last.
    :param is_provisional: whether a provisional value is in the figure.
    """

    value: Decimal | None
    counted: int
    expected: int
    first: Period
    last: Period
    is_provisional: bool

    @property
    def is_complete(self) -> bool:
        """Whether every period is present; a quarter that is not complete is never rated."""
        return self.counted == self.expected


@dataclass(frozen=True, slots=True)
class LikeForLike:
    """The year to date beside the same months of the year before.

    :param now: made of the periods present in both years alone, as is ``earlier``.
    :param pairs: those periods, this year's first in each pair, in order.
    """

    now: Total
    earlier: Total
    pairs: tuple[tuple[PeriodValue, PeriodValue], ...]

    @property
    def periods(self) -> tuple[Period, ...]:
        """This year's periods that are compared, in order."""
        return tuple(now.period for now, _ in self.pairs)


def year_to_date(values: Iterable[PeriodValue], through: Period, kind: Kind) -> Total:
    """Return the financial year's figure so far, up to and including a period.

    :param values: in any order; those outside the span are left alone.
    :raises RuleBroken: if two values are for one period, or one is of another frequency.

    >>> april = Period(Frequency.MONTHLY, date(2016, 4, 1))
    >>> total = year_to_date([PeriodValue(april, Decimal(7))], april.next(), Kind(Aggregation.SUM))
    >>> total.value, total.counted, total.expected
    (Decimal('7'), 1, 2)
    """
    present = _present(values, through.frequency, kind)
    return _total(present, _first_of_year(through), through, kind)


def like_for_like(values: Iterable[PeriodValue], through: Period, kind: Kind) -> LikeForLike:
    """Return the year to date and the year before, of the periods present in both years.

    :raises RuleBroken: as for :func:`year_to_date`.
    """
    present = _present(values, through.frequency, kind)
    first = _first_of_year(through)
    pairs = tuple(
        (present[period], present[_year_before(period)])
        for period in periods_between(first, through)
        if period in present and _year_before(period) in present
    )
    matched = {value.period: value for pair in pairs for value in pair}
    return LikeForLike(
        now=_total(matched, first, through, kind),
        earlier=_total(matched, _year_before(first), _year_before(through), kind),
        pairs=pairs,
    )


def rolling_year(values: Iterable[PeriodValue], through: Period, kind: Kind) -> Total | None:
    """Return the figure of the twelve months that end with a period.

    ``None`` unless all 12 months (4 quarters, 1 year) are present and make a figure.

    :raises RuleBroken: as for :func:`year_to_date`.
    """
    present = _present(values, through.frequency, kind)
    return _whole(_total(present, _year_before(through).next(), through, kind))


def full_year(values: Sequence[PeriodValue], day: date, kind: Kind) -> Total | None:
    """Return the figure of the whole financial year that a day lies in.

    ``None`` unless every period of the year is present and they make a figure.

    :raises RuleBroken: as for :func:`year_to_date`.
    """
    if not values:
        return None
    frequency = values[0].period.frequency
    first = Period.containing(frequency, financial_year_start(day))
    last = Period.containing(frequency, Period.containing(Frequency.YEARLY, day).end)
    return _whole(_total(_present(values, frequency, kind), first, last, kind))


def quarters(values: Sequence[PeriodValue], kind: Kind) -> dict[Period, Total]:
    """Return the figure of each financial quarter, from the first with a value to the last.

    They are in order, and those between that have no value are among them.

    :param values: of months, or of quarters, which then stand for themselves.
    :raises ValueError: for yearly values.
    :raises RuleBroken: as for :func:`year_to_date`.
    """
    if not values:
        return {}
    frequency = values[0].period.frequency
    if frequency is Frequency.YEARLY:
        raise ValueError("Yearly values have no quarters")
    present = _present(values, frequency, kind)
    if not present:
        return {}
    first, last = (_quarter_of(edge(present)) for edge in (min, max))
    return {
        quarter: _of_quarter(present, quarter, kind) for quarter in periods_between(first, last)
    }


def _present(
    values: Iterable[PeriodValue], frequency: Frequency, kind: Kind
) -> dict[Period, PeriodValue]:
    """Return the values that are there by their periods, refusing what cannot be added."""
    known: dict[Period, PeriodValue] = {}
    for value in values:
        label = value.period.label
        if value.period.frequency is not frequency:
            raise RuleBroken(f"{label} is not a {frequency} period like the others", "period")
        if value.period in known:
            raise RuleBroken(f"There are two values for {label}: keep one", "period")
        known[value.period] = value
    return {period: value for period, value in known.items() if _is_present(value, kind)}


def _is_present(value: PeriodValue, kind: Kind) -> bool:
    return value.value is not None or (kind.is_made_of_parts and _has_parts(value))


def _has_parts(value: PeriodValue) -> bool:
    return value.numerator is not None and value.denominator is not None


def _total(present: dict[Period, PeriodValue], first: Period, last: Period, kind: Kind) -> Total:
    span = [present[period] for period in periods_between(first, last) if period in present]
    made_of = span[-1:] if kind.aggregation is Aggregation.LATEST else span
    return Total(
        value=figure_of(made_of, kind) if made_of else None,
        counted=len(span),
        expected=count_between(first, last),
        first=first,
        last=last,
        is_provisional=any(value.is_provisional for value in made_of),
    )


def _whole(total: Total) -> Total | None:
    return total if total.is_complete and total.value is not None else None


def figure_of(made_of: Sequence[PeriodValue], kind: Kind) -> Decimal | None:
    """Return the figure that present values make, where the latest alone was picked by the caller.

    ``None`` where a share lacks a part, and where the denominators add up to 0.
    """
    if kind.is_made_of_parts and kind.multiplier is not None:
        return _share(made_of, kind.multiplier)
    values = [value.value for value in made_of if value.value is not None]
    if kind.aggregation is Aggregation.AVERAGE:
        return _mean(values, [value.denominator for value in made_of])
    return sum(values, _ZERO)


def _share(made_of: Sequence[PeriodValue], multiplier: Decimal) -> Decimal | None:
    if not all(map(_has_parts, made_of)):
        return None
    numerator = sum((value.numerator or _ZERO for value in made_of), _ZERO)
    denominator = sum((value.denominator or _ZERO for value in made_of), _ZERO)
    return multiplier * numerator / denominator if denominator else None


def _mean(values: Sequence[Decimal], weights: Sequence[Decimal | None]) -> Decimal | None:
    """Return the mean, weighted where every value has a weight; ``None`` if they add up to 0."""
    known = [weight for weight in weights if weight is not None]
    if len(known) < len(values):
        known = [Decimal(1)] * len(values)
    weight = sum(known, _ZERO)
    weighted = sum((value * each for value, each in zip(values, known, strict=True)), _ZERO)
    return weighted / weight if weight else None


def _of_quarter(present: dict[Period, PeriodValue], quarter: Period, kind: Kind) -> Total:
    frequency = next(iter(present)).frequency
    first, last = (Period.containing(frequency, day) for day in (quarter.start, quarter.end))
    return _total(present, first, last, kind)


def _quarter_of(period: Period) -> Period:
    return Period.containing(Frequency.QUARTERLY, period.start)


def _first_of_year(period: Period) -> Period:
    return Period(period.frequency, financial_year_start(period.start))


def _year_before(period: Period) -> Period:
    return Period(period.frequency, period.start.replace(year=period.start.year - 1))
