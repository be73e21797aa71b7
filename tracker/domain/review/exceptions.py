"""What is off track, at risk or missing: why, what was last said, who owns it, what is asked."""

from dataclasses import dataclass

from tracker.domain.assessment import ActionAssessment, MeasureAssessment, PlanAssessment
from tracker.domain.document import Column, Paragraph, Section, StatusWord, Table
from tracker.domain.review.judgements import beside
from tracker.domain.review.material import ReviewMaterial
from tracker.domain.review.words import (
    NONE,
    marked,
    measure_name,
    period_of,
    reasons,
    said,
    so_far,
    status_word,
)
from tracker.domain.vocabulary import ItemKind, Standing, Status
from tracker.domain.wording import plain_date, plural

_ORDER = (Status.RED, Status.AMBER, Status.NOT_UPDATED, Status.NO_DATA)


@dataclass(frozen=True, slots=True)
class ExceptionLine:
    """One item that is not as it should be.

    :param weighs: whether it is a critical action or a headline measure.
    :param asked: what its lead asked for; empty if nothing.
    """

    name: str
    word: StatusWord
    why: str
    last: str
    owner: str
    by: str
    asked: str
    weighs: bool


def exceptions_of(plan: PlanAssessment) -> list[ExceptionLine]:
    """Return what is red, amber or missing: worst first, asks before others, weighty ones first."""
    actions = [_action(a) for a in plan.actions if a.verdict.status in _ORDER]
    measures = [_measure(m) for m in plan.measures if m.verdict.status in _ORDER]
    return sorted([*actions, *measures], key=_rank)


def _rank(line: ExceptionLine) -> tuple[int, bool, bool]:
    return (_ORDER.index(line.word.status), not line.asked, not line.weighs)


def exceptions(material: ReviewMaterial) -> Section:
    """Return the section that tells every exception."""
    found = exceptions_of(material.now)
    if not found:
        return Section("Exceptions", (Paragraph("Nothing is off track, at risk or missing."),))
    asks = sum(bool(line.asked) for line in found)
    intro = (
        f"{plural(len(found), 'exception')}, worst first. {plural(asks, 'lead')} asked for help."
    )
    sections = tuple(
        _group(title, lines)
        for title, statuses in (
            ("Red and off track", (Status.RED,)),
            ("Amber and at risk", (Status.AMBER,)),
            ("Missing", (Status.NOT_UPDATED, Status.NO_DATA)),
        )
        if (lines := [line for line in found if line.word.status in statuses])
    )
    return Section("Exceptions", (Paragraph(intro, "note"),), sections)


def _group(title: str, lines: list[ExceptionLine]) -> Section:
    columns = (
        Column("Item", weight=9),
        Column("Status", weight=6),
        Column("Cause", weight=7),
        Column("What was last said", weight=12),
        Column("Owner and date", weight=7),
        Column("Asked of the board", weight=7),
    )
    rows = tuple(
        (line.name, line.word, line.why, line.last, f"{line.owner}, {line.by}", line.asked or NONE)
        for line in lines
    )
    return Section(title, (Table(f"{title}: {plural(len(lines), 'item')}", columns, rows),))


def _action(action: ActionAssessment) -> ExceptionLine:
    facts = action.facts
    latest = facts.latest
    asked = latest.help_needed if latest else ""
    return ExceptionLine(
        name=f"{facts.code} {facts.title}",
        word=status_word(action.verdict, ItemKind.ACTION),
        why=reasons(action.verdict),
        last=said(latest),
        owner=facts.lead.short_name,
        by=f"due {plain_date(facts.due_on)}",
        asked=marked(asked, latest.provenance) if latest and asked else "",
        weighs=facts.is_critical,
    )


def _measure(measure: MeasureAssessment) -> ExceptionLine:
    facts = measure.facts
    figure = so_far(measure)
    return ExceptionLine(
        name=measure_name(facts),
        word=beside(
            status_word(measure.verdict, ItemKind.MEASURE), measure.judgement, ItemKind.MEASURE
        ),
        why=reasons(measure.verdict),
        last=figure if measure.position is None else f"{figure} in {period_of(measure)}",
        owner=facts.owner.short_name,
        by=_target_date(measure),
        asked="",
        weighs=facts.standing is Standing.HEADLINE,
    )


def _target_date(measure: MeasureAssessment) -> str:
    target = measure.facts.target
    if target is None or target.target is None:
        return "no target"
    return f"target for {plain_date(target.ends_on)}"
