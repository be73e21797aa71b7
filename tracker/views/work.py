"""My work: what a lead, or an officer for their team, reports on."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tracker.extensions import db
from tracker.queries.work import work_of_partner
from tracker.sessions import current_person
from tracker.views import frame

bp = Blueprint("work", __name__, url_prefix="/my-work")


@bp.route("")
def show() -> ResponseReturnValue:
    """Show what is due, what was last said, and what is done."""
    person, head = current_person(), frame.shown_plan_if_any()
    partner_id = person.partner_id if person else None
    work = None
    if head is not None and partner_id is not None:
        work = work_of_partner(db.session(), head, frame.reading(), partner_id)
    return render_template("work/show.html", work=work)
