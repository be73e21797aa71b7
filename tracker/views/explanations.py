"""Explain this number: every figure of a page with its formula, inputs, rule and source."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.actors import Audience
from tracker.domain.assessment import ActionAssessment, PlanAssessment, PriorityAssessment
from tracker.domain.explained import Basis, Explanation, Named, explanation
from tracker.domain.explained_action import explain_action
from tracker.domain.explained_board import Share, explain_board, explain_partner, explain_work
from tracker.domain.explained_counts import (
    explain_ledger,
    explain_left_out,
    explain_plan,
    named_action,
    named_measure,
)
from tracker.domain.explained_measure import explain_measure
from tracker.domain.explained_priority import explain_priority
from tracker.domain.explained_review import Counted, explain_readiness
from tracker.domain.review.build import EDITIONS
from tracker.domain.wording import days, plain_date
from tracker.explanations import sources_of
from tracker.extensions import db
from tracker.measure_words import definition_rows, origin_of, target_rows
from tracker.models import Action, Measure, Partner, Plan, Priority, Review
from tracker.permissions import permitted
from tracker.queries.actions import action_page
from tracker.queries.assessed import assessed_plan
from tracker.queries.dashboard import (
    STATUS_FILTERS,
    Board,
    DashboardFilter,
    ExceptionLine,
    board_dashboard,
)
from tracker.queries.heads import PlanHead
from tracker.queries.measures import measure_page, target_versions
from tracker.queries.partners import partner_page
from tracker.queries.reading import Reading
from tracker.queries.reviews import workbench
from tracker.queries.work import FRESH_DAYS, ActionTask, MeasureTask, Work, work_of_partner
from tracker.sessions import current_actor
from tracker.views import frame

bp = Blueprint("explanations", __name__, url_prefix="/explain")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is explained, and the page that shows it.

    :param above: text and address of what that page stands under.
    :param article: what its name follows in a sentence: "the ", else nothing.
    """

    name: str
    page: str
    above: tuple[tuple[str, str], ...] = ()
    article: str = ""

    @property
    def crumbs(self) -> list[tuple[str, str | None]]:
        """Where the explanation stands, as breadcrumbs take it."""
        return [*self.above, (self.name, self.page), ("Figures", None)]


@bp.route("/plans/<int:plan_id>")
def plan(plan_id: int) -> ResponseReturnValue:
    """Explain the figures of a plan and of the dashboard, narrowed as the dashboard was."""
    head = frame.show_plan_of(permitted(Plan))
    asked = {name: request.args.get(name) for name in ("priority", "partner", "status")}
    wanted = DashboardFilter.of(asked["priority"], asked["partner"], asked["status"])
    board = board_dashboard(db.session(), head, frame.reading(), wanted)
    basis = _basis(head, board.plan)
    parts = [
        *explain_plan(board.plan, basis),
        *explain_board(
            _named_lines(board.exceptions),
            _named_lines(board.silent),
            _named_lines(line for line in board.exceptions if line.help_needed),
            basis,
            narrowed=_narrowed(board, wanted),
        ),
    ]
    if basis.left_out:
        parts.append(explain_left_out(basis))
    parts.append(explain_ledger(basis))
    narrowed: dict[str, Any] = {name: text for name, text in asked.items() if text}
    home = url_for("site.dashboard", plan=plan_id, **narrowed)
    return _page(Subject(head.title, home), parts, basis)


@bp.route("/priorities/<int:priority_id>")
def priority(priority_id: int) -> ResponseReturnValue:
    """Explain the figures of a priority and of its objectives."""
    row = permitted(Priority)
    head = frame.show_plan_of(row.plan)
    assessed = assessed_plan(db.session(), head, frame.reading())
    basis = _basis(head, assessed)
    found = next((p for p in assessed.priorities if p.facts.id == priority_id), None)
    parts = explain_priority(found, head.rules, basis) if found else []
    home = url_for("priorities.show", priority_id=priority_id)
    subject = Subject(f"{row.code} {row.title}", home, (_plan_crumb(head),))
    return _page(subject, parts, basis)


@bp.route("/partners/<int:partner_id>")
def partner(partner_id: int) -> ResponseReturnValue:
    """Explain the figures of a partner: what it leads, owns, supports and is asked for."""
    row, head = permitted(Partner), frame.shown_plan_if_any()
    above = (("Partners", url_for("partners.index")),)
    subject = Subject(row.name, url_for("partners.show", partner_id=partner_id), above)
    if head is None:
        return _page(subject, [], None)
    assessed = assessed_plan(db.session(), head, frame.reading())
    page = partner_page(db.session(), partner_id, assessed)
    work = work_of_partner(db.session(), head, frame.reading(), partner_id)
    basis, name = _basis(head, assessed), row.short_name
    share = Share(
        name,
        page.share.actions,
        page.share.measures,
        page.supported,
        tuple((p.facts.code, _led(p, partner_id)) for p in assessed.priorities),
    )
    parts = [
        *explain_partner(share, head.rules, basis),
        *explain_work(name, _due(work), _done(work), FRESH_DAYS, basis),
    ]
    return _page(subject, parts, basis)


@bp.route("/actions/<int:action_id>")
def action(action_id: int) -> ResponseReturnValue:
    """Explain the figures of an action."""
    row = permitted(Action)
    head = frame.show_plan_of(row.objective.priority.plan)
    page = action_page(db.session(), row, head.rules, frame.reading())
    parts: list[Explanation] = []
    if page.facts is not None and page.verdict is not None:
        day = frame.as_at()
        parts = explain_action(page.facts, page.verdict, page.due_moves, head.rules, day)
        source = sources_of(row, row.objective.priority.plan)
        parts.append(explanation("source", "Where this action comes from", "", source))
    home = url_for("actions.show", action_id=action_id)
    above = (_priority_crumb(row.objective.priority),)
    return _page(Subject(f"{row.code} {row.title}", home, above), parts, _basis(head))


@bp.route("/measures/<int:measure_id>")
def measure(measure_id: int) -> ResponseReturnValue:
    """Explain the figures of a measure, with every baseline and target that was set."""
    row = permitted(Measure)
    head = frame.show_plan_of(row.objective.priority.plan)
    page = measure_page(db.session(), row, head.rules, frame.reading())
    parts: list[Explanation] = []
    if page.assessment is not None:
        versions = target_versions(db.session(), row, frame.reading())
        set_ = target_rows(versions, row.unit)
        parts = [
            *explain_measure(page.assessment, origin_of(row, page.rows)),
            explanation("targets", "Baseline and target, as they were set", "", set_),
            explanation("source", "What is measured, and its source", "", definition_rows(row)),
        ]
    home = url_for("measures.show", measure_id=measure_id)
    above = (_priority_crumb(row.objective.priority),)
    return _page(Subject(f"{row.code} {row.title}", home, above), parts, _basis(head))


@bp.route("/reviews/<int:review_id>")
def review(review_id: int) -> ResponseReturnValue:
    """Explain how ready a review is, as at its cut-off."""
    row = permitted(Review)
    head = frame.show_plan_of(row.plan)
    reading = Reading.of(row.cut_off_on, Audience.of(current_actor()))
    page = workbench(db.session(), head, row, reading)
    basis = _basis(head, page.plan)
    lines = [
        Counted(check.mend.value, check.name, check.total, tuple(g.title for g in check.gaps))
        for check in page.readiness.checks
    ]
    parts = explain_readiness(page.readiness.percent, lines, basis)
    above = (("Annual review", url_for("reviews.index", plan=row.plan_id)),)
    name = f"{EDITIONS[row.edition]} for {plain_date(row.board_on)}"
    home = url_for("reviews.show", review_id=review_id)
    return _page(Subject(name, home, above, "the "), parts, basis)


def _page(
    subject: Subject, parts: Sequence[Explanation], basis: Basis | None
) -> ResponseReturnValue:
    return render_template("explanations/show.html", subject=subject, parts=parts, basis=basis)


def _basis(head: PlanHead, assessed: PlanAssessment | None = None) -> Basis:
    """Return what the figures of a page rest on; one item's own page leaves nothing out."""
    return Basis(
        as_at=assessed.as_at if assessed else frame.as_at(),
        rules_version=head.rules.version,
        left_out=assessed.facts.left_out if assessed else 0,
        change=head.ledger_seq,
        fingerprint=head.ledger_hash,
    )


def _plan_crumb(head: PlanHead) -> tuple[str, str]:
    return head.title, url_for("plans.show", plan_id=head.id)


def _priority_crumb(row: Priority) -> tuple[str, str]:
    return row.title, url_for("priorities.show", priority_id=row.id)


def _led(priority: PriorityAssessment, partner_id: int) -> int:
    return sum(action.facts.lead.id == partner_id for action in priority.actions)


def _named_lines(lines: Iterable[ExceptionLine]) -> tuple[Named, ...]:
    return tuple(
        named_action(item) if isinstance(item, ActionAssessment) else named_measure(item)
        for item in (line.item for line in lines)
    )


def _narrowed(board: Board, wanted: DashboardFilter) -> str:
    """Return what the dashboard is narrowed to; names only what its reader may know of."""
    priorities = {p.facts.id: p.facts.title for p in board.plan.priorities}
    partners = {load.partner.id: load.partner.short_name for load in board.plan.workloads}
    unknown = "none of this plan"
    said = [
        f"priority {priorities.get(wanted.priority_id, unknown)}" if wanted.priority_id else "",
        f"partner {partners.get(wanted.partner_id, unknown)}" if wanted.partner_id else "",
        STATUS_FILTERS[wanted.status][0].lower() if wanted.status else "",
    ]
    return ", ".join(part for part in said if part)


def _due(work: Work) -> tuple[Named, ...]:
    actions = (_asked_action(task) for task in work.due_actions)
    measures = (_asked_measure(task) for task in work.due_measures)
    return (*actions, *measures)


def _done(work: Work) -> tuple[Named, ...]:
    actions = (named_action(task.item) for task in work.done_actions)
    measures = (named_measure(task.item) for task in work.done_measures)
    return (*actions, *measures)


def _asked_action(task: ActionTask) -> Named:
    said = "never reported on" if task.days_since is None else f"{days(task.days_since)} ago"
    return replace(named_action(task.item), why=f"last report: {said}")


def _asked_measure(task: MeasureTask) -> Named:
    missing = ", ".join(period.short_label for period in task.missing)
    late = f"; {task.overdue} overdue" if task.overdue else ""
    return replace(named_measure(task.item), why=f"no value for {missing}{late}")
