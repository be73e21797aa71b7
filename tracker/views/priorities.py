"""Priorities and strands: show one with all that stands under it, add one, change it."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.domain.assessment import PriorityAssessment
from tracker.extensions import db
from tracker.forms.priorities import PriorityForm
from tracker.models import Plan, Priority
from tracker.permissions import Verb, can, permitted
from tracker.queries.assessed import assessed_plan
from tracker.queries.partners import partner_choices
from tracker.queries.things import Thing
from tracker.services.items import add_priority, change_item
from tracker.sessions import current_actor
from tracker.views import frame, ordering
from tracker.views.posting import saving

bp = Blueprint("priorities", __name__, url_prefix="/priorities")
ordering.add_routes(bp, "priority")


@bp.route("/<int:priority_id>")
def show(priority_id: int) -> ResponseReturnValue:
    """Show a priority: its status with reasons, its objectives, their measures and actions."""
    priority = permitted(Priority)
    head = frame.show_plan_of(priority.plan)
    assessment = assessed_plan(db.session(), head, frame.reading())
    found: PriorityAssessment | None = next(
        (p for p in assessment.priorities if p.facts.id == priority_id), None
    )
    day = frame.as_at()
    return render_template(
        "priorities/show.html",
        priority=priority,
        assessment=found,
        head=head,
        day_shown=day,
        is_past=day < clock.today(),
        may_report=_may_report,
    )


@bp.route("/new/<int:plan_id>", methods=["GET", "POST"])
def new(plan_id: int) -> ResponseReturnValue:
    """Add a priority or strand to a plan."""
    plan = permitted(Plan)
    frame.show_plan_of(plan)
    form = PriorityForm()
    form.offer_partners(partner_choices(db.session()))
    if form.validate_on_submit():
        with saving(form) as saved:
            priority = add_priority(
                db.session(), plan, form.details(), actor=current_actor(), now=clock.now()
            )
            saved.at(_home(priority), f"{priority.code} {priority.title}: added")
            db.session.commit()
        if saved.response:
            return saved.response
    shown = {"form": form, "of_plan": plan, "priority": None}
    return render_template("priorities/edit.html", **shown), form.status


@bp.route("/<int:priority_id>/edit", methods=["GET", "POST"])
def edit(priority_id: int) -> ResponseReturnValue:
    """Change a priority."""
    priority = permitted(Priority)
    frame.show_plan_of(priority.plan)
    form = PriorityForm(obj=priority)
    form.offer_partners(partner_choices(db.session()))
    if form.validate_on_submit():
        with saving(form) as saved:
            change_item(
                db.session(),
                priority,
                form.details(source=priority.source),
                form.seen_version,
                actor=current_actor(),
                now=clock.now(),
            )
            saved.at(_home(priority), f"{priority.code}: saved")
            db.session.commit()
        if saved.response:
            return saved.response
    shown = {"form": form, "of_plan": priority.plan, "priority": priority}
    return render_template("priorities/edit.html", **shown), form.status


def _may_report(partner_id: int) -> bool:
    """Whether the reader may report on what a partner leads or owns: the policy's own rule."""
    return can(current_actor(), Verb.REPORT, Thing(None, lead_partner_id=partner_id))


def _home(priority: Priority) -> str:
    return url_for("priorities.show", priority_id=priority.id)
