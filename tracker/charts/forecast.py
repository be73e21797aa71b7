"""The picture of a year-end forecast: a range on an axis beside what it is held against.

Never one number alone: the range is a box, the likeliest total a tick in it.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from tracker.charts import marks
from tracker.charts.annotations import words
from tracker.charts.arrangement import AXIS, Flag, Placed, arranged
from tracker.charts.inks import Ink, Letter, Stroke, fill, font, line
from tracker.charts.lettering import width_of
from tracker.charts.plot import Figure, Mark, Plot, Slot, as_json
from tracker.charts.scale import Scale, scale_for
from tracker.domain.assessment import MeasureAssessment
from tracker.domain.facts import MeasureFacts
from tracker.domain.series import is_running_total
from tracker.domain.targets import last_year
from tracker.domain.vocabulary import Unit
from tracker.domain.wording import number

#: Px across a drawing, for a half of the page's width and for a phone.
WIDTHS = {Slot.WIDE: 560, Slot.NARROW: 328}
_HEIGHT = 104
_TOP = 2
_SMALL = 13
#: Px from the top: the box, and the tick of the likeliest total.
_BOX, _TICK = (56, 70), (52, 74)


class Reference(NamedTuple):
    """A total to compare with: what it is ("Last year"), and how much."""

    name: str
    total: Decimal


@dataclass(frozen=True, slots=True)
class YearEnd:
    """Where a year will end, in the measure's unit.

    :param point: the likeliest total; ``lower`` and ``upper`` the ends of its range.
    :param target: ``None`` where none is set.
    :param before: last year, else the baseline; ``None`` where neither is known.
    """

    title: str
    unit: Unit
    point: Decimal
    lower: Decimal
    upper: Decimal
    target: Decimal | None = None
    before: Reference | None = None

    @property
    def span(self) -> str:
        """The range in words: "3,373 to 3,518"."""
        low, high = number(self.lower, self.unit), number(self.upper, self.unit)
        return low if low == high else f"{low} to {high}"

    @property
    def heading(self) -> str:
        """The message: "Year end: 3,373 to 3,518"."""
        return f"Year end: {self.span}"

    @property
    def alternative(self) -> str:
        """What the picture says, for those who cannot see it."""
        said = [f"Year-end forecast {self.span}, most likely {number(self.point, self.unit)}"]
        if self.target is not None:
            said.append(f"target {number(self.target, self.unit)}")
        if self.before is not None:
            said.append(f"{self.before.name.lower()} {number(self.before.total, self.unit)}")
        return f"{'; '.join(said)}."


def year_end_of(item: MeasureAssessment) -> YearEnd | None:
    """Return where a measure's year will end; ``None`` where it is too early, or over."""
    expected, facts = item.analysis.forecast, item.facts
    if expected is None or not expected.is_shown or not expected.remaining:
        return None
    return YearEnd(
        title=facts.title,
        unit=facts.unit,
        point=expected.point,
        lower=expected.lower,
        upper=expected.upper,
        target=facts.target.target if facts.target else None,
        before=_before(facts),
    )


def _before(facts: MeasureFacts) -> Reference | None:
    if facts.target is None:
        return None
    values = last_year(facts, facts.target)
    if values is not None:
        total = values[-1] if is_running_total(facts) else sum(values, Decimal(0))
        return Reference("Last year", total)
    baseline = facts.target.baseline
    return None if baseline is None else Reference("Baseline", baseline)


def forecast_figure(year: YearEnd, slot: Slot) -> Figure:
    """Return the picture of a forecast for the wide or the narrow slot."""
    scale = scale_for(_heights(year), year.unit)
    plot = _plot(scale, WIDTHS[slot])
    placed = arranged(_flags(year, plot), plot)
    return {
        "data": [],
        "layout": {
            "width": plot.width,
            "height": plot.height,
            "margin": {"l": plot.left, "r": plot.right, "t": plot.top, "b": plot.bottom, "pad": 0},
            "font": font(Letter.PLAIN),
            "showlegend": False,
            "paper_bgcolor": Ink.PAPER.value,
            "plot_bgcolor": Ink.PAPER.value,
            "xaxis": _axis(scale, plot),
            "yaxis": {"range": list(plot.y_range), "visible": False},
            "shapes": [_box(year, plot), *_uprights(year, placed, plot)],
            "annotations": [_label(one, plot) for one in placed],
            "meta": {"look": "chart", "title": year.title, "heading": year.heading},
        },
    }


def _heights(year: YearEnd) -> list[Decimal]:
    known = [year.point, year.lower, year.upper]
    known += [] if year.target is None else [year.target]
    return known if year.before is None else [*known, year.before.total]


def _plot(scale: Scale, width: int) -> Plot:
    first, last = (width_of(label, _SMALL) for label in (scale.labels[0], scale.labels[-1]))
    return Plot(
        width=width,
        height=_HEIGHT,
        left=max(8, round(first / 2) + 2),
        right=max(8, round(last / 2) + 2),
        top=_TOP,
        bottom=_HEIGHT - AXIS,
        x_range=(float(scale.low), float(scale.high)),
        y_range=(0.0, 1.0),
    )


def _axis(scale: Scale, plot: Plot) -> Mark:
    """Return the axis of totals; where its labels would touch, every other one is named."""
    named = list(zip(scale.ticks, scale.labels, strict=True))
    widest = max(width_of(label, _SMALL) for label in scale.labels) + 10
    pace = float(scale.step) * plot.step
    stride = next((n for n in (1, 2, 3, 6) if n * pace >= widest), len(named))
    shown = named[::stride]
    return {
        "range": list(plot.x_range),
        "tickmode": "array",
        "tickvals": [as_json(tick) for tick, _ in shown],
        "ticktext": [label for _, label in shown],
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


def _flags(year: YearEnd, plot: Plot) -> list[Flag]:
    """Return the words over the axis: the range, the target, and what was before."""
    low, middle, high = (plot.x(float(v)) for v in (year.lower, year.point, year.upper))
    flags = [Flag(year.span, Letter.STRONG, (low + high) / 2, box=(min(low, middle), high))]
    if year.target is not None:
        words_here = f"Target {number(year.target, year.unit)}"
        flags.append(Flag(words_here, Letter.STRONG, plot.x(float(year.target))))
    if year.before is not None:
        words_here = f"{year.before.name} {number(year.before.total, year.unit)}"
        flags.append(Flag(words_here, Letter.QUIET, plot.x(float(year.before.total))))
    return flags


def _box(year: YearEnd, plot: Plot) -> Mark:
    top, bottom = (plot.share(px) for px in _BOX)
    return {
        "type": "rect",
        "name": Stroke.RANGE.value,
        "layer": "between",
        "xref": "x",
        "yref": "paper",
        "x0": as_json(year.lower),
        "x1": as_json(year.upper),
        "y0": bottom,
        "y1": top,
        "line": line(Stroke.RANGE),
        "fillcolor": fill(Stroke.RANGE),
    }


def _uprights(year: YearEnd, placed: list[Placed], plot: Plot) -> list[Mark]:
    """Return the tick of the likeliest total, and a line under each of the other words."""
    top, bottom = (plot.share(px) for px in _TICK)
    found = [marks.upright(Stroke.LIKELIEST, as_json(year.point), (bottom, top))]
    totals = [year.target, year.before.total if year.before else None]
    strokes = [Stroke.TARGET, Stroke.LIMIT]
    known = [(t, s) for t, s in zip(totals, strokes, strict=True) if t is not None]
    for (total, stroke), one in zip(known, placed[1:], strict=True):
        found.append(marks.upright(stroke, as_json(total), (0.0, plot.share(one.box.bottom))))
    return found


def _label(one: Placed, plot: Plot) -> Mark:
    middle = plot.place(one.box.left + one.width / 2)
    height = plot.share((one.box.top + one.box.bottom) / 2)
    return words([one.flag.words], one.flag.letter, ("x", middle), ("paper", height))
