"""What stands behind the report: definitions, rules, sources, and the ledger in figures."""

from tracker.domain.assessment import MeasureAssessment
from tracker.domain.document import Block, Bullets, Column, Paragraph, Section, Table
from tracker.domain.review.material import Definition, ReviewMaterial
from tracker.domain.review.words import NONE, sentence
from tracker.domain.rules import StatusRules
from tracker.domain.vocabulary import Direction, Standing
from tracker.domain.wording import days, plain_date, plural

_NO_DEFINITION = Definition("", "", "", "", has_small_numbers=False)
_GOOD = {
    Direction.LOWER: "lower is better",
    Direction.HIGHER: "higher is better",
    Direction.MAINTAIN: "kept within a band",
    Direction.NEUTRAL: "not rated",
}


def appendices(material: ReviewMaterial) -> Section:
    """Return the appendices as one section."""
    parts = [
        _definitions(material),
        _rules(material.now.facts.rules),
        _sources(material),
        _ledger(material),
    ]
    return Section("Appendices", sections=tuple(part for part in parts if part is not None))


def _definitions(material: ReviewMaterial) -> Section | None:
    columns = (
        Column("Measure", weight=4),
        Column("Definition", weight=6),
        Column("Reported", weight=3),
        Column("Source and licence", weight=4),
    )
    rows = tuple(
        _definition(measure, material.definitions.get(measure.facts.id, _NO_DEFINITION))
        for measure in material.now.measures
    )
    if not rows:
        return None
    return Section("Measure definitions", (Table("Measures, as defined", columns, rows),))


def _definition(measure: MeasureAssessment, defined: Definition) -> tuple[str, ...]:
    facts = measure.facts
    how = [facts.frequency.value, f"due {days(facts.lag_days)} after the period"]
    how.append("context" if facts.standing is Standing.CONTEXT else _GOOD[facts.direction])
    source = [part for part in (defined.data_source, defined.licence) if part]
    words = [part for part in (defined.definition, defined.note) if part]
    return (
        f"{facts.code} {facts.title}",
        " ".join(words) or NONE,
        sentence(", ".join(how)),
        ". ".join(source) or NONE,
    )


def _rules(rules: StatusRules) -> Section:
    silence = f"{rules.reporting_cycle_days} for a reporting cycle and {rules.grace_days} of grace"
    late = plural(rules.milestones_late_for_red, "milestone")
    red, amber = rules.behind_red_points, rules.behind_amber_points
    very_late = days(rules.milestone_very_late_days)
    facts = (
        f"An action is not updated {days(rules.silence_days)} after its last report ({silence}).",
        f"An action is off track if {late} are late, or one by more than {very_late}.",
        f"Progress {red} points behind time is off track, {amber} at risk.",
        f"A due date that moved {rules.due_moves_for_amber} times puts an action at risk.",
        *_measure_rules(rules),
        "An objective has two lights, outcome and delivery, which are never averaged.",
        "A headline measure that is red makes its objective's outcome red.",
    )
    return Section(
        f"Status rules in force (version {rules.version})", (Bullets(facts, "Thresholds"),)
    )


def _measure_rules(rules: StatusRules) -> tuple[str, ...]:
    points, tolerance = rules.chart_points, rules.default_tolerance_percent
    unlikely, likely = rules.unlikely_percent, rules.likely_percent
    told_from = plural(rules.change_floor, "case")
    return (
        f"With {points} final values or more, the latest one and usual variation rate a measure.",
        f"With fewer the target alone does: amber up to {tolerance}% off its path, or its own tolerance.",
        f"A year is forecast from {plural(rules.forecast_from, 'period')} on.",
        f"A chance under {unlikely}% to meet the year's target is unlikely, over {likely}% likely.",
        "Where usual variation may hit or miss, a year that is unlikely is one step worse.",
        f"A chart of counts is weak under {rules.rare_mean} a period.",
        f"A change on last year is told in percent from {told_from} on.",
        "A provisional value never improves a status.",
    )


def _sources(material: ReviewMaterial) -> Section | None:
    blocks: list[Block] = []
    if material.sources:
        columns = (
            Column("Code", weight=1),
            Column("Document", weight=5),
            Column("Where", weight=5),
        )
        rows = tuple((s.code, s.title, s.address or NONE) for s in material.sources)
        blocks.append(Table("Documents that the plan cites", columns, rows))
    licences = sorted({d.licence for d in material.definitions.values() if d.licence})
    if licences:
        blocks.append(Bullets(tuple(licences), "Licences of the figures"))
    return Section("Sources and licences", tuple(blocks)) if blocks else None


def _ledger(material: ReviewMaterial) -> Section:
    since, until = plain_date(material.earlier_on), plain_date(material.as_at)
    total = sum(entry.count for entry in material.ledger)
    words = f"{plural(total, 'change')} recorded after {since} and by the end of {until}."
    blocks: list[Block] = [Paragraph(sentence(words))]
    if material.ledger:
        columns = (Column("What was done", weight=4), Column("Entries", is_number=True, weight=1))
        rows = tuple((sentence(entry.verb), f"{entry.count:,}") for entry in material.ledger)
        blocks.append(Table("Entries of the plan's ledger", columns, rows))
    return Section("The ledger in figures", tuple(blocks))
