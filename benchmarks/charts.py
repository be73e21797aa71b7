"""Signal from noise: charts worked out and drawn, each beside a plain loop over the same points.

The floor is what anybody would have to do: go over the points once, for their mean and their
mean moving range.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from benchmarks.measuring import Work
from benchmarks.site import Site
from tests.scale import NEWEST
from tests.standing import TODAY
from tracker.charts.measures import Slot, alternative, measure_figure
from tracker.charts.series import series_of
from tracker.charts.svg import svg
from tracker.domain.actors import Audience
from tracker.domain.analysis import analyse
from tracker.domain.assessment import assess_measure
from tracker.domain.facts import MeasureFacts
from tracker.domain.measure_status import status_of
from tracker.domain.periods import Period
from tracker.domain.spc import Point, xmr
from tracker.domain.vocabulary import Direction, Frequency
from tracker.extensions import db
from tracker.queries.assessed import assessed_plan
from tracker.queries.heads import current_plan
from tracker.queries.reading import Reading

MONTHS = 60


def chart_36_points(_site: Site) -> Work:
    """Work out the chart of 36 points: limits, every signal, both icons."""
    return _chart(36)


def chart_1200_points(_site: Site) -> Work:
    """Work out the chart of 1,200 points."""
    return _chart(1200)


def analyse_50_measures(site: Site) -> Work:
    """Find chart, position, forecast and status of 50 measures of 60 months each."""
    with site.app.app_context():
        head = current_plan(db.session(), TODAY)
        assert head is not None
        reading = Reading.of(TODAY, Audience(sees_everything=True))
        plan = assessed_plan(db.session(), head, reading)
    measures = [_five_years(measure.facts) for measure in plan.measures]
    rules = plan.facts.rules

    def all_of_them() -> None:
        for facts in measures:
            # As if nothing were kept, and with what is worked out only when it is asked for.
            found = analyse(facts, rules, TODAY)
            status_of(found)
            assert found.forecast is not None

    values = [seen.value for facts in measures for seen in facts.observations]
    return Work(all_of_them, floor=_loop(values))


def draw_chart(site: Site) -> Work:
    """Draw a chart of 60 months at its widest: a figure, and the drawing of it."""
    with site.app.app_context():
        head = current_plan(db.session(), TODAY)
        assert head is not None
        reading = Reading.of(TODAY, Audience(sees_everything=True))
        plan = assessed_plan(db.session(), head, reading)
    facts = _five_years(plan.measures[0].facts)
    series = series_of(assess_measure(facts, plan.facts.rules, TODAY), TODAY)
    words = alternative(series)

    def draw() -> str:
        figure = measure_figure(series, Slot.WIDE)
        return svg(figure, title=series.title, description=words)

    return Work(draw, floor=_loop(series.values))


def _chart(count: int) -> Work:
    values = [Decimal(250 + 37 * place % 90 - 45) for place in range(count)]
    points = [Point(place, value) for place, value in enumerate(values)]
    target = Decimal(252)
    return Work(lambda: xmr(points, good=Direction.LOWER, target=target), floor=_loop(values))


def _loop(values: list[Decimal] | list[Decimal | None]) -> Callable[[], object]:
    present = [value for value in values if value is not None]

    def loop() -> Decimal:
        total, ranges, earlier = Decimal(0), Decimal(0), present[0]
        for value in present:
            total += value
            ranges += abs(value - earlier)
            earlier = value
        return total / len(present) + ranges / max(len(present) - 1, 1)

    return loop


def _five_years(facts: MeasureFacts) -> MeasureFacts:
    """Return a measure with 60 months of values up to the newest."""
    period, first = NEWEST, facts.observations[0]
    seen = []
    for place in range(MONTHS):
        value = Decimal(95 + (37 * place + facts.id) % 30)
        seen.append(replace(first, id=place + 1, period_start=period.start, value=value))
        period = period.previous()
    start = Period(Frequency.MONTHLY, date(2010, 1, 1)).start
    return replace(facts, observations=tuple(reversed(seen)), collected_from=start)
