"""The picture of a measure: a run of values, its target, and what is missing, in place.

One function a picture; each returns a Plotly figure as plain data. It carries the class of
all it draws (``name`` of a shape or annotation, ``meta`` of a trace), so that
:mod:`tracker.charts.svg` can draw the very same.
"""

from decimal import Decimal
from typing import Any

from tracker.charts import marks, timeline, words
from tracker.charts.alternatives import alternative
from tracker.charts.inks import Ink, Letter, Stroke, font, line
from tracker.charts.lettering import width_of, wrapped
from tracker.charts.plot import Figure, Plot, Slot
from tracker.charts.points import ChartPoint, MeasureSeries
from tracker.charts.scale import Scale, scale_for
from tracker.domain.vocabulary import Frequency

__all__ = [
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
_SPARK_PERIODS = 13
_SPARK_PLOT = {"width": 132, "height": 40, "left": 6, "right": 8, "top": 7, "bottom": 7}
_SMALL = 13


def shown_in(series: MeasureSeries, slot: Slot) -> MeasureSeries:
    """Return the part of a series that a slot shows: a narrow one has its last 13 periods."""
    periods = slot.room.periods
    return series if periods is None else series.latest(periods)


def measure_figure(series: MeasureSeries, slot: Slot) -> Figure:
    """Return the picture of a measure for one slot.

    Provisional points are hollow with a dotted lead-in. The line breaks at periods without a
    number, and a dotted frame says why there is none. A scale without zero says so.
    """
    shown = shown_in(series, slot)
    scale = scale_for(_heights(shown), shown.unit)
    note = _note(shown, scale)
    plot = _plot(shown, scale, slot, note)
    labels = words.gutter_labels(shown, plot)
    return {
        "data": marks.traces(shown, plot, slot.room.radius),
        "layout": {
            **_layout(plot, "chart", series),
            "xaxis": _x_axis(shown, plot),
            "yaxis": _y_axis(scale, plot, is_empty=not _heights(shown)),
            "shapes": [
                *marks.zero_line(scale),
                *marks.gap_frames(shown),
                *marks.target_line(shown),
                *marks.lead_ins(shown),
                *marks.year_brackets(shown, plot),
                *words.leaders(labels, plot),
            ],
            "annotations": [
                words.scale_note(note, plot),
                *words.gap_words(shown, scale, plot),
                *words.year_words(shown, plot),
                *words.gutter_words(labels, plot),
                *words.nothing_yet(shown),
            ],
        },
    }


def sparkline_figure(series: MeasureSeries) -> Figure:
    """Return the small picture of the last 13 periods: line, target and last point.

    With fewer periods every one has its point: a line alone would promise more than is known.
    """
    shown = series.latest(_SPARK_PERIODS)
    plot = Plot(
        **_SPARK_PLOT,
        x_range=(0.0, float(len(shown.points) - 1)) if len(shown.points) > 1 else (-1.0, 1.0),
        y_range=_spark_range(_heights(shown)),
    )
    is_long = len(shown.points) == _SPARK_PERIODS
    hidden: dict[str, Any] = {"visible": False}
    return {
        "data": marks.spark_traces(shown, only_last=is_long),
        "layout": {
            **_layout(plot, "chart spark", series),
            "xaxis": {"range": list(plot.x_range), **hidden},
            "yaxis": {"range": list(plot.y_range), **hidden},
            "shapes": [
                *marks.gap_frames(shown),
                *marks.target_line(shown, line(Stroke.TARGET, width=1.25) | {"dash": "5px,3px"}),
                *marks.lead_ins(shown, line(Stroke.LEAD_IN, width=1.5)),
            ],
            "annotations": [],
        },
    }


def _heights(series: MeasureSeries) -> list[Decimal]:
    """Return all that the scale has to show: the values and the target."""
    target = series.target_per_period
    return series.values if target is None else [*series.values, target]


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
    return Plot(
        width=room.width,
        height=room.height,
        left=max(36, round(widest) + 14),
        right=room.gutter,
        top=24 + lines * 17,
        bottom=36 if series.frequency is Frequency.YEARLY else 60,
        x_range=(-0.5, max(len(series.points), 1) - 0.5),
        y_range=(float(scale.low), float(scale.high)),
    )


def _layout(plot: Plot, look: str, series: MeasureSeries) -> dict[str, Any]:
    """Return what every picture has; ``meta`` says which classes the drawing takes."""
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
        "meta": {"look": look, "title": series.title, "heading": series.heading},
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
        "showgrid": True,
        "gridcolor": Ink.RULE.value,
        "zeroline": False,
    }


def _spark_range(heights: list[Decimal]) -> tuple[float, float]:
    low, high = float(min(heights, default=0)), float(max(heights, default=0))
    return (low, high) if low < high else (low - 1, high + 1)
