"""A priority and its objectives explained: each light with the line of the rule that decided."""

from collections.abc import Iterable, Sequence

from tracker.domain.assessment import ObjectiveAssessment, PriorityAssessment
from tracker.domain.explained import (
    Basis,
    Explanation,
    Named,
    explanation,
    judged_words,
)
from tracker.domain.explained_counts import (
    Group,
    explain_group,
    many,
    named_action,
    named_measure,
    named_objective,
    objectives_of,
    shared_rows,
)
from tracker.domain.explained_rules import (
    DELIVERY_LINES,
    OUTCOME_LINES,
    PRIORITY_LINES,
    rule_of,
)
from tracker.domain.rollup import (
    ChildLight,
    Line,
    MeasureLight,
    delivery_lines,
    outcome_lines,
    priority_lines,
    tally,
)
from tracker.domain.rules import StatusRules
from tracker.domain.status import Verdict
from tracker.domain.vocabulary import ItemKind, Standing, Status
from tracker.domain.wording import status_label

_FIRST = "The first line that holds decides; a share of an empty group never holds."
_NEVER = "Outcome and delivery are never averaged: each pair of lights has its status."
_LEFT_OUT = (Status.CLOSED, Status.NOT_STARTED)


def explain_priority(
    priority: PriorityAssessment, rules: StatusRules, basis: Basis
) -> list[Explanation]:
    """Return the figures of a priority: its status, its tallies, each objective's two lights."""
    facts = priority.facts
    where = f"under {facts.code}"
    groups = (
        Group(ItemKind.OBJECTIVE, where, objectives_of([priority])),
        Group(ItemKind.ACTION, where, tuple(map(named_action, priority.actions))),
        Group(ItemKind.MEASURE, where, tuple(map(named_measure, priority.measures))),
    )
    return [
        _status(priority, basis),
        *(part for group in groups for part in explain_group(group, rules, basis)),
        *(part for one in priority.objectives for part in _objective(one, priority, rules, basis)),
    ]


def deciding_line(lines: Sequence[Line], rules: Sequence[str]) -> str:
    """Return which line of a list decided: "3 of 7: half or more of ... are red: red"."""
    place = next(at for at, (holds, _status, _words) in enumerate(lines) if holds)
    return f"{place + 1} of {len(rules)}: {rules[place]}"


def _status(priority: PriorityAssessment, basis: Basis) -> Explanation:
    lights = [ChildLight(o.facts.is_critical, o.verdict.status) for o in priority.objectives]
    critical = [o.facts.code for o in priority.objectives if o.facts.is_critical]
    label = status_label(priority.verdict.status, ItemKind.PRIORITY)
    rows = [
        ("Formula", priority.verdict.why),
        ("Line that decided", deciding_line(priority_lines(lights), PRIORITY_LINES)),
        ("Inputs", _counted(ItemKind.OBJECTIVE, (light.status for light in lights))),
        ("Critical", ", ".join(critical)),
        ("Rule", _FIRST),
        ("Judgement", judged_words(priority.judgement, ItemKind.PRIORITY)),
        *shared_rows(basis),
    ]
    items = tuple(named_objective(one, priority.facts.id) for one in priority.objectives)
    return explanation("status", f"Status: {label}", label, rows, items)


def _objective(
    one: ObjectiveAssessment, priority: PriorityAssessment, rules: StatusRules, basis: Basis
) -> list[Explanation]:
    facts, verdict = one.facts, one.verdict
    label = status_label(verdict.status, ItemKind.OBJECTIVE)
    shown, done = (
        status_label(light.status, ItemKind.OBJECTIVE).lower()
        for light in (one.outcome, one.delivery)
    )
    of_status = rule_of(ItemKind.OBJECTIVE, verdict.status, rules)
    rows = [
        ("Formula", f"outcome {shown} with delivery {done} = {label.lower()}: {verdict.why}"),
        ("Inputs", f"outcome: {one.outcome.why}; delivery: {one.delivery.why}"),
        ("Rule", f"{label.lower()}: {of_status}. {_NEVER}"),
        ("Critical", f"{priority.facts.code} is red if it is" if facts.is_critical else ""),
        ("Judgement", judged_words(one.judgement, ItemKind.OBJECTIVE)),
        *shared_rows(basis),
    ]
    return [
        explanation(
            f"objective-{facts.id}", f"{facts.code} {facts.title}: {label.lower()}", label, rows
        ),
        _outcome(one, basis),
        _delivery(one, basis),
    ]


def _outcome(one: ObjectiveAssessment, basis: Basis) -> Explanation:
    lights = [MeasureLight(m.facts.standing, m.verdict.status) for m in one.measures]
    headline = [m.status for m in lights if m.standing is Standing.HEADLINE]
    line = deciding_line(outcome_lines(lights), OUTCOME_LINES)
    inputs = _counted(ItemKind.MEASURE, (light.status for light in lights))
    first = _counted(ItemKind.MEASURE, headline) if headline else "none"
    rows = [
        ("Formula", one.outcome.why),
        ("Line that decided", line),
        ("Inputs", f"{inputs}; headline: {first}"),
        ("Rule", _FIRST),
        *shared_rows(basis),
    ]
    return _light("outcome", one, one.outcome, rows, tuple(map(named_measure, one.measures)))


def _delivery(one: ObjectiveAssessment, basis: Basis) -> Explanation:
    lights = [ChildLight(a.facts.is_critical, a.verdict.status) for a in one.actions]
    critical = [a.facts.code for a in one.actions if a.facts.is_critical]
    idle = sum(light.status in _LEFT_OUT for light in lights)
    rows = [
        ("Formula", one.delivery.why),
        ("Line that decided", deciding_line(delivery_lines(lights), DELIVERY_LINES)),
        ("Inputs", _counted(ItemKind.ACTION, (light.status for light in lights))),
        ("Not counted", f"{many(idle, ItemKind.ACTION)} closed or not started" if idle else ""),
        ("Critical", ", ".join(critical)),
        ("Rule", f"{_FIRST} Complete counts as green."),
        *shared_rows(basis),
    ]
    return _light("delivery", one, one.delivery, rows, tuple(map(named_action, one.actions)))


def _light(
    name: str,
    one: ObjectiveAssessment,
    light: Verdict,
    rows: Iterable[tuple[str, str]],
    items: tuple[Named, ...],
) -> Explanation:
    label = status_label(light.status, ItemKind.OBJECTIVE)
    title = f"{one.facts.code}, {name}: {label.lower()}"
    return explanation(f"{name}-{one.facts.id}", title, label, rows, items)


def _counted(kind: ItemKind, statuses: Iterable[Status]) -> str:
    """Return how many of a kind, and how many of each status: "3 measures: 2 red, 1 green"."""
    counts = tally(statuses)
    said = ", ".join(f"{n} {status_label(status, kind).lower()}" for status, n in counts.counts)
    return f"{many(counts.total, kind)}: {said}" if said else many(0, kind)
