"""Signing a review off: freeze it, send it back or unfreeze it, and sign it for good.

The person who freezes a review never signs it, and a signed review never changes.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.errors import NotPermitted, RuleBroken
from tracker.domain.ledger import GENESIS, Head, sha256
from tracker.domain.snapshot import Report, Signature, snapshot_text
from tracker.domain.texts import checked
from tracker.domain.vocabulary import ReviewState, Role
from tracker.models import Plan, Review, Snapshot
from tracker.services.reviews import refuse_frozen, write_down
from tracker.services.rows import apply_changes, refuse_stale

_NOT_FROZEN = "This review is not frozen: an officer freezes it before it is signed off"


def freeze_review(
    session: Session,
    review: Review,
    report: Report,
    seen_version: int,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Put a review before the chair: from now on its report is the one that is stored here.

    :param report: what the review says at this moment, without a version on it.
    :raises Conflict: if somebody changed the review since the page was opened.
    :raises RuleBroken: if it is frozen or signed off already.
    """
    refuse_frozen(review)
    refuse_stale(review, seen_version, "the review", {})
    text = report.text()
    apply_changes(
        review,
        {
            "state": ReviewState.FROZEN,
            "frozen_document": text,
            "frozen_at": now,
            "frozen_by_id": actor.person_id,
        },
    )
    session.flush()
    fields = {"state": ReviewState.FROZEN, "document_sha256": sha256(text)}
    before = {"state": ReviewState.DRAFT}
    write_down(session, review, "froze", fields, before, actor=actor, now=now)


def unfreeze_review(session: Session, review: Review, *, actor: Actor, now: datetime) -> None:
    """Take a review back from the chair, so that it can be edited; RuleBroken if not frozen."""
    _thaw(session, review, "unfroze", "", actor=actor, now=now)


def send_back(
    session: Session, review: Review, reason: str, *, actor: Actor, now: datetime
) -> None:
    """Return a review to the officers with the chair's reason.

    :raises NotPermitted: if the actor is not the named chair.
    :raises RuleBroken: beside "reason", or if it is not frozen.
    """
    _refuse_other_signer(review, actor)
    said = checked(reason, "reason", label="what is to be changed", longest=1000)
    _thaw(session, review, "sent back", said, actor=actor, now=now)


def sign_off_review(
    session: Session, review: Review, seen_version: int, *, actor: Actor, now: datetime
) -> Snapshot:
    """Sign a frozen review off for good, and keep its snapshot.

    :raises NotPermitted: if the actor is not the named chair, or froze it.
    :raises Conflict: if it was frozen anew since the page was opened.
    :raises RuleBroken: if it is not frozen.
    """
    _refuse_other_signer(review, actor)
    if review.state is not ReviewState.FROZEN or review.frozen_document is None:
        raise RuleBroken(_NOT_FROZEN)
    refuse_stale(review, seen_version, "the review", {})
    snapshot = _snapshot(session, review, review.frozen_document, actor, now)
    session.add(snapshot)
    apply_changes(review, {"state": ReviewState.SIGNED_OFF, "signed_by_id": actor.person_id})
    session.flush()
    fields = {
        "state": ReviewState.SIGNED_OFF,
        "snapshot": snapshot.number,
        "sha256": snapshot.sha256,
    }
    before = {"state": ReviewState.FROZEN}
    write_down(session, review, "signed off", fields, before, actor=actor, now=now)
    return snapshot


def _snapshot(
    session: Session, review: Review, frozen: str, actor: Actor, now: datetime
) -> Snapshot:
    """Return the snapshot, its numbers taken while the plan is locked. Two queries."""
    title, seq, last = session.execute(
        select(Plan.title, Plan.ledger_seq, Plan.ledger_hash)
        .where(Plan.id == review.plan_id)
        .with_for_update()
    ).one()
    earlier = session.execute(
        select(Snapshot.number, Snapshot.sha256)
        .where(Snapshot.plan_id == review.plan_id)
        .order_by(Snapshot.number.desc())
        .limit(1)
    ).one_or_none()
    number, previous = (earlier.number + 1, earlier.sha256) if earlier else (1, GENESIS)
    head = Head(seq, last)
    signature = Signature(title, review.edition, number, actor.name, now, previous, head)
    text = snapshot_text(Report.from_text(frozen), signature)
    return Snapshot(
        plan_id=review.plan_id,
        review_id=review.id,
        number=number,
        document=text,
        sha256=sha256(text),
        previous_sha256=previous,
        ledger_seq=seq,
        ledger_hash=last,
        signed_by_id=actor.person_id,
        signed_at=now,
    )


def _refuse_other_signer(review: Review, actor: Actor) -> None:
    if actor.role is not Role.BOARD_MEMBER or actor.person_id != review.chair_id:
        raise NotPermitted("Only the chair who is named on the review may sign it off")
    if actor.person_id == review.frozen_by_id:
        raise NotPermitted("Whoever froze a review may not sign it off")


def _thaw(
    session: Session, review: Review, verb: str, reason: str, *, actor: Actor, now: datetime
) -> None:
    if review.state is ReviewState.SIGNED_OFF:
        refuse_frozen(review)
    if review.state is not ReviewState.FROZEN:
        raise RuleBroken("This review is a draft already")
    apply_changes(
        review,
        {
            "state": ReviewState.DRAFT,
            "frozen_document": None,
            "frozen_at": None,
            "frozen_by_id": None,
        },
    )
    session.flush()
    fields = {"state": ReviewState.DRAFT, **({"reason": reason} if reason else {})}
    before = {"state": ReviewState.FROZEN}
    write_down(session, review, verb, fields, before, actor=actor, now=now)
