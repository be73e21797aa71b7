"""The life of a review: opened, written, decided, frozen, signed off; and what is refused."""

import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from tests.counting import statements
from tests.standing import Standing, measure_details, target_details
from tracker.domain.observations import ObservationEntry
from tracker.domain.periods import Period
from tracker.domain.progress import ProgressEntry
from tracker.domain.vocabulary import (
    ActionState,
    Confidence,
    Frequency,
    ObservationState,
    ReviewState,
)
from tracker.models import LedgerEntry, Narrative, RefreshDecision, Review, Snapshot
from tracker.publishing_cli import review as review_command
from tracker.queries.assessed import KEPT
from tracker.services import items
from tracker.services.observations import record_observation
from tracker.services.progress import log_progress

NOW = datetime(2017, 3, 15, 9, 0, tzinfo=UTC)
#: When the facts of these tests became known.
KNOWN = datetime(2017, 2, 20, 9, 0, tzinfo=UTC)


def opening(standing, **changes):
    given = {
        "edition": "march_review",
        "board_on": "31 March 2017",
        "cut_off_on": "15 March 2017",
        "chair_id": str(standing.people["Chair"].id),
        "committee": "Strategy Board",
    }
    return {**given, **changes}


@pytest.fixture
def reported(session, standing):
    """The standing plan with an update and ten months of values."""
    who = {"actor": standing.actor("Police Lead"), "now": KNOWN}
    entry = ProgressEntry(ActionState.IN_PROGRESS, Confidence.HIGH, "Patrols ran every night.")
    log_progress(session, standing.action, entry, **who)
    month = Period.parse("2016-04", Frequency.MONTHLY)
    for _ in range(10):
        value = ObservationEntry(month, Decimal(90), ObservationState.FINAL)
        record_observation(session, standing.measure, value, **who)
        month = month.next()
    session.commit()
    return standing


@pytest.fixture
def review(officer, reported, session) -> int:
    """An open review of the standing plan."""
    saved = officer.post(f"/reviews/new/{reported.plan.id}", **opening(reported))
    assert saved.status == 303, saved.text
    return session.scalars(select(Review.id)).one()


@pytest.fixture
def frozen(officer, review) -> int:
    """A review that the officer froze."""
    assert freeze(officer, review).status == 303
    return review


@pytest.fixture
def signed(board_member, frozen) -> int:
    """A review that the chair signed off."""
    assert board_member.post(f"/reviews/{frozen}/sign-off").status == 303
    return frozen


def stored(session, review_id) -> Review:
    session.rollback()
    return session.scalars(
        select(Review).where(Review.id == review_id).execution_options(populate_existing=True)
    ).one()


def the_one(session, model):
    session.rollback()
    return session.scalars(select(model)).one()


def freeze(client, review_id):
    """Press the button on the review's own page."""
    page = client.get(f"/reviews/{review_id}")
    (version,) = page.tree.xpath(
        "//form[contains(@action, '/freeze')]//input[@name='version']/@value"
    )
    return client.send(f"/reviews/{review_id}/freeze", version=version)


def verbs(session):
    session.rollback()
    query = select(LedgerEntry.verb).where(LedgerEntry.plan_id.is_not(None))
    return list(session.scalars(query.order_by(LedgerEntry.id)))


def paper(client, review_id) -> str:
    """What the page says of the review, without the frame around it."""
    page = client.get(f"/reviews/{review_id}/preview")
    return " ".join(page.tree.get_element_by_id("main").text_content().split())


def words_in(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return archive.read("word/document.xml").decode()


def decision(standing, **changes):
    given = {
        "item": f"action-{standing.action.id}",
        "version": "0",
        "decision": "amend",
        "new_wording": "Patrol on Fridays",
        "reason": "That is when it happens",
    }
    return {**given, **changes}


# Opening


def test_before_the_first_review_the_list_says_what_to_do(officer, standing):
    page = officer.get("/reviews")
    assert "No review has been opened" in page.text
    assert f"/reviews/new/{standing.plan.id}" in page.links()


def test_a_lead_reads_the_list_and_is_not_asked_to_open_a_review(lead, standing):
    page = lead.get("/reviews")
    assert page.status == 200
    assert f"/reviews/new/{standing.plan.id}" not in page.links()


def test_an_opened_review_is_listed_as_a_draft(officer, review):
    assert "March review Draft 31 March 2017 15 March 2017 Chair" in officer.get("/reviews").text


def test_the_cut_off_cannot_be_after_the_board(officer, standing):
    given = opening(standing, board_on="1 March 2017", cut_off_on="2 March 2017")
    page = officer.post(f"/reviews/new/{standing.plan.id}", **given)
    assert page.status == 400
    assert page.error("cut_off_on") == "Enter a cut-off date on or before the board's date"


def test_the_cut_off_cannot_be_a_day_to_come(officer, standing):
    given = opening(standing, cut_off_on="16 March 2017")
    page = officer.post(f"/reviews/new/{standing.plan.id}", **given)
    assert page.status == 400
    assert "Enter 15 March 2017 or an earlier date" in page.error("cut_off_on")
    assert page.value("committee") == "Strategy Board"


def test_only_a_board_member_can_be_the_chair(officer, standing):
    given = opening(standing, chair_id=str(standing.people["Officer"].id))
    page = officer.post(f"/reviews/new/{standing.plan.id}", **given)
    assert page.error("chair_id") == "Choose one from the list"


def test_a_second_review_waits_until_the_first_is_signed_off(officer, reported, review):
    page = officer.post(f"/reviews/new/{reported.plan.id}", **opening(reported))
    assert page.status == 400
    assert "A review of this plan is being prepared" in page.text


@pytest.mark.parametrize("who", ["lead", "other_lead", "board_member", "administrator"])
def test_nobody_but_an_officer_prepares_a_review(who, request, review, reported):
    client = request.getfixturevalue(who)
    priority = reported.priority.id
    for path in ("edit", f"narrative/{priority}", "decisions", "new-item"):
        assert client.get(f"/reviews/{review}/{path}").status == 403, path
    for path in ("edit", f"narrative/{priority}", "decide", "new-item", "freeze", "unfreeze"):
        assert client.send(f"/reviews/{review}/{path}").status == 403, path
    assert client.get(f"/reviews/new/{reported.plan.id}").status == 403


def test_the_public_is_asked_to_sign_in(public, review):
    assert public.get(f"/reviews/{review}/preview").status == 303
    assert public.get(f"/reviews/{review}/export.docx").status == 303


def test_a_review_that_is_not_there_is_not_found(officer, standing):
    assert officer.get("/reviews/4711").status == 404
    assert officer.get("/reviews/99999999999/preview").status == 404


# Preparing


def test_the_workbench_says_what_stands_in_the_way(officer, review, reported):
    page = officer.get(f"/reviews/{review}")
    assert "% ready" in page.text
    assert f"/reviews/{review}/narrative/{reported.priority.id}" in page.links()
    assert f"/measures/{reported.secret_measure.id}/observations/new" in page.links()


def test_a_lead_reads_the_workbench_without_links_to_mend(other_lead, review, reported):
    page = other_lead.get(f"/reviews/{review}")
    assert page.status == 200
    assert f"/reviews/{review}/edit" not in page.links()
    assert "Quiet referrals" not in page.text
    assert "Watch quietly" not in page.text


def test_texts_of_the_review_stand_in_the_preview(officer, review, reported):
    given = opening(reported, summary="A **good** year.", recommendations="- Agree it")
    assert officer.post(f"/reviews/{review}/edit", **given).status == 303
    page = officer.get(f"/reviews/{review}/preview")
    assert "<strong>good</strong>" in page.body
    assert "For" + "Decision" in page.text.replace(" ", "")


def test_a_stale_edit_of_the_review_shows_both_and_keeps_what_was_typed(officer, review, reported):
    seen = officer.hidden(f"/reviews/{review}/edit")["version"]
    officer.post(f"/reviews/{review}/edit", **opening(reported, summary="Theirs"))
    given = opening(reported, summary="Mine", version=seen)
    page = officer.post(f"/reviews/{review}/edit", **given)
    assert page.status == 409
    assert page.value("summary") == "Mine"
    assert "Theirs" in page.text


def test_what_was_learnt_is_written_priority_by_priority(officer, review, reported):
    path = f"/reviews/{review}/narrative/{reported.priority.id}"
    assert officer.post(path, achieved="Fewer nights lost", learnt="Begin earlier").status == 303
    page = officer.get(f"/reviews/{review}/preview")
    assert "Fewer nights lost" in page.text
    assert "Begin earlier" in page.text


def test_a_stale_narrative_is_a_conflict_and_keeps_the_text(officer, review, reported, session):
    path = f"/reviews/{review}/narrative/{reported.priority.id}"
    officer.post(path, achieved="Theirs", learnt="")
    page = officer.post(path, achieved="Mine", learnt="", version="0")
    assert page.status == 409
    assert page.value("achieved") == "Mine"
    assert "Theirs" in page.text
    session.rollback()
    assert session.scalars(select(Narrative.achieved)).all() == ["Theirs"]


def test_the_conflicting_text_can_be_sent_again(officer, review, reported, session):
    path = f"/reviews/{review}/narrative/{reported.priority.id}"
    officer.post(path, achieved="Theirs", learnt="")
    page = officer.post(path, achieved="Mine", learnt="", version="0")
    again = officer.post(path, achieved="Mine", learnt="", version=page.value("version"))
    assert again.status == 303
    session.rollback()
    assert session.scalars(select(Narrative.achieved)).all() == ["Mine"]


def test_a_priority_of_another_plan_has_no_narrative_here(officer, review):
    assert officer.get(f"/reviews/{review}/narrative/4711").status == 404


def test_every_item_is_listed_with_a_proposal_and_a_form(officer, review, reported):
    page = officer.get(f"/reviews/{review}/decisions")
    assert "6 of 6 items are proposals" in page.text
    assert len(page.tree.xpath("//main//form[contains(@action, '/decide')]")) == 6


def test_a_decision_takes_the_place_of_the_proposal(officer, review, reported):
    assert officer.send(f"/reviews/{review}/decide", **decision(reported)).status == 303
    page = officer.get(f"/reviews/{review}/decisions")
    assert "5 of 6 items are proposals" in page.text
    assert "Patrol on Fridays" in officer.get(f"/reviews/{review}/preview").text


def test_a_decision_without_a_reason_is_refused_beside_its_field(officer, review, reported):
    given = decision(reported, reason=" ")
    page = officer.send(f"/reviews/{review}/decide", **given)
    assert page.status == 400
    assert page.error(f"action-{reported.action.id}-reason") == "Enter the reason"
    assert "Patrol on Fridays" in page.text


def test_an_amendment_without_new_wording_is_refused_beside_its_field(officer, review, reported):
    page = officer.send(f"/reviews/{review}/decide", **decision(reported, new_wording=""))
    assert page.status == 400
    assert page.error(f"action-{reported.action.id}-new_wording") == "Enter what changes"


def test_a_stale_decision_is_a_conflict_and_keeps_what_was_typed(officer, review, reported):
    officer.send(f"/reviews/{review}/decide", **decision(reported))
    given = decision(reported, reason="My own reason")
    page = officer.send(f"/reviews/{review}/decide", **given)
    assert page.status == 409
    assert "My own reason" in page.body
    assert "That is when it happens" in page.text


@pytest.mark.parametrize(
    "item", ["action-0", "action-x", "milestone-1", "plan-1", "", "action-9999"]
)
def test_a_decision_on_what_is_no_item_of_the_plan_stores_nothing(
    officer, review, reported, item, session
):
    page = officer.send(f"/reviews/{review}/decide", **decision(reported, item=item))
    assert page.status == 400
    assert session.scalars(select(RefreshDecision)).all() == []


def test_a_decision_that_is_taken_back_is_a_proposal_again(officer, review, reported, session):
    officer.send(f"/reviews/{review}/decide", **decision(reported))
    row = the_one(session, RefreshDecision)
    given = {"decision_id": row.id, "version": row.version}
    assert officer.send(f"/reviews/{review}/remove-decision", **given).status == 303
    assert "6 of 6 items are proposals" in officer.get(f"/reviews/{review}/decisions").text


def test_a_decision_that_changed_meanwhile_is_not_taken_back(officer, review, reported, session):
    officer.send(f"/reviews/{review}/decide", **decision(reported))
    row = the_one(session, RefreshDecision)
    given = {"decision_id": row.id, "version": row.version + 1}
    officer.send(f"/reviews/{review}/remove-decision", **given)
    session.rollback()
    assert session.scalars(select(RefreshDecision.id)).all() == [row.id]


def test_a_new_item_stands_in_the_refresh_and_can_be_taken_out(officer, review, session):
    given = {"item_kind": "measure", "new_wording": "Hate crime", "reason": "The board asked"}
    assert officer.post(f"/reviews/{review}/new-item", **given).status == 303
    assert "Hate crime" in officer.get(f"/reviews/{review}/preview").text
    row = the_one(session, RefreshDecision)
    given = {"decision_id": row.id, "version": row.version}
    officer.send(f"/reviews/{review}/remove-decision", **given)
    assert "Hate crime" not in officer.get(f"/reviews/{review}/preview").text


def test_every_step_is_in_the_ledger(officer, review, reported, session):
    officer.post(f"/reviews/{review}/narrative/{reported.priority.id}", achieved="A", learnt="B")
    officer.send(f"/reviews/{review}/decide", **decision(reported))
    freeze(officer, review)
    officer.send(f"/reviews/{review}/unfreeze")
    assert verbs(session)[-5:] == ["opened", "reviewed", "decided on", "froze", "unfroze"]


# Reading


def test_a_draft_says_draft_on_every_reading(officer, review):
    page = officer.get(f"/reviews/{review}/preview")
    assert "DRAFT" in page.text
    assert "Draft, not signed off, so no hash yet" in page.text


def test_a_reader_without_clearance_reads_that_something_was_left_out(other_lead, review):
    page = other_lead.get(f"/reviews/{review}/preview")
    assert "Two OFFICIAL-SENSITIVE items are left out of this paper" in page.text
    assert "Watch quietly" not in page.text
    assert "Quiet referrals" not in page.text


def test_a_cleared_reader_reads_sensitive_items_in_a_paper_that_is_marked(board_member, review):
    page = board_member.get(f"/reviews/{review}/preview")
    assert "Watch quietly" in page.text
    assert "OFFICIAL-SENSITIVE" in page.text


def test_the_word_file_says_what_the_page_says_to_the_same_reader(officer, other_lead, review):
    full = words_in(officer.get(f"/reviews/{review}/export.docx").response.data)
    other = words_in(other_lead.get(f"/reviews/{review}/export.docx").response.data)
    assert "Watch quietly" in full
    assert "Watch quietly" not in other
    assert "left out of this paper" in other


def test_the_word_file_is_an_attachment_whose_name_tells_its_marking(officer, outsider, review):
    names = {}
    for reader in (officer, outsider):
        reply = reader.get(f"/reviews/{review}/export.docx").response
        assert reply.mimetype.endswith("wordprocessingml.document")
        names[reader] = reply.headers["Content-Disposition"].partition("filename=")[2]
    assert names[officer] == '"march-review-2016-17-2017-03-15-official-sensitive-draft.docx"'
    assert names[outsider] == '"march-review-2016-17-2017-03-15-draft.docx"'


def test_a_cut_off_before_the_plan_began_is_refused(officer, reported):
    given = opening(reported, cut_off_on="31 March 2016")
    page = officer.post(f"/reviews/new/{reported.plan.id}", **given)
    assert page.error("cut_off_on") == "Enter 1 April 2016 or a later date: the plan began then"


def test_what_became_known_after_the_cut_off_does_not_count(officer, reported, session):
    given = opening(reported, cut_off_on="31 January 2017")
    saved = officer.post(f"/reviews/new/{reported.plan.id}", **given)
    page = officer.get(f"{saved.location}/preview")
    assert "Patrols ran every night." not in page.text


# Freezing


def test_a_frozen_review_cannot_be_edited(officer, frozen, reported, session):
    edit = officer.post(f"/reviews/{frozen}/edit", **opening(reported, summary="Late"))
    assert edit.status == 400
    assert "frozen for signature" in edit.text
    path = f"/reviews/{frozen}/narrative/{reported.priority.id}"
    assert officer.post(path, achieved="Late").status == 400
    assert officer.send(f"/reviews/{frozen}/decide", **decision(reported)).status == 400
    given = {"new_wording": "Late", "reason": "Late"}
    assert officer.post(f"/reviews/{frozen}/new-item", **given).status == 400
    assert stored(session, frozen).summary == ""
    assert session.scalars(select(RefreshDecision)).all() == []


def test_what_is_reported_after_freezing_does_not_change_what_the_chair_reads(
    officer, board_member, frozen, reported, session
):
    before = paper(board_member, frozen)
    log_more(session)
    assert paper(board_member, frozen) == before
    assert "Draft put before the chair by Officer on 15 March 2017" in before


def test_a_review_that_changed_since_the_page_was_opened_is_not_frozen(
    officer, review, reported, session
):
    version = stored(session, review).version
    officer.post(f"/reviews/{review}/edit", **opening(reported, summary="Newer"))
    officer.send(f"/reviews/{review}/freeze", version=version)
    assert stored(session, review).state is ReviewState.DRAFT


def test_an_unfrozen_review_can_be_edited_again(officer, frozen, reported, session):
    assert officer.send(f"/reviews/{frozen}/unfreeze").status == 303
    saved = officer.post(f"/reviews/{frozen}/edit", **opening(reported, summary="Again"))
    assert saved.status == 303
    assert stored(session, frozen).frozen_document is None


def test_the_chair_sends_a_review_back_with_a_reason(board_member, frozen, session):
    sent = board_member.send(f"/reviews/{frozen}/send-back", reason="Say more on P1")
    assert sent.status == 303
    assert stored(session, frozen).state is ReviewState.DRAFT
    assert verbs(session)[-1] == "sent back"


def test_a_review_is_not_sent_back_without_a_reason(board_member, frozen, session):
    page = board_member.send(f"/reviews/{frozen}/send-back", reason="")
    assert page.status == 400
    assert page.error("reason") == "Enter what is to be changed"
    assert stored(session, frozen).state is ReviewState.FROZEN


# Signing


@pytest.mark.parametrize("who", ["officer", "lead", "administrator", "outsider"])
def test_nobody_but_the_named_chair_signs_or_sends_back(who, request, frozen, session):
    client = request.getfixturevalue(who)
    assert client.get(f"/reviews/{frozen}/sign-off").status == 403
    assert client.send(f"/reviews/{frozen}/sign-off").status == 403
    assert client.send(f"/reviews/{frozen}/send-back", reason="No").status == 403
    assert stored(session, frozen).state is ReviewState.FROZEN


def test_whoever_froze_a_review_does_not_sign_it(board_member, frozen, standing, session):
    session.rollback()
    row = session.get(Review, frozen)
    row.frozen_by_id = standing.people["Chair"].id
    session.commit()
    assert board_member.send(f"/reviews/{frozen}/sign-off", version=row.version).status == 403
    assert stored(session, frozen).state is ReviewState.FROZEN


def test_the_database_itself_refuses_one_person_for_both(session, frozen, standing):
    session.rollback()
    row = session.get(Review, frozen)
    row.signed_by_id = row.frozen_by_id
    with pytest.raises(IntegrityError):
        session.commit()
    session.rollback()


def test_a_draft_cannot_be_signed(board_member, review, session):
    page = board_member.get(f"/reviews/{review}/sign-off")
    assert "There is nothing to sign" in page.text
    version = stored(session, review).version
    sent = board_member.send(f"/reviews/{review}/sign-off", version=version)
    assert sent.status == 400
    assert session.scalars(select(Snapshot)).all() == []


def test_a_review_that_was_frozen_anew_is_not_signed_unread(officer, board_member, frozen, session):
    seen = board_member.hidden(f"/reviews/{frozen}/sign-off")["version"]
    officer.send(f"/reviews/{frozen}/unfreeze")
    freeze(officer, frozen)
    page = board_member.post(f"/reviews/{frozen}/sign-off", version=seen)
    assert page.status == 409
    assert stored(session, frozen).state is ReviewState.FROZEN


def test_a_signed_review_has_a_snapshot_whose_hash_verifies(signed, standing, session):
    snapshot = the_one(session, Snapshot)
    assert hashlib.sha256(snapshot.document.encode()).hexdigest() == snapshot.sha256
    content = json.loads(snapshot.document)
    assert content["signed_by"] == "Chair"
    assert content["number"] == snapshot.number == 1
    assert content["ledger"] == {"seq": snapshot.ledger_seq, "hash": snapshot.ledger_hash}


def test_the_ledger_names_the_hash_of_the_snapshot(signed, session):
    session.rollback()
    entry = session.scalars(select(LedgerEntry).order_by(LedgerEntry.id.desc()).limit(1)).one()
    snapshot = the_one(session, Snapshot)
    assert entry.verb == "signed off"
    assert json.loads(entry.after)["sha256"] == snapshot.sha256
    assert entry.seq == snapshot.ledger_seq + 1
    assert entry.previous_hash == snapshot.ledger_hash


def test_a_signed_review_shows_its_hash_and_no_draft_mark(outsider, signed, session):
    page = outsider.get(f"/reviews/{signed}/preview")
    snapshot = the_one(session, Snapshot)
    assert snapshot.sha256 in page.text
    assert "FINAL" in page.text
    assert "DRAFT" not in page.text


def test_a_signed_review_never_changes(officer, signed, reported, session):
    page = officer.post(f"/reviews/{signed}/edit", **opening(reported, summary="After"))
    assert page.status == 400
    assert "correct it by a new edition" in page.text
    officer.send(f"/reviews/{signed}/unfreeze")
    officer.send(f"/reviews/{signed}/freeze", version=stored(session, signed).version)
    assert stored(session, signed).state is ReviewState.SIGNED_OFF


def test_what_is_reported_after_signature_leaves_the_file_unchanged_byte_for_byte(
    officer, signed, reported, session
):
    before = officer.get(f"/reviews/{signed}/export.docx").response.data
    log_more(session)
    KEPT.clear()
    assert officer.get(f"/reviews/{signed}/export.docx").response.data == before


def test_the_next_edition_is_chained_to_the_one_before(
    officer, board_member, signed, reported, session
):
    given = opening(reported, edition="final_outturn")
    saved = officer.post(f"/reviews/new/{reported.plan.id}", **given)
    second = int(saved.location.rsplit("/", 1)[1])
    freeze(officer, second)
    assert board_member.post(f"/reviews/{second}/sign-off").status == 303
    session.rollback()
    first, last = session.scalars(select(Snapshot).order_by(Snapshot.number)).all()
    assert (last.number, last.previous_sha256) == (2, first.sha256)


def test_the_database_refuses_to_change_a_snapshot(session, signed):
    session.rollback()
    with pytest.raises(Exception, match="append-only"):
        session.execute(text("UPDATE snapshots SET document = 'x'"))
    session.rollback()


def test_a_snapshot_that_was_tampered_with_is_noticed_and_not_shown(officer, signed, app, session):
    tamper(session)
    page = officer.get(f"/reviews/{signed}/preview")
    assert page.status == 500
    assert "not what was signed off" in page.text
    assert officer.get(f"/reviews/{signed}/export.docx").status == 500


# What it costs


def test_a_workbench_asks_no_more_of_a_larger_plan(app, officer, review, reported, session):
    small = asked_by(app, officer, f"/reviews/{review}")
    enlarge(session)
    assert asked_by(app, officer, f"/reviews/{review}") == small


def test_a_preview_asks_no_more_of_a_larger_plan(app, officer, review, reported, session):
    small = asked_by(app, officer, f"/reviews/{review}/preview")
    enlarge(session)
    assert asked_by(app, officer, f"/reviews/{review}/preview") == small


def test_a_sent_decision_asks_for_a_token(officer, review, reported, app, session):
    app.config["WTF_CSRF_ENABLED"] = True
    reply = officer.send(f"/reviews/{review}/decide", **decision(reported), csrf_token="forged")
    assert reply.status == 400
    assert session.scalars(select(RefreshDecision)).all() == []


def asked_by(app, client, path):
    KEPT.clear()
    with app.app_context(), statements() as seen:
        assert client.get(path).status == 200
    return len(seen)


def enlarge(session):
    session.rollback()
    standing = Standing.of(session)
    who = {"actor": standing.actor("Officer"), "now": KNOWN}
    for number in range(5):
        details = measure_details(standing.partners["CoLP"].id, code=f"M9.{number}")
        items.add_measure(session, standing.objective, details, target_details(), **who)
    session.commit()


def log_more(session):
    session.rollback()
    standing = Standing.of(session)
    entry = ProgressEntry(ActionState.IN_PROGRESS, Confidence.LOW, "It all went wrong.")
    now = datetime(2017, 3, 15, 10, 0, tzinfo=UTC)
    log_progress(session, standing.action, entry, actor=standing.actor("Police Lead"), now=now)
    session.commit()


def tamper(session):
    """Change a snapshot behind the product's back, as somebody with the file could."""
    session.rollback()
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    drop = "DROP TRIGGER snapshots_refuse_update" + ("" if is_sqlite else " ON snapshots")
    session.execute(text(drop))
    session.execute(text("UPDATE snapshots SET document = replace(document, 'Chair', 'Chief')"))
    session.commit()


# The command


@pytest.fixture
def run(app, tmp_path):
    """Run the command that exports a review, in a folder of its own."""

    def command(*arguments):
        out = tmp_path / "review.docx"
        given = [*arguments, "--out", str(out)]
        result = app.test_cli_runner().invoke(review_command, given)
        return result, json.loads(result.output), out

    return command


def test_the_command_writes_a_draft_of_a_review_that_nobody_opened(run, reported):
    result, said, out = run("current", "--as-at", "2017-03-15")
    assert result.exit_code == 0
    assert (said["ok"], said["review"], said["cut_off"]) == (True, "none opened", "2017-03-15")
    assert "Draft, not signed off" in words_in(out.read_bytes())
    assert "Watch quietly" not in words_in(out.read_bytes())


def test_the_command_holds_sensitive_items_where_it_is_told_to(run, reported):
    _result, _said, out = run("current", "--sensitive")
    assert "Watch quietly" in words_in(out.read_bytes())


def test_the_command_writes_the_signed_review_byte_for_byte_as_the_page_does(run, officer, signed):
    _result, said, out = run("--as-at", "2017-03-15", "--sensitive")
    assert said["review"] == "signed_off"
    page = officer.get(f"/reviews/{signed}/export.docx")
    assert out.read_bytes() == page.response.data


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["4711"], "there is no such plan"),
        (["no-plan"], "there is no such plan"),
        (["current", "--as-at", "2017-03-16"], "2017-03-16 is still to come"),
    ],
)
def test_the_command_says_why_it_wrote_nothing(run, reported, arguments, error):
    result, said, out = run(*arguments)
    assert (result.exit_code, said) == (1, {"ok": False, "error": error})
    assert not out.exists()
