"""Breaks in a measure's series and its baseline: what stands and why, and the forms for both."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.domain.breaks import periods_for_a_break
from tracker.domain.periods import Period
from tracker.domain.spc import LEAST_BASELINE
from tracker.domain.wording import plain_date
from tracker.extensions import db
from tracker.forms.breaks import FreezeForm, MarkForm, ReleaseForm, WithdrawForm
from tracker.models import Measure
from tracker.permissions import permitted
from tracker.queries.breaks import BreaksPage, breaks_page
from tracker.services.breaks import (
    freeze_baseline,
    mark_break,
    release_baseline,
    withdraw_break,
)
from tracker.sessions import current_actor
from tracker.views import frame
from tracker.views.posting import saving

bp = Blueprint("breaks", __name__, url_prefix="/measures")


@bp.route("/<int:measure_id>/breaks")
def show(measure_id: int) -> ResponseReturnValue:
    """Show the breaks and the baseline of a measure, what is suggested, and the whole history."""
    measure = permitted(Measure)
    shown = {"measure": measure, "page": _page(measure), "least": LEAST_BASELINE}
    return render_template("breaks/show.html", **shown)


@bp.route("/<int:measure_id>/breaks/new", methods=["GET", "POST"])
def mark(measure_id: int) -> ResponseReturnValue:
    """Mark a break."""
    measure = permitted(Measure)
    form = MarkForm()
    if form.validate_on_submit():
        with saving(form) as saved:
            row = mark_break(
                db.session(), measure, form.details(), actor=current_actor(), now=clock.now()
            )
            label = Period.containing(measure.frequency, row.starts_on).label
            message = f"Break from {label} marked: it begins on {plain_date(row.starts_on)}"
            saved.at(_back(measure), message)
            db.session.commit()
        if saved.response:
            return saved.response
    page = _page(measure)
    offered = periods_for_a_break(page.series, clock.today()) if page.series else []
    form.offer(((period.start, period) for period in offered), request.args.get("starts_on"))
    shown = {"measure": measure, "page": page, "form": form}
    return render_template("breaks/mark.html", **shown), form.status


@bp.route("/<int:measure_id>/breaks/withdraw", methods=["GET", "POST"])
def withdraw(measure_id: int) -> ResponseReturnValue:
    """Withdraw a break that stands."""
    measure = permitted(Measure)
    form = WithdrawForm()
    if form.validate_on_submit():
        with saving(form) as saved:
            row = withdraw_break(
                db.session(), measure, form.details(), actor=current_actor(), now=clock.now()
            )
            label = Period.containing(measure.frequency, row.starts_on).label
            saved.at(_back(measure), f"Break from {label} withdrawn")
            db.session.commit()
        if saved.response:
            return saved.response
    page = _page(measure)
    standing = ((entry.starts_on, entry.period) for entry in page.standing)
    form.offer(standing, request.args.get("starts_on"))
    shown = {"measure": measure, "page": page, "form": form}
    return render_template("breaks/withdraw.html", **shown), form.status


@bp.route("/<int:measure_id>/baseline/freeze", methods=["GET", "POST"])
def freeze(measure_id: int) -> ResponseReturnValue:
    """Freeze the baseline, or change at how many points it is frozen."""
    measure = permitted(Measure)
    form = FreezeForm()
    if form.validate_on_submit():
        with saving(form) as saved:
            row = freeze_baseline(
                db.session(),
                measure,
                form.details(),
                form.seen_version,
                actor=current_actor(),
                now=clock.now(),
            )
            saved.at(_back(measure), f"Baseline frozen at {row.points} values")
            db.session.commit()
        if saved.response:
            return saved.response
    return _baseline_form("breaks/freeze.html", measure, form)


@bp.route("/<int:measure_id>/baseline/release", methods=["GET", "POST"])
def release(measure_id: int) -> ResponseReturnValue:
    """Release a frozen baseline."""
    measure = permitted(Measure)
    form = ReleaseForm()
    if form.validate_on_submit():
        with saving(form) as saved:
            release_baseline(
                db.session(),
                measure,
                form.reason.data or "",
                form.seen_version,
                actor=current_actor(),
                now=clock.now(),
            )
            saved.at(_back(measure), "Baseline released: every final value counts again")
            db.session.commit()
        if saved.response:
            return saved.response
    return _baseline_form("breaks/release.html", measure, form)


def _baseline_form(
    template: str, measure: Measure, form: FreezeForm | ReleaseForm
) -> ResponseReturnValue:
    page = _page(measure)
    if not form.is_submitted():
        form.version.data = str(page.seen_id)
    longest = page.series.longest if page.series else 0
    shown = {"measure": measure, "page": page, "form": form}
    bounds = {"least": LEAST_BASELINE, "longest": longest}
    return render_template(template, **shown, **bounds), form.status


def _page(measure: Measure) -> BreaksPage:
    head = frame.show_plan_of(measure.objective.priority.plan)
    return breaks_page(db.session(), measure, head.rules, frame.reading())


def _back(measure: Measure) -> str:
    return url_for("breaks.show", measure_id=measure.id)
