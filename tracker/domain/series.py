"""A measure's periods in order: which were reported, which are awaited, which are overdue."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.domain.facts import MeasureFacts, ObservationFacts
from tracker.domain.periods import Period, periods_between


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


def _expected(
    measure: MeasureFacts, period: Period, observation: ObservationFacts | None, as_at: date
) -> Expected:
    due_on = period.due_on(measure.lag_days)
    if observation is not None:
        release = Release.RECEIVED
    elif not period.has_ended(as_at):
        release = Release.OPEN
    else:
        release = Release.OVERDUE if due_on < as_at else Release.AWAITED
    return Expected(period, due_on, release, observation)
