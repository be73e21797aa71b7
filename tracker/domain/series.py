"""A measure's periods in order: which were reported, which are awaited, which are overdue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from tracker.domain.facts import MeasureFacts, ObservationFacts
from tracker.domain.periods import Period, financial_year_start, periods_between
from tracker.domain.totals import Kind, PeriodValue
from tracker.domain.vocabulary import Aggregation, ObservationState, Unit


class Release(StrEnum):
    """Where a period's value stands on a day."""

    OPEN = "open"
    AWAITED = "awaited"
    OVERDUE = "overdue"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Expected:
    """One expected period; ``observation`` is what is known of it, ``None`` if nothing."""

    period: Period
    due_on: date
    release: Release
    observation: ObservationFacts | None


def expected_periods(measure: MeasureFacts, as_at: date) -> list[Expected]:
    """Return the periods from the first expected one to the one of the day, in order.

    They end earlier where collecting does. A withheld or uncollected period is received: it
    was answered, though without a number.
    """
    first = Period.containing(measure.frequency, measure.collected_from)
    last = Period.containing(measure.frequency, min(as_at, measure.collected_until or as_at))
    known = {observation.period_start: observation for observation in measure.observations}
    return [
        _expected(measure, period, known.get(period.start), as_at)
        for period in periods_between(first, last)
    ]


def last_due(measure: MeasureFacts, as_at: date) -> Expected | None:
    """Return the last period whose due date has passed, ``None`` if none has yet.

    A value that is due today is not late.
    """
    # What ended before this day was due before the day that is asked for.
    ended_before = as_at - timedelta(days=measure.lag_days)
    last = Period.containing(measure.frequency, ended_before).previous()
    if measure.collected_until is not None:
        last = min(last, Period.containing(measure.frequency, measure.collected_until))
    if last < Period.containing(measure.frequency, measure.collected_from):
        return None
    known = (o for o in measure.observations if o.period_start == last.start)
    return _expected(measure, last, next(known, None), as_at)


def release_of(measure: MeasureFacts, period: Period, as_at: date) -> Release:
    """Return where the value of a period stands of which nothing is known."""
    if not period.has_ended(as_at):
        return Release.OPEN
    return Release.OVERDUE if period.due_on(measure.lag_days) < as_at else Release.AWAITED


def first_due_on(measure: MeasureFacts) -> date:
    """Return the day the first expected value is due."""
    first = Period.containing(measure.frequency, measure.collected_from)
    return first.due_on(measure.lag_days)


def filled(
    measure: MeasureFacts, first: Period, last: Period
) -> list[tuple[Period, ObservationFacts | None]]:
    """Return every period from first to last with what is known of it, ``None`` if nothing."""
    known = {observation.period_start: observation for observation in measure.observations}
    return [(period, known.get(period.start)) for period in periods_between(first, last)]


def kind_of(measure: MeasureFacts) -> Kind:
    """Return how a measure's periods make one figure."""
    if measure.unit is Unit.PERCENT:
        return Kind(measure.aggregation, Decimal(100))
    return Kind(measure.aggregation, measure.per if measure.unit is Unit.RATE else None)


def period_values(
    measure: MeasureFacts, observations: Iterable[ObservationFacts]
) -> list[PeriodValue]:
    """Return what is known of periods, as totals are made of it."""
    return [
        PeriodValue(
            period=Period(measure.frequency, seen.period_start),
            value=seen.value,
            numerator=seen.numerator,
            denominator=seen.denominator,
            is_provisional=seen.state is ObservationState.PROVISIONAL,
        )
        for seen in observations
    ]


class Charted(NamedTuple):
    """One period as a chart has it.

    :param value: ``None`` where there is no number.
    :param is_provisional: whether the number, or the one it was taken from, may still change.
    """

    period: Period
    value: Decimal | None
    observation: ObservationFacts | None
    is_provisional: bool


def charted_periods(measure: MeasureFacts, as_at: date) -> list[Charted]:
    """Return the periods of a chart: from the first one reported to the last one that ended.

    A year's running total is charted by what each period adds to it.
    """
    if not measure.observations:
        return []
    first = Period(measure.frequency, min(seen.period_start for seen in measure.observations))
    newest = Period.containing(measure.frequency, as_at)
    last = newest if newest.has_ended(as_at) else newest.previous()
    known = filled(measure, first, last)
    is_total = is_running_total(measure)
    values = _added(known) if is_total else [_value(seen) for _, seen in known]
    open_ended = [_may_change(seen) for _, seen in known]
    if is_total:
        open_ended = [now or before for before, now in pairwise([False, *open_ended])]
    return [
        Charted(period, value, seen, may_change)
        for (period, seen), value, may_change in zip(known, values, open_ended, strict=True)
    ]


def _may_change(seen: ObservationFacts | None) -> bool:
    return seen is not None and seen.state is ObservationState.PROVISIONAL


def is_running_total(measure: MeasureFacts) -> bool:
    """Whether each value is the year's total so far, not what one period adds."""
    return measure.is_cumulative and measure.aggregation is Aggregation.LATEST


def _added(known: Sequence[tuple[Period, ObservationFacts | None]]) -> list[Decimal | None]:
    """Return what each period adds to its year; ``None`` where it or the one before is missing."""
    added: list[Decimal | None] = []
    earlier: Decimal | None = None
    for period, seen in known:
        now = _value(seen)
        before = Decimal(0) if period.start == financial_year_start(period.start) else earlier
        added.append(None if now is None or before is None else now - before)
        earlier = now
    return added


def _value(seen: ObservationFacts | None) -> Decimal | None:
    return None if seen is None else seen.value


def _expected(
    measure: MeasureFacts, period: Period, observation: ObservationFacts | None, as_at: date
) -> Expected:
    release = Release.RECEIVED if observation is not None else release_of(measure, period, as_at)
    return Expected(period, period.due_on(measure.lag_days), release, observation)
