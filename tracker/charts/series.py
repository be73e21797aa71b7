"""The series of an assessed measure: its periods with the gaps, its goals, its usual range."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tracker.charts.lettering import height
from tracker.charts.points import ChartPoint, Goal, MeasureSeries, PointSignal, Stretch
from tracker.domain.assessment import MeasureAssessment
from tracker.domain.chart_words import drawn_limits, picture_heading, signal_words
from tracker.domain.facts import MeasureFacts, TargetFacts
from tracker.domain.periods import Period
from tracker.domain.series import Charted, charted_periods, is_running_total
from tracker.domain.spc_chart import ChartedPoint, Segment, XmrChart
from tracker.domain.targets import adds_up, path_value, target_per_period
from tracker.domain.vocabulary import Direction, Trajectory, Unit


def series_of(item: MeasureAssessment, as_at: date, *, last: int | None = None) -> MeasureSeries:
    """Return a measure's series up to the last period that has ended, gaps included.

    :param item: a measure with at least one observation.
    :param last: only so many of its last periods.
    """
    facts, chart = item.facts, item.analysis.chart
    charted = charted_periods(facts, as_at)
    series = MeasureSeries(
        title=facts.title,
        unit=facts.unit,
        unit_noun=facts.unit_noun,
        frequency=facts.frequency,
        points=tuple(_point(facts, one, as_at) for one in charted),
        heading=picture_heading(item.analysis),
        goals=_goals(facts, charted),
    )
    series = series if chart is None else with_chart(series, chart)
    return series.latest(last) if last else series


def with_chart(series: MeasureSeries, chart: XmrChart) -> MeasureSeries:
    """Return a series with the usual range and the signals of its chart.

    Of a segment that is a trial the average is drawn, and neither limits nor signals.

    :param chart: of the same periods.
    """
    trials = {segment.number for segment in chart.segments if segment.is_trial}
    points = [
        point
        if charted.segment in trials or not charted.signals
        else replace(point, signal=_signal(charted, chart))
        for point, charted in zip(series.points, chart.points, strict=True)
    ]
    stretches = [_stretch(segment, series.unit) for segment in chart.segments]
    return replace(series, points=tuple(points), stretches=tuple(stretches))


def _signal(charted: ChartedPoint, chart: XmrChart) -> PointSignal:
    shown = charted.signals[0]
    return PointSignal(chart.meaning(shown), signal_words(shown), charted.signals)


def _stretch(segment: Segment, unit: Unit) -> Stretch:
    drawn = (None, None) if segment.is_trial else drawn_limits(segment, unit)
    return Stretch(segment.first, segment.last, segment.mean, *drawn)


def _goals(facts: MeasureFacts, charted: Sequence[Charted]) -> tuple[Goal, ...]:
    target = facts.target
    if target is None:
        return ()
    if facts.direction is Direction.MAINTAIN:
        edges = (("At least", target.band_low), ("At most", target.band_high))
        return tuple(_level(name, edge, facts.unit) for name, edge in edges if edge is not None)
    level = target_per_period(facts)
    if level is None:
        return ()
    if not _has_path(facts, target):
        return (_level("Target", level, facts.unit),)
    first = Period.containing(facts.frequency, target.starts_on)
    path = tuple(path_value(target, one.period) if one.period >= first else None for one in charted)
    return (Goal("Required", _path_label(path, level, facts.unit), None, path),) if path else ()


def _level(name: str, level: Decimal, unit: Unit) -> Goal:
    return Goal(name, f"{name} {height(level, unit)}", level)


def _has_path(facts: MeasureFacts, target: TargetFacts) -> bool:
    """Whether the target is approached along a line: what adds up asks the same all year."""
    is_level = not (adds_up(facts) or facts.is_cumulative)
    is_linear = target.trajectory is Trajectory.LINEAR and target.baseline is not None
    return is_level and is_linear and target.baseline != target.target


def _path_label(path: Sequence[Decimal | None], target: Decimal, unit: Unit) -> str:
    """Return what is required at the end of a path, and what it leads to."""
    now = path[-1] if path else None
    if now is None or now == target:
        return f"Target {height(target, unit)}"
    return f"Required {height(now, unit)}, to reach {height(target, unit)}"


def _point(facts: MeasureFacts, one: Charted, as_at: date) -> ChartPoint:
    seen = one.observation
    return ChartPoint(
        start=one.period.start,
        label=one.period.label,
        short_label=one.period.short_label,
        value=one.value,
        state=seen.state if seen else None,
        reason="" if one.value is not None else _absence(facts, one, as_at),
    )


def _absence(facts: MeasureFacts, one: Charted, as_at: date) -> str:
    """Return why a period has no number, where its state does not say so."""
    if one.observation is not None and is_running_total(facts):
        return "Total before it missing"
    if one.period.start < facts.collected_from:
        return "No figures held"
    return "Awaited" if one.period.due_on(facts.lag_days) >= as_at else "Not reported"
