"""A section a priority: its aim and status, measures with pictures, actions, what was learnt."""

from tracker.domain.assessment import (
    ActionAssessment,
    MeasureAssessment,
    ObjectiveAssessment,
    PriorityAssessment,
)
from tracker.domain.document import (
    Block,
    Cell,
    Column,
    Markdown,
    Paragraph,
    Section,
    StatusLine,
    Table,
)
from tracker.domain.facts import TargetFacts
from tracker.domain.refresh import RefreshItem
from tracker.domain.review.judgements import beside, judged_lines
from tracker.domain.review.material import ReviewMaterial
from tracker.domain.review.refresh_table import decision_words
from tracker.domain.review.words import (
    NONE,
    difference,
    distribution,
    marked,
    measure_name,
    period_of,
    reasons,
    said,
    so_far,
    status_word,
)
from tracker.domain.vocabulary import ItemKind, PriorityKind, Provenance, Standing, Unit
from tracker.domain.wording import number, plain_date

_NOT_WRITTEN = "Not written yet."
_MEASURE_COLUMNS = (
    Column("Measure", weight=11),
    Column("Baseline", is_number=True, weight=4),
    Column("Target", is_number=True, weight=5),
    Column("So far", is_number=True, weight=4),
    Column("Period", weight=6),
    Column("Against path", is_number=True, weight=4),
    Column("Status", weight=5),
)
_ACTION_COLUMNS = (
    Column("Action", weight=10),
    Column("Lead", weight=5),
    Column("Due", weight=4),
    Column("Status", weight=5),
    Column("Commentary", weight=16),
    Column("Decision", weight=5),
)
_OBJECTIVE_COLUMNS = (
    Column("Objective", weight=5),
    Column("Outcome", weight=2),
    Column("Delivery", weight=2),
    Column("Status", weight=2),
    Column("Why", weight=4),
)


def priority_sections(material: ReviewMaterial) -> tuple[Section, ...]:
    """Return a section for each priority, then one that holds the strands."""
    chosen = [p for p in material.now.priorities if p.facts.kind is PriorityKind.PRIORITY]
    strands = [p for p in material.now.priorities if p.facts.kind is PriorityKind.STRAND]
    sections = [_section(priority, material) for priority in chosen]
    if strands:
        inner = tuple(_section(strand, material) for strand in strands)
        sections.append(Section("Strands", sections=inner))
    return tuple(sections)


def _section(priority: PriorityAssessment, material: ReviewMaterial) -> Section:
    facts = priority.facts
    blocks: list[Block] = [Paragraph(facts.aim)] if facts.aim else []
    blocks.append(Paragraph(f"Lead: {facts.lead.name}.", "note"))
    word = status_word(priority.verdict, ItemKind.PRIORITY)
    blocks.append(StatusLine(word, reasons(priority.verdict)))
    blocks += judged_lines(priority.judgement, ItemKind.PRIORITY)
    if priority.objectives:
        tally = priority.objective_tally
        blocks.append(distribution("objective", tally, ItemKind.OBJECTIVE))
        rows = tuple(_objective_row(objective) for objective in priority.objectives)
        blocks.append(Table(f"{facts.code}: objectives", _OBJECTIVE_COLUMNS, rows))
    parts = [
        _measures(priority, material),
        _actions(priority, material),
        *_narrative(priority, material),
    ]
    inner = tuple(part for part in parts if part is not None)
    return Section(f"{facts.code} {facts.title}", tuple(blocks), inner)


def _objective_row(objective: ObjectiveAssessment) -> tuple[Cell, ...]:
    kind = ItemKind.OBJECTIVE
    return (
        f"{objective.facts.code} {objective.facts.title}",
        status_word(objective.outcome, kind),
        status_word(objective.delivery, kind),
        beside(status_word(objective.verdict, kind), objective.judgement, kind),
        reasons(objective.verdict),
    )


def _measures(priority: PriorityAssessment, material: ReviewMaterial) -> Section | None:
    if not priority.measures:
        return None
    rows = tuple(_measure_row(measure) for measure in priority.measures)
    table = Table(f"{priority.facts.code}: measures", _MEASURE_COLUMNS, rows)
    pictures = [
        material.pictures[measure.facts.id]
        for measure in priority.measures
        if measure.facts.standing is Standing.HEADLINE and measure.facts.id in material.pictures
    ]
    return Section("Measures", (table, *pictures))


def _measure_row(measure: MeasureAssessment) -> tuple[Cell, ...]:
    facts, target = measure.facts, measure.facts.target
    word = status_word(measure.verdict, ItemKind.MEASURE)
    word = beside(word, measure.judgement, ItemKind.MEASURE)
    return (
        measure_name(facts),
        _baseline(target, facts.unit),
        _target(target, facts.unit, facts.provenance),
        so_far(measure),
        period_of(measure),
        difference(measure),
        word,
    )


def _baseline(target: TargetFacts | None, unit: Unit) -> str:
    if target is None or target.baseline is None:
        return NONE
    return number(target.baseline, unit)


def _target(target: TargetFacts | None, unit: Unit, values: Provenance) -> str:
    """Return the target; it says by itself that it is invented only where the values are not."""
    if target is None or target.target is None:
        return NONE
    words = number(target.target, unit)
    return words if values is Provenance.ILLUSTRATIVE else marked(words, target.provenance)


def _actions(priority: PriorityAssessment, material: ReviewMaterial) -> Section | None:
    if not priority.actions:
        return None
    settled = {item.proposal.key: item for item in material.refresh}
    rows = tuple(
        _action_row(action, settled.get((ItemKind.ACTION, action.facts.id)))
        for action in priority.actions
    )
    caption = f"{priority.facts.code}: actions, with what becomes of each in the next plan"
    return Section("Actions", (Table(caption, _ACTION_COLUMNS, rows),))


def _action_row(action: ActionAssessment, refresh: RefreshItem | None) -> tuple[Cell, ...]:
    facts = action.facts
    return (
        f"{facts.code} {facts.title}",
        facts.lead.short_name,
        plain_date(facts.due_on),
        status_word(action.verdict, ItemKind.ACTION),
        f"{reasons(action.verdict)}. {said(facts.latest)}",
        decision_words(refresh) if refresh else NONE,
    )


def _narrative(priority: PriorityAssessment, material: ReviewMaterial) -> list[Section]:
    written = material.narratives.get(priority.facts.id)
    texts = (
        ("What was achieved", written.achieved if written else ""),
        ("What we learnt", written.learnt if written else ""),
    )
    return [
        Section(title, (Markdown(text) if text else Paragraph(_NOT_WRITTEN, "note"),))
        for title, text in texts
    ]
