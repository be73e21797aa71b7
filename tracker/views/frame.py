"""What every page has around its own content: the plan it is about, its date, the frame.

A view says which plan it shows; the masthead, the navigation and the foot follow from that.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, flash, g, request, url_for

from tracker import clock, sessions
from tracker.domain.actors import Audience
from tracker.domain.dates import read_day
from tracker.domain.errors import RuleBroken
from tracker.domain.vocabulary import Role
from tracker.domain.wording import plain_date
from tracker.extensions import db
from tracker.models import Plan
from tracker.queries.heads import PlanHead, current_plan, head_of, plan_head
from tracker.queries.reading import Reading


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the main navigation."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Foot:
    """Provenance of what the page shows; ``None`` where no plan is shown."""

    as_at: date
    is_past: bool
    today_url: str
    rules_version: int | None
    ledger_seq: int | None
    ledger_hash: str
    attribution: bool


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The banner over a demonstration."""

    sentence: str


#: Label, endpoint, and the blueprints and endpoints under which an entry counts as current.
_NAV: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("My work", "work.show", frozenset({"work"})),
    ("Dashboard", "site.dashboard", frozenset({"judgements", "explanations.plan"})),
    (
        "Plan",
        "plans.current",
        frozenset(
            {
                "plans",
                "priorities",
                "objectives",
                "actions",
                "milestones",
                "explanations.priority",
                "explanations.action",
            }
        ),
    ),
    ("Measures", "measures.index", frozenset({"measures", "breaks", "explanations.measure"})),
    ("Partners", "partners.index", frozenset({"partners", "explanations.partner"})),
    ("Review", "reviews.index", frozenset({"reviews", "explanations.review"})),
    ("History", "history.index", frozenset({"history"})),
)


def init_app(app: Flask) -> None:
    """Give every template the frame."""
    app.context_processor(_frame)
    app.url_defaults(_keep_day)


#: Pages that can be asked as at a day: links between them keep the day that is shown.
_DATED = frozenset(
    {
        "site.dashboard",
        "plans.current",
        "plans.show",
        "priorities.show",
        "actions.show",
        "measures.index",
        "measures.show",
        "measures.points",
        "measures.figure",
        "judgements.index",
        "breaks.show",
        "partners.index",
        "partners.show",
        "history.index",
        "work.show",
        "explanations.plan",
        "explanations.priority",
        "explanations.partner",
        "explanations.action",
        "explanations.measure",
    }
)


def _keep_day(endpoint: str, values: dict[str, Any]) -> None:
    """Keep a past day in the links of a page that shows it."""
    day: str | None = g.get("past_day")
    if day is not None and endpoint in _DATED:
        values.setdefault("as-at", day)
    # A partner has no plan of its own: its figures are those of the plan that is shown.
    if endpoint == "explanations.partner" and "plan" in request.args:
        values.setdefault("plan", request.args["plan"])


def as_at() -> date:
    """Return the day a page is asked for: ``?as-at=``, today if absent, wrong or to come."""
    if "as_at" not in g:
        g.as_at = _asked_day()
        # Asked once: a page has hundreds of links.
        g.past_day = g.as_at.isoformat() if g.as_at < clock.today() else None
    day: date = g.as_at
    return day


def _asked_day() -> date:
    today = clock.today()
    text = request.args.get("as-at", "").strip()
    if not text:
        return today
    try:
        day = read_day(text[:40], "as-at")
    except RuleBroken as broken:
        flash(f"{broken.message}. Shown as at today instead.", "error")
        return today
    if day > today:
        flash(f"{plain_date(day)} is still to come. Shown as at today instead.", "error")
        return today
    return day


def reading() -> Reading:
    """Return what may be read in this request: the day and the audience."""
    return Reading.of(as_at(), Audience.of(sessions.current_actor()))


def shown_plan_if_any() -> PlanHead | None:
    """Return the plan that ``?plan=`` names, or the current one; ``None`` before the first.

    One query, at most once a request.
    """
    return _asked_plan()


def show_plan_of(plan: Plan) -> PlanHead:
    """Say that the page is about a plan that is loaded already. No query."""
    installation = sessions.installation()
    g.plan_head = head_of(plan, installation.ledger_hash if installation else "")
    head: PlanHead = g.plan_head
    return head


def _asked_plan() -> PlanHead | None:
    if "plan_head" not in g:
        asked = request.args.get("plan", "")
        if asked.isdecimal() and len(asked) < 10:
            g.plan_head = plan_head(db.session(), int(asked))
        else:
            g.plan_head = None if asked else current_plan(db.session(), clock.today())
    head: PlanHead | None = g.plan_head
    return head


def _frame() -> dict[str, Any]:
    head: PlanHead | None = g.get("plan_head")
    installation = sessions.installation()
    person = sessions.current_person()
    return {
        "installation": installation,
        "person": person,
        "plan": head if person else None,
        "nav": _nav(head) if person else [],
        "foot": _foot(head if person else None, installation),
        "demonstration": _demonstration(installation),
    }


def _nav(head: PlanHead | None) -> list[NavItem]:
    person = sessions.current_person()
    entries = [*_NAV]
    if person and person.role in (Role.ADMINISTRATOR, Role.OFFICER):
        entries.append(("People", "people.index", frozenset({"people"})))
        entries.append(("Settings", "site.settings", frozenset()))
    if person and person.role in (Role.ADMINISTRATOR, Role.BOARD_MEMBER):
        entries = [entry for entry in entries if entry[1] != "work.show"]
    return [_nav_item(*entry, head=head) for entry in entries]


def _nav_item(label: str, endpoint: str, under: frozenset[str], head: PlanHead | None) -> NavItem:
    is_current = request.endpoint in (endpoint, *under) or request.blueprint in under
    takes_plan = endpoint in ("site.dashboard", "measures.index", "reviews.index", "work.show")
    asked = head.id if head and takes_plan and "plan" in request.args else None
    return NavItem(label, url_for(endpoint, plan=asked), is_current)


def _foot(head: PlanHead | None, installation: sessions.InstallationHead | None) -> Foot:
    shown, today = g.get("as_at") or clock.today(), clock.today()
    return Foot(
        as_at=shown,
        is_past=shown < today,
        today_url=_same_page_today(),
        rules_version=head.rules.version if head else None,
        ledger_seq=head.ledger_seq if head else None,
        ledger_hash=head.ledger_hash if head else "",
        attribution=bool(installation and installation.is_demonstration),
    )


def _same_page_today() -> str:
    kept = [(n, v) for n, v in request.args.items(multi=True) if n != "as-at"]
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def _demonstration(installation: sessions.InstallationHead | None) -> Demonstration | None:
    if not (installation and installation.is_demonstration):
        return None
    stands = f" The clock stands at {plain_date(clock.today())}." if _clock_stands() else ""
    return Demonstration(
        "Demonstration. Figures from police.uk are real. Figures and texts marked illustrative, "
        f"and the accounts, are invented.{stands}"
    )


def _clock_stands() -> bool:
    return current_app.config["TODAY"] is not None
