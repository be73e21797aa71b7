"""People: the list, invite somebody, change an account, set a password, close an account."""

from collections.abc import Iterable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.domain.errors import RuleBroken
from tracker.domain.vocabulary import Role
from tracker.extensions import db
from tracker.forms.people import DUTIES, InviteForm, PersonForm, SetPasswordForm
from tracker.models import Person
from tracker.permissions import permitted
from tracker.queries.partners import partner_choices
from tracker.queries.people import people_list
from tracker.services.people import add_person, change_person, set_disabled, set_password
from tracker.sessions import current_actor
from tracker.views.posting import saving

bp = Blueprint("people", __name__, url_prefix="/people")
_DONE = {"disabled": "the account is closed", "enabled": "the account is open again"}


@bp.route("")
def index() -> ResponseReturnValue:
    """List everybody with an account."""
    return render_template("people/index.html", people=people_list(db.session()))


@bp.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Make an account with its first password; officers make those of leads alone."""
    form = InviteForm()
    form.offer(_roles_to_give(), partner_choices(db.session()))
    if form.validate_on_submit():
        with saving(form) as saved:
            person = add_person(
                db.session(),
                form.details(),
                form.password.data,
                actor=current_actor(),
                now=clock.now(),
            )
            saved.at(url_for("people.index"), f"{person.name}: added. Now hand over the password")
            db.session.commit()
        if saved.response:
            return saved.response
    return render_template("people/new.html", form=form, duties=DUTIES), form.status


@bp.route("/<int:person_id>/edit", methods=["GET", "POST"])
def edit(person_id: int) -> ResponseReturnValue:
    """Change an account."""
    person = permitted(Person)
    form = PersonForm(obj=person)
    form.offer(Role, partner_choices(db.session()))
    if form.validate_on_submit():
        with saving(form) as saved:
            change_person(
                db.session(),
                person,
                form.details(),
                form.seen_version,
                actor=current_actor(),
                now=clock.now(),
            )
            saved.at(url_for("people.index"), f"{person.name}: saved")
            db.session.commit()
        if saved.response:
            return saved.response
    shown = {"form": form, "edited": person, "duties": DUTIES}
    return render_template("people/edit.html", **shown), form.status


@bp.route("/<int:person_id>/password", methods=["GET", "POST"])
def password(person_id: int) -> ResponseReturnValue:
    """Set a new password for somebody, which ends their sessions."""
    person = permitted(Person)
    form = SetPasswordForm()
    if form.validate_on_submit():
        with saving(form) as saved:
            set_password(
                db.session(), person, form.password.data, actor=current_actor(), now=clock.now()
            )
            saved.at(url_for("people.index"), f"{person.name}: new password set")
            db.session.commit()
        if saved.response:
            return saved.response
    return render_template("people/password.html", form=form, edited=person), form.status


@bp.route("/<int:person_id>/state", methods=["POST"])
def state(person_id: int) -> ResponseReturnValue:
    """Close an account, or open it again."""
    person = permitted(Person)
    name, wanted = person.name, request.form.get("state", "")
    if wanted not in _DONE:
        abort(400)
    try:
        set_disabled(
            db.session(), person, wanted == "disabled", actor=current_actor(), now=clock.now()
        )
    except RuleBroken as broken:
        db.session.rollback()
        flash(broken.message, "error")
    else:
        flash(f"{name}: {_DONE[wanted]}", "success")
        db.session.commit()
    return redirect(url_for("people.index"), 303)


def _roles_to_give() -> Iterable[Role]:
    return Role if current_actor().role is Role.ADMINISTRATOR else (Role.LEAD,)
