"""Who may do what: one pure rule, one policy table, enforced before any view runs.

Every route has a row in :data:`POLICY`; a route without one stops the start. Templates ask
:func:`may`, which is the same rule.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.vocabulary import Role
from tracker.extensions import begin_writing, db
from tracker.queries import things
from tracker.queries.things import Thing
from tracker.sessions import current_person

Row = TypeVar("Row")


class Verb(StrEnum):
    """What a route does; who may is decided by :func:`can` alone."""

    VISIT = "visit"
    READ = "read"
    EDIT_PLAN = "edit_plan"
    REPORT = "report"
    CORRECT = "correct"
    JUDGE = "judge"
    SECOND = "second"
    WITHDRAW = "withdraw"
    PREPARE_REVIEW = "prepare_review"
    READ_REVIEW = "read_review"
    SIGN_OFF = "sign_off"
    SEE_PEOPLE = "see_people"
    INVITE = "invite"
    MANAGE_PEOPLE = "manage_people"
    READ_SETTINGS = "read_settings"
    MANAGE_SETTINGS = "manage_settings"


#: Verbs that a role may do to whatever it may see; the rest depend on the thing.
_BY_ROLE: dict[Verb, frozenset[Role]] = {
    Verb.READ: frozenset(Role),
    Verb.READ_REVIEW: frozenset(Role),
    Verb.EDIT_PLAN: frozenset({Role.OFFICER}),
    Verb.PREPARE_REVIEW: frozenset({Role.OFFICER}),
    Verb.SEE_PEOPLE: frozenset({Role.ADMINISTRATOR, Role.OFFICER}),
    Verb.INVITE: frozenset({Role.ADMINISTRATOR, Role.OFFICER}),
    Verb.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR}),
    Verb.READ_SETTINGS: frozenset({Role.ADMINISTRATOR, Role.OFFICER}),
    Verb.MANAGE_SETTINGS: frozenset({Role.ADMINISTRATOR}),
}


def can(actor: Actor | None, verb: Verb, thing: Thing | None = None) -> bool:
    """Whether an actor may do something, to a thing or in general.

    :param actor: ``None`` for the public.
    :param thing: ``None`` where the verb has no object.
    """
    if verb is Verb.VISIT:
        return True
    if actor is None or not is_visible(actor, thing):
        return False
    if verb in (Verb.REPORT, Verb.CORRECT):
        return thing is None or _may_report(actor, verb, thing)
    if verb in _BY_THING:
        return thing is not None and _BY_THING[verb](actor, thing)
    return actor.role in _BY_ROLE[verb]


def is_visible(actor: Actor | None, thing: Thing | None) -> bool:
    """Whether an actor may know that a thing exists."""
    if thing is None or not thing.is_sensitive:
        return True
    if actor is None:
        return False
    return actor.sees_everything or actor.partner_id in thing.partner_ids


def _may_report(actor: Actor, verb: Verb, thing: Thing) -> bool:
    if actor.role is Role.OFFICER:
        return True
    leads = actor.role is Role.LEAD and actor.partner_id == thing.lead_partner_id
    return leads and (verb is Verb.REPORT or thing.author_id == actor.person_id)


def _may_sign_off(actor: Actor, thing: Thing) -> bool:
    is_chair = actor.role is Role.BOARD_MEMBER and actor.person_id == thing.chair_id
    return is_chair and actor.person_id != thing.frozen_by_id


def _may_judge(actor: Actor, thing: Thing) -> bool:
    """Whether somebody may judge at all; that leads only worsen is a rule of the judgement."""
    leads = actor.role is Role.LEAD and actor.partner_id == thing.lead_partner_id
    return leads or actor.role is Role.OFFICER


def _may_second(actor: Actor, thing: Thing) -> bool:
    is_open = actor.is_cleared or not thing.is_sensitive
    is_another = actor.person_id != thing.author_id
    return actor.role is Role.BOARD_MEMBER and is_open and is_another


def _may_withdraw(actor: Actor, thing: Thing) -> bool:
    is_author = actor.person_id is not None and actor.person_id == thing.author_id
    is_author = is_author and actor.role is not Role.ADMINISTRATOR
    return is_author or actor.role is Role.OFFICER


#: Verbs that depend on the thing: without one, nobody may.
_BY_THING: dict[Verb, Callable[[Actor, Thing], bool]] = {
    Verb.SIGN_OFF: _may_sign_off,
    Verb.JUDGE: _may_judge,
    Verb.SECOND: _may_second,
    Verb.WITHDRAW: _may_withdraw,
}


Loader = Callable[..., Thing | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a route does, and how the thing in its address is found."""

    verb: Verb
    load: Loader | None = None


def _rules(verb: Verb, load: Loader | None, *endpoints: str) -> dict[str, Rule]:
    return {endpoint: Rule(verb, load) for endpoint in endpoints}


POLICY: dict[str, Rule] = {
    **_rules(
        Verb.VISIT,
        None,
        "account.sign_in",
        "account.sign_out",
        "site.health",
        "site.ready",
        "site.start",
        "site.status_help",
    ),
    **_rules(
        Verb.READ,
        None,
        "account.password",
        "site.dashboard",
        "plans.index",
        "plans.current",
        "measures.index",
        "judgements.index",
        "partners.index",
        "history.index",
        "work.show",
    ),
    **_rules(Verb.READ, things.plan, "plans.show"),
    **_rules(Verb.READ, things.priority, "priorities.show"),
    **_rules(Verb.READ, things.action, "actions.show"),
    **_rules(Verb.READ, things.measure, "measures.show", "measures.points", "measures.figure"),
    **_rules(Verb.READ, things.measure, "breaks.show"),
    **_rules(Verb.READ, things.partner, "partners.show"),
    **_rules(Verb.READ, things.plan, "explanations.plan"),
    **_rules(Verb.READ, things.priority, "explanations.priority"),
    **_rules(Verb.READ, things.partner, "explanations.partner"),
    **_rules(Verb.READ, things.action, "explanations.action"),
    **_rules(Verb.READ, things.measure, "explanations.measure"),
    **_rules(Verb.READ_REVIEW, things.review, "explanations.review"),
    **_rules(Verb.EDIT_PLAN, None, "plans.new"),
    **_rules(Verb.EDIT_PLAN, things.plan, "plans.edit", "plans.state", "priorities.new"),
    **_rules(
        Verb.EDIT_PLAN,
        things.priority,
        "priorities.edit",
        "priorities.move",
        "priorities.archive",
        "priorities.restore",
        "objectives.new",
    ),
    **_rules(
        Verb.EDIT_PLAN,
        things.objective,
        "objectives.edit",
        "objectives.move",
        "objectives.archive",
        "objectives.restore",
        "actions.new",
        "measures.new",
    ),
    **_rules(
        Verb.EDIT_PLAN,
        things.action,
        "actions.edit",
        "actions.move",
        "actions.archive",
        "actions.restore",
        "milestones.new",
    ),
    **_rules(
        Verb.EDIT_PLAN,
        things.milestone,
        "milestones.edit",
        "milestones.move",
        "milestones.archive",
        "milestones.restore",
    ),
    **_rules(
        Verb.EDIT_PLAN,
        things.measure,
        "measures.edit",
        "measures.move",
        "measures.archive",
        "measures.restore",
        "breaks.mark",
        "breaks.withdraw",
        "breaks.freeze",
        "breaks.release",
    ),
    **_rules(Verb.REPORT, things.action, "actions.report"),
    **_rules(Verb.REPORT, things.measure, "measures.record"),
    **_rules(Verb.CORRECT, things.progress_update, "actions.correct"),
    **_rules(Verb.CORRECT, things.observation, "measures.correct"),
    **_rules(Verb.JUDGE, things.measure, "judgements.new_measure"),
    **_rules(Verb.JUDGE, things.objective, "judgements.new_objective"),
    **_rules(Verb.JUDGE, things.priority, "judgements.new_priority"),
    **_rules(Verb.SECOND, things.judgement, "judgements.second"),
    **_rules(Verb.WITHDRAW, things.judgement, "judgements.withdraw"),
    **_rules(Verb.READ_REVIEW, None, "reviews.index"),
    **_rules(Verb.READ_REVIEW, things.review, "reviews.show", "reviews.preview", "reviews.export"),
    **_rules(Verb.PREPARE_REVIEW, things.plan, "reviews.new"),
    **_rules(
        Verb.PREPARE_REVIEW,
        things.review,
        "reviews.edit",
        "reviews.narrative",
        "reviews.decisions",
        "reviews.decide",
        "reviews.add_item",
        "reviews.remove_decision",
        "reviews.freeze",
        "reviews.unfreeze",
    ),
    **_rules(Verb.SIGN_OFF, things.review, "reviews.sign_off", "reviews.send_back"),
    **_rules(Verb.SEE_PEOPLE, None, "people.index"),
    **_rules(Verb.INVITE, None, "people.new"),
    **_rules(Verb.MANAGE_PEOPLE, things.person, "people.edit", "people.password", "people.state"),
    **_rules(Verb.MANAGE_PEOPLE, None, "partners.new"),
    **_rules(Verb.MANAGE_PEOPLE, things.partner, "partners.edit", "partners.state"),
    **_rules(Verb.READ_SETTINGS, None, "site.settings"),
    **_rules(Verb.MANAGE_SETTINGS, None, "site.edit_settings"),
}


def init_app(app: Flask) -> None:
    """Enforce the table before each request; refuse to start with a route that is not in it.

    :raises RuntimeError: names the routes without a row, and the rows without a route.
    """
    routes = set(app.view_functions)
    undeclared, unknown = sorted(routes - POLICY.keys()), sorted(POLICY.keys() - routes)
    if undeclared or unknown:
        raise RuntimeError(f"routes without a policy: {undeclared}; policies without: {unknown}")
    app.before_request(_enforce)
    app.after_request(_keep_to_oneself)
    app.jinja_env.globals["may"] = may
    app.context_processor(lambda: {"thing": g.get("thing")})


def may(verb: str, thing: Thing | None = None) -> bool:
    """Whether the signed-in person may do something: the same rule, for templates."""
    person = current_person()
    return can(person.actor if person else None, Verb(verb), thing)


def permitted(kind: type[Row]) -> Row:
    """Return the row that the address names, which the policy has let through."""
    row = g.thing.row
    if not isinstance(row, kind):
        raise TypeError(f"this route's policy loads {type(row).__name__}, not {kind.__name__}")
    return row


def load_again() -> None:
    """Read the address's thing anew, after a rollback has forgotten it."""
    if request.endpoint is not None:
        g.thing = _load(POLICY[request.endpoint], db.session())


def _enforce() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        begin_writing()
    rule = POLICY[request.endpoint]
    if rule.verb is Verb.VISIT:
        return None
    person = current_person()
    if person is None:
        return _ask_to_sign_in()
    g.thing = _load(rule, db.session())
    actor = person.actor
    if not is_visible(actor, g.thing):
        abort(404)
    if not can(actor, rule.verb, g.thing):
        current_app.logger.info("refused", extra={"endpoint": request.endpoint})
        abort(403)
    return None


def _keep_to_oneself(response: Response) -> Response:
    """Let no browser keep a form, or a page about a thing that not everybody may know of."""
    takes_posts = request.url_rule is not None and "POST" in (request.url_rule.methods or ())
    thing: Thing | None = g.get("thing")
    if takes_posts or (thing is not None and thing.is_sensitive):
        response.headers["Cache-Control"] = "no-store"
    return response


def _load(rule: Rule, session: Session) -> Thing | None:
    if rule.load is None:
        return None
    arguments: dict[str, Any] = request.view_args or {}
    if any(isinstance(value, int) and value > 2**31 - 1 for value in arguments.values()):
        abort(404)
    thing = rule.load(session, **arguments)
    if thing is None:
        abort(404)
    return thing


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.method != "GET":
        abort(401)
    target = request.full_path.rstrip("?")
    return redirect(url_for("account.sign_in", next=target if target != "/" else None), 303)
