"""The status of one measure, with the reasons for it.

By the signals of its chart and its target, or by the target alone while there are too few
points. A status is never carried past a value that is overdue, and a provisional value never
improves one.
"""

from datetime import date
from decimal import Decimal

from tracker.domain.analysis import MeasureAnalysis, analyse
from tracker.domain.facts import MeasureFacts, ObservationFacts, TargetFacts
from tracker.domain.forecast import Chance
from tracker.domain.periods import Period
from tracker.domain.rules import StatusRules
from tracker.domain.series import first_due_on, last_due
from tracker.domain.spc_chart import Assurance, Meaning, XmrChart
from tracker.domain.status import Reason, ReasonCode, Verdict, verdict_of
from tracker.domain.targets import rate_position
from tracker.domain.vocabulary import Direction, ObservationState, Standing, Status, Unit
from tracker.domain.wording import days, number, plain_date

_ORDER = (Status.GREEN, Status.AMBER, Status.RED)

#: Assurance, then what the latest point means, to the status and the words for it.
_GRID: dict[Assurance, dict[Meaning, tuple[Status, str]]] = {
    Assurance.PASSING: {
        Meaning.IMPROVING: (Status.GREEN, "consistently passing the target, improving"),
        Meaning.COMMON_CAUSE: (Status.GREEN, "consistently passing the target"),
        Meaning.CONCERNING: (Status.AMBER, "passing, getting worse"),
    },
    Assurance.HIT_OR_MISS: {
        Meaning.COMMON_CAUSE: (Status.AMBER, "hit or miss against the target, usual variation"),
        Meaning.CONCERNING: (Status.RED, "hit or miss against the target, getting worse"),
    },
    Assurance.FAILING: {
        Meaning.IMPROVING: (Status.AMBER, "improving, not enough"),
        Meaning.COMMON_CAUSE: (Status.RED, "will not meet the target without change"),
        Meaning.CONCERNING: (Status.RED, "consistently failing the target, getting worse"),
    },
}
_ALL_PROVISIONAL = "every value is provisional: amber at best"
_NOT_RATED_WITHOUT = "without its provisional value it is not rated: amber at best"
_WITHOUT_TARGET: dict[Meaning, tuple[Status, str]] = {
    Meaning.IMPROVING: (Status.GREEN, "no target is set; improving"),
    Meaning.CONCERNING: (Status.RED, "no target is set; getting worse"),
}


def measure_status(measure: MeasureFacts, rules: StatusRules, as_at: date) -> Verdict:
    """Return the status of a measure on a day."""
    return status_of(analyse(measure, rules, as_at))


def status_of(found: MeasureAnalysis) -> Verdict:
    """Return the status of a measure from what was worked out about it."""
    measure = found.facts
    if measure.standing is Standing.CONTEXT or measure.direction is Direction.NEUTRAL:
        return verdict_of(Status.NOT_RATED, ReasonCode.CONTEXT, "context: shown, not rated")
    missing = _missing(measure, found.as_at)
    if missing is not None:
        return Verdict(Status.NO_DATA, (missing,))
    if found.position is None:
        return Verdict(Status.NO_DATA, (_no_value_yet(measure),))
    return _guarded(found, _rated(found))


def _guarded(found: MeasureAnalysis, with_all: Verdict) -> Verdict:
    """Return the worse of with and without the provisional values; amber at best without."""
    if not _is_latest_provisional(found):
        return with_all
    final = found.without_provisional()
    without = _rated(final).status if final.position is not None else None
    if without is not None and without in _ORDER:
        return _held_back(with_all, without, "a provisional value cannot improve it")
    if with_all.status not in _ORDER:
        return with_all
    is_all = final.position is None
    return _held_back(with_all, Status.AMBER, _ALL_PROVISIONAL if is_all else _NOT_RATED_WITHOUT)


def _is_latest_provisional(found: MeasureAnalysis) -> bool:
    """Whether the newest value is provisional, of the year's path or of the chart."""
    latest = found.chart.latest if found.chart is not None else None
    by_path = found.position is not None and found.position.is_latest_provisional
    return by_path or (latest is not None and latest.is_provisional)


def _held_back(with_all: Verdict, without: Status, sentence: str) -> Verdict:
    if with_all.status not in _ORDER:
        is_kept = without is Status.GREEN
    else:
        is_kept = _ORDER.index(with_all.status) >= _ORDER.index(without)
    if is_kept:
        return with_all
    provisional = Reason(ReasonCode.PROVISIONAL, without, sentence)
    return Verdict(without, (provisional, *with_all.reasons))


def _rated(found: MeasureAnalysis) -> Verdict:
    """Return the status of the values that are there, provisional ones and all."""
    chart = found.usable_chart
    if found.facts.direction is Direction.MAINTAIN:
        return _by_band(found)
    if chart is None:
        return _by_target(found)
    if chart.target is None:
        return _without_target(chart)
    return _by_chart(found, chart)


def _by_chart(found: MeasureAnalysis, chart: XmrChart) -> Verdict:
    assurance, meaning = chart.assurance, _meaning(chart)
    if assurance is Assurance.HIT_OR_MISS and meaning is Meaning.IMPROVING:
        status, words = _on_the_way(found)
    else:
        status, words = _GRID[assurance or Assurance.HIT_OR_MISS][meaning]
    if assurance is Assurance.HIT_OR_MISS and _is_year_unlikely(found):
        return _one_step_worse(found, status, words)
    return verdict_of(status, ReasonCode.BY_CHART, words)


def _on_the_way(found: MeasureAnalysis) -> tuple[Status, str]:
    where = found.position
    if where is not None and where.shortfall is not None and where.shortfall <= 0:
        return Status.GREEN, "hit or miss against the target, improving and on its path"
    return Status.AMBER, "hit or miss against the target, improving, not on its path yet"


def _meaning(chart: XmrChart) -> Meaning:
    return chart.variation.meaning if chart.variation else Meaning.COMMON_CAUSE


def _is_year_unlikely(found: MeasureAnalysis) -> bool:
    expected = found.forecast
    return (
        expected is not None and expected.is_shown and expected.chance_in_words is Chance.UNLIKELY
    )


def _one_step_worse(found: MeasureAnalysis, status: Status, words: str) -> Verdict:
    """Return the status one step worse: a period may or may not meet it, a year's total is surer."""
    worse = _ORDER[min(_ORDER.index(status) + 1, 2)]
    by_chart = Reason(ReasonCode.BY_CHART, status, words)
    target = found.facts.target
    if worse is status or target is None or target.target is None:
        return Verdict(status, (by_chart,))
    goal = number(target.target, found.facts.unit)
    is_over = found.forecast is not None and not found.forecast.remaining
    how = "missed" if is_over else "is unlikely to meet"
    sentence = f"the year {how} its target of {goal}"
    return Verdict(worse, (Reason(ReasonCode.YEAR_UNLIKELY, worse, sentence), by_chart))


def _without_target(chart: XmrChart) -> Verdict:
    known = _WITHOUT_TARGET.get(_meaning(chart))
    if known is None:
        return verdict_of(Status.NOT_RATED, ReasonCode.NO_TARGET, "no target is set")
    return verdict_of(known[0], ReasonCode.BY_CHART, known[1])


def _by_target(found: MeasureAnalysis) -> Verdict:
    where, unit = found.position, found.facts.unit
    if where is None or where.required is None:
        return verdict_of(Status.NOT_RATED, ReasonCode.NO_TARGET, "no target is set")
    early = "" if found.chart is None else ", too early for a chart"
    so_far = " so far" if where.is_year_to_date else ""
    sentence = (
        f"by target{early}: {number(where.actual, unit)}{so_far}, "
        f"{number(where.required, unit)} required by {where.period.short_label}"
    )
    return verdict_of(rate_position(where), ReasonCode.BY_TARGET, sentence)


def _by_band(found: MeasureAnalysis) -> Verdict:
    where, target, unit = found.position, found.facts.target, found.facts.unit
    if where is None or where.required is None or target is None:
        return verdict_of(Status.NOT_RATED, ReasonCode.NO_TARGET, "no band is set")
    sentence = f"{number(where.actual, unit)}, to be kept {_band_words(target, unit)}"
    return verdict_of(rate_position(where), ReasonCode.BY_BAND, sentence)


def _band_words(target: TargetFacts, unit: Unit) -> str:
    low, high = target.band_low, target.band_high
    if low is not None and high is not None:
        return f"from {number(low, unit)} to {number(high, unit)}"
    if low is not None:
        return f"at {number(low, unit)} or more"
    return f"at {number(high or Decimal(0), unit)} or less"


def _missing(measure: MeasureFacts, as_at: date) -> Reason | None:
    """Return why a measure has no data: the last period that was due has no number."""
    due = last_due(measure, as_at)
    if due is None or (due.observation is not None and due.observation.state.has_value):
        return None
    if due.observation is None:
        late = days((as_at - due.due_on).days)
        sentence = f"{due.period.short_label} is {late} overdue"
        return Reason(ReasonCode.VALUE_OVERDUE, Status.NO_DATA, sentence)
    return _without_number(due.period, due.observation)


def _without_number(period: Period, answer: ObservationFacts) -> Reason:
    if answer.state is ObservationState.WITHHELD:
        sentence = f"{period.short_label} is withheld by its owner"
        return Reason(ReasonCode.WITHHELD, Status.NO_DATA, sentence)
    sentence = f"{period.short_label} was not collected"
    return Reason(ReasonCode.NOT_COLLECTED, Status.NO_DATA, sentence)


def _no_value_yet(measure: MeasureFacts) -> Reason:
    """Return why nothing is overdue and yet no value counts."""
    newest = max(measure.observations, key=lambda o: o.period_start, default=None)
    if newest is None:
        sentence = f"first value due {plain_date(first_due_on(measure))}"
        return Reason(ReasonCode.NO_VALUE, Status.NO_DATA, sentence)
    if not newest.state.has_value:
        return _without_number(Period(measure.frequency, newest.period_start), newest)
    since = measure.target.starts_on if measure.target is not None else measure.collected_from
    sentence = f"no value yet since {plain_date(since)}"
    return Reason(ReasonCode.NO_VALUE, Status.NO_DATA, sentence)
