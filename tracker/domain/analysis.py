"""Everything that is worked out about one measure as at a day, from its facts alone.

The chart and the position are always needed and made at once; what only some pages show is
made when it is first asked for.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from tracker.domain.comparison import (
    Comparison,
    against_baseline,
    against_last_year,
    is_broken,
)
from tracker.domain.facts import MeasureFacts
from tracker.domain.forecast import Forecast, Goal, LastYear, year_end_forecast
from tracker.domain.periods import Period, periods_between
from tracker.domain.rules import StatusRules
from tracker.domain.series import Release, charted_periods, is_running_total, release_of
from tracker.domain.spc import xmr
from tracker.domain.spc_chart import Point, XmrChart
from tracker.domain.targets import Position, adds_up, last_year, position, target_per_period
from tracker.domain.vocabulary import ObservationState, Unit


@dataclass(frozen=True)
class MeasureAnalysis:
    """A measure with its chart and position.

    :param chart: ``None`` where there is none to draw: values that are yes or no.
    :param position: ``None`` where no value counts.
    :param set_aside: first days of periods whose provisional values were left out: they are
        still to come.
    """

    facts: MeasureFacts
    rules: StatusRules
    as_at: date
    chart: XmrChart | None
    position: Position | None
    set_aside: frozenset[date] = frozenset()

    @property
    def usable_chart(self) -> XmrChart | None:
        """The chart, if its last segment is more than a trial."""
        return None if self.chart is None or self.chart.variation is None else self.chart

    @property
    def is_too_rare(self) -> bool:
        """Whether so little is counted a period that a chart of quarters would say more."""
        is_count = self.facts.unit is Unit.COUNT
        return (
            is_count
            and self.chart is not None
            and self.chart.is_rare(Decimal(self.rules.rare_mean))
        )

    @cached_property
    def forecast(self) -> Forecast | None:
        """Where the year will end; ``None`` where it does not add up, or has no value yet."""
        return _forecast(self)

    @cached_property
    def last_year(self) -> Comparison | None:
        """The year so far against last year; ``None`` where no period has a value in both."""
        return against_last_year(self.facts, self.rules)

    @cached_property
    def baseline(self) -> Comparison | None:
        """The year so far against the baseline, where that is a year's total."""
        return against_baseline(self.facts, self.as_at, self.rules)

    def without_provisional(self) -> "MeasureAnalysis":
        """Return what would be worked out if no provisional value were known."""
        held = self.facts.observations
        final = tuple(seen for seen in held if seen.state is not ObservationState.PROVISIONAL)
        found = analyse(replace(self.facts, observations=final), self.rules, self.as_at)
        return replace(found, set_aside=frozenset(o.period_start for o in held if o not in final))


def analyse(measure: MeasureFacts, rules: StatusRules, as_at: date) -> MeasureAnalysis:
    """Return what is worked out about a measure as at a day."""
    return MeasureAnalysis(
        facts=measure,
        rules=rules,
        as_at=as_at,
        chart=None if measure.unit is Unit.YES_NO else _chart(measure, rules, as_at),
        position=position(measure, as_at),
    )


def _chart(measure: MeasureFacts, rules: StatusRules, as_at: date) -> XmrChart:
    return xmr(
        [
            Point(one.period.start, one.value, one.is_provisional)
            for one in charted_periods(measure, as_at)
        ],
        good=measure.direction,
        target=target_per_period(measure),
        breaks=measure.breaks,
        baseline_points=measure.baseline_points,
        is_screened=measure.is_screened,
        enough=rules.chart_points,
    )


def _forecast(found: MeasureAnalysis) -> Forecast | None:
    measure, target = found.facts, found.facts.target
    has_year = adds_up(measure) or is_running_total(measure)
    if target is None or found.chart is None or measure.unit is not Unit.COUNT or not has_year:
        return None
    first = Period.containing(measure.frequency, target.starts_on)
    year = periods_between(first, Period.containing(measure.frequency, target.ends_on))
    if is_broken(measure, year[0].start, year[-1].end):
        return None
    held = _held(found, found.chart, year)
    to_come = _to_come(found, year)
    if min(held.values(), default=Decimal(0)) < 0 or (not to_come and len(held) < len(year)):
        return None
    return year_end_forecast(
        list(held.values()),
        len(to_come),
        last_year=_shape(measure, year, held, to_come),
        goal=None if target.target is None else Goal(target.target, measure.direction),
        rules=found.rules,
    )


def _held(found: MeasureAnalysis, chart: XmrChart, year: list[Period]) -> dict[Period, Decimal]:
    """Return the values of a year; of a running total, what was added since the one before."""
    if not is_running_total(found.facts):
        charted = {point.label: point.value for point in chart.points}
        return {p: value for p in year if (value := charted.get(p.start)) is not None}
    known = {seen.period_start: seen.value for seen in found.facts.observations}
    added, earlier = {}, Decimal(0)
    for period in year:
        total = known.get(period.start)
        if total is not None:
            added[period], earlier = total - earlier, total
    return added


def _shape(
    measure: MeasureFacts, year: list[Period], held: Collection[Period], to_come: list[Period]
) -> LastYear | None:
    """Return last year's sums over the periods that are held, and over those to come."""
    shape = None if measure.target is None else last_year(measure, measure.target)
    if shape is None or is_running_total(measure):
        return None
    of = dict(zip(year, shape, strict=True))
    return LastYear(
        counted=sum((of[period] for period in held), Decimal(0)),
        rest=sum((of[period] for period in to_come), Decimal(0)),
    )


def _to_come(found: MeasureAnalysis, year: list[Period]) -> list[Period]:
    """Return the periods of a year that may still get a value: not over, or not due yet."""
    measure, as_at = found.facts, found.as_at
    answered = {seen.period_start for seen in measure.observations}
    waiting = (Release.OPEN, Release.AWAITED)
    return [
        period
        for period in year
        if period.start in found.set_aside
        or (period.start not in answered and release_of(measure, period, as_at) in waiting)
    ]
