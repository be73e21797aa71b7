"""The annual review: open it, write it, decide the refresh, read it, sign it off, export it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import clock, markdown
from tracker.domain.actors import Audience
from tracker.domain.assessment import PlanAssessment
from tracker.domain.document import Document
from tracker.domain.errors import Conflict, DomainError
from tracker.domain.review.build import EDITIONS
from tracker.domain.snapshot import Tampered
from tracker.domain.vocabulary import ItemKind, ReviewState
from tracker.extensions import db
from tracker.forms.reviews import (
    DECISIONS,
    DecisionForm,
    NarrativeForm,
    NewItemForm,
    ReviewForm,
    SendBackForm,
    SignOffForm,
    forms_of,
)
from tracker.models import Plan, Review
from tracker.permissions import permitted
from tracker.publishing import current_document, draft_report, export_review
from tracker.queries.assessed import assessed_plan
from tracker.queries.heads import PlanHead
from tracker.queries.reading import Reading
from tracker.queries.reviews import (
    chairs,
    decisions_page,
    name_of,
    narrative_of,
    priority_of,
    reviews_of,
    workbench,
)
from tracker.services.reviews import (
    add_new_item,
    change_review,
    decide_refresh,
    open_review,
    write_narrative,
)
from tracker.services.reviews import (
    remove_decision as take_decision_back,
)
from tracker.services.sign_off import (
    freeze_review,
    sign_off_review,
    unfreeze_review,
)
from tracker.services.sign_off import (
    send_back as send_review_back,
)
from tracker.sessions import current_actor
from tracker.views import frame
from tracker.views.paper import paper_sections
from tracker.views.posting import saving

bp = Blueprint("reviews", __name__, url_prefix="/reviews")
bp.add_app_template_filter(markdown.render, "markdown")


@bp.context_processor
def _words() -> dict[str, Any]:
    return {"editions": EDITIONS}


@bp.route("")
def index() -> ResponseReturnValue:
    """List the reviews of a plan."""
    head = frame.shown_plan_if_any()
    lines = reviews_of(db.session(), head.id) if head else []
    return render_template("reviews/index.html", head=head, reviews=lines)


@bp.route("/new/<int:plan_id>", methods=["GET", "POST"])
def new(plan_id: int) -> ResponseReturnValue:
    """Open a review of a plan."""
    plan = permitted(Plan)
    head = frame.show_plan_of(plan)
    cut_off_on = min(head.review_on, clock.today())
    form = ReviewForm(board_on=max(head.review_on, clock.today()), cut_off_on=cut_off_on)
    form.chair_id.offer(chairs(db.session()))
    if form.validate_on_submit():
        with saving(form) as saved:
            review = open_review(db.session(), plan, form.details(), **_who())
            saved.at(_home(review), "The review is open: what stands in its way is listed below")
            db.session.commit()
        if saved.response:
            return saved.response
    return render_template("reviews/edit.html", form=form, review=None, head=head), form.status


@bp.route("/<int:review_id>")
def show(review_id: int) -> ResponseReturnValue:
    """Show where a review stands and what stands in its way."""
    review, head = _shown()
    page = workbench(db.session(), head, review, _reading(review))
    return render_template("reviews/show.html", review=review, page=page)


@bp.route("/<int:review_id>/edit", methods=["GET", "POST"])
def edit(review_id: int) -> ResponseReturnValue:
    """Change a review's dates, chair, cover and texts."""
    review, head = _shown()
    form = ReviewForm(obj=review)
    form.chair_id.offer(chairs(db.session()))
    if form.validate_on_submit():
        with saving(form) as saved:
            change_review(db.session(), review, form.details(), form.seen_version, **_who())
            saved.at(_home(review), "The review is saved")
            db.session.commit()
        if saved.response:
            return saved.response
    return render_template("reviews/edit.html", form=form, review=review, head=head), form.status


@bp.route("/<int:review_id>/narrative/<int:priority_id>", methods=["GET", "POST"])
def narrative(review_id: int, priority_id: int) -> ResponseReturnValue:
    """Write what was achieved and learnt under a priority."""
    review, head = _shown()
    priority = priority_of(db.session(), review, priority_id)
    if priority is None:
        abort(404)
    form = NarrativeForm(obj=narrative_of(db.session(), review, priority_id))
    if form.validate_on_submit():
        with saving(form) as saved:
            details, seen = form.details(), form.seen_version
            write_narrative(db.session(), review, priority, details, seen, **_who())
            saved.at(_home(review), f"{priority.code} {priority.title}: saved")
            db.session.commit()
        if saved.response:
            return saved.response
    page = workbench(db.session(), head, review, _reading(review))
    assessed = next((p for p in page.plan.priorities if p.facts.id == priority_id), None)
    shown = {"form": form, "review": review, "priority": priority, "assessed": assessed}
    return render_template("reviews/narrative.html", **shown), form.status


@bp.route("/<int:review_id>/decisions")
def decisions(review_id: int) -> ResponseReturnValue:
    """List every item of a priority with its proposal, to decide on."""
    return _decisions(None)


@bp.route("/<int:review_id>/decide", methods=["POST"])
def decide(review_id: int) -> ResponseReturnValue:
    """Decide what becomes of one item."""
    review, _head = _shown()
    form = DecisionForm()
    key = form.key
    if key is None:
        abort(400)
    form.belongs_to(key)
    if form.validate():
        with saving(form) as saved:
            details, seen = form.details(), form.seen_version
            decide_refresh(db.session(), review, key, details, seen, **_who())
            saved.at(f"{_decisions_url(review)}#{form.item.data}", "The decision is saved")
            db.session.commit()
        if saved.response:
            return saved.response
    return _decisions(form)


@bp.route("/<int:review_id>/new-item", methods=["GET", "POST"])
def add_item(review_id: int) -> ResponseReturnValue:
    """Add an item that the next plan is to have."""
    review, _head = _shown()
    form = NewItemForm()
    if form.validate_on_submit():
        with saving(form) as saved:
            kind = ItemKind(form.item_kind.data)
            add_new_item(db.session(), review, kind, form.details(), **_who())
            saved.at(_decisions_url(review), "The new item is added")
            db.session.commit()
        if saved.response:
            return saved.response
    return render_template("reviews/new_item.html", form=form, review=review), form.status


@bp.route("/<int:review_id>/remove-decision", methods=["POST"])
def remove_decision(review_id: int) -> ResponseReturnValue:
    """Take a decision back: the item is a proposal again, a new item is gone."""
    review, _head = _shown()
    decision_id, seen = _number("decision_id"), _number("version")
    return _do(
        lambda: take_decision_back(db.session(), review, decision_id, seen, **_who()),
        _decisions_url(review),
        "The decision is taken back",
    )


@bp.route("/<int:review_id>/preview")
def preview(review_id: int) -> ResponseReturnValue:
    """Show a review as it is exported: a draft as it stands, what is frozen as it was frozen."""
    review, head = _shown()
    try:
        document = _document(head, review)
    except Tampered as broken:
        return render_template("reviews/tampered.html", review=review, message=str(broken)), 500
    plan = assessed_plan(db.session(), head, _reading(review))
    sections = paper_sections(document, _explained(plan))
    return render_template(
        "reviews/preview.html",
        review=review,
        document=document,
        sections=sections,
        explain=url_for("explanations.plan", plan_id=head.id, **_day(plan)),
    )


@bp.route("/<int:review_id>/freeze", methods=["POST"])
def freeze(review_id: int) -> ResponseReturnValue:
    """Put a review before the chair."""
    review, head = _shown()
    seen = _number("version")
    return _do(
        lambda: freeze_review(
            db.session(), review, draft_report(db.session(), head, review), seen, **_who()
        ),
        _home(review),
        f"The review is frozen: {review.chair.name} can sign it off now",
    )


@bp.route("/<int:review_id>/unfreeze", methods=["POST"])
def unfreeze(review_id: int) -> ResponseReturnValue:
    """Take a review back from the chair."""
    review, _head = _shown()
    return _do(
        lambda: unfreeze_review(db.session(), review, **_who()),
        _home(review),
        "The review is a draft again",
    )


@bp.route("/<int:review_id>/sign-off", methods=["GET", "POST"])
def sign_off(review_id: int) -> ResponseReturnValue:
    """Sign a frozen review off for good, or send it back."""
    review, _head = _shown()
    form = SignOffForm(obj=review)
    if form.validate_on_submit():
        with saving(form) as saved:
            sign_off_review(db.session(), review, form.seen_version, **_who())
            saved.at(_home(review), "The review is signed off: it never changes from now on")
            db.session.commit()
        if saved.response:
            return saved.response
    return _sign_off_page(review, form, SendBackForm(formdata=None)), form.status


@bp.route("/<int:review_id>/send-back", methods=["POST"])
def send_back(review_id: int) -> ResponseReturnValue:
    """Return a review to the officers with a reason."""
    review, _head = _shown()
    form = SendBackForm()
    if form.validate():
        with saving(form) as saved:
            send_review_back(db.session(), review, form.reason.data or "", **_who())
            saved.at(_home(review), "The review is back with the officers")
            db.session.commit()
        if saved.response:
            return saved.response
    return _sign_off_page(review, SignOffForm(formdata=None, obj=review), form), form.status


@bp.route("/<int:review_id>/export.docx")
def export(review_id: int) -> ResponseReturnValue:
    """Give the review as a Word file."""
    review, head = _shown()
    audience = Audience.of(current_actor())
    today = clock.today()
    try:
        file = export_review(db.session(), head, review, review.cut_off_on, audience, today=today)
    except Tampered as broken:
        return render_template("reviews/tampered.html", review=review, message=str(broken)), 500
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(file.content, mimetype=file.mime_type, headers=headers)


def _shown() -> tuple[Review, PlanHead]:
    review = permitted(Review)
    return review, frame.show_plan_of(review.plan)


def _who() -> dict[str, Any]:
    return {"actor": current_actor(), "now": clock.now()}


def _reading(review: Review) -> Reading:
    """Return what a review reads: as at its cut-off, never later, for whoever looks."""
    return Reading.of(review.cut_off_on, Audience.of(current_actor()))


def _document(head: PlanHead, review: Review) -> Document:
    return current_document(db.session(), head, review, Audience.of(current_actor()))


def _explained(plan: PlanAssessment) -> dict[str, str]:
    """Return where the figures of a paper's items and partners are explained, as at its day."""
    ways = {
        load.partner.short_name: url_for(
            "explanations.partner", partner_id=load.partner.id, plan=plan.facts.id, **_day(plan)
        )
        for load in plan.workloads
    }
    for action in plan.actions:
        ways[action.facts.code] = url_for(
            "explanations.action", action_id=action.facts.id, **_day(plan)
        )
    for measure in plan.measures:
        ways[measure.facts.code] = url_for(
            "explanations.measure", measure_id=measure.facts.id, **_day(plan)
        )
    return ways


def _day(plan: PlanAssessment) -> dict[str, Any]:
    return {"as-at": plan.as_at.isoformat()}


def _home(review: Review) -> str:
    return url_for("reviews.show", review_id=review.id)


def _decisions_url(review: Review) -> str:
    asked = request.args.get("priority", type=int)
    return url_for("reviews.decisions", review_id=review.id, priority=asked)


def _number(name: str) -> int:
    """Return a whole number that was sent; 0, which nothing has, where it is none."""
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _decisions(sent: DecisionForm | None) -> ResponseReturnValue:
    """Show the decisions of one priority; ``sent`` is a form that was refused."""
    review, head = _shown()
    page = decisions_page(db.session(), head, review, _reading(review))
    asked = request.args.get("priority", type=int)
    chosen = next((p for p in page.plan.priorities if p.facts.id == asked), None)
    chosen = chosen or next(iter(page.plan.priorities), None)
    rows = forms_of(page.of_priority(chosen.facts.id) if chosen else (), sent)
    names = [(p.facts.id, f"{p.facts.code} {p.facts.title}") for p in page.plan.priorities]
    shown = {"review": review, "page": page, "chosen": chosen, "rows": rows, "sent": sent}
    shown |= {"choices_of_priority": names, "meanings": DECISIONS}
    shown["is_draft"] = review.state is ReviewState.DRAFT
    return render_template("reviews/decisions.html", **shown), sent.status if sent else 200


def _sign_off_page(review: Review, form: SignOffForm, back: SendBackForm) -> str:
    frozen_by = name_of(db.session(), review.frozen_by_id)
    shown = {"review": review, "form": form, "back": back, "frozen_by": frozen_by}
    return render_template("reviews/sign_off.html", **shown)


def _do(service: Callable[[], None], home: str, done: str) -> ResponseReturnValue:
    """Run a service that has no form of its own; say what came of it."""
    try:
        service()
    except DomainError as refused:
        db.session.rollback()
        message = refused.message if isinstance(refused, Conflict) else str(refused)
        flash(message, "error")
    else:
        flash(done, "success")
        db.session.commit()
    return redirect(home, 303)
