"""Actions: show one, report on it, correct a report, edit it."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.domain.explained import Explanation
from tracker.domain.explained_action import explain_action
from tracker.extensions import db
from tracker.forms.actions import SURE, ActionForm, CorrectProgressForm, ProgressForm
from tracker.models import Action, Objective, ProgressUpdate
from tracker.permissions import permitted
from tracker.queries.actions import ActionPage, action_page
from tracker.queries.partners import partner_choices
from tracker.services.codes import next_code
from tracker.services.items import add_action, change_action, current_due_date
from tracker.services.progress import correct_progress, log_progress
from tracker.sessions import current_actor
from tracker.views import frame, ordering
from tracker.views.posting import saving

bp = Blueprint("actions", __name__, url_prefix="/actions")
ordering.add_routes(bp, "action")


def _page(action: Action, *, number: int = 1) -> ActionPage:
    head = frame.show_plan_of(action.objective.priority.plan)
    return action_page(db.session(), action, head.rules, frame.reading(), page=number)


@bp.route("/<int:action_id>")
def show(action_id: int) -> ResponseReturnValue:
    """Show an action with its status, milestones and story."""
    action = permitted(Action)
    number = request.args.get("page", 1, type=int)
    page = _page(action, number=min(max(number, 1), 1000))
    shown = {"action": action, "page": page, "number": number, "sure": SURE}
    return render_template("actions/show.html", **shown, explained=_explained(action, page))


@bp.route("/<int:action_id>/updates/new", methods=["GET", "POST"])
def report(action_id: int) -> ResponseReturnValue:
    """Log progress."""
    action = permitted(Action)
    form = ProgressForm()
    if form.validate_on_submit():
        with saving(form) as saved:
            entry = form.entry(clock.today())
            log_progress(db.session(), action, entry, actor=current_actor(), now=clock.now())
            saved.at(_back(action), f"{action.code}: progress saved")
            db.session.commit()
        if saved.response:
            return saved.response
    page = _page(action)
    form.offer_milestones(page.facts.milestones if page.facts else ())
    shown = {"action": action, "page": page, "form": form, "sure": SURE}
    return render_template("actions/report.html", **shown), form.status


@bp.route("/updates/<int:update_id>/correct", methods=["GET", "POST"])
def correct(update_id: int) -> ResponseReturnValue:
    """Correct the newest report; the earlier one stays in the story."""
    earlier = permitted(ProgressUpdate)
    action = earlier.action
    form = CorrectProgressForm(obj=earlier)
    del form.milestones
    if form.validate_on_submit():
        with saving(form) as saved:
            correct_progress(
                db.session(),
                earlier,
                form.entry(clock.today()),
                form.reason.data or "",
                actor=current_actor(),
                now=clock.now(),
            )
            saved.at(_back(action), f"{action.code}: report corrected")
            db.session.commit()
        if saved.response:
            return saved.response
    shown = {"action": action, "page": _page(action), "form": form, "sure": SURE}
    return render_template("actions/correct.html", **shown, earlier=earlier), form.status


@bp.route("/new/<int:objective_id>", methods=["GET", "POST"])
def new(objective_id: int) -> ResponseReturnValue:
    """Add an action to an objective."""
    objective = permitted(Objective)
    head = frame.show_plan_of(objective.priority.plan)
    form = ActionForm(starts_on=head.starts_on, due_on=head.ends_on)
    form.offer_partners(partner_choices(db.session()))
    del form.due_reason
    if not form.is_submitted():
        form.code.data = next_code(db.session(), objective)
    if form.validate_on_submit():
        with saving(form) as saved:
            action = add_action(
                db.session(), objective, form.details(), actor=current_actor(), now=clock.now()
            )
            saved.at(_back(action), f"{action.code} {action.title}: added")
            db.session.commit()
        if saved.response:
            return saved.response
    shown = {"form": form, "objective": objective, "action": None}
    return render_template("actions/edit.html", **shown), form.status


@bp.route("/<int:action_id>/edit", methods=["GET", "POST"])
def edit(action_id: int) -> ResponseReturnValue:
    """Change an action; a due date that moves needs a reason."""
    action = permitted(Action)
    frame.show_plan_of(action.objective.priority.plan)
    due_on = current_due_date(db.session(), action.id).due_on
    form = ActionForm(obj=action, due_on=due_on)
    form.offer_partners(partner_choices(db.session()))
    if not form.is_submitted():
        form.supporting_partner_ids.data = [str(p.id) for p in action.supporting_partners]
    if form.validate_on_submit():
        with saving(form) as saved:
            kept = {n: getattr(action, n) for n in ("source", "lead_source", "due_source")}
            change_action(
                db.session(),
                action,
                form.details(**kept),
                form.seen_version,
                actor=current_actor(),
                now=clock.now(),
            )
            saved.at(_back(action), f"{action.code}: saved")
            db.session.commit()
        if saved.response:
            return saved.response
    shown = {"form": form, "objective": action.objective, "action": action}
    return render_template("actions/edit.html", **shown), form.status


def _explained(action: Action, page: ActionPage) -> list[Explanation]:
    if page.facts is None or page.verdict is None:
        return []
    rules = frame.show_plan_of(action.objective.priority.plan).rules
    return explain_action(page.facts, page.verdict, page.due_moves, rules, frame.as_at())


def _back(action: Action) -> str:
    return url_for("actions.show", action_id=action.id)
