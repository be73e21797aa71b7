"""Pictures of a page: facts to series, series to Plotly figure, figure to SVG for each width."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from markupsafe import Markup

from tracker.charts.alternatives import brief_alternative
from tracker.charts.distribution import Slice, bar
from tracker.charts.dots import Dot
from tracker.charts.explore import explored
from tracker.charts.forecast import WIDTHS, YearEnd, forecast_figure, year_end_of
from tracker.charts.key import key
from tracker.charts.measures import (
    SPARK_PERIODS,
    Figure,
    MeasureSeries,
    Slot,
    alternative,
    measure_figure,
    shown_in,
    sparkline_figure,
)
from tracker.charts.series import series_of
from tracker.charts.svg import dot_svg, svg
from tracker.charts.table import TableRow, table_of
from tracker.domain.assessment import MeasureAssessment
from tracker.domain.rollup import Tally
from tracker.domain.vocabulary import ItemKind
from tracker.domain.wording import status_label
from tracker.queries.dashboard import Board, headline
from tracker.queries.measures import MeasurePage

#: Drawings of each kind that are kept in memory: the same series is the same drawing.
DRAWINGS_KEPT = 512


@dataclass(frozen=True, slots=True)
class Drawing:
    """One width of a picture."""

    slot: str
    svg: Markup


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A kind of point that occurs in a picture: how it looks, and what it means."""

    svg: Markup
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture for a page: its message, its drawings with their text alternatives, its key."""

    heading: str
    slots: tuple[Drawing, ...]
    key: tuple[KeyEntry, ...] = ()


def of_measure(page: MeasurePage, as_at: date) -> Picture | None:
    """Return the picture of a measure, ``None`` where nothing was ever reported."""
    series = _series(page, as_at)
    return None if series is None else _drawn(series)


def figure_of_measure(page: MeasurePage, as_at: date) -> Figure | None:
    """Return the Plotly figures that the drawings are made from, the widest first, for Explore."""
    series = _series(page, as_at)
    return None if series is None else explored(series)


def table_of_measure(page: MeasurePage, as_at: date) -> list[TableRow]:
    """Return the points that the picture shows, oldest first; none where nothing was reported."""
    series = _series(page, as_at)
    return [] if series is None else table_of(series)


def forecast_of_measure(page: MeasurePage) -> Picture | None:
    """Return the picture of where the year will end, ``None`` where no forecast is shown."""
    year = None if page.assessment is None else year_end_of(page.assessment)
    return None if year is None else _drawn_forecast(year)


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


def _series(page: MeasurePage, as_at: date) -> MeasureSeries | None:
    item = page.assessment
    return None if item is None or not item.facts.observations else series_of(item, as_at)


@lru_cache(DRAWINGS_KEPT)
def _drawn(series: MeasureSeries) -> Picture:
    return Picture(
        heading=series.heading,
        slots=tuple(_drawing(series, slot) for slot in Slot),
        key=tuple(KeyEntry(_safe(dot_svg(Dot(kind))), words) for kind, words in key(series)),
    )


def _drawing(series: MeasureSeries, slot: Slot) -> Drawing:
    figure = measure_figure(series, slot)
    words = alternative(shown_in(series, slot))
    # The page writes the key itself, once for all widths.
    return Drawing(
        slot.value, _safe(svg(figure, title=series.title, description=words, with_key=False))
    )


@lru_cache(DRAWINGS_KEPT)
def _drawn_forecast(year: YearEnd) -> Picture:
    drawn = {
        slot: svg(forecast_figure(year, slot), title=year.title, description=year.alternative)
        for slot in WIDTHS
    }
    return Picture(
        heading=year.heading,
        slots=tuple(Drawing(slot.value, _safe(drawing)) for slot, drawing in drawn.items()),
    )


def _spark(item: MeasureAssessment, as_at: date) -> Markup:
    return _drawn_spark(series_of(item, as_at, last=SPARK_PERIODS))


@lru_cache(DRAWINGS_KEPT)
def _drawn_spark(series: MeasureSeries) -> Markup:
    figure = sparkline_figure(series)
    return _safe(svg(figure, title=series.title, description=brief_alternative(series)))


def _safe(drawn: str) -> Markup:
    return Markup(drawn)  # noqa: S704 # nosec B704 - our own drawing, its texts escaped
