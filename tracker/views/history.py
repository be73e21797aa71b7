"""History: the ledger in words, by item and by person."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.actors import Audience
from tracker.domain.vocabulary import ItemKind, Role
from tracker.extensions import db
from tracker.queries.history import (
    HistoryFilter,
    history_page,
    items_in_history,
    people_in_history,
)
from tracker.sessions import current_actor
from tracker.views import frame

bp = Blueprint("history", __name__, url_prefix="/history")


@bp.route("")
def index() -> ResponseReturnValue:
    """Show who changed what, newest first; of the plan, or of the installation."""
    actor = current_actor()
    audience = Audience.of(actor)
    head = frame.shown_plan_if_any()
    may_see_installation = actor.role in (Role.ADMINISTRATOR, Role.OFFICER)
    of_installation = request.args.get("of") == "installation" and may_see_installation
    wanted = _wanted(None if of_installation or head is None else head.id)
    is_empty = head is None and not may_see_installation
    page = None if is_empty else history_page(db.session(), wanted, audience)
    return render_template(
        "history/index.html",
        page=page,
        of_installation=wanted.plan_id is None,
        may_see_installation=may_see_installation,
        selects=_selects(wanted, head.id if head else None, audience),
        newer_url=_page_url(wanted.page - 1) if wanted.page > 1 else None,
        older_url=_page_url(wanted.page + 1) if page and page.has_older else None,
    )


def _selects(
    wanted: HistoryFilter, plan_id: int | None, audience: Audience
) -> list[dict[str, object]]:
    """Return the filters: by item where it is a plan's history, and by person."""
    people = people_in_history(db.session())
    by_person: dict[str, object] = {
        "name": "person",
        "label": "Person",
        "value": wanted.person_id or "",
        "options": [("", "Everybody"), *people],
    }
    if wanted.plan_id is None or plan_id is None:
        return [by_person]
    items = items_in_history(db.session(), plan_id, audience)
    chosen = f"{wanted.item_kind}:{wanted.item_id}" if wanted.item_id else ""
    by_item: dict[str, object] = {
        "name": "item",
        "label": "Action or measure",
        "value": chosen,
        "options": [("", "Everything"), *items],
    }
    return [by_item, by_person]


def _page_url(number: int) -> str:
    kept: dict[str, Any] = {
        n: v for n, v in request.args.items() if n in ("of", "plan", "item", "person")
    }
    return url_for("history.index", **kept, page=number)


def _wanted(plan_id: int | None) -> HistoryFilter:
    kind, _, item_id = request.args.get("item", "").partition(":")
    is_item = kind in (ItemKind.ACTION, ItemKind.MEASURE) and _is_id(item_id)
    person = request.args.get("person", "")
    number = request.args.get("page", 1, type=int)
    return HistoryFilter(
        plan_id=plan_id,
        until=frame.reading().until,
        person_id=int(person) if _is_id(person) else None,
        item_kind=ItemKind(kind) if is_item else None,
        item_id=int(item_id) if is_item else None,
        page=min(max(number, 1), 10_000),
    )


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10
