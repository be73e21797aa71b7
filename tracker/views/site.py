"""The dashboard, the start page, help on the status rules, settings, and health."""

import shutil
from collections.abc import Sequence

from flask import Blueprint, current_app, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from tracker import clock
from tracker.domain.disagreements import disagreement_sentence, disagreements
from tracker.domain.headlines import plan_headline
from tracker.domain.rules import StatusRules
from tracker.domain.vocabulary import ItemKind
from tracker.domain.wording import count_words
from tracker.extensions import db
from tracker.formatting import count_of
from tracker.forms.site import SettingsForm
from tracker.models import Installation
from tracker.queries.dashboard import (
    STATUS_FILTERS,
    Board,
    DashboardFilter,
    board_dashboard,
    headline,
)
from tracker.services.installation import rename_installation
from tracker.sessions import current_actor, current_person
from tracker.views import frame, pictures
from tracker.views.posting import saving

bp = Blueprint("site", __name__)
#: Room on the disk below which the product says that it is not ready to save.
LEAST_ROOM = 50 * 1024 * 1024


@bp.route("/")
def start() -> ResponseReturnValue:
    """Send people to where their role begins; the public to the sign-in page."""
    person = current_person()
    if person is None:
        return redirect(url_for("account.sign_in"), 303)
    return redirect(url_for("site.dashboard"), 303)


@bp.route("/dashboard")
def dashboard() -> ResponseReturnValue:
    """Show the board what is off track, what was not reported and how each priority stands."""
    head = frame.shown_plan_if_any()
    if head is None:
        return render_template("dashboard/empty.html")
    wanted = DashboardFilter.of(
        request.args.get("priority"), request.args.get("partner"), request.args.get("status")
    )
    board = board_dashboard(db.session(), head, frame.reading(), wanted)
    return render_template(
        "dashboard/show.html",
        board=board,
        wanted=wanted,
        listed=_explained_list(head.id, wanted),
        headline=plan_headline(board.plan),
        headlines={p.facts.id: headline(p) for p in (*board.priorities, *board.strands)},
        pictures=pictures.of_dashboard(board),
        action_slices=pictures.distribution(board.plan.action_tally, ItemKind.ACTION),
        measure_slices=pictures.distribution(board.plan.measure_tally, ItemKind.MEASURE),
        filter_selects=_filter_selects(board, wanted),
        exceptions_title=_exceptions_title(board, wanted),
        exceptions_note=f"{len(board.exceptions)} listed, what is asked of the board first",
        silent_title=_silent_title(board),
        judgements=disagreement_sentence(disagreements(board.plan)),
    )


@bp.route("/help/status")
def status_help() -> ResponseReturnValue:
    """Say how status is worked out, with the rules in force."""
    head = frame.shown_plan_if_any() if current_person() else None
    return render_template("help/status.html", rules=head.rules if head else StatusRules())


@bp.route("/settings")
def settings() -> ResponseReturnValue:
    """Show how this installation is set up."""
    return render_template("settings/show.html", dialect=db.engine.dialect.name)


@bp.route("/settings/edit", methods=["GET", "POST"])
def edit_settings() -> ResponseReturnValue:
    """Change the partnership's name."""
    installation = db.session.get_one(Installation, 1)
    form = SettingsForm(obj=installation)
    if form.validate_on_submit():
        with saving(form) as saved:
            name = form.name.data or ""
            rename_installation(
                db.session(), installation, name, actor=current_actor(), now=clock.now()
            )
            saved.at(url_for("site.settings"), "Settings saved")
            db.session.commit()
        if saved.response:
            return saved.response
    return render_template("settings/edit.html", form=form), form.status


@bp.route("/health")
def health() -> ResponseReturnValue:
    """Say that the process is alive."""
    return jsonify(status="alive")


@bp.route("/ready")
def ready() -> ResponseReturnValue:
    """Say whether the database answers, is migrated, and there is room to write."""
    checks = {"database": _database_answers(), "disk": _has_room()}
    return jsonify(checks), 200 if all(checks.values()) else 503


def _filter_selects(board: Board, wanted: DashboardFilter) -> list[dict[str, object]]:
    priorities = [(p.facts.id, p.facts.title) for p in board.plan.priorities]
    partners = [(w.partner.id, w.partner.short_name) for w in board.plan.workloads]
    statuses = [(name, label) for name, (label, _statuses) in STATUS_FILTERS.items()]
    return [
        _select("priority", "Priority", "All priorities", priorities, wanted.priority_id),
        _select("partner", "Partner", "All partners", partners, wanted.partner_id),
        _select("status", "Status", "Any status", statuses, wanted.status),
    ]


def _select(
    name: str, label: str, everything: str, options: Sequence[tuple[object, str]], value: object
) -> dict[str, object]:
    return {
        "name": name,
        "label": label,
        "value": value or "",
        "options": [("", everything), *options],
    }


def _explained_list(plan_id: int, wanted: DashboardFilter) -> str:
    """Return where the lists of the dashboard are explained, narrowed as they are."""
    return url_for(
        "explanations.plan",
        plan_id=plan_id,
        priority=wanted.priority_id,
        partner=wanted.partner_id,
        status=wanted.status,
    )


def _exceptions_title(board: Board, wanted: DashboardFilter) -> str:
    if wanted.status == "at-risk":
        return f"At risk: {count_words(len(board.exceptions)).lower()} items"
    if not board.exceptions:
        return "Exceptions: none"
    asked = board.asked
    if not asked:
        return "Exceptions: no decision is asked"
    return f"Exceptions: help is asked for {count_words(asked).lower()} of them"


def _silent_title(board: Board) -> str:
    if not board.silent:
        return "Not reported: none"
    actions = sum(line.is_action for line in board.silent)
    measures = len(board.silent) - actions
    return f"Not reported: {count_of(actions, 'action')}, {count_of(measures, 'measure')}"


def _database_answers() -> bool:
    return db.session.scalar(text("SELECT version_num FROM alembic_version")) is not None


def _has_room() -> bool:
    return shutil.disk_usage(current_app.instance_path).free > LEAST_ROOM
