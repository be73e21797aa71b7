"""The series of an assessed measure: its periods with the gaps, its target, its message."""

from datetime import date

from tracker.charts.points import ChartPoint, MeasureSeries
from tracker.domain.assessment import MeasureAssessment
from tracker.domain.facts import MeasureFacts, ObservationFacts
from tracker.domain.periods import Period
from tracker.domain.series import filled
from tracker.domain.targets import target_per_period
from tracker.domain.vocabulary import Aggregation
from tracker.domain.wording import number, signed


def series_of(item: MeasureAssessment, as_at: date, *, last: int | None = None) -> MeasureSeries:
    """Return a measure's series up to the last period that has ended, gaps included.

    :param item: a measure with at least one observation.
    :param last: only so many of its last periods.
    """
    facts = item.facts
    newest = Period.containing(facts.frequency, as_at)
    first = Period(facts.frequency, facts.observations[0].period_start)
    end = newest if newest.has_ended(as_at) else newest.previous()
    end = max(end, Period(facts.frequency, facts.observations[-1].period_start))
    shown = filled(facts, first, end)[-last if last else 0 :]
    level = target_per_period(facts)
    return MeasureSeries(
        title=facts.title,
        unit=facts.unit,
        unit_noun=facts.unit_noun,
        frequency=facts.frequency,
        points=tuple(_point(facts, period, seen, as_at) for period, seen in shown),
        target_per_period=level,
        target_label=f"Target {number(level, facts.unit)}" if level is not None else "",
        heading=heading(item),
    )


def heading(item: MeasureAssessment) -> str:
    """Return the message of a measure's picture, from its position."""
    where, unit = item.position, item.facts.unit
    if where is None:
        return "No value yet"
    is_latest = item.facts.aggregation is Aggregation.LATEST
    label = where.period.label
    when = f"in {label}" if is_latest else f"by the end of {label.rpartition(' to ')[2]}"
    reached = f"{number(where.actual, unit)} {when}"
    if where.shortfall is None:
        return reached
    if where.shortfall == 0:
        return f"{reached}, exactly as planned"
    side = "worse" if where.shortfall > 0 else "better"
    gap = signed(abs(where.shortfall), unit).removeprefix("+")
    return f"{reached}, {gap} {side} than planned"


def _point(
    facts: MeasureFacts, period: Period, seen: ObservationFacts | None, as_at: date
) -> ChartPoint:
    return ChartPoint(
        start=period.start,
        label=period.label,
        short_label=period.short_label,
        value=seen.value if seen else None,
        state=seen.state if seen else None,
        reason="" if seen else _absence(facts, period, as_at),
    )


def _absence(facts: MeasureFacts, period: Period, as_at: date) -> str:
    """Return why nothing is known of a period."""
    if period.start < facts.collected_from:
        return "No figures held"
    return "Awaited" if period.due_on(facts.lag_days) >= as_at else "Not reported"
