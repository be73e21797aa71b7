"""Plans: the list, a plan on a page, begin one, change it, open and close it."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.domain.vocabulary import ItemKind, PlanState
from tracker.extensions import db
from tracker.forms.plans import PlanForm
from tracker.models import Plan
from tracker.permissions import permitted
from tracker.queries.assessed import assessed_plan
from tracker.queries.heads import plan_heads
from tracker.queries.plans import archived_items
from tracker.services.plans import begin_plan, change_plan, set_plan_state
from tracker.sessions import current_actor
from tracker.views import frame
from tracker.views.posting import saving

bp = Blueprint("plans", __name__)
#: Where an archived item of a kind is restored.
_RESTORE = {
    ItemKind.PRIORITY: "priorities.restore",
    ItemKind.OBJECTIVE: "objectives.restore",
    ItemKind.ACTION: "actions.restore",
    ItemKind.MILESTONE: "milestones.restore",
    ItemKind.MEASURE: "measures.restore",
}
_DONE = {PlanState.ACTIVE: "open for reporting", PlanState.CLOSED: "closed"}


@bp.route("/plans")
def index() -> ResponseReturnValue:
    """List the plans, newest period first."""
    return render_template("plans/index.html", plans=plan_heads(db.session()))


@bp.route("/plan")
def current() -> ResponseReturnValue:
    """Lead to the plan that people work on now; to the empty list before the first."""
    head = frame.shown_plan_if_any()
    if head is None:
        return redirect(url_for("plans.index"), 303)
    return redirect(url_for("plans.show", plan_id=head.id), 303)


@bp.route("/plans/<int:plan_id>")
def show(plan_id: int) -> ResponseReturnValue:
    """Show a plan on a page, with the status of every part."""
    head = frame.show_plan_of(permitted(Plan))
    assessment = assessed_plan(db.session(), head, frame.reading())
    is_past = frame.as_at() < clock.today()
    return render_template("plans/show.html", assessment=assessment, head=head, is_past=is_past)


@bp.route("/plans/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Begin a plan."""
    form = PlanForm()
    if form.validate_on_submit():
        with saving(form) as saved:
            plan = begin_plan(db.session(), form.details(), actor=current_actor(), now=clock.now())
            saved.at(_home(plan), f"{plan.title}: begun as a draft")
            db.session.commit()
        if saved.response:
            return saved.response
    return render_template("plans/edit.html", form=form, edited=None), form.status


@bp.route("/plans/<int:plan_id>/edit", methods=["GET", "POST"])
def edit(plan_id: int) -> ResponseReturnValue:
    """Change a plan's title, vision and dates; see and restore what was archived."""
    plan = permitted(Plan)
    frame.show_plan_of(plan)
    form = PlanForm(obj=plan)
    if form.validate_on_submit():
        with saving(form) as saved:
            change_plan(
                db.session(),
                plan,
                form.details(),
                form.seen_version,
                actor=current_actor(),
                now=clock.now(),
            )
            saved.at(_home(plan), f"{plan.title}: saved")
            db.session.commit()
        if saved.response:
            return saved.response
    archived = archived_items(db.session(), plan_id)
    shown = {"form": form, "edited": plan, "archived": archived, "restore": _RESTORE}
    return render_template("plans/edit.html", **shown), form.status


@bp.route("/plans/<int:plan_id>/state", methods=["POST"])
def state(plan_id: int) -> ResponseReturnValue:
    """Open a plan for reporting, or close it."""
    plan = permitted(Plan)
    wanted = request.form.get("state", "")
    if wanted not in _DONE:
        abort(400)
    set_plan_state(db.session(), plan, PlanState(wanted), actor=current_actor(), now=clock.now())
    flash(f"{plan.title}: {_DONE[PlanState(wanted)]}", "success")
    db.session.commit()
    return redirect(_home(plan), 303)


def _home(plan: Plan) -> str:
    return url_for("plans.show", plan_id=plan.id)
