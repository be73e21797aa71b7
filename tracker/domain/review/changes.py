"""What changed between two days: statuses, due dates, targets, figures, items."""

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.domain.assessment import ActionAssessment, MeasureAssessment, PlanAssessment
from tracker.domain.document import Block, Bullets, Column, Paragraph, Section, StatusWord, Table
from tracker.domain.facts import MeasureFacts
from tracker.domain.periods import Period
from tracker.domain.review.material import ReviewMaterial
from tracker.domain.review.words import NONE, measure_name, reasons, status_word
from tracker.domain.status import Verdict
from tracker.domain.vocabulary import ItemKind, Status
from tracker.domain.wording import number, plain_date, plural

#: How bad a status is; those that are not here say nothing of better or worse.
_BADNESS = {
    Status.COMPLETE: 0,
    Status.GREEN: 0,
    Status.AMBER: 1,
    Status.NOT_UPDATED: 2,
    Status.NO_DATA: 2,
    Status.NOT_EVIDENCED: 2,
    Status.RED: 3,
}


@dataclass(frozen=True, slots=True)
class StatusMove:
    """An item whose status differs between two days, with the reasons for the later one."""

    name: str
    was: StatusWord
    became: StatusWord
    why: str

    @property
    def is_better(self) -> bool:
        """Whether it moved away from red."""
        return self._step < 0

    @property
    def is_worse(self) -> bool:
        """Whether it moved towards red, or fell silent."""
        return self._step > 0

    @property
    def _step(self) -> int:
        ranks = (_BADNESS.get(self.became.status), _BADNESS.get(self.was.status))
        return 0 if None in ranks else (ranks[0] or 0) - (ranks[1] or 0)


@dataclass(frozen=True, slots=True)
class _Rated:
    name: str
    verdict: Verdict


def status_moves(earlier: PlanAssessment, now: PlanAssessment) -> list[StatusMove]:
    """Return the items that stood in the plan on both days and changed status.

    Those that became worse come first, red before amber, then those that became better.
    """
    was = dict(_rated(earlier))
    moves = [
        StatusMove(
            rated.name,
            status_word(was[key].verdict, key[0]),
            status_word(rated.verdict, key[0]),
            reasons(rated.verdict),
        )
        for key, rated in _rated(now)
        if key in was and was[key].verdict.status is not rated.verdict.status
    ]
    return sorted(moves, key=_rank)


def _rank(move: StatusMove) -> tuple[bool, bool, int]:
    return (not move.is_worse, not move.is_better, -_BADNESS.get(move.became.status, 0))


def changes(material: ReviewMaterial) -> Section:
    """Return the section on what changed since the earlier day."""
    since = plain_date(material.earlier_on)
    sections = [
        _moves(status_moves(material.earlier, material.now)),
        _due_dates(material.earlier, material.now),
        _targets(material.earlier, material.now),
        _figures(material.earlier, material.now),
        _items(material.earlier, material.now),
    ]
    kept = tuple(section for section in sections if section is not None)
    words = f"Compared with what was known at the end of {since}."
    if not kept:
        words += " Nothing changed."
    return Section(f"What changed since {since}", (Paragraph(words, "note"),), kept)


def _moves(moves: list[StatusMove]) -> Section | None:
    if not moves:
        return None
    columns = (
        Column("Item", weight=5),
        Column("Was", weight=2),
        Column("Became", weight=2),
        Column("Why", weight=4),
    )
    rows = tuple((move.name, move.was, move.became, move.why) for move in moves)
    worse, better = sum(m.is_worse for m in moves), sum(m.is_better for m in moves)
    caption = (
        f"{plural(len(moves), 'change')} of status: {worse} for the worse, {better} for the better"
    )
    return Section("Statuses", (Table(caption, columns, rows),))


def _due_dates(earlier: PlanAssessment, now: PlanAssessment) -> Section | None:
    was = {action.facts.id: action.facts.due_on for action in earlier.actions}
    rows = tuple(
        (
            _action_name(action),
            plain_date(was[facts.id]),
            plain_date(facts.due_on),
            f"{facts.due_moves}",
        )
        for action in now.actions
        if (facts := action.facts).id in was and was[facts.id] != facts.due_on
    )
    columns = (
        Column("Action", weight=5),
        Column("Was due", weight=2),
        Column("Now due", weight=2),
        Column("Moved in all", is_number=True, weight=2),
    )
    return _section("Due dates", "Due dates that moved", columns, rows)


def _targets(earlier: PlanAssessment, now: PlanAssessment) -> Section | None:
    was = {measure.facts.id: measure.facts for measure in earlier.measures}
    rows = tuple(
        (measure_name(facts), _target(was[facts.id]), _target(facts))
        for measure in now.measures
        if (facts := measure.facts).id in was and was[facts.id].target != facts.target
    )
    columns = (Column("Measure", weight=5), Column("Was", weight=3), Column("Now", weight=3))
    return _section("Targets", "Baselines and targets that changed", columns, rows)


def _figures(earlier: PlanAssessment, now: PlanAssessment) -> Section | None:
    was = {measure.facts.id: measure for measure in earlier.measures}
    rows = tuple(
        row
        for measure in now.measures
        if measure.facts.id in was
        for row in _revised(was[measure.facts.id], measure)
    )
    columns = (
        Column("Measure", weight=5),
        Column("Period", weight=2),
        Column("Was", is_number=True, weight=2),
        Column("Now", is_number=True, weight=2),
    )
    return _section("Figures", "Figures that were revised", columns, rows)


def _revised(was: MeasureAssessment, now: MeasureAssessment) -> Iterator[tuple[str, ...]]:
    facts = now.facts
    before = {o.period_start: o.value for o in was.facts.observations}
    for observation in facts.observations:
        old = before.get(observation.period_start)
        if old is None or observation.value is None or old == observation.value:
            continue
        period = Period(facts.frequency, observation.period_start).short_label
        values = (number(old, facts.unit), number(observation.value, facts.unit))
        yield (measure_name(facts), period, *values)


def _items(earlier: PlanAssessment, now: PlanAssessment) -> Section | None:
    was, became = dict(_rated(earlier)), dict(_rated(now))
    joined = tuple(rated.name for key, rated in became.items() if key not in was)
    left = tuple(rated.name for key, rated in was.items() if key not in became)
    blocks: list[Block] = []
    if joined:
        blocks.append(Bullets(joined, "Joined the plan"))
    if left:
        blocks.append(Bullets(left, "Left the plan"))
    return Section("Items", tuple(blocks)) if blocks else None


def _section(
    title: str, caption: str, columns: tuple[Column, ...], rows: tuple[tuple[str, ...], ...]
) -> Section | None:
    return Section(title, (Table(caption, columns, rows),)) if rows else None


def _rated(plan: PlanAssessment) -> Iterator[tuple[tuple[ItemKind, int], _Rated]]:
    for priority in plan.priorities:
        name = f"{priority.facts.code} {priority.facts.title}"
        yield (ItemKind.PRIORITY, priority.facts.id), _Rated(name, priority.verdict)
    for action in plan.actions:
        yield (ItemKind.ACTION, action.facts.id), _Rated(_action_name(action), action.verdict)
    for measure in plan.measures:
        key = (ItemKind.MEASURE, measure.facts.id)
        yield key, _Rated(measure_name(measure.facts), measure.verdict)


def _action_name(action: ActionAssessment) -> str:
    return f"{action.facts.code} {action.facts.title}"


def _target(measure: MeasureFacts) -> str:
    target = measure.target
    if target is None or target.target is None:
        return NONE
    words = f"{number(target.target, measure.unit)} by {plain_date(target.ends_on)}"
    if target.baseline is not None:
        words += f", from {number(target.baseline, measure.unit)}"
    return words
