"""Objectives: add one, change it; they are shown on their priority's page."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.extensions import db
from tracker.forms.objectives import ObjectiveForm
from tracker.models import Objective, Priority
from tracker.permissions import permitted
from tracker.services.items import add_objective, change_item
from tracker.sessions import current_actor
from tracker.views import frame, ordering
from tracker.views.posting import saving

bp = Blueprint("objectives", __name__, url_prefix="/objectives")
ordering.add_routes(bp, "objective")


@bp.route("/new/<int:priority_id>", methods=["GET", "POST"])
def new(priority_id: int) -> ResponseReturnValue:
    """Add an objective to a priority."""
    priority = permitted(Priority)
    frame.show_plan_of(priority.plan)
    form = ObjectiveForm()
    if form.validate_on_submit():
        with saving(form) as saved:
            objective = add_objective(
                db.session(), priority, form.details(), actor=current_actor(), now=clock.now()
            )
            home = ordering.home_of(objective)
            saved.at(home, f"{objective.code} {objective.title}: added")
            db.session.commit()
        if saved.response:
            return saved.response
    shown = {"form": form, "priority": priority, "objective": None}
    return render_template("objectives/edit.html", **shown), form.status


@bp.route("/<int:objective_id>/edit", methods=["GET", "POST"])
def edit(objective_id: int) -> ResponseReturnValue:
    """Change an objective."""
    objective = permitted(Objective)
    frame.show_plan_of(objective.priority.plan)
    form = ObjectiveForm(obj=objective)
    if form.validate_on_submit():
        with saving(form) as saved:
            change_item(
                db.session(),
                objective,
                form.details(source=objective.source),
                form.seen_version,
                actor=current_actor(),
                now=clock.now(),
            )
            saved.at(ordering.home_of(objective), f"{objective.code}: saved")
            db.session.commit()
        if saved.response:
            return saved.response
    shown = {"form": form, "priority": objective.priority, "objective": objective}
    return render_template("objectives/edit.html", **shown), form.status
