"""Partners: who they are and what they owe the plan; add one, change it, note that it left."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.domain.assessment import PlanAssessment
from tracker.domain.wording import plain_date
from tracker.extensions import db
from tracker.forms.partners import LeftForm, PartnerForm
from tracker.models import Partner
from tracker.permissions import permitted
from tracker.queries.assessed import assessed_plan
from tracker.queries.partners import partner_choices, partner_page, partners_page
from tracker.services.partners import add_partner, change_partner, set_left
from tracker.sessions import current_actor
from tracker.views import frame
from tracker.views.posting import saving

bp = Blueprint("partners", __name__, url_prefix="/partners")


@bp.route("")
def index() -> ResponseReturnValue:
    """List the partners with what each leads and owns."""
    page = partners_page(db.session(), _assessment(), frame.as_at())
    return render_template("partners/index.html", page=page, day_shown=frame.as_at())


@bp.route("/<int:partner_id>")
def show(partner_id: int) -> ResponseReturnValue:
    """Show a partner's actions and measures, what it supports, and its people."""
    page = partner_page(db.session(), partner_id, _assessment())
    shown = {"partner": permitted(Partner), "page": page, "day_shown": frame.as_at()}
    return render_template("partners/show.html", **shown)


@bp.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Add a partner."""
    form = PartnerForm()
    form.offer_parents(partner_choices(db.session()))
    if form.validate_on_submit():
        with saving(form) as saved:
            partner = add_partner(
                db.session(), form.details(), actor=current_actor(), now=clock.now()
            )
            saved.at(_home(partner), f"{partner.name}: added")
            db.session.commit()
        if saved.response:
            return saved.response
    return render_template("partners/edit.html", form=form, partner=None), form.status


@bp.route("/<int:partner_id>/edit", methods=["GET", "POST"])
def edit(partner_id: int) -> ResponseReturnValue:
    """Change a partner; note that it left, or that it is back."""
    partner = permitted(Partner)
    form = PartnerForm(obj=partner)
    form.offer_parents([row for row in partner_choices(db.session()) if row[0] != partner_id])
    if form.validate_on_submit():
        with saving(form) as saved:
            change_partner(
                db.session(),
                partner,
                form.details(source=partner.source),
                form.seen_version,
                actor=current_actor(),
                now=clock.now(),
            )
            saved.at(_home(partner), f"{partner.name}: saved")
            db.session.commit()
        if saved.response:
            return saved.response
    leaving = LeftForm(formdata=None, left_on=clock.today(), prefix="leaving")
    shown = {"form": form, "partner": partner, "leaving": leaving}
    return render_template("partners/edit.html", **shown), form.status


@bp.route("/<int:partner_id>/state", methods=["POST"])
def state(partner_id: int) -> ResponseReturnValue:
    """Note the day a partner left, or that it is back."""
    partner = permitted(Partner)
    is_back = request.form.get("state") == "back"
    form = LeftForm(prefix="leaving")
    if not is_back and not form.validate():
        flash(" ".join(form.left_on.errors), "error")
        return redirect(url_for("partners.edit", partner_id=partner_id), 303)
    left_on = None if is_back else form.left_on.data
    set_left(db.session(), partner, left_on, actor=current_actor(), now=clock.now())
    done = f"left on {plain_date(left_on)}" if left_on else "back in the partnership"
    flash(f"{partner.name}: {done}", "success")
    db.session.commit()
    return redirect(_home(partner), 303)


def _home(partner: Partner) -> str:
    return url_for("partners.show", partner_id=partner.id)


def _assessment() -> PlanAssessment | None:
    head = frame.shown_plan_if_any()
    return assessed_plan(db.session(), head, frame.reading()) if head else None
