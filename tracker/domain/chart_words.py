"""What the chart of a measure says, in plain sentences: the signal first, then what follows.

The same words stand over the picture, at the top of the page and in documents.
"""

from decimal import Decimal
from itertools import takewhile

from tracker.domain.analysis import MeasureAnalysis
from tracker.domain.forecast import Chance, Forecast
from tracker.domain.periods import Period
from tracker.domain.series import is_running_total
from tracker.domain.spc_chart import (
    Assurance,
    ChartedPoint,
    Finding,
    Meaning,
    Segment,
    Side,
    Signal,
    Variation,
    XmrChart,
)
from tracker.domain.targets import Position
from tracker.domain.vocabulary import Direction, Frequency, Unit
from tracker.domain.wording import PERIOD_WORDS, count_words, number

_SIDES = {Side.HIGH: ("above", "upper", "rise"), Side.LOW: ("below", "lower", "fall")}
_VARIATION = {
    Meaning.IMPROVING: "Getting better",
    Meaning.CONCERNING: "Getting worse",
    Meaning.NEUTRAL: "Changing",
    Meaning.COMMON_CAUSE: "Usual variation",
}
_SIDE_WORDS = {Side.HIGH: "higher than usual", Side.LOW: "lower than usual"}


def variation_words(variation: Variation) -> str:
    """Return the variation icon in words: "Getting worse, higher than usual"."""
    words = _VARIATION[variation.meaning]
    return f"{words}, {_SIDE_WORDS[variation.side]}" if variation.side else words


def assurance_words(analysis: MeasureAnalysis) -> str:
    """Return the assurance icon in words, with the target it is about; empty without one."""
    chart = analysis.chart
    if chart is None or chart.assurance is None or chart.target is None:
        return ""
    goal = number(chart.target, analysis.facts.unit)
    return {
        Assurance.PASSING: f"Consistently passing: usual variation stays on the good side of {goal}",
        Assurance.HIT_OR_MISS: f"Hit or miss: {goal} lies inside the limits",
        Assurance.FAILING: f"Consistently failing: usual variation does not reach {goal}",
    }[chart.assurance]


def signal_words(signal: Signal) -> str:
    """Return a point's signal for a table: "Above the upper limit", "Seven in a row low"."""
    above, limit, _change = _SIDES[signal.side]
    if signal.finding is Finding.OUTSIDE:
        return f"{above.capitalize()} the {limit} limit"
    if signal.finding is Finding.TREND:
        return (
            "Part of a trend upwards" if signal.side is Side.HIGH else "Part of a trend downwards"
        )
    if signal.finding is Finding.TWO_OF_THREE:
        return f"Two of three near the {limit} limit"
    return f"Seven in a row {above} average"


def chart_sentence(analysis: MeasureAnalysis) -> str:
    """Return the one plain sentence of a chart, without a full stop."""
    chart = analysis.chart
    if chart is None:
        return "Yes or no: there is no usual range to compare with"
    if chart.current is None or chart.latest is None:
        return _nothing_charted(analysis)
    if chart.current.mean is None:
        return "No final value to chart yet"
    usable = analysis.usable_chart
    if usable is None:
        needed = analysis.rules.chart_points
        have = f"{chart.current.counting} of the {needed} {_many(analysis)} that a chart needs"
        return f"Too early to tell signal from noise{_since_break(analysis, chart)}: {have}"
    if chart.latest.signal is not None:
        return _signal_sentence(analysis, usable, chart.latest.signal)
    return _no_signal(analysis, usable, usable.segments[-1])


def _nothing_charted(analysis: MeasureAnalysis) -> str:
    """Return why no point is drawn: a running total may be known, and not what a period adds."""
    if is_running_total(analysis.facts) and analysis.position is not None:
        return f"What each {_one(analysis)} adds to the year is not known yet"
    return "No value to chart yet"


def _since_break(analysis: MeasureAnalysis, chart: XmrChart) -> str:
    if len(chart.segments) < 2:
        return ""
    first = chart.points[chart.segments[-1].first].label
    return f" since the break of {Period(analysis.facts.frequency, first).label}"


def _signal_sentence(analysis: MeasureAnalysis, chart: XmrChart, signal: Signal) -> str:
    """Return "Seven months in a row above the average of 296: a real rise, not noise"."""
    above, limit, change = _SIDES[signal.side]
    unit, current = analysis.facts.unit, chart.segments[-1]
    count = count_words(_length(chart, signal))
    if signal.finding is Finding.OUTSIDE:
        edge = current.upper if signal.side is Side.HIGH else current.lower
        said = f"{_latest(analysis, chart)} is {above} the {limit} limit of {_said(edge, unit)}"
    elif signal.finding is Finding.TREND:
        way = "rise" if signal.side is Side.HIGH else "fall"
        said = f"A {way} in each of {count.lower()} {_many(analysis)} in a row"
        return f"{said}: a real {change}, not noise"
    elif signal.finding is Finding.TWO_OF_THREE:
        edge = current.upper if signal.side is Side.HIGH else current.lower
        said = f"Two of three {_many(analysis)} near the {limit} limit of {_said(edge, unit)}"
    else:
        average = _said(current.mean, unit)
        said = f"{count} {_many(analysis)} in a row {above} the average of {average}"
    return f"{said}: a real {change}, not noise"


def _length(chart: XmrChart, signal: Signal) -> int:
    """Return how many of the latest points belong to a signal; steps where it is a trend."""
    present = [point for point in reversed(chart.points) if point.value is not None]
    run = sum(1 for _ in takewhile(lambda point: signal in point.signals, present))
    return run - 1 if signal.finding is Finding.TREND else run


def _no_signal(analysis: MeasureAnalysis, chart: XmrChart, current: Segment) -> str:
    unit = analysis.facts.unit
    if chart.finding is Finding.CONSTANT:
        return f"Every {_one(analysis)} was {_said(current.mean, unit)}"
    low, high = drawn_limits(current, unit)
    usual = f"inside the usual range of {_said(low, unit)} to {_said(high, unit)}"
    return f"No sign of a change: {_latest(analysis, chart)} is {usual}"


def drawn_limits(segment: Segment, unit: Unit) -> tuple[Decimal | None, Decimal | None]:
    """Return the limits as they are drawn and said: never beyond what the unit can be."""
    low, high = segment.lower, segment.upper
    if low is not None and unit is not Unit.AVERAGE:
        low = max(low, Decimal(0))
    if high is not None and unit is Unit.PERCENT:
        high = min(high, Decimal(100))
    return low, high


def picture_heading(analysis: MeasureAnalysis) -> str:
    """Return the message over a measure's picture."""
    chart = analysis.usable_chart
    if chart is None or chart.latest is None or chart.latest.signal is not None:
        return chart_sentence(analysis)
    last = _last_marked(chart)
    if last is None or last.signal is None:
        return chart_sentence(analysis)
    above, limit, _change = _SIDES[last.signal.side]
    until = Period(analysis.facts.frequency, last.label).label
    if last.signal.finding is Finding.TREND:
        way = "Rising" if last.signal.side is Side.HIGH else "Falling"
        return f"{way} to {until}, inside the usual range since"
    if last.signal.finding is Finding.OUTSIDE:
        return f"{until} was {above} the {limit} limit, inside the usual range since"
    if last.signal.finding is Finding.TWO_OF_THREE:
        return f"Near the {limit} limit to {until}, inside the usual range since"
    return f"{above.capitalize()} average to {until}, back in the usual range since"


def _last_marked(chart: XmrChart) -> ChartedPoint | None:
    """Return the latest point of the last segment that carries a signal."""
    current = chart.segments[-1]
    stretch = chart.points[current.first : current.last + 1]
    return next((point for point in reversed(stretch) if point.signals), None)


def consequence(analysis: MeasureAnalysis) -> str:
    """Return what follows for the target, as it goes on from a sentence; empty if nothing."""
    expected, target, unit = analysis.forecast, analysis.facts.target, analysis.facts.unit
    if expected is not None and expected.is_shown and target is not None and target.target:
        goal = number(target.target, unit)
        if not expected.remaining:
            return year_result(expected, goal, unit)
        return _year_words(expected.chance_in_words, goal)
    chart = analysis.usable_chart
    if chart is None or chart.assurance is None or chart.target is None:
        return _position_words(analysis, analysis.position)
    goal = number(chart.target, unit)
    return {
        Assurance.PASSING: f"the target of {goal} is met consistently",
        Assurance.HIT_OR_MISS: f"any one {_one(analysis)} may hit or miss the target of {goal}",
        Assurance.FAILING: f"the target of {goal} will not be met without a change",
    }[chart.assurance]


def year_result(expected: Forecast, goal: str, unit: Unit) -> str:
    """Return how a year that is complete ended: "the year ended at 3,555, missing its target"."""
    met = "meeting" if expected.chance else "missing"
    return f"the year ended at {number(expected.point, unit)}, {met} its target of {goal}"


def _year_words(chance: Chance | None, goal: str) -> str:
    return {
        None: "",
        Chance.UNLIKELY: f"at this level the year's target of {goal} is out of reach",
        Chance.UNCERTAIN: f"the year's target of {goal} is uncertain",
        Chance.LIKELY: f"the year's target of {goal} is likely to be met",
    }[chance]


def _position_words(analysis: MeasureAnalysis, where: Position | None) -> str:
    unit = analysis.facts.unit
    if where is None or where.required is None or where.shortfall is None:
        return ""
    if analysis.facts.direction is Direction.MAINTAIN:
        is_outside = where.shortfall > 0
        by = f"{number(where.shortfall, unit)} outside" if is_outside else "within"
        return f"{by} the band that the plan keeps it in"
    required = number(where.required, unit)
    if unit is Unit.YES_NO:
        return f"the plan asks for {required} by then"
    if where.shortfall == 0:
        return f"exactly the {required} that the plan asks for by then"
    by = number(abs(where.shortfall), unit).removesuffix("%")
    points = " points" if unit is Unit.PERCENT else ""
    side = "worse" if where.shortfall > 0 else "better"
    return f"{by}{points} {side} than the {required} that the plan asks for by then"


def is_bad_news(analysis: MeasureAnalysis) -> bool:
    """Whether what follows for the target goes against what the chart says, so "but" joins them."""
    chart = analysis.usable_chart
    is_calm = (
        chart is not None
        and chart.variation is not None
        and (chart.variation.meaning in (Meaning.COMMON_CAUSE, Meaning.IMPROVING))
    )
    expected = analysis.forecast
    is_unlikely = (
        expected is not None and expected.is_shown and expected.chance_in_words is Chance.UNLIKELY
    )
    is_failing = chart is not None and chart.assurance is Assurance.FAILING
    return is_calm and (is_unlikely or is_failing)


def _latest(analysis: MeasureAnalysis, chart: XmrChart) -> str:
    """Return "January's 247"."""
    latest = chart.latest
    if latest is None or latest.value is None:
        return ""
    period = Period(analysis.facts.frequency, latest.label)
    return f"{_named(period)} {number(latest.value, analysis.facts.unit)}"


def _named(period: Period) -> str:
    if period.frequency is Frequency.MONTHLY:
        return f"{period.start:%B}'s"
    return f"{period.label}'s"


def _said(value: Decimal | None, unit: Unit) -> str:
    return "" if value is None else number(value, unit)


def _one(analysis: MeasureAnalysis) -> str:
    return PERIOD_WORDS[analysis.facts.frequency][0]


def _many(analysis: MeasureAnalysis) -> str:
    return PERIOD_WORDS[analysis.facts.frequency][1]
