"""Pictures of a page: facts to series, series to Plotly figure, figure to SVG for each width."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from markupsafe import Markup

from tracker.charts.distribution import Slice, bar
from tracker.charts.measures import (
    Figure,
    MeasureSeries,
    Slot,
    alternative,
    measure_figure,
    shown_in,
    sparkline_figure,
)
from tracker.charts.series import series_of
from tracker.charts.svg import svg
from tracker.domain.assessment import MeasureAssessment
from tracker.domain.rollup import Tally
from tracker.domain.vocabulary import ItemKind
from tracker.domain.wording import status_label
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


@lru_cache(DRAWINGS_KEPT)
def _drawing(series: MeasureSeries, slot: Slot) -> Drawing:
    figure = measure_figure(series, slot)
    words = alternative(shown_in(series, slot))
    drawn = svg(figure, title=series.title, description=words)
    return Drawing(slot.value, Markup(drawn))  # noqa: S704 # nosec B704 - our own drawing, its texts escaped


def _spark(item: MeasureAssessment, as_at: date) -> Markup:
    return _drawn_spark(series_of(item, as_at, last=SPARK))


@lru_cache(DRAWINGS_KEPT)
def _drawn_spark(series: MeasureSeries) -> Markup:
    drawn = svg(sparkline_figure(series), title=series.title, description=alternative(series))
    return Markup(drawn)  # noqa: S704 # nosec B704 - our own drawing, its texts escaped
