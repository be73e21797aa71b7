"""Moving, archiving and restoring: the same three routes for every part of a plan."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.domain.errors import RuleBroken
from tracker.extensions import db
from tracker.models import Action, Measure, Milestone, Objective, Priority
from tracker.permissions import permitted
from tracker.services.items import Item, archive_item, move_item, restore_item
from tracker.sessions import current_actor

_MODELS: dict[str, type[Item]] = {
    "priority": Priority,
    "objective": Objective,
    "action": Action,
    "milestone": Milestone,
    "measure": Measure,
}


def add_routes(bp: Blueprint, noun: str) -> None:
    """Add ``move``, ``archive`` and ``restore`` to a noun's blueprint, by POST alone."""

    def move(**_ids: int) -> ResponseReturnValue:
        step = -1 if request.form.get("direction") == "up" else 1
        item = permitted(_MODELS[noun])
        return _do(item, lambda: move_item(db.session(), item, step, **_who()), "moved")

    def archive(**_ids: int) -> ResponseReturnValue:
        item = permitted(_MODELS[noun])
        return _do(item, lambda: archive_item(db.session(), item, **_who()), "archived")

    def restore(**_ids: int) -> ResponseReturnValue:
        item = permitted(_MODELS[noun])
        return _do(item, lambda: restore_item(db.session(), item, **_who()), "restored")

    for view in (move, archive, restore):
        bp.add_url_rule(f"/<int:{noun}_id>/{view.__name__}", view_func=view, methods=["POST"])


def home_of(item: Item) -> str:
    """Return the address of the page that shows an item among its siblings."""
    if isinstance(item, Priority):
        return url_for("plans.show", plan_id=item.plan_id)
    if isinstance(item, Milestone):
        return url_for("actions.show", action_id=item.action_id)
    priority_id = item.priority_id if isinstance(item, Objective) else item.objective.priority_id
    return url_for("priorities.show", priority_id=priority_id)


def _who() -> dict[str, Any]:
    return {"actor": current_actor(), "now": clock.now()}


def _do(item: Item, service: Callable[[], None], done: str) -> ResponseReturnValue:
    home, title = home_of(item), item.title
    try:
        service()
    except RuleBroken as broken:
        db.session.rollback()
        flash(broken.message, "error")
    else:
        flash(f"{title}: {done}", "success")
        db.session.commit()
    return redirect(home, 303)
