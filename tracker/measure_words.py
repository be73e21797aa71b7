"""A measure in words: what it counts, the sentence it opens with, its figures and its source."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from tracker.domain.assessment import MeasureAssessment
from tracker.domain.explained_measure import Entered, Origin
from tracker.domain.targets import Position
from tracker.domain.vocabulary import (
    Direction,
    Frequency,
    ObservationState,
    Provenance,
    Standing,
    Trajectory,
    Unit,
)
from tracker.domain.wording import number, plain_date, plain_date_range
from tracker.models import Measure
from tracker.queries.measures import PeriodRow, TargetVersion, Version

Rows = list[tuple[str, str]]

_EVERY = {
    Frequency.MONTHLY: "a month",
    Frequency.QUARTERLY: "a quarter",
    Frequency.YEARLY: "a year",
}
_GOOD = {
    Direction.LOWER: "Lower is better",
    Direction.HIGHER: "Higher is better",
    Direction.MAINTAIN: "To be kept within a band",
    Direction.NEUTRAL: "Neither way is better",
}
_STANDING = {
    Standing.HEADLINE: "Headline measure",
    Standing.SUPPORTING: "Supporting measure",
    Standing.CONTEXT: "Context: shown, never rated",
}
#: Words for a unit whose values count nothing in particular.
_UNITS = {Unit.PERCENT: "per cent", Unit.YES_NO: ""}
_PLAIN = {
    Unit.COUNT: "number",
    Unit.RATE: "rate",
    Unit.PERCENT: "per cent",
    Unit.AVERAGE: "average",
    Unit.YES_NO: "a yes or no",
}
_HINTS = {
    Unit.COUNT: "A whole number, such as 52. Zero is a value.",
    Unit.RATE: "",
    Unit.PERCENT: "From 0 to 100, such as 84.5. Leave it empty if you enter how many of how many.",
    Unit.AVERAGE: "A number, such as 12.5; below zero with a minus. Zero is a value.",
    Unit.YES_NO: "",
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
    """Return what one value is counted in: "crimes", "crimes per 1,000 residents", "per cent"."""
    return _UNITS.get(measure.unit, measure.unit_noun)


def value_hint(measure: Measure) -> str:
    """Return what to enter as the value; empty where it is chosen or worked out."""
    return _HINTS[measure.unit]


def measure_words(measure: Measure) -> str:
    """Return a measure's line under its title."""
    noun = unit_words(measure) or _PLAIN[measure.unit]
    if measure.unit is Unit.AVERAGE and measure.unit_noun:
        noun = f"average {noun}"
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


def chart_note(measure: Measure) -> str:
    """Return where the figures of the picture come from."""
    source = f"Source: {measure.data_source}." if measure.data_source else "No source is named."
    marked = " Illustrative values." if measure.provenance is Provenance.ILLUSTRATIVE else ""
    return f"{source}{marked} The line breaks where there is no value."


def origin_of(measure: Measure, rows: Sequence[PeriodRow]) -> Origin:
    """Return what a measure is and where its newest value comes from, as it is explained.

    :param rows: its periods, newest first.
    """
    newest = rows[0].newest if rows else None
    return Origin(
        definition=measure.definition,
        data_source=measure.data_source,
        licence=measure.licence,
        entered=None
        if newest is None
        else Entered(
            author=newest.author,
            known_at=newest.known_at,
            version=newest.version,
            note=newest.note,
            reason=newest.change_reason,
            source=newest.source,
        ),
    )


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
        goal = _band_words(target, unit) or "no target"
    else:
        goal = f"target {number(target.target, unit)}, {plain_date_range(target.starts_on, target.ends_on)}"
    baseline = "no baseline"
    if target.baseline is not None:
        when = f" ({target.baseline_label})" if target.baseline_label else ""
        baseline = f"baseline {number(target.baseline, unit)}{when}"
    path = "in a straight line" if target.trajectory is Trajectory.LINEAR else "flat"
    tolerance = _tolerance_words(target, unit)
    mark = ", illustrative" if target.provenance is Provenance.ILLUSTRATIVE else ""
    reason = f". Changed because: {target.reason}" if target.reason else ""
    return f"{baseline}, {goal}, {path}, {tolerance}{mark}; set by {target.author}{reason}"


def _tolerance_words(target: TargetVersion, unit: Unit) -> str:
    if target.tolerance_absolute is not None:
        return f"tolerance {number(target.tolerance_absolute, unit)}"
    return f"tolerance {target.tolerance_percent.normalize():f}%"


def _band_words(target: TargetVersion, unit: Unit) -> str:
    """Return the band to be kept within; empty where there is none."""
    edges = (("from", target.band_low), ("to", target.band_high))
    said = [f"{word} {number(edge, unit)}" for word, edge in edges if edge is not None]
    return f"band {' '.join(said)}" if said else ""
