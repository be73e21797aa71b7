"""One's own account: sign in, sign out, change the password."""

import logging
from urllib.parse import urlsplit

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from tracker import clock, errors, sessions
from tracker.domain.vocabulary import Role
from tracker.extensions import db
from tracker.forms.account import PasswordForm, SignInForm
from tracker.models import Person
from tracker.services import people
from tracker.sessions import current_actor, current_person
from tracker.views.posting import saving

bp = Blueprint("account", __name__)
log = logging.getLogger(__name__)
#: The same words for an unknown address, a wrong password and a closed account.
WRONG = "The email address or the password is wrong"


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for address and password; an account is refused after ten wrong guesses."""
    if current_person() and request.method == "GET":
        return redirect(_home(), 303)
    form = SignInForm(next=request.args.get("next", ""))
    if form.validate_on_submit():
        try:
            person = people.sign_in(
                db.session(), form.email.data, form.password.data, now=clock.real_now()
            )
        except people.TooManyGuesses:
            db.session.commit()
            log.warning("sign-in refused after too many guesses")
            return errors.show(429)
        db.session.commit()
        if person is not None:
            log.info("signed in", extra={"person_id": person.id})
            sessions.begin(person)
            return redirect(_local(form.next.data) or _home(), 303)
        log.warning("sign-in failed")
        form.form_errors.append(WRONG)
    return render_template("account/sign_in.html", form=form), form.status


@bp.route("/sign-out", methods=["POST"])
def sign_out() -> ResponseReturnValue:
    """End every session of the person, and what this browser keeps of them."""
    person = current_person()
    if person is not None:
        row = db.session.get(Person, person.id)
        if row is not None:
            people.end_sessions(db.session(), row)
            db.session.commit()
        sessions.end()
    response = redirect(url_for("account.sign_in"), 303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@bp.route("/account/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """Change one's own password; other sessions end, this one goes on."""
    person = current_person()
    row = db.session.get(Person, person.id) if person else None
    if row is None:
        abort(404)
    form = PasswordForm()
    if form.validate_on_submit():
        with saving(form) as saved:
            people.change_own_password(
                db.session(),
                row,
                form.current.data,
                form.password.data,
                actor=current_actor(),
                now=clock.now(),
            )
            saved.at(url_for("account.password"), "Your password is changed")
            db.session.commit()
        if saved.response:
            kept = dict(session)
            sessions.begin(row)
            session["_flashes"] = kept.get("_flashes", [])
            return saved.response
    return render_template("account/password.html", form=form), form.status


def _home() -> str:
    person = current_person()
    if person and person.role in (Role.LEAD, Role.OFFICER) and person.partner_id:
        return url_for("work.show")
    return url_for("site.dashboard")


def _local(target: str | None) -> str | None:
    """Return the target if it is a path of our own, ``None`` for anything else."""
    text = target or ""
    parts = urlsplit(text)
    is_path = text.startswith("/") and not text.startswith(("//", "/\\"))
    is_plain = not (parts.scheme or parts.netloc) and "\\" not in text and text.isprintable()
    return text if is_path and is_plain else None
