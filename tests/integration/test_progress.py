"""Reporting on an action: stored once, corrected openly, refused beside the field."""

import threading
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from tests.standing import BEGAN
from tests.walking import report_on, signed_in
from tracker.models import LedgerEntry, MilestoneCompletion, ProgressUpdate

TYPED = {"state": "in_progress", "confidence": "high", "happened": "Patrols ran every night."}


@pytest.fixture
def path(standing):
    return f"/actions/{standing.action.id}/updates/new"


@pytest.fixture
def reported(session, standing):
    update = report_on(session, standing, standing.action, "Patrols began.")
    session.commit()
    return f"/actions/updates/{update}/correct"


def updates(session):
    session.rollback()
    return session.scalars(select(ProgressUpdate).order_by(ProgressUpdate.id)).all()


def sent_at_once(path, clients, forms):
    """Send a form from each client side by side and return the replies."""
    replies = [None] * len(clients)
    ready = threading.Barrier(len(clients))

    def send(place):
        ready.wait()
        replies[place] = clients[place].request("POST", path, data=forms[place])

    threads = [threading.Thread(target=send, args=(place,)) for place in range(len(clients))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return replies


def test_what_a_lead_reports_is_stored_with_their_name(lead, session, standing, path):
    page = lead.post(path, **TYPED, next_steps="More of it", percent="40")
    assert page.location == f"/actions/{standing.action.id}"
    (stored,) = updates(session)
    assert stored.happened == "Patrols ran every night."
    assert (stored.percent, stored.on_behalf_of_id) == (40, None)
    assert stored.author_id == standing.people["Police Lead"].id


def test_an_officer_reports_on_behalf_of_the_partner_that_leads(officer, session, standing, path):
    officer.post(path, **TYPED)
    assert updates(session)[0].on_behalf_of_id == standing.partners["CoLP"].id


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"happened": ""}, "happened", "Enter what happened"),
        ({"happened": "x" * 5001}, "happened", "Shorten what happened by 1 character: 5,000"),
        ({"happened": "a\x00b"}, "happened", "Remove the control characters"),
        ({"confidence": None}, "confidence", "Choose how sure you are"),
        ({"confidence": "sure"}, "confidence", "Choose how sure you are"),
        ({"percent": "101"}, "percent", "from 0 to 100"),
        ({"percent": "-1"}, "percent", "Enter a whole number"),
        ({"percent": "\u0661\u0662"}, "percent", "Enter a whole number"),
        ({"is_blocked": "y"}, "help_needed", "Say what help would unblock it"),
        ({"milestones": "999"}, "milestones", "milestone"),
    ],
)
def test_what_breaks_a_rule_is_refused_beside_its_field(lead, session, path, typed, field, message):
    page = lead.post(path, **{**TYPED, "next_steps": "Kept words", **typed})
    assert page.status == 400
    assert message in page.error(field) or message in page.text
    assert page.value("next_steps") == "Kept words"
    assert updates(session) == []


def test_a_milestone_that_is_ticked_is_done_and_one_that_is_not_is_open_again(
    lead, session, standing, path
):
    lead.post(path, **TYPED, milestones=str(standing.milestone.id))
    lead.post(path, **TYPED)
    session.rollback()
    done = session.scalars(select(MilestoneCompletion.done_on).order_by(MilestoneCompletion.id))
    assert list(done) == [date(2017, 3, 15), None]


def test_a_form_posted_twice_is_stored_once_and_leads_to_the_same_place(lead, session, path):
    fields = {**lead.hidden(path), **TYPED}
    first, second = (lead.request("POST", path, data=fields) for _ in range(2))
    assert (first.status, first.location) == (second.status, second.location)
    assert len(updates(session)) == 1


def test_a_form_posted_twice_at_once_is_stored_once(app, session, standing, path):
    clients = [signed_in(app, standing, "lead") for _ in range(2)]
    key = clients[0].hidden(path)["submission_key"]
    same = {**TYPED, "submission_key": key}
    forms = [{**same, "csrf_token": client.token()} for client in clients]
    pages = sent_at_once(path, clients, forms)
    assert [page.status for page in pages] == [303, 303]
    assert len({page.location for page in pages}) == 1
    assert len(updates(session)) == 1


def test_a_form_that_was_gone_back_to_and_written_on_is_stored_as_well(lead, session, path):
    hidden = lead.hidden(path)
    lead.request("POST", path, data={**hidden, **TYPED})
    lead.request("POST", path, data={**hidden, **TYPED, "happened": "And by day."})
    assert [update.happened for update in updates(session)] == [TYPED["happened"], "And by day."]


def test_a_key_that_another_person_used_takes_nothing_from_one(lead, officer, session, path):
    for client in (lead, officer):
        assert client.post(path, **TYPED, submission_key="the same").status == 303
    assert len(updates(session)) == 2


@pytest.mark.parametrize("key", ["\x00", "x" * 10_000, "\U0001f600", "'"])
def test_any_key_is_taken(lead, session, path, key):
    assert lead.post(path, **TYPED, submission_key=key).status == 303
    assert len(updates(session)) == 1


def test_two_people_who_report_at_once_are_both_kept(app, session, standing, path):
    clients = [signed_in(app, standing, role) for role in ("lead", "officer")]
    forms = [{**client.hidden(path), **TYPED} for client in clients]
    pages = sent_at_once(path, clients, forms)
    assert [page.status for page in pages] == [303, 303]
    assert len(updates(session)) == 2


def test_a_correction_supersedes_and_the_earlier_words_stay_in_the_story(
    lead, session, standing, reported
):
    page = lead.post(reported, **{**TYPED, "happened": "Patrols began in May."}, reason="A slip")
    assert page.status == 303
    earlier, later = updates(session)
    assert (earlier.happened, later.supersedes_id) == ("Patrols began.", earlier.id)
    story = lead.get(f"/actions/{standing.action.id}").text
    assert "Patrols began in May." in story
    assert "Patrols began." in story


def test_a_correction_without_a_reason_is_refused(lead, session, reported):
    page = lead.post(reported, **TYPED, reason=" ")
    assert (page.status, page.error("reason")) == (400, "Enter why it is corrected")
    assert len(updates(session)) == 1


def test_a_correction_of_what_was_corrected_meanwhile_shows_both(lead, officer, session, reported):
    fields = {**lead.hidden(reported), **TYPED, "happened": "My words", "reason": "A slip"}
    officer.post(reported, **{**TYPED, "happened": "Their words"}, reason="Asked for")
    page = lead.request("POST", reported, data=fields)
    assert page.status == 409
    assert "Their words" in page.text
    assert page.value("happened") == "My words"
    assert len(updates(session)) == 2


def test_nothing_is_reported_on_an_archived_action(lead, officer, session, standing, path):
    officer.send(f"/actions/{standing.action.id}/archive")
    page = lead.post(path, **TYPED)
    assert page.status == 400
    assert "This action is archived" in page.text
    assert updates(session) == []


def test_nothing_is_reported_or_corrected_in_a_closed_plan(
    lead, officer, session, standing, path, reported
):
    officer.send(f"/plans/{standing.plan.id}/state", state="closed")
    for page in (lead.post(path, **TYPED), lead.post(reported, **TYPED, reason="A slip")):
        assert page.status == 400
        assert "This plan is closed" in page.text
    assert len(updates(session)) == 1


def test_a_report_and_its_entry_in_the_ledger_are_stored_together(lead, session, path):
    def reports():
        session.rollback()
        told = LedgerEntry.verb == "logged progress on"
        return session.scalar(select(func.count()).select_from(LedgerEntry).where(told))

    lead.post(path, **TYPED)
    assert (reports(), len(updates(session))) == (1, 1)
    lead.post(path, **{**TYPED, "happened": ""})
    assert (reports(), len(updates(session))) == (1, 1)


def test_what_is_reported_is_known_from_the_clocks_day(lead, session, path):
    lead.post(path, **TYPED)
    known = updates(session)[0].known_at
    assert known.astimezone(UTC).date() == date(2017, 3, 15)
    assert isinstance(known, datetime)


def test_a_stale_form_leaves_the_ticks_of_others_as_they_are(lead, officer, standing, session):
    path = f"/actions/{standing.action.id}/updates/new"
    fields = {"state": "in_progress", "confidence": "high", "happened": "It goes on."}
    opened_before = officer.form_fields(path)
    lead.post(path, **fields, milestones=str(standing.milestone.id))
    officer.request("POST", path, data={**opened_before, **fields})
    session.rollback()
    done = session.scalars(
        select(MilestoneCompletion.done_on).order_by(MilestoneCompletion.id.desc())
    ).first()
    assert done is not None


def test_every_mistake_of_a_report_is_said_at_once(lead, standing):
    page = lead.post(f"/actions/{standing.action.id}/updates/new", percent="101", confidence=None)
    assert page.error("happened") == "Enter what happened"
    assert page.error("percent") == "Enter a whole number from 0 to 100"
    assert page.error("confidence").startswith("Choose how sure you are")


@pytest.mark.parametrize("of", ["objective", "priority"])
def test_nobody_reports_under_what_is_archived(of, lead, standing, session):
    parent = session.get_one(
        type(getattr(standing, of)), getattr(standing, of).id, populate_existing=True
    )
    parent.left_at = BEGAN
    session.commit()
    page = lead.post(
        f"/actions/{standing.action.id}/updates/new",
        state="in_progress",
        confidence="high",
        happened="It goes on.",
    )
    assert "This action is archived" in page.text
