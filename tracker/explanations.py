"""Explain this number: the rule, the inputs and the source behind what a page shows."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tracker.domain.assessment import MeasureAssessment
from tracker.domain.vocabulary import (
    ActionState,
    Aggregation,
    Confidence,
    ItemKind,
    Trajectory,
)
from tracker.domain.wording import number, plain_date, plain_date_range, status_label
from tracker.queries.actions import ActionPage, UpdateEntry
from tracker.queries.things import Thing

#: Term and text, as the component shows them.
Rows = list[tuple[str, str]]

_SURE = {
    Confidence.HIGH: "On track",
    Confidence.MEDIUM: "At risk",
    Confidence.LOW: "Off track",
}


def update_words(update: UpdateEntry) -> str:
    """Return what a report says of its action, in its lead's words: "At risk, 40% done"."""
    if update.state is ActionState.COMPLETED:
        return "Reported complete"
    if update.state is ActionState.CANCELLED:
        return "Cancelled"
    sure = _SURE[update.confidence] if update.confidence else "No confidence given"
    done = f", {update.percent}% done" if update.percent is not None else ""
    blocked = ", blocked" if update.is_blocked else ""
    return f"{sure}{done}{blocked}"


def hints(words: Mapping[Any, tuple[str, str]]) -> dict[str, str]:
    """Return what choosing each word means, by its value."""
    return {word.value: meaning for word, (_label, meaning) in words.items()}


def by(thing: Thing, author_id: int | None) -> Thing:
    """Return the thing as an entry of one author, for asking who may correct it."""
    return replace(thing, author_id=author_id)


def explained_action(page: ActionPage) -> Rows:
    """Return why an action's status is what it is."""
    if page.facts is None or page.verdict is None:
        return []
    facts, latest = page.facts, page.facts.latest
    heard = f"{latest.author}, {plain_date(latest.known_on)}" if latest else "nobody yet"
    done = sum(m.done_on is not None for m in facts.milestones)
    return [
        ("Rule", "The first line of the rules for actions that holds; red before amber."),
        ("Reasons", "; ".join(_reason(r.sentence, r.severity) for r in page.verdict.reasons)),
        ("Dates", plain_date_range(facts.starts_on, facts.due_on)),
        ("Baseline", f"first due {plain_date(facts.baseline_due_on)}"),
        ("Milestones", f"{done} of {len(facts.milestones)} done"),
        ("Last report", heard),
    ]


def _reason(sentence: str, severity: Any) -> str:
    return f"{sentence} ({status_label(severity, ItemKind.ACTION).lower()})"


def explained_measure(item: MeasureAssessment, source: str) -> Rows:
    """Return why a measure's status is what it is, with the numbers in the formula."""
    rows: Rows = [("Reasons", "; ".join(r.sentence for r in item.verdict.reasons))]
    target = item.facts.target
    where = item.position
    if where is not None and where.required is not None and target is not None:
        rows += [
            ("Formula", _formula(item)),
            (
                "Tolerance",
                f"{target.tolerance_percent.normalize():f}% of what is required is amber",
            ),
            ("Path", plain_date_range(target.starts_on, target.ends_on)),
        ]
    return [*rows, ("Source", source or "No source is named")]


def _formula(item: MeasureAssessment) -> str:
    where, target, unit = item.position, item.facts.target, item.facts.unit
    if where is None or where.required is None or target is None or target.target is None:
        return ""
    actual, required = number(where.actual, unit), number(where.required, unit)
    goal = number(target.target, unit)
    if item.facts.aggregation is Aggregation.SUM:
        how = f"target {goal} x {where.periods_counted} periods' share = {required}"
    elif target.baseline is None or target.trajectory is Trajectory.FLAT:
        how = f"target {goal} from the first day on"
    else:
        how = f"from {number(target.baseline, unit)} to {goal} in a line: {required} by then"
    return f"{actual} by {where.period.label}, against {how}"


def sources_of(item: Any, plan: Any) -> Rows:
    """Return where an item, its lead and its dates come from, with the documents' titles."""
    named = [
        ("Item", item.source),
        ("Lead", getattr(item, "lead_source", "")),
        ("Dates", getattr(item, "due_source", "")),
    ]
    rows = [(label, _source(text, plan.sources)) for label, text in named if text]
    return rows or [("Item", "Entered by an officer of the partnership")]


def _source(text: str, sources: Mapping[str, Any]) -> str:
    """Return a source's code with its title, or its own words where it is no code."""
    parts = [part.strip() for part in text.split(",")]
    titled = [
        f"{part}: {sources[part]['title']} ({sources[part]['address']})"
        if part in sources
        else part.capitalize()
        for part in parts
    ]
    return "; ".join(titled)
