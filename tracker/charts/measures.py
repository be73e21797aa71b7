"""The picture of a measure: its values against their usual range and its goals, gaps in place.

One function a picture; each returns a Plotly figure as plain data. It carries the class of
all it draws (``name`` of a shape or annotation, ``meta`` of a trace), so that
:mod:`tracker.charts.svg` can draw the very same.
"""

from decimal import Decimal
from typing import Any

from tracker.charts import marks, timeline, words
from tracker.charts.alternatives import alternative
from tracker.charts.callout import callout
from tracker.charts.clearings import Clearings
from tracker.charts.gaps import gap_words
from tracker.charts.gutter import Gutter
from tracker.charts.inks import Ink, Letter, Stroke, font, line
from tracker.charts.key import key
from tracker.charts.lettering import width_of, wrapped
from tracker.charts.plot import Figure, Mark, Plot, Slot
from tracker.charts.points import ChartPoint, MeasureSeries
from tracker.charts.scale import Scale, scale_for
from tracker.charts.traces import spark_traces, traces
from tracker.domain.vocabulary import Frequency, Unit

__all__ = [
    "SPARK_PERIODS",
    "ChartPoint",
    "Figure",
    "MeasureSeries",
    "Slot",
    "alternative",
    "measure_figure",
    "shown_in",
    "sparkline_figure",
]

#: Periods of a sparkline, and the fewest for which its last point says enough.
SPARK_PERIODS = 13
_SPARK_PLOT = {"width": 132, "height": 40, "left": 6, "right": 8, "top": 7, "bottom": 7}
_SMALL = 13
#: Room for the words of breaks over the area, and how far yes and no stand from its edges.
_BREAK_ROOM = 6
_YES_NO_ROOM = 0.3


def shown_in(series: MeasureSeries, slot: Slot) -> MeasureSeries:
    """Return the part of a series that a slot shows: a narrow one has its last 13 periods."""
    periods = slot.room.periods
    return series if periods is None else series.latest(periods)


def measure_figure(series: MeasureSeries, slot: Slot) -> Figure:
    """Return the picture of a measure for one slot.

    Signals have a shape and a colour of their own; provisional points are hollow with a dotted
    lead-in. The line breaks at periods without a number, and a dotted frame says why there is
    none; it breaks where the series does. A scale without zero says so.
    """
    shown = shown_in(series, slot)
    scale = scale_for(_heights(shown), shown.unit)
    note = _note(shown, scale)
    plot = _plot(shown, scale, slot, note)
    gutter = Gutter(shown, plot)
    clearings = Clearings(shown, plot, [plot.y(float(tick)) for tick in scale.ticks])
    reasons = list(gap_words(shown, plot, clearings))
    told = [] if slot is Slot.NARROW else list(callout(shown, plot, clearings))
    return {
        "data": traces(shown, plot, slot.room.radius),
        "layout": {
            **_layout(plot, "chart", series),
            "xaxis": _x_axis(shown, plot),
            "yaxis": _y_axis(scale, plot, is_empty=not _heights(shown)),
            "shapes": [
                *marks.bands(shown),
                *marks.zero_line(scale, plot),
                *marks.gap_frames(shown, plot),
                *marks.limits(shown),
                *marks.means(shown),
                *marks.goal_lines(shown, plot),
                *marks.breaks(shown, plot),
                *marks.lead_ins(shown),
                *marks.year_brackets(shown, plot),
                *gutter.leaders(),
                *(mark for mark in told if "type" in mark),
            ],
            "annotations": [
                words.scale_note(note, plot),
                *reasons,
                *words.break_words(shown, plot),
                *(mark for mark in told if "text" in mark),
                *words.year_words(shown, plot),
                *gutter.words(),
                *words.nothing_yet(shown),
            ],
            "meta": _meta("chart", series) | {"key": key(shown)},
        },
    }


def sparkline_figure(series: MeasureSeries) -> Figure:
    """Return the small picture of the last 13 periods: usual range, goals and last point.

    With fewer periods, or too few for a usual range, every value has its point and no range is
    drawn: a line alone would promise more than is known.
    """
    shown = series.latest(SPARK_PERIODS)
    is_long = len(shown.points) == SPARK_PERIODS and (shown.is_charted or not shown.stretches)
    heights = _heights(shown) if is_long else [*shown.values, *_goal_heights(shown)]
    plot = Plot(
        **_SPARK_PLOT,
        x_range=(0.0, float(len(shown.points) - 1)) if len(shown.points) > 1 else (-1.0, 1.0),
        y_range=_spark_range(heights),
    )
    hidden: Mark = {"visible": False}
    thin = line(Stroke.TARGET, width=1.25) | {"dash": "5px,3px"}
    return {
        "data": spark_traces(shown, only_last=is_long),
        "layout": {
            **_layout(plot, "chart spark", series),
            "xaxis": {"range": list(plot.x_range), **hidden},
            "yaxis": {"range": list(plot.y_range), **hidden},
            "shapes": [
                *(marks.bands(shown) if is_long else ()),
                *marks.gap_frames(shown, plot),
                *marks.goal_lines(shown, plot, thin),
                *marks.lead_ins(shown, line(Stroke.LEAD_IN, width=1.5)),
            ],
            "annotations": [],
        },
    }


def _heights(series: MeasureSeries) -> list[Decimal]:
    """Return all that the scale has to show: values, goals, averages and limits."""
    edges = ((one.mean, one.lower, one.upper) for one in series.stretches)
    levels = [level for heights in edges for level in heights if level is not None]
    return [*series.values, *levels, *_goal_heights(series)]


def _goal_heights(series: MeasureSeries) -> list[Decimal]:
    return [height for goal in series.goals for height in goal.heights]


def _note(series: MeasureSeries, scale: Scale) -> str:
    """Say what the scale counts and, if zero is not on it, where it starts."""
    if scale.starts_at_zero:
        return series.scope
    if scale.low > 0:
        return f"{series.scope}; the scale starts at {scale.labels[0]}"
    return f"{series.scope}; the scale ends at {scale.labels[-1]}"


def _plot(series: MeasureSeries, scale: Scale, slot: Slot, note: str) -> Plot:
    room = slot.room
    widest = max(width_of(label, _SMALL) for label in scale.labels)
    lines = len(wrapped(note, _SMALL, room.width - 8))
    beyond = _YES_NO_ROOM if series.unit is Unit.YES_NO else 0
    return Plot(
        width=room.width,
        height=room.height,
        left=max(36, round(widest) + 14),
        right=room.gutter,
        top=24 + lines * 17 + (_BREAK_ROOM if series.breaks else 0),
        bottom=36 if series.frequency is Frequency.YEARLY else 60,
        x_range=(-0.5, max(len(series.points), 1) - 0.5),
        y_range=(float(scale.low) - beyond, float(scale.high) + beyond),
    )


def _meta(look: str, series: MeasureSeries) -> dict[str, Any]:
    """Return what the drawing needs to know beside its marks: the class it takes, its words."""
    return {"look": look, "title": series.title, "heading": series.heading}


def _layout(plot: Plot, look: str, series: MeasureSeries) -> dict[str, Any]:
    """Return what every picture has."""
    return {
        "width": plot.width,
        "height": plot.height,
        "margin": {
            "l": plot.left,
            "r": plot.right,
            "t": plot.top,
            "b": plot.bottom,
            "pad": 0,
        },
        "font": font(Letter.PLAIN),
        "showlegend": False,
        "hovermode": "closest",
        "paper_bgcolor": Ink.PAPER.value,
        "plot_bgcolor": Ink.PAPER.value,
        "meta": _meta(look, series),
    }


def _x_axis(series: MeasureSeries, plot: Plot) -> dict[str, Any]:
    named = timeline.ticks(series.points, series.frequency, plot.step)
    return {
        "range": list(plot.x_range),
        "tickmode": "array",
        "tickvals": [tick.place for tick in named],
        "ticktext": words.escaped(tick.text for tick in named),
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": Ink.RULE_STRONG.value,
        "tickfont": font(Letter.QUIET),
        "tickangle": 0,
        "showline": True,
        "linecolor": Ink.RULE_STRONG.value,
        "showgrid": False,
        "zeroline": False,
    }


def _y_axis(scale: Scale, plot: Plot, *, is_empty: bool) -> dict[str, Any]:
    return {
        "range": list(plot.y_range),
        "tickmode": "array",
        "tickvals": [] if is_empty else [float(tick) for tick in scale.ticks],
        "ticktext": [] if is_empty else scale.labels,
        "ticklabelstandoff": 8,
        "tickfont": font(Letter.QUIET),
        "showline": False,
        "showgrid": True,
        "gridcolor": Ink.RULE.value,
        "zeroline": False,
        # Labels at the right name heights: they stay true when a reader zooms into a time.
        "fixedrange": True,
    }


def _spark_range(heights: list[Decimal]) -> tuple[float, float]:
    low, high = float(min(heights, default=0)), float(max(heights, default=0))
    return (low, high) if low < high else (low - 1, high + 1)
