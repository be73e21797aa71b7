"""Every figure of a measure explained: formula with the numbers in it, inputs, rule, source."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tracker.domain.analysis import MeasureAnalysis
from tracker.domain.assessment import MeasureAssessment
from tracker.domain.change_words import change_figure, change_rows, comparison_title
from tracker.domain.chart_words import assurance_words, chart_sentence, variation_words
from tracker.domain.comparison import Comparison
from tracker.domain.explained import Explanation, added_up, explanation
from tracker.domain.explained_measure_status import explain_status
from tracker.domain.facts import MeasureFacts, TargetFacts
from tracker.domain.forecast import Forecast, ForecastMethod, chance_in_words
from tracker.domain.periods import Period, count_between, local_date
from tracker.domain.series import is_running_total
from tracker.domain.spc import RUN, SCREEN_FACTOR
from tracker.domain.spc_chart import LIMIT_FACTOR, Segment, XmrChart
from tracker.domain.targets import (
    Position,
    adds_up,
    counted_observations,
    last_year,
    target_per_period,
)
from tracker.domain.vocabulary import Direction, ObservationState, Trajectory
from tracker.domain.wording import (
    finer,
    number,
    parts_words,
    plain,
    plain_date,
    plain_date_range,
    plural,
    precise,
    signed,
)

_STATES = {
    ObservationState.FINAL: "final",
    ObservationState.PROVISIONAL: "provisional: it may still be revised",
    ObservationState.WITHHELD: "withheld by its owner",
    ObservationState.NOT_COLLECTED: "not collected",
}


_SIGNAL_RULES = (
    f"a point outside the limits; {RUN} points rising or falling; two of three near a limit; "
    f"{RUN} on one side of the average"
)


@dataclass(frozen=True, slots=True)
class Entered:
    """Who stored the newest value, when, and why it differs from the version before."""

    author: str
    known_at: datetime
    version: int
    note: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Origin:
    """What a measure is and where its values come from.

    :param entered: of the newest value; ``None`` where there is none.
    """

    definition: str
    data_source: str
    licence: str
    entered: Entered | None


def explain_measure(item: MeasureAssessment, origin: Origin) -> list[Explanation]:
    """Return the explanation of each figure that a page shows of a measure, in page order."""
    found = item.analysis
    parts = [
        explain_status(item),
        _latest(item, origin),
        _position(found),
        _target(found),
        *_chart(found),
        _forecast(found),
        _comparison("last-year", found.last_year, found.facts),
        _comparison("baseline", found.baseline, found.facts),
    ]
    return [part for part in parts if part is not None]


def _latest(item: MeasureAssessment, origin: Origin) -> Explanation | None:
    latest, facts = item.latest, item.facts
    if latest is None:
        return None
    period = Period(facts.frequency, latest.period_start)
    said = "No number" if latest.value is None else number(latest.value, facts.unit)
    rows = [
        ("Formula", _value_formula(facts, latest.numerator, latest.denominator, said)),
        ("Definition", origin.definition),
        ("Source", ", ".join(part for part in (origin.data_source, origin.licence) if part)),
        ("Entered", _entered(origin.entered)),
        ("State", f"{_STATES[latest.state]}; version {latest.version}"),
        ("Provenance", latest.provenance.value),
    ]
    noun = f" {facts.unit_noun}" if facts.unit_noun and latest.value is not None else ""
    return explanation("latest", f"{said}{noun} in {period.label}", said, rows)


def _value_formula(
    facts: MeasureFacts, above: Decimal | None, below: Decimal | None, said: str
) -> str:
    if above is None or below is None:
        return f"as entered: {said} {parts_words(above, below)}".strip()
    return f"{plain(above)} / {plain(below)} x {plain(facts.per or Decimal(100))} = {said}"


def _entered(entered: Entered | None) -> str:
    if entered is None:
        return ""
    day = plain_date(local_date(entered.known_at))
    said = f"{day} by {entered.author}"
    texts = [said, entered.note, f"changed because: {entered.reason}" if entered.reason else ""]
    return "; ".join(text for text in texts if text)


def _position(found: MeasureAnalysis) -> Explanation | None:
    where, facts = found.position, found.facts
    if where is None:
        return None
    unit = facts.unit
    actual = number(where.actual, unit)
    rows = [("Formula", _actual_formula(found, where))]
    if where.required is not None and facts.target is not None:
        rows += [
            ("Required", _required_formula(facts, facts.target, where)),
            ("Difference", f"{actual} less {finer(where.required, unit)}: {_gap(where, facts)}"),
            ("Tolerance", _tolerance(facts.target, where, facts)),
        ]
    so_far = " so far" if where.is_year_to_date else ""
    return explanation("position", f"{actual}{so_far} by {where.period.label}", actual, rows)


def _gap(where: Position, facts: MeasureFacts) -> str:
    difference = where.actual - (where.required or Decimal(0))
    exact = ("+" if difference > 0 else "") + finer(difference, facts.unit)
    shown = signed(difference, facts.unit)
    return exact if exact == shown else f"{exact}, shown as {shown}"


def _actual_formula(found: MeasureAnalysis, where: Position) -> str:
    facts = found.facts
    counted = counted_observations(facts, found.as_at)
    values = [seen.value for seen in counted if seen.value is not None]
    if adds_up(facts):
        return added_up(
            [number(value, facts.unit) for value in values], number(where.actual, facts.unit)
        )
    if where.periods_counted > 1 and len(values) > 1 and where.actual != values[-1]:
        return f"made of {len(values)} periods together, to {where.period.label}"
    return f"the value of {where.period.label}"


def _required_formula(facts: MeasureFacts, target: TargetFacts, where: Position) -> str:
    unit = facts.unit
    required = finer(where.required or Decimal(0), unit)
    if facts.direction is Direction.MAINTAIN:
        return f"the nearer edge of the band: {required}"
    goal = number(target.target or Decimal(0), unit)
    if adds_up(facts) or is_running_total(facts):
        shape = (
            "last year's share of these periods" if last_year(facts, target) else "their even share"
        )
        whole = count_between(
            Period.containing(facts.frequency, target.starts_on),
            Period.containing(facts.frequency, target.ends_on),
        )
        return f"target {goal} x {shape} ({where.periods_counted} of {whole}) = {required}"
    if target.baseline is None or target.trajectory is Trajectory.FLAT:
        return f"the target, {goal}, from the first day on"
    path = plain_date_range(target.starts_on, target.ends_on)
    return f"a line from {number(target.baseline, unit)} to {goal}, {path}: {required} by then"


def _tolerance(target: TargetFacts, where: Position, facts: MeasureFacts) -> str:
    allowed = finer(where.tolerance, facts.unit)
    if target.tolerance_absolute is not None:
        return f"{allowed} on the wrong side is still amber"
    return f"{plain(target.tolerance_percent)}% of what is required, {allowed}, is still amber"


def _target(found: MeasureAnalysis) -> Explanation | None:
    target, unit = found.facts.target, found.facts.unit
    if target is None or target.target is None:
        return None
    goal = number(target.target, unit)
    per = target_per_period(found.facts)
    rows = [
        ("Path", plain_date_range(target.starts_on, target.ends_on)),
        (
            "A period",
            f"{goal} shared evenly: {finer(per, unit)}" if per and per != target.target else "",
        ),
        ("Baseline", _baseline(target, found.facts)),
        ("Provenance", target.provenance.value),
    ]
    return explanation("target", f"Target {goal}", goal, rows)


def _baseline(target: TargetFacts, facts: MeasureFacts) -> str:
    if target.baseline is None:
        return "none is known"
    when = f" in {target.baseline_label}" if target.baseline_label else ""
    return f"{number(target.baseline, facts.unit)}{when}"


def _chart(found: MeasureAnalysis) -> Iterator[Explanation]:
    chart = found.chart
    if chart is None or chart.current is None or chart.current.mean is None:
        return
    yield _limits(found, chart, chart.current)
    if found.usable_chart is not None:
        yield _signals(found, chart)


def _limits(found: MeasureAnalysis, chart: XmrChart, current: Segment) -> Explanation:
    unit, mean = found.facts.unit, current.mean or Decimal(0)
    average = finer(mean, unit)
    rows = [
        ("Average", f"of {plural(current.counting, 'final value')} since {_since(found, chart)}")
    ]
    if current.mean_range is not None and current.lower is not None and current.upper is not None:
        wide = precise(current.mean_range, unit)
        limits = f"{finer(current.lower, unit)} and {finer(current.upper, unit)}"
        rows += [
            ("Formula", f"{precise(mean, unit)} plus and minus {LIMIT_FACTOR} x {wide} = {limits}"),
            ("Mean moving range", _ranges(found, wide)),
        ]
    rows += [("Baseline", _frozen(found)), ("Breaks", _breaks(found)), ("Trial", _trial(found))]
    return explanation("limits", f"Average {average} and its limits", average, rows)


def _since(found: MeasureAnalysis, chart: XmrChart) -> str:
    first = chart.points[chart.segments[-1].first].label
    return Period(found.facts.frequency, first).label


def _ranges(found: MeasureAnalysis, wide: str) -> str:
    screened = f"; ranges of {SCREEN_FACTOR} times their mean or more are left out once"
    return f"{wide}, between neighbouring values{screened if found.facts.is_screened else ''}"


def _frozen(found: MeasureAnalysis) -> str:
    points = found.facts.baseline_points
    return f"frozen: the first {points} values of each stretch set the limits" if points else ""


def _breaks(found: MeasureAnalysis) -> str:
    return ", ".join(plain_date(day) for day in found.facts.breaks)


def _trial(found: MeasureAnalysis) -> str:
    chart = found.chart
    if chart is None or not chart.is_trial:
        return ""
    return f"under {found.rules.chart_points} final values: the limits are not used yet"


def _signals(found: MeasureAnalysis, chart: XmrChart) -> Explanation:
    words = variation_words(chart.variation) if chart.variation else ""
    rows = [
        ("In words", f"{chart_sentence(found)}."),
        ("What it says", chart.finding.sentence),
        ("Rules", _SIGNAL_RULES),
        ("Assurance", assurance_words(found)),
        ("Next period", _chance(found, chart)),
        ("Weak for rare events", _rare(found)),
    ]
    return explanation("signals", f"Variation: {words}", words, rows)


def _chance(found: MeasureAnalysis, chart: XmrChart) -> str:
    if chart.chance is None:
        return ""
    chance = chance_in_words(chart.chance, found.rules)
    return f"meeting the target is {chance}, if nothing changes"


def _rare(found: MeasureAnalysis) -> str:
    if not found.is_too_rare:
        return ""
    return f"under {found.rules.rare_mean} a period on average: a chart of quarters would say more"


def _forecast(found: MeasureAnalysis) -> Explanation | None:
    expected, unit = found.forecast, found.facts.unit
    if expected is None or not expected.is_shown:
        return None
    point = number(expected.point, unit)
    low, high = number(expected.lower, unit), number(expected.upper, unit)
    rows = [
        ("Formula", _forecast_formula(expected, found)),
        ("Range", f"{low} to {high}: 95 of 100 such years would end within it"),
        ("Scatter", f"{round(expected.phi, 2)} times what chance alone would make of the months"),
        ("Chance", _year_chance(expected, found)),
    ]
    return explanation("forecast", f"Year end, forecast: {point}", point, rows)


def _forecast_formula(expected: Forecast, found: MeasureAnalysis) -> str:
    unit = found.facts.unit
    so_far, point = number(expected.year_to_date, unit), number(expected.point, unit)
    k, m = expected.counted, expected.remaining
    if expected.method is ForecastMethod.COMPLETE:
        return f"the year is complete: {so_far}"
    if expected.method is ForecastMethod.LAST_YEAR_SHAPE:
        return f"{so_far} in {k} periods, and {m} more in the shape of last year = {point}"
    return f"{so_far} in {k} periods + {m} more at the same rate ({so_far} x {m} / {k}) = {point}"


def _year_chance(expected: Forecast, found: MeasureAnalysis) -> str:
    target = found.facts.target
    if expected.chance_in_words is None or target is None or target.target is None:
        return ""
    rules = found.rules
    goal = number(target.target, found.facts.unit)
    return (
        f"meeting {goal} is {expected.chance_in_words} "
        f"(unlikely is under {rules.unlikely_percent}%, likely over {rules.likely_percent}%)"
    )


def _comparison(
    anchor: str, compared: Comparison | None, facts: MeasureFacts
) -> Explanation | None:
    if compared is None or compared.change is None:
        return None
    title = comparison_title(compared, facts)
    return explanation(
        anchor, title, change_figure(compared.change, facts), change_rows(compared, facts)
    )
