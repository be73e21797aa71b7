"""Judgements: the register of disagreements, judge a status, second or withdraw a judgement."""

from typing import Any

from flask import Blueprint, g, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.domain.actors import Audience
from tracker.domain.disagreements import (
    Disagreement,
    Judgeable,
    disagreement_sentence,
    find_judgeable,
)
from tracker.domain.judgements import (
    StandingJudgement,
    days_to_expire,
    is_improvement,
    may_be_judged,
    may_improve,
)
from tracker.domain.vocabulary import Marking, Status
from tracker.extensions import db
from tracker.forms.judgements import JudgementForm, SecondForm, WithdrawForm
from tracker.models import Judgement, Measure, Objective, Priority
from tracker.permissions import Verb, can, permitted
from tracker.queries.assessed import assessed_plan
from tracker.queries.judgements import judgement_now, judgement_register
from tracker.queries.reading import Reading
from tracker.queries.things import Thing
from tracker.services import judgements as services
from tracker.services.items import kind_of, plan_of
from tracker.services.judgements import Judged, newest_judgement
from tracker.sessions import current_actor
from tracker.views import frame
from tracker.views.posting import saving

_NEEDS_SECOND = "Better than computed: it counts once a board member seconds it"

bp = Blueprint("judgements", __name__, url_prefix="/judgements")


@bp.route("")
def index() -> ResponseReturnValue:
    """List where people see a status differently from the computed one."""
    head = frame.shown_plan_if_any()
    if head is None:
        return render_template("judgements/empty.html")
    reading = frame.reading()
    plan = assessed_plan(db.session(), head, reading)
    register = judgement_register(db.session(), plan, reading)
    return render_template(
        "judgements/index.html",
        plan_page=plan,
        register=register,
        sentence=disagreement_sentence(register.standing),
        may_on=_may_on,
    )


@bp.route("/new/measure/<int:measure_id>", methods=["GET", "POST"])
def new_measure(measure_id: int) -> ResponseReturnValue:
    """Judge the status of a measure."""
    return _judge(permitted(Measure))


@bp.route("/new/objective/<int:objective_id>", methods=["GET", "POST"])
def new_objective(objective_id: int) -> ResponseReturnValue:
    """Judge the status of an objective."""
    return _judge(permitted(Objective))


@bp.route("/new/priority/<int:priority_id>", methods=["GET", "POST"])
def new_priority(priority_id: int) -> ResponseReturnValue:
    """Judge the status of a priority."""
    return _judge(permitted(Priority))


@bp.route("/<int:judgement_id>/second", methods=["GET", "POST"])
def second(judgement_id: int) -> ResponseReturnValue:
    """Agree to a judgement that improves a status."""
    item, about, standing = _judgement()
    form = SecondForm()
    if form.validate_on_submit():
        with saving(form) as saved:
            services.second(
                db.session(),
                permitted(Judgement),
                item,
                standing,
                actor=current_actor(),
                now=clock.now(),
            )
            saved.at(_home(item), f"{item.code}: judgement seconded, it is in force now")
            db.session.commit()
        if saved.response:
            return saved.response
    shown = {"form": form, "about": about, "judgement": standing}
    return _page("judgements/second.html", item, **shown), form.status


@bp.route("/<int:judgement_id>/withdraw", methods=["GET", "POST"])
def withdraw(judgement_id: int) -> ResponseReturnValue:
    """Take a judgement back."""
    item, about, standing = _judgement()
    form = WithdrawForm()
    if form.validate_on_submit():
        with saving(form) as saved:
            services.withdraw(
                db.session(),
                permitted(Judgement),
                item,
                standing,
                form.reason.data or "",
                actor=current_actor(),
                now=clock.now(),
            )
            saved.at(_home(item), f"{item.code}: judgement withdrawn, the computed status stands")
            db.session.commit()
        if saved.response:
            return saved.response
    shown = {"form": form, "about": about, "judgement": standing}
    return _page("judgements/withdraw.html", item, **shown), form.status


def _judge(item: Judged) -> ResponseReturnValue:
    """Show the form over the status of now, and save what was judged."""
    actor, kind = current_actor(), kind_of(item)
    about, newest = _assessed(item), newest_judgement(db.session(), item)
    # An item that has left the plan has no status: the service refuses to judge it.
    computed = about.verdict.status if about else Status.NOT_RATED
    form = JudgementForm()
    form.open_over(kind, computed, newest.id if newest else 0)
    if form.validate_on_submit():
        with saving(form) as saved:
            row = services.judge(
                db.session(), item, form.entry(), computed, form.seen, actor=actor, now=clock.now()
            )
            saved.at(_home(item), f"{item.code} {item.title}: {_done(row)}")
            db.session.commit()
        if saved.response:
            return saved.response
    offered = may_be_judged(kind, computed, improving=may_improve(actor))
    form.offer(kind, offered)
    hints = {s.value: _NEEDS_SECOND for s in offered if is_improvement(s, computed)}
    last_day = days_to_expire(clock.today())[1]
    shown = {"form": form, "about": about, "hints": hints, "last_day": last_day}
    return _page("judgements/edit.html", item, **shown), form.status


def _page(template: str, item: Judged, **shown: Any) -> str:
    return render_template(template, item=item, kind=kind_of(item), home=_home(item), **shown)


def _done(row: Judgement) -> str:
    if is_improvement(row.status, row.computed):
        return "judged; it counts as soon as a board member seconds it"
    return "judged"


def _may_on(verb: str, one: Disagreement) -> bool:
    """Whether the reader may second or withdraw a judgement of the register, today."""
    facts = one.about.item.facts
    is_sensitive = getattr(facts, "marking", None) is Marking.OFFICIAL_SENSITIVE
    thing = Thing(None, is_sensitive, author_id=one.judgement.facts.author_id)
    return frame.as_at() == clock.today() and can(current_actor(), Verb(verb), thing)


def _judgement() -> tuple[Judged, Judgeable | None, StandingJudgement]:
    """Return what the address's judgement is about, its verdict, and the judgement as of now."""
    item: Judged = g.thing.about
    about = _assessed(item)
    return item, about, judgement_now(db.session(), permitted(Judgement), about, _now())


def _assessed(item: Judged) -> Judgeable | None:
    """Return an item with its verdict of now, ``None`` where it has left the plan."""
    head = frame.show_plan_of(plan_of(item))
    plan = assessed_plan(db.session(), head, _now())
    return find_judgeable(plan, kind_of(item), item.id)


def _now() -> Reading:
    """Return the reading of today: nothing is judged on a past day."""
    return Reading.of(clock.today(), Audience.of(current_actor()))


def _home(item: Judged) -> str:
    """Return the address of the page that shows an item's status."""
    if isinstance(item, Measure):
        return url_for("measures.show", measure_id=item.id)
    if isinstance(item, Objective):
        anchor = f"objective-{item.id}"
        return url_for("priorities.show", priority_id=item.priority_id, _anchor=anchor)
    return url_for("priorities.show", priority_id=item.id)
