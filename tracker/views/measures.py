"""Measures: the list, one with its chart and points, log a value, correct one, edit."""

import csv
import io

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.charts.explore import figure_json
from tracker.domain.periods import Period
from tracker.domain.vocabulary import ItemKind, Provenance
from tracker.extensions import db
from tracker.formatting import as_cell
from tracker.forms.measures import STATES, CorrectForm, MeasureForm, RecordForm
from tracker.models import Measure, Objective, Observation
from tracker.permissions import permitted
from tracker.queries.assessed import assessed_plan
from tracker.queries.measures import MeasurePage, measure_page
from tracker.queries.partners import partner_choices
from tracker.services.codes import next_measure_code
from tracker.services.items import add_measure, change_measure, current_target
from tracker.services.observations import correct_observation, record_observation
from tracker.sessions import current_actor
from tracker.views import frame, ordering, pictures
from tracker.views.posting import saving

bp = Blueprint("measures", __name__, url_prefix="/measures")
ordering.add_routes(bp, "measure")


@bp.route("")
def index() -> ResponseReturnValue:
    """List the measures of a plan with their latest values and status."""
    head = frame.shown_plan_if_any()
    if head is None:
        return render_template("measures/empty.html")
    plan = assessed_plan(db.session(), head, frame.reading())
    slices = pictures.distribution(plan.measure_tally, ItemKind.MEASURE)
    return render_template("measures/index.html", plan_page=plan, slices=slices)


@bp.route("/<int:measure_id>")
def show(measure_id: int) -> ResponseReturnValue:
    """Show a measure: status, position, chart, points and versions."""
    measure = permitted(Measure)
    page = _page(measure)
    shown = {"measure": measure, "page": page, "all": "all" in request.args}
    chart = pictures.of_measure(page, frame.as_at())
    return render_template("measures/show.html", chart=chart, **shown)


@bp.route("/<int:measure_id>/figure.json")
def figure(measure_id: int) -> ResponseReturnValue:
    """Give the picture's Plotly figure, which Explore loads."""
    found = pictures.figure_of_measure(_page(permitted(Measure)), frame.as_at())
    if found is None:
        abort(404)
    return Response(figure_json(found), mimetype="application/json")


@bp.route("/<int:measure_id>/points.csv")
def points(measure_id: int) -> ResponseReturnValue:
    """Give every version of every value as a CSV file."""
    measure = permitted(Measure)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(
        [
            "period",
            "value",
            "state",
            "version",
            "known_at",
            "provenance",
            "source",
            "note",
            "reason",
        ]
    )
    for row in _page(measure).rows:
        for version in (row.newest, *row.earlier):
            value = "" if version.value is None else f"{version.value:f}"
            texts = (version.provenance, version.source, version.note, version.change_reason)
            stamp = version.known_at.isoformat(timespec="seconds")
            cells = [version.period.key, value, version.state, version.version, stamp]
            writer.writerow([*cells, *map(as_cell, texts)])
    name = f"{measure.code}-points.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(out.getvalue(), mimetype="text/csv", headers=headers)


@bp.route("/<int:measure_id>/observations/new", methods=["GET", "POST"])
def record(measure_id: int) -> ResponseReturnValue:
    """Log the value of a period."""
    measure = permitted(Measure)
    form = RecordForm()
    form.unit = measure.unit
    if form.validate_on_submit():
        with saving(form) as saved:
            row = record_observation(
                db.session(), measure, form.entry(measure), actor=current_actor(), now=clock.now()
            )
            label = Period(measure.frequency, row.period_start).label
            saved.at(_back(measure), f"{measure.title}: value for {label} saved")
            db.session.commit()
        if saved.response:
            return saved.response
    page = _page(measure)
    form.offer_periods(_open_periods(measure, page))
    shown = {"measure": measure, "page": page, "form": form, "states": STATES}
    return render_template("measures/record.html", **shown), form.status


@bp.route("/observations/<int:observation_id>/correct", methods=["GET", "POST"])
def correct(observation_id: int) -> ResponseReturnValue:
    """Correct a value: the next version, with its reason."""
    earlier = permitted(Observation)
    measure = earlier.measure
    period = Period(measure.frequency, earlier.period_start)
    form = CorrectForm(obj=earlier)
    form.unit = measure.unit
    if not form.is_submitted():
        form.value.data = "" if earlier.value is None else f"{earlier.value:f}"
    if form.validate_on_submit():
        with saving(form) as saved:
            correct_observation(
                db.session(),
                measure,
                form.entry(measure, period),
                form.seen_version,
                actor=current_actor(),
                now=clock.now(),
            )
            saved.at(_back(measure), f"{measure.title}: value for {period.label} corrected")
            db.session.commit()
        if saved.response:
            return saved.response
    shown = {"measure": measure, "page": _page(measure), "form": form, "states": STATES}
    found = {"earlier": earlier, "period": period}
    return render_template("measures/correct.html", **shown, **found), form.status


@bp.route("/new/<int:objective_id>", methods=["GET", "POST"])
def new(objective_id: int) -> ResponseReturnValue:
    """Add a measure to an objective."""
    objective = permitted(Objective)
    head = frame.show_plan_of(objective.priority.plan)
    form = MeasureForm(
        collected_from=head.starts_on,
        target_starts_on=head.starts_on,
        target_ends_on=head.ends_on,
        tolerance_percent=head.rules.default_tolerance_percent,
    )
    form.owner_partner_id.offer(partner_choices(db.session()))
    del form.target_reason
    if not form.is_submitted():
        form.code.data = next_measure_code(db.session(), objective)
    if form.validate_on_submit():
        with saving(form) as saved:
            measure = add_measure(
                db.session(),
                objective,
                form.details(),
                form.terms(Provenance.RECORDED),
                actor=current_actor(),
                now=clock.now(),
            )
            saved.at(_back(measure), f"{measure.code} {measure.title}: added")
            db.session.commit()
        if saved.response:
            return saved.response
    shown = {"form": form, "objective": objective, "measure": None}
    return render_template("measures/edit.html", **shown), form.status


@bp.route("/<int:measure_id>/edit", methods=["GET", "POST"])
def edit(measure_id: int) -> ResponseReturnValue:
    """Change a measure; a target that changes needs a reason and keeps the old one."""
    measure = permitted(Measure)
    frame.show_plan_of(measure.objective.priority.plan)
    terms = current_target(db.session(), measure.id)
    form = MeasureForm(
        obj=measure,
        baseline=terms.baseline,
        baseline_label=terms.baseline_label,
        target=terms.target,
        target_starts_on=terms.starts_on,
        target_ends_on=terms.ends_on,
        trajectory=terms.trajectory,
        tolerance_percent=terms.tolerance_percent,
    )
    form.owner_partner_id.offer(partner_choices(db.session()))
    if form.validate_on_submit():
        with saving(form) as saved:
            kept = {"provenance": measure.provenance, "source": measure.source}
            change_measure(
                db.session(),
                measure,
                form.details(**kept),
                form.terms(terms.provenance),
                form.seen_version,
                actor=current_actor(),
                now=clock.now(),
            )
            saved.at(_back(measure), f"{measure.code}: saved")
            db.session.commit()
        if saved.response:
            return saved.response
    shown = {"form": form, "objective": measure.objective, "measure": measure}
    return render_template("measures/edit.html", **shown), form.status


def _page(measure: Measure) -> MeasurePage:
    head = frame.show_plan_of(measure.objective.priority.plan)
    return measure_page(db.session(), measure, head.rules, frame.reading())


def _back(measure: Measure) -> str:
    return url_for("measures.show", measure_id=measure.id)


def _open_periods(measure: Measure, page: MeasurePage) -> list[Period]:
    """Return the ended periods without a value, oldest first; the newest one where none is."""
    stored = {row.newest.period for row in page.rows}
    period, today = Period.containing(measure.frequency, measure.collected_from), clock.today()
    ended: list[Period] = []
    while period.has_ended(today) and len(ended) < 600:
        ended.append(period)
        period = period.next()
    return [one for one in ended if one not in stored]
