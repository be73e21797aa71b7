"""Pictures of a page: facts to series, series to Plotly figure, figure to SVG for each width."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from markupsafe import Markup

from tracker.charts.distribution import Slice, bar
from tracker.charts.measures import (
    ChartPoint,
    Figure,
    MeasureSeries,
    Slot,
    alternative,
    measure_figure,
    shown_in,
    sparkline_figure,
)
from tracker.charts.svg import svg
from tracker.domain.assessment import MeasureAssessment
from tracker.domain.facts import MeasureFacts, ObservationFacts
from tracker.domain.periods import Period
from tracker.domain.rollup import Tally
from tracker.domain.series import filled
from tracker.domain.targets import target_per_period
from tracker.domain.vocabulary import Aggregation, ItemKind
from tracker.domain.wording import number, status_label
from tracker.queries.dashboard import Board, headline
from tracker.queries.measures import MeasurePage

#: Periods of a sparkline.
SPARK = 13
#: Drawings of each kind that are kept in memory: the same series is the same drawing.
DRAWINGS_KEPT = 512


@dataclass(frozen=True, slots=True)
class Drawing:
    """One width of a picture."""

    slot: str
    svg: Markup


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture for a page: its message, and its drawings with their text alternatives."""

    heading: str
    slots: tuple[Drawing, ...]


def of_measure(page: MeasurePage, as_at: date) -> Picture | None:
    """Return the picture of a measure, ``None`` where nothing was ever reported."""
    item = page.assessment
    if item is None or not item.facts.observations:
        return None
    series = series_of(item, as_at)
    return Picture(
        heading=series.heading,
        slots=tuple(_drawing(series, slot) for slot in Slot),
    )


def figure_of_measure(page: MeasurePage, as_at: date) -> Figure | None:
    """Return the Plotly figure that the widest drawing is made from, for Explore."""
    item = page.assessment
    if item is None or not item.facts.observations:
        return None
    return measure_figure(series_of(item, as_at), Slot.WIDE)


def of_dashboard(board: Board) -> dict[int, Markup]:
    """Return the sparkline of each priority's headline measure, by the priority's id."""
    sparks: dict[int, Markup] = {}
    for priority in (*board.priorities, *board.strands):
        measure = headline(priority)
        if measure is not None and measure.facts.observations:
            sparks[priority.facts.id] = _spark(measure, board.plan.as_at)
    return sparks


def distribution(tally: Tally, kind: ItemKind) -> tuple[Slice, ...]:
    """Return the slices of a bar, worst first, in the words of the kind of item."""
    return bar([(status, n, status_label(status, kind).lower()) for status, n in tally.counts])


def series_of(item: MeasureAssessment, as_at: date, *, last: int | None = None) -> MeasureSeries:
    """Return a measure's series up to the last period that has ended, gaps included."""
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
    if where.required is None or where.shortfall is None:
        return f"{number(where.actual, unit)} {_so_far(item)}"
    by = number(abs(where.shortfall), unit).replace("%", " points")
    side = "worse" if where.shortfall > 0 else "better"
    gap = "exactly as planned" if where.shortfall == 0 else f"{by} {side} than planned"
    return f"{number(where.actual, unit)} {_so_far(item)}, {gap}"


def _so_far(item: MeasureAssessment) -> str:
    where = item.position
    if where is None:
        return ""
    if item.facts.aggregation is Aggregation.LATEST:
        return f"in {where.period.label}"
    return f"by the end of {where.period.label.rpartition(' to ')[2]}"


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


@lru_cache(DRAWINGS_KEPT)
def _drawing(series: MeasureSeries, slot: Slot) -> Drawing:
    figure = measure_figure(series, slot)
    words = alternative(shown_in(series, slot))
    drawn = svg(figure, title=series.title, description=words)
    return Drawing(slot.value, Markup(drawn))  # noqa: S704 - our own drawing, its texts escaped


def _spark(item: MeasureAssessment, as_at: date) -> Markup:
    return _drawn_spark(series_of(item, as_at, last=SPARK))


@lru_cache(DRAWINGS_KEPT)
def _drawn_spark(series: MeasureSeries) -> Markup:
    drawn = svg(sparkline_figure(series), title=series.title, description=alternative(series))
    return Markup(drawn)  # noqa: S704 - our own drawing, its texts escaped
