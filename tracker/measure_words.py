"""A measure in words: what it counts, the sentence it opens with, its figures and its source."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from tracker.domain.assessment import MeasureAssessment
from tracker.domain.periods import Period, count_between
from tracker.domain.targets import Position
from tracker.domain.vocabulary import (
    Direction,
    Frequency,
    ItemKind,
    ObservationState,
    Provenance,
    Standing,
    Trajectory,
    Unit,
)
from tracker.domain.wording import number, plain_date, plain_date_range, signed, status_label
from tracker.models import Measure
from tracker.queries.measures import TargetVersion, Version

Rows = list[tuple[str, str]]

_EVERY = {
    Frequency.MONTHLY: "a month",
    Frequency.QUARTERLY: "a quarter",
    Frequency.YEARLY: "a year",
}
_GOOD = {
    Direction.LOWER: "Lower is better",
    Direction.HIGHER: "Higher is better",
    Direction.NEUTRAL: "Neither way is better",
}
_STANDING = {
    Standing.HEADLINE: "Headline measure",
    Standing.SUPPORTING: "Supporting measure",
    Standing.CONTEXT: "Context: shown, never rated",
}
_STATES = {
    ObservationState.FINAL: "Final",
    ObservationState.PROVISIONAL: "Provisional",
    ObservationState.WITHHELD: "Withheld",
    ObservationState.NOT_COLLECTED: "Not collected",
}


def state_word(state: ObservationState) -> str:
    """Return what is known of a period, in a word."""
    return _STATES[state]


def unit_words(measure: Measure) -> str:
    """Return what one value is counted in: "crimes", "per cent"."""
    return "per cent" if measure.unit is Unit.PERCENT else measure.unit_noun


def value_hint(measure: Measure) -> str:
    """Return what to enter."""
    if measure.unit is Unit.PERCENT:
        return "A percentage from 0 to 100, such as 84.5"
    return "A whole number, such as 52. Zero is a value."


def measure_words(measure: Measure) -> str:
    """Return a measure's line under its title."""
    noun = measure.unit_noun or ("per cent" if measure.unit is Unit.PERCENT else "number")
    counted = f"{noun[:1].upper()}{noun[1:]} {_EVERY[measure.frequency]}"
    owner = measure.owner_partner.name
    return (
        f"{counted}. {_GOOD[measure.direction]}. {_STANDING[measure.standing]}, owned by {owner}."
    )


def value_words(version: Version, unit: Unit) -> str:
    """Return a version's value, or the word for why there is none: nothing is not zero."""
    return state_word(version.state) if version.value is None else number(version.value, unit)


def latest_words(item: MeasureAssessment) -> str:
    """Return the newest reported value, or the word for why it has none."""
    latest = item.latest
    if latest is None:
        return "No value yet"
    return (
        state_word(latest.state) if latest.value is None else number(latest.value, item.facts.unit)
    )


def latest_state(item: MeasureAssessment) -> str:
    """Return why a measure has no value in a table's cell."""
    return item.verdict.why if item.latest is None else state_word(item.latest.state)


def difference(where: Position) -> Decimal:
    """Return actual less required, in the measure's unit."""
    return where.actual - (where.required or Decimal(0))


def measure_verdict(item: MeasureAssessment) -> str:
    """Return the sentence that a measure's page opens with: the value, then what it means."""
    where, unit = item.position, item.facts.unit
    if where is None:
        return f"No value yet: {item.verdict.why}."
    said = f"{number(where.actual, unit)} {_when(where)}{_without(item, where)}"
    if where.required is None or where.shortfall is None:
        return f"{said}. {_unrated(item)}"
    required = number(where.required, unit)
    if where.shortfall == 0:
        return f"{said}, exactly the {required} that the plan asks for by then."
    by = number(abs(where.shortfall), unit).removesuffix("%")
    points = " points" if unit is Unit.PERCENT else ""
    side = "worse" if where.shortfall > 0 else "better"
    return f"{said}: {by}{points} {side} than the {required} that the plan asks for by then."


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
    return "No target is set, so it is not rated."


def measure_figures(item: MeasureAssessment) -> list[dict[str, Any]]:
    """Return up to four figures: status, newest value, position, target."""
    facts, latest, where = item.facts, item.latest, item.position
    status = item.verdict.status
    figures: list[dict[str, Any]] = [
        {
            "label": "Status",
            "status": status,
            "status_text": status_label(status, ItemKind.MEASURE),
            "say": item.verdict.reasons[-1].sentence,
        }
    ]
    if latest is not None:
        period = Period(facts.frequency, latest.period_start).label
        state = (
            ""
            if latest.state is ObservationState.FINAL
            else f", {state_word(latest.state).lower()}"
        )
        figures.append(
            {"label": period + state, "figure": latest_words(item), "mark": latest.provenance}
        )
    if where is not None and where.required is not None:
        figures.append(_position_figure(item, where))
    if facts.target is not None and facts.target.target is not None:
        figures.append(_target_figure(item))
    return figures


def _position_figure(item: MeasureAssessment, where: Position) -> dict[str, Any]:
    unit = item.facts.unit
    label = "Year to date against plan" if where.is_year_to_date else "Against the path"
    required = number(where.required or Decimal(0), unit)
    say = f"{number(where.actual, unit)} against {required} by {where.period.short_label}"
    return {"label": label, "figure": signed(difference(where), unit), "say": say}


def _target_figure(item: MeasureAssessment) -> dict[str, Any]:
    target, unit = item.facts.target, item.facts.unit
    if target is None or target.target is None:
        return {}
    baseline = "No baseline"
    if target.baseline is not None:
        when = f" in {target.baseline_label}" if target.baseline_label else ""
        baseline = f"Baseline {number(target.baseline, unit)}{when}"
    return {
        "label": f"Target by {plain_date(target.ends_on)}",
        "figure": number(target.target, unit),
        "say": baseline,
        "mark": target.provenance,
    }


def chart_note(measure: Measure) -> str:
    """Return where the figures of the picture come from."""
    source = f"Source: {measure.data_source}." if measure.data_source else "No source is named."
    marked = " Illustrative values." if measure.provenance is Provenance.ILLUSTRATIVE else ""
    return f"{source}{marked} The line breaks where there is no value."


def definition_rows(measure: Measure) -> Rows:
    """Return what a measure counts and where it comes from."""
    rows = [
        ("Definition", measure.definition or "None is written yet"),
        ("Source", measure.data_source or "None is named yet"),
        ("Licence", measure.licence),
        ("Due", f"{measure.lag_days} days after the end of the period"),
        ("Note", measure.note),
    ]
    return [(term, text) for term, text in rows if text]


def target_rows(targets: Iterable[TargetVersion], unit: Unit) -> Rows:
    """Return each baseline and target that was set, newest first, with its reason."""
    return [(plain_date(t.set_on), _target_words(t, unit)) for t in targets]


def _target_words(target: TargetVersion, unit: Unit) -> str:
    if target.target is None:
        goal = "no target"
    else:
        goal = f"target {number(target.target, unit)}, {plain_date_range(target.starts_on, target.ends_on)}"
    baseline = "no baseline"
    if target.baseline is not None:
        when = f" ({target.baseline_label})" if target.baseline_label else ""
        baseline = f"baseline {number(target.baseline, unit)}{when}"
    path = "in a straight line" if target.trajectory is Trajectory.LINEAR else "flat"
    tolerance = f"tolerance {target.tolerance_percent.normalize():f}%"
    mark = ", illustrative" if target.provenance is Provenance.ILLUSTRATIVE else ""
    reason = f". Changed because: {target.reason}" if target.reason else ""
    return f"{baseline}, {goal}, {path}, {tolerance}{mark}{reason}"
