"""Measures: the list, one with its chart and points, log a value, correct one, edit."""

import csv
import io
from decimal import Decimal

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.charts.explore import figure_json
from tracker.domain.explained_measure import explain_measure
from tracker.domain.periods import Period
from tracker.domain.vocabulary import ItemKind, Provenance
from tracker.domain.wording import number, parts_words
from tracker.extensions import db
from tracker.formatting import as_cell
from tracker.forms.measures import UNITS, MeasureForm
from tracker.forms.observations import STATES, correct_form, record_form
from tracker.measure_points import point_rows
from tracker.measure_words import origin_of
from tracker.models import Measure, Objective, Observation
from tracker.permissions import permitted
from tracker.queries.assessed import assessed_plan
from tracker.queries.measures import SHOWN, MeasurePage, contributing_actions, measure_page
from tracker.queries.partners import partner_choices
from tracker.services.codes import next_measure_code
from tracker.services.items import add_measure, change_measure, current_target
from tracker.services.observations import as_typed, correct_observation, record_observation
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
    if page.assessment is None:
        return render_template("measures/show.html", measure=measure, page=page)
    rules = page.assessment.analysis.rules
    return render_template(
        "measures/show.html",
        measure=measure,
        page=page,
        chart=pictures.of_measure(page, frame.as_at()),
        forecast=pictures.forecast_of_measure(page),
        points=point_rows(page.rows, pictures.table_of_measure(page, frame.as_at()), measure.unit),
        actions=contributing_actions(db.session(), measure, rules, frame.reading()),
        explained=explain_measure(page.assessment, origin_of(measure, page.rows))[:2],
        all="all" in request.args,
        shown_at_first=SHOWN,
    )


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
            "numerator",
            "denominator",
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
            numbers = (version.value, version.numerator, version.denominator)
            texts = (version.provenance, version.source, version.note, version.change_reason)
            stamp = version.known_at.isoformat(timespec="seconds")
            cells = [version.period.key, *map(_digits, numbers), version.state, version.version]
            writer.writerow([*cells, stamp, *map(as_cell, texts)])
    name = f"{measure.code}-points.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(out.getvalue(), mimetype="text/csv", headers=headers)


@bp.route("/<int:measure_id>/observations/new", methods=["GET", "POST"])
def record(measure_id: int) -> ResponseReturnValue:
    """Log the value of a period."""
    measure = permitted(Measure)
    form = record_form(measure)
    if form.validate_on_submit():
        with saving(form) as saved:
            row = record_observation(
                db.session(), measure, form.entry(measure), actor=current_actor(), now=clock.now()
            )
            label = Period(measure.frequency, row.period_start).label
            said = f"value for {label} saved{_made(row, measure)}"
            saved.at(_back(measure), f"{measure.title}: {said}")
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
    form = correct_form(measure, obj=earlier)
    if not form.is_submitted():
        form.show(as_typed(earlier))
    if form.validate_on_submit():
        with saving(form) as saved:
            row = correct_observation(
                db.session(),
                measure,
                form.entry(measure, period),
                form.seen_version,
                actor=current_actor(),
                now=clock.now(),
            )
            said = f"value for {period.label} corrected{_made(row, measure)}"
            saved.at(_back(measure), f"{measure.title}: {said}")
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
    shown = {"form": form, "objective": objective, "measure": None, "units": UNITS}
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
        tolerance_absolute=terms.tolerance_absolute,
        band_low=terms.band_low,
        band_high=terms.band_high,
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
    shown = {"form": form, "objective": measure.objective, "measure": measure, "units": UNITS}
    return render_template("measures/edit.html", **shown), form.status


def _page(measure: Measure) -> MeasurePage:
    head = frame.show_plan_of(measure.objective.priority.plan)
    return measure_page(db.session(), measure, head.rules, frame.reading())


def _back(measure: Measure) -> str:
    return url_for("measures.show", measure_id=measure.id)


def _digits(value: Decimal | None) -> str:
    """Return a number to its last digit, empty where there is none."""
    return "" if value is None else f"{value:f}"


def _made(row: Observation, measure: Measure) -> str:
    """Return what was made of what was typed: ": 84.1% (95 of 113)"; empty where nothing was."""
    if row.value is None or row.numerator is None:
        return ""
    noun = f" {measure.unit_noun}" if measure.unit_noun else ""
    parts = parts_words(row.numerator, row.denominator)
    return f": {number(row.value, measure.unit)}{noun} {parts}"


def _open_periods(measure: Measure, page: MeasurePage) -> list[Period]:
    """Return the ended periods without a value, oldest first; the newest one where none is."""
    stored = {row.newest.period for row in page.rows}
    period, today = Period.containing(measure.frequency, measure.collected_from), clock.today()
    ended: list[Period] = []
    while period.has_ended(today) and len(ended) < 600:
        ended.append(period)
        period = period.next()
    return [one for one in ended if one not in stored]
