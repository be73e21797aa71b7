"""What the page of a measure opens with: its sentence, and up to four figures in a row."""

from typing import Any

from tracker.domain.assessment import MeasureAssessment
from tracker.domain.change_words import (
    change_figure,
    comparison_sentence,
    counted_words,
    span_words,
)
from tracker.domain.chart_words import (
    assurance_words,
    chart_sentence,
    consequence,
    is_bad_news,
    variation_words,
)
from tracker.domain.comparison import Comparison, break_in_the_way
from tracker.domain.facts import MeasureFacts
from tracker.domain.forecast import Forecast, ForecastMethod
from tracker.domain.periods import Period, count_between
from tracker.domain.series import is_running_total
from tracker.domain.spc_chart import Assurance, Variation
from tracker.domain.targets import Position, target_per_period
from tracker.domain.totals import Total
from tracker.domain.vocabulary import (
    Aggregation,
    ItemKind,
    ObservationState,
    Standing,
    Status,
    Unit,
)
from tracker.domain.wording import PERIOD_WORDS, number, plain_date, signed, status_label
from tracker.measure_words import latest_words, state_word

Figure = dict[str, Any]


def measure_verdict(item: MeasureAssessment) -> str:
    """Return the sentence that a measure's page opens with: the signal, then what follows."""
    found = item.analysis
    if item.position is None:
        why = item.verdict.why
        return f"N{why[1:]}." if why.startswith("no value yet") else f"No value yet: {why}."
    if item.verdict.status is Status.NO_DATA:
        return f"No data: {item.verdict.why}. Last known: {_reached(item, item.position)}."
    if found.usable_chart is None:
        return _by_position(item, item.position)
    then = consequence(found)
    if not then:
        return f"{chart_sentence(found)}. {_unrated(item)}".strip()
    joint = ", but " if is_bad_news(found) else "; "
    return f"{chart_sentence(found)}{joint}{then}."


def _by_position(item: MeasureAssessment, where: Position) -> str:
    said = _reached(item, where)
    then = consequence(item.analysis)
    return f"{said}: {then}." if then else f"{said}. {_unrated(item)}".strip()


def _reached(item: MeasureAssessment, where: Position) -> str:
    return f"{number(where.actual, item.facts.unit)} {_when(where)}{_without(item, where)}"


def _when(where: Position) -> str:
    label = where.period.label
    if where.is_year_to_date:
        return f"so far, to the end of {label.rpartition(' to ')[2]}"
    return f"in {label}"


def _without(item: MeasureAssessment, where: Position) -> str:
    """Return which part of the year a sum lacks: what is compared lacks it on both sides."""
    target = item.facts.target
    if not where.is_year_to_date or target is None:
        return ""
    first = Period.containing(item.facts.frequency, target.starts_on)
    whole = count_between(first, where.period)
    missing = whole - where.periods_counted
    return f", without {missing} of {whole} periods" if missing > 0 else ""


def _unrated(item: MeasureAssessment) -> str:
    if item.facts.standing is Standing.CONTEXT:
        return "Shown as context, not rated."
    target = item.facts.target
    has_goal = target is not None and (target.target, target.band_low, target.band_high) != (
        None,
        None,
        None,
    )
    return "" if has_goal else "No target is set."


def measure_figures(item: MeasureAssessment) -> list[Figure]:
    """Return up to four figures; ``explain`` is the anchor of each one's explanation."""
    found = [_status(item), _latest(item), _signals(item), _year(item) or _position(item)]
    return [figure for figure in found if figure]


def _status(item: MeasureAssessment) -> Figure:
    status = item.verdict.status
    return {
        "label": "Status",
        "status": status,
        "status_text": status_label(status, ItemKind.MEASURE),
        "say": _sentence([reason.sentence for reason in item.verdict.reasons]),
        "explain": "status",
    }


def _sentence(parts: list[str]) -> str:
    said = "; ".join(parts)
    return f"{said[:1].upper()}{said[1:]}."


def _latest(item: MeasureAssessment) -> Figure:
    latest, facts = item.latest, item.facts
    if latest is None:
        return {}
    period = Period(facts.frequency, latest.period_start).label
    is_final = latest.state is ObservationState.FINAL
    state = "" if is_final else f", {state_word(latest.state).lower()}"
    return {
        "label": period + state,
        "figure": latest_words(item),
        "say": _beside_target(item),
        "mark": latest.provenance,
        "explain": "latest",
    }


def _beside_target(item: MeasureAssessment) -> str:
    """Return how far the latest value is from one period's share of the target."""
    latest, unit = item.latest, item.facts.unit
    goal = target_per_period(item.facts)
    if latest is None or latest.value is None or goal is None or unit is Unit.YES_NO:
        return ""
    if is_running_total(item.facts):
        return ""
    gap = latest.value - goal
    by = signed(abs(gap), unit).removeprefix("+")
    side = "over" if gap > 0 else "under"
    asked = f"the plan's {number(goal, unit)}"
    return f"{by} {side} {asked}" if gap else f"exactly {asked}"


def _signals(item: MeasureAssessment) -> Figure:
    found, chart = item.analysis, item.analysis.usable_chart
    if chart is None or chart.variation is None:
        return {}
    icons: list[tuple[str, Variation | Assurance, str]] = [
        ("Variation", chart.variation, variation_words(chart.variation))
    ]
    if chart.assurance is not None:
        icons.append(("Assurance", chart.assurance, assurance_words(found)))
    return {"icons": icons, "good": item.facts.direction, "explain": "signals"}


def _year(item: MeasureAssessment) -> Figure:
    expected: Forecast | None = item.analysis.forecast
    if expected is None or not expected.is_shown:
        return {}
    unit, target = item.facts.unit, item.facts.target
    low, high = number(expected.lower, unit), number(expected.upper, unit)
    if not expected.remaining:
        return {}
    say = f"{low} to {high}"
    if expected.chance_in_words is not None and target is not None and target.target is not None:
        say += f"; meeting {number(target.target, unit)} is {expected.chance_in_words}"
    return {
        "label": "Year end, forecast",
        "figure": number(expected.point, unit),
        "say": say,
        "explain": "forecast",
    }


def _position(item: MeasureAssessment) -> Figure:
    where, unit, target = item.position, item.facts.unit, item.facts.target
    if where is None or where.required is None or target is None:
        return {}
    label = "Year to date against plan" if where.is_year_to_date else "Against the path"
    required = number(where.required, unit)
    by = f" by {plain_date(target.ends_on)}" if target.target is not None else ""
    goal = f"; target {number(target.target, unit)}{by}" if target.target is not None else ""
    gap = number(where.actual, unit)
    if unit is not Unit.YES_NO:
        gap = signed(where.actual - where.required, unit)
    return {
        "label": label,
        "figure": gap,
        "say": f"{number(where.actual, unit)} against {required}{goal}",
        "mark": target.provenance,
        "explain": "position",
    }


def comparison_rows(item: MeasureAssessment) -> list[dict[str, str]]:
    """Return the year so far beside last year and beside the baseline, where there are any."""
    found, facts = item.analysis, item.facts
    target = facts.target
    label = f" of {target.baseline_label}" if target and target.baseline_label else ""
    named = (
        ("The same time last year", "last-year", found.last_year),
        (f"The baseline{label}", "baseline", found.baseline),
    )
    return [
        _compared(name, anchor, compared, facts)
        for name, anchor, compared in named
        if compared is not None and compared.change is not None
    ]


def break_words(item: MeasureAssessment) -> str:
    """Return what a break leaves out of the page, and why; empty where none is in the way."""
    facts, day = item.facts, break_in_the_way(item.facts)
    if day is None:
        return ""
    label = Period.containing(facts.frequency, day).label
    left_out = "no comparison across it"
    if item.analysis.forecast is None and facts.aggregation is Aggregation.SUM:
        left_out += " and no forecast for that year"
    return (
        f"The series breaks in {label}: what was counted before cannot be compared with what came "
        f"after, so there is {left_out}."
    )


def _compared(name: str, anchor: str, compared: Comparison, facts: MeasureFacts) -> dict[str, str]:
    change = compared.change
    is_average = compared.is_by_average
    return {
        "name": name,
        "anchor": anchor,
        "span": span_words(compared.now),
        "counted": _counted(compared),
        "earlier": _total(compared.earlier, facts, is_average=is_average),
        "now": _total(compared.now, facts, is_average=is_average),
        "change": change_figure(change, facts) if change else "",
        "a_period": "a period" if is_average else "",
        "say": comparison_sentence(compared, facts),
    }


def _counted(compared: Comparison) -> str:
    """Return how many periods are compared, and why not all."""
    counted = counted_words(compared.now)
    is_whole = compared.now.is_complete or compared.is_by_average
    return counted if is_whole else f"{counted}: those that both years have"


def _total(total: Total, facts: MeasureFacts, *, is_average: bool) -> str:
    """Return a side's figure, with how many periods it is of where the sides differ."""
    if total.value is None:
        return "None"
    of = f" in {total.counted}" if is_average else ""
    return f"{number(total.value, facts.unit)}{of}"


def forecast_words(item: MeasureAssessment) -> str:
    """Return what the forecast is made of, in a sentence; empty where none is shown."""
    expected = item.analysis.forecast
    if expected is None or not expected.is_shown or not expected.remaining:
        return ""
    facts = item.facts
    one, many = PERIOD_WORDS[facts.frequency]
    so_far = f"{expected.counted} {one if expected.counted == 1 else many}"
    noun = f" {facts.unit_noun}" if facts.unit_noun else ""
    how = {
        ForecastMethod.RUN_RATE: "run on at the same rate",
        ForecastMethod.LAST_YEAR_SHAPE: "run on in the shape of last year",
        ForecastMethod.COMPLETE: "",
    }[expected.method]
    said = f"{so_far}, {number(expected.year_to_date, facts.unit)}{noun}, {how}; 95% range."
    return f"{said} {_chance_words(item, expected)}".strip()


def _chance_words(item: MeasureAssessment, expected: Forecast) -> str:
    target = item.facts.target
    if expected.chance_in_words is None or target is None or target.target is None:
        return ""
    goal = number(target.target, item.facts.unit)
    return f"Meeting {goal} is {expected.chance_in_words}."
