"""The summary on one page: the verdict, how much stands where, what matters most."""

from collections.abc import Iterator

from tracker.domain.assessment import PlanAssessment
from tracker.domain.document import Block, Column, Markdown, Paragraph, Section, Table
from tracker.domain.headlines import plan_headline
from tracker.domain.review.changes import StatusMove, status_moves
from tracker.domain.review.exceptions import exceptions_of
from tracker.domain.review.material import ReviewMaterial
from tracker.domain.review.words import distribution, facts_of, measure_name, short_list
from tracker.domain.vocabulary import ItemKind, Status
from tracker.domain.wording import count_words, plain_date, plural, share

_RATED = (Status.RED, Status.AMBER, Status.GREEN)


def summary(material: ReviewMaterial) -> Section:
    """Return section 1."""
    blocks: list[Block] = [Paragraph(headline(material.now), "lead")]
    if material.details.summary:
        blocks.append(Markdown(material.details.summary))
    blocks.extend(_distributions(material.now))
    blocks.extend(_what_moved(material))
    return Section("Summary", tuple(blocks), (_three_exceptions(material.now),))


def headline(plan: PlanAssessment) -> str:
    """Return the verdict in the dashboard's words, then what was done and what is missing."""
    verdict = plan_headline(plan).verdict
    if not plan.priorities:
        return verdict
    actions, measures = plan.action_tally, plan.measure_tally
    off_track, complete = actions.of(Status.RED), actions.of(Status.COMPLETE)
    missing = measures.of(Status.NO_DATA)
    return (
        f"{verdict} Of {plural(actions.total, 'action')} {off_track} {_are(off_track)} "
        f"off track and {complete} {_are(complete)} complete; "
        f"{missing} of {plural(measures.total, 'measure')} {_have(missing)} no data."
    )


def left_out(count: int) -> str:
    """Return how many sensitive items a document does without."""
    items, are = ("item", "is") if count == 1 else ("items", "are")
    return (
        f"{count_words(count)} OFFICIAL-SENSITIVE {items} {are} left out of this paper: "
        "no figure in it counts them."
    )


def _distributions(plan: PlanAssessment) -> Iterator[Block]:
    measures = plan.measure_tally
    yield distribution("action", plan.action_tally, ItemKind.ACTION)
    rated = measures.of(*_RATED)
    note = f", {rated} of them rated ({share(rated, measures.total) or '0%'})"
    note += f", {measures.total - rated} unrated"
    yield distribution("measure", measures, ItemKind.MEASURE, note=note)
    if plan.facts.left_out:
        yield Paragraph(left_out(plan.facts.left_out), "note")


def _what_moved(material: ReviewMaterial) -> Iterator[Block]:
    moves = status_moves(material.earlier, material.now)
    since = f"since {plain_date(material.earlier_on)}"
    worse = [_moved(move) for move in moves if move.is_worse]
    better = [_moved(move) for move in moves if move.is_better]
    yield short_list(f"Worsened {since}: {len(worse)}", worse, "Nothing")
    yield short_list(f"Improved {since}: {len(better)}", better, "Nothing")
    missing = _missing(material.now)
    yield short_list(f"Missing: {len(missing)}", missing, "Nothing")


def _missing(plan: PlanAssessment) -> list[str]:
    measures = [
        f"{measure_name(measure.facts)}: {facts_of(measure.verdict)}"
        for measure in plan.measures
        if measure.verdict.status is Status.NO_DATA
    ]
    actions = [
        f"{action.facts.code} {action.facts.title}: {facts_of(action.verdict)}"
        for action in plan.actions
        if action.verdict.status is Status.NOT_UPDATED
    ]
    return [*measures, *actions]


def _moved(move: StatusMove) -> str:
    return f"{move.name}: {move.was.text.lower()} to {move.became.text.lower()}"


def _three_exceptions(plan: PlanAssessment) -> Section:
    title = "The exceptions that matter most"
    worst = exceptions_of(plan)[:3]
    if not worst:
        return Section(title, (Paragraph("Nothing is off track, at risk or missing."),))
    columns = (
        Column("Item", weight=5),
        Column("Status", weight=2),
        Column("Owner", weight=2),
        Column("Asked of the board", weight=4),
    )
    rows = tuple((e.name, e.word, e.owner, e.asked or "Nothing asked") for e in worst)
    return Section(
        title,
        (Table("Worst first, those that ask something of the board before others", columns, rows),),
    )


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _have(count: int) -> str:
    return "has" if count == 1 else "have"
