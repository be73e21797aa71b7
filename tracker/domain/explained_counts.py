"""Figures that count things, explained: what was counted, of what, by which rule, and each one.

Pure: what the reader may not know of is not in what is handed in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.domain.assessment import (
    ActionAssessment,
    MeasureAssessment,
    ObjectiveAssessment,
    PlanAssessment,
    PriorityAssessment,
)
from tracker.domain.disagreements import Disagreement, disagreements
from tracker.domain.explained import Basis, Explanation, Named, added_up, explanation
from tracker.domain.explained_rules import rule_of
from tracker.domain.headlines import judged_by, plan_headline, worst_priorities
from tracker.domain.rollup import tally
from tracker.domain.rules import StatusRules
from tracker.domain.vocabulary import ItemKind, PriorityKind, Status
from tracker.domain.wording import share, status_label

#: The word for many of a kind.
_PLURALS = {
    ItemKind.PRIORITY: "priorities",
    ItemKind.OBJECTIVE: "objectives",
    ItemKind.ACTION: "actions",
    ItemKind.MEASURE: "measures",
}

_KEPT_BACK = (
    "actions and measures marked OFFICIAL-SENSITIVE, or under a parent that is, on which your "
    "partner is not named"
)
_WHO_SEES = (
    "seen by the partners named on them, officers, administrators and cleared board members; "
    "every figure is that of what you may see"
)

_CHAIN = (
    "every change gets the next number, and its hash covers the one before: none can be changed or "
    "taken out unseen; some are about items that you may not see"
)


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind that a page counts.

    :param where: what follows them: "in the plan", "led by City Police".
    :param anchor: what their anchors begin with; empty takes the kind's plural.
    """

    kind: ItemKind
    where: str
    items: tuple[Named, ...]
    anchor: str = ""

    @property
    def plural(self) -> str:
        """What its anchors begin with."""
        return self.anchor or _PLURALS[self.kind]


def many(count: int, kind: ItemKind) -> str:
    """Return how many of a kind: "1 priority", "64 actions"."""
    return f"{count:,} {kind.value if count == 1 else _PLURALS[kind]}"


def named_action(item: ActionAssessment) -> Named:
    """Return an action as an explanation lists it."""
    facts = item.facts
    why = f"{item.verdict.why} · {facts.lead.short_name}"
    return Named(ItemKind.ACTION, facts.id, f"{facts.code} {facts.title}", item.verdict.status, why)


def named_measure(item: MeasureAssessment) -> Named:
    """Return a measure as an explanation lists it."""
    facts = item.facts
    why = f"{item.verdict.why} · {facts.owner.short_name}"
    return Named(
        ItemKind.MEASURE, facts.id, f"{facts.code} {facts.title}", item.verdict.status, why
    )


def named_objective(item: ObjectiveAssessment, priority_id: int) -> Named:
    """Return an objective as an explanation lists it."""
    facts, verdict = item.facts, item.verdict
    name = f"{facts.code} {facts.title}"
    return Named(ItemKind.OBJECTIVE, facts.id, name, verdict.status, verdict.why, priority_id)


def named_priority(item: PriorityAssessment) -> Named:
    """Return a priority or strand as an explanation lists it."""
    facts, verdict = item.facts, item.verdict
    strand = "strand · " if facts.kind is PriorityKind.STRAND else ""
    name = f"{facts.code} {facts.title}"
    return Named(ItemKind.PRIORITY, facts.id, name, verdict.status, f"{strand}{verdict.why}")


def explain_group(group: Group, rules: StatusRules, basis: Basis) -> list[Explanation]:
    """Return how many there are in all, then how many of each status, worst first."""
    counts = tally(item.status for item in group.items).counts
    return [
        _total(group, basis),
        *(_of_status(group, status, rules, basis) for status, _count in counts),
    ]


def _total(group: Group, basis: Basis) -> Explanation:
    count = len(group.items)
    counted = tally(item.status for item in group.items).counts
    numbers = [f"{n:,} {status_label(status, group.kind).lower()}" for status, n in counted]
    formula = added_up(numbers, f"{count:,}") if count else f"none is {group.where}"
    rows = [
        ("Formula", formula),
        ("Counted", f"every {group.kind} {group.where} {basis.when} that you may see, once"),
        *shared_rows(basis),
    ]
    return explanation(group.plural, f"{many(count, group.kind)} {group.where}", f"{count:,}", rows)


def _of_status(group: Group, status: Status, rules: StatusRules, basis: Basis) -> Explanation:
    found = tuple(item for item in group.items if item.status is status)
    whole, count = many(len(group.items), group.kind), f"{len(found):,}"
    word = status_label(status, group.kind).lower()
    formula = f"{count} = the {_PLURALS[group.kind]} whose status is {word}, of {whole}"
    rows = [
        ("Formula", f"{formula} {group.where} {basis.when} that you may see"),
        ("Share", f"100 x {count} / {len(group.items):,} = {share(len(found), len(group.items))}"),
        ("Rule", f"{word}: {rule_of(group.kind, status, rules)}"),
        *shared_rows(basis),
    ]
    title = f"{count} of {whole} {group.where}: {word}"
    return explanation(f"{group.plural}-{status}", title, count, rows, found)


def shared_rows(basis: Basis) -> list[tuple[str, str]]:
    """Return what every count of a page says of its basis."""
    return [("Left out", basis.kept_back), ("Worked out", basis.brief)]


def explain_plan(plan: PlanAssessment, basis: Basis) -> list[Explanation]:
    """Return the figures of a plan: its sentence, its parts by status, what people judge.

    The sentence is left out where there is no priority to say it of.
    """
    groups = (
        Group(ItemKind.PRIORITY, "in the plan", tuple(map(named_priority, plan.priorities))),
        Group(ItemKind.OBJECTIVE, "in the plan", objectives_of(plan.priorities)),
        Group(ItemKind.ACTION, "in the plan", tuple(map(named_action, plan.actions))),
        Group(ItemKind.MEASURE, "in the plan", tuple(map(named_measure, plan.measures))),
    )
    return [
        *([_verdict(plan, basis)] if plan.priorities else []),
        *(part for group in groups for part in explain_group(group, plan.facts.rules, basis)),
        _judgements(disagreements(plan), basis),
    ]


def objectives_of(priorities: Iterable[PriorityAssessment]) -> tuple[Named, ...]:
    """Return the objectives of priorities, as explanations list them."""
    return tuple(
        named_objective(objective, priority.facts.id)
        for priority in priorities
        for objective in priority.objectives
    )


def _verdict(plan: PlanAssessment, basis: Basis) -> Explanation:
    worst, counted = worst_priorities(plan), judged_by(plan)
    word = status_label(worst.status, ItemKind.PRIORITY).lower()
    unproven = f", and {worst.unproven} not evidenced" if worst.unproven else ""
    strands = len(plan.priorities) - len(counted)
    found = tuple(named_priority(item) for item in counted if item.verdict.status is worst.status)
    formula = f"{worst.count} = the priorities whose status is {word}{unproven}"
    rows = [
        ("Formula", f"{formula}, of {worst.whole} {basis.when} that you may see"),
        ("Rule", "the worst status that any priority has leads: red, then amber, not evidenced"),
        (word.capitalize(), rule_of(ItemKind.PRIORITY, worst.status, plan.facts.rules)),
        ("Strands", f"{strands} run beside the priorities and are not counted" if strands else ""),
        *shared_rows(basis),
    ]
    figure = f"{worst.count} of {worst.whole}"
    return explanation("verdict", plan_headline(plan).verdict, figure, rows, found)


def _judgements(found: Sequence[Disagreement], basis: Basis) -> Explanation:
    waiting = sum(one.judgement.is_awaiting_second for one in found)
    rows = [
        (
            "Formula",
            f"{len(found) - waiting} in force + {waiting} awaiting a second = {len(found)}"
            if found
            else "nobody sees a status differently",
        ),
        ("Counted", f"judgements that stand beside a computed status {basis.when}"),
        ("Rule", "a judgement changes no computed status, and no figure on this page counts it"),
        *shared_rows(basis),
    ]
    return explanation(
        "judgements",
        f"Judgements: {len(found)}",
        str(len(found)),
        rows,
        tuple(map(_disagreed, found)),
    )


def _disagreed(one: Disagreement) -> Named:
    about, facts = one.about, one.judgement.facts
    why = f"judged {status_label(facts.status, about.kind).lower()} by {facts.author}"
    within = about.priority.facts.id if about.kind is ItemKind.OBJECTIVE else 0
    return Named(about.kind, about.id, about.name, about.verdict.status, why, within)


def explain_ledger(basis: Basis) -> Explanation:
    """Return the number of the ledger's last change, as a figure of its own."""
    rows = [
        ("Formula", f"{basis.change:,} = the changes that the plan's chain holds, counted from 1"),
        ("Hash", basis.fingerprint),
        ("Rule", _CHAIN),
    ]
    return explanation(
        "ledger", f"Change {basis.change:,} of the ledger", f"{basis.change:,}", rows
    )


def explain_left_out(basis: Basis) -> Explanation:
    """Return what the reader may not see, as a figure of its own."""
    rows = [("Counted", _KEPT_BACK), ("Rule", _WHO_SEES), ("Worked out", basis.brief)]
    items = "sensitive item is" if basis.left_out == 1 else "sensitive items are"
    title = f"{basis.left_out} {items} left out"
    return explanation("left-out", title, str(basis.left_out), rows)
