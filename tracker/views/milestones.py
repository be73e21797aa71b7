"""Milestones: add one, change it; they are shown on their action's page."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.extensions import db
from tracker.forms.milestones import MilestoneForm
from tracker.models import Action, Milestone
from tracker.permissions import permitted
from tracker.services.items import add_milestone, change_item
from tracker.sessions import current_actor
from tracker.views import frame, ordering
from tracker.views.posting import saving

bp = Blueprint("milestones", __name__, url_prefix="/milestones")
ordering.add_routes(bp, "milestone")


@bp.route("/new/<int:action_id>", methods=["GET", "POST"])
def new(action_id: int) -> ResponseReturnValue:
    """Add a milestone to an action."""
    action = permitted(Action)
    frame.show_plan_of(action.objective.priority.plan)
    form = MilestoneForm()
    if form.validate_on_submit():
        with saving(form) as saved:
            milestone = add_milestone(
                db.session(), action, form.details(), actor=current_actor(), now=clock.now()
            )
            saved.at(ordering.home_of(milestone), f"{milestone.title}: added")
            db.session.commit()
        if saved.response:
            return saved.response
    shown = {"form": form, "action": action, "milestone": None}
    return render_template("milestones/edit.html", **shown), form.status


@bp.route("/<int:milestone_id>/edit", methods=["GET", "POST"])
def edit(milestone_id: int) -> ResponseReturnValue:
    """Change a milestone."""
    milestone = permitted(Milestone)
    frame.show_plan_of(milestone.action.objective.priority.plan)
    form = MilestoneForm(obj=milestone)
    if form.validate_on_submit():
        with saving(form) as saved:
            change_item(
                db.session(),
                milestone,
                form.details(provenance=milestone.provenance),
                form.seen_version,
                actor=current_actor(),
                now=clock.now(),
            )
            saved.at(ordering.home_of(milestone), f"{milestone.title}: saved")
            db.session.commit()
        if saved.response:
            return saved.response
    shown = {"form": form, "action": milestone.action, "milestone": milestone}
    return render_template("milestones/edit.html", **shown), form.status
