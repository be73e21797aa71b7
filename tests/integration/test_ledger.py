"""The ledger: one entry a change, found out when anything in it is touched; rows that stay."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import delete, inspect, select, text, update
from sqlalchemy.exc import DBAPIError

from tests.standing import action_details, measure_details, target_details
from tests.walking import JANUARY, one_of_each, report_on, value_of
from tracker.domain.errors import Conflict, RuleBroken
from tracker.domain.items import (
    MilestoneDetails,
    ObjectiveDetails,
    PlanDetails,
    PriorityDetails,
)
from tracker.domain.judgements import JudgementEntry, Seen
from tracker.domain.observations import ObservationEntry
from tracker.domain.people import PartnerDetails, PersonDetails
from tracker.domain.progress import ProgressEntry
from tracker.domain.vocabulary import (
    ActionState,
    Confidence,
    ObservationState,
    PlanState,
    PriorityKind,
    Role,
    Status,
)
from tracker.models import Base, Installation, LedgerEntry, Observation, Plan, ProgressUpdate
from tracker.queries.ledger import verify_ledger
from tracker.services import (
    installation,
    items,
    judgements,
    observations,
    partners,
    people,
    plans,
    progress,
)

NOW = datetime(2017, 3, 15, 9, 0, tzinfo=UTC)
APPEND_ONLY = (
    "due_dates",
    "judgement_events",
    "judgements",
    "ledger_entries",
    "milestone_completions",
    "observations",
    "progress_updates",
    "snapshots",
    "targets",
)


@pytest.fixture
def who(standing):
    return {"actor": standing.actor("Officer"), "now": NOW}


def changed(details, **changes):
    """Return an item's details as they stand, with changes."""
    return lambda row: details(**{name: getattr(row, name) for name in details.__slots__} | changes)


OBJECTIVE = changed(ObjectiveDetails, title="Least harm")
PLAN = changed(PlanDetails, vision="Safer still.")
PARTNER = changed(PartnerDetails, name="The Fire Brigade")
PERSON = changed(PersonDetails, name="Member of the Board")
JUDGED = JudgementEntry(Status.RED, "Half of the doors were never tried.", date(2017, 5, 1))
ENTRY = ProgressEntry(ActionState.IN_PROGRESS, Confidence.LOW, "Patrols ended.")
#: Each service that changes something, once.
CHANGES = {
    "begin a plan": lambda s, _, w: plans.begin_plan(
        s,
        PlanDetails("2017-18", "", date(2017, 4, 1), date(2018, 3, 31), date(2018, 3, 15)),
        **w,
    ),
    "change a plan": lambda s, t, w: plans.change_plan(
        s, t.plan, PLAN(t.plan), t.plan.version, **w
    ),
    "close a plan": lambda s, t, w: plans.set_plan_state(s, t.plan, PlanState.CLOSED, **w),
    "add a priority": lambda s, t, w: items.add_priority(
        s,
        t.plan,
        PriorityDetails("P2", "Theft", "", PriorityKind.PRIORITY, t.partners["LFB"].id),
        **w,
    ),
    "add an objective": lambda s, t, w: items.add_objective(
        s, t.priority, ObjectiveDetails("P1.2", "Calm"), **w
    ),
    "change an objective": lambda s, t, w: items.change_item(
        s, t.objective, OBJECTIVE(t.objective), 1, **w
    ),
    "add an action": lambda s, t, w: items.add_action(
        s, t.objective, action_details(t.partners["LFB"].id, code="P1.1.9"), **w
    ),
    "move a due date": lambda s, t, w: items.change_action(
        s,
        t.action,
        action_details(t.partners["CoLP"].id, due_on=date(2017, 6, 30), due_reason="Late"),
        1,
        **w,
    ),
    "add a milestone": lambda s, t, w: items.add_milestone(
        s, t.action, MilestoneDetails("Second", date(2017, 1, 31)), **w
    ),
    "add a measure": lambda s, t, w: items.add_measure(
        s,
        t.objective,
        measure_details(t.partners["LFB"].id, code="M9"),
        target_details(),
        **w,
    ),
    "change a target": lambda s, t, w: items.change_measure(
        s,
        t.measure,
        measure_details(t.partners["CoLP"].id),
        target_details(target=Decimal(1100), reason="Sharper"),
        1,
        **w,
    ),
    "move an item": lambda s, t, w: items.move_item(s, t.action, 1, **w),
    "archive an item": lambda s, t, w: items.archive_item(s, t.measure, **w),
    "log progress": lambda s, t, w: progress.log_progress(s, t.action, ENTRY, **w),
    "log a value": lambda s, t, w: observations.record_observation(
        s, t.measure, ObservationEntry(JANUARY, Decimal(0), ObservationState.FINAL), **w
    ),
    "judge a status": lambda s, t, w: judgements.judge(
        s, t.measure, JUDGED, Status.AMBER, Seen(Status.AMBER, 0), **w
    ),
    "add a partner": lambda s, _, w: partners.add_partner(
        s, PartnerDetails("NHS", "Health", ""), **w
    ),
    "change a partner": lambda s, t, w: partners.change_partner(
        s, t.partners["LFB"], PARTNER(t.partners["LFB"]), 1, **w
    ),
    "see a partner leave": lambda s, t, w: partners.set_left(
        s, t.partners["LFB"], date(2017, 3, 1), **w
    ),
    "add a person": lambda s, t, w: people.add_person(
        s, PersonDetails("x@example.org", "X", Role.LEAD, t.partners["LFB"].id), **w
    ),
    "change a person": lambda s, t, w: people.change_person(
        s, t.people["Member"], PERSON(t.people["Member"]), 1, **w
    ),
    "close an account": lambda s, t, w: people.set_disabled(s, t.people["Member"], True, **w),
    "set a password": lambda s, t, w: people.set_password(
        s, t.people["Member"], "copper thursday bicycle", **w
    ),
    "rename the installation": lambda s, _, w: installation.rename_installation(
        s, s.get_one(Installation, 1), "Another name", **w
    ),
}


def entries(session):
    return session.scalars(select(LedgerEntry).order_by(LedgerEntry.id)).all()


def breaks(session):
    return [proof.broken for proof in verify_ledger(session) if proof.broken]


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_appends_one_entry_that_verifies(name, session, standing, who):
    before = len(entries(session))
    CHANGES[name](session, standing, who)
    session.flush()
    added = entries(session)[before:]
    assert len(added) == 1
    assert (added[0].actor_name, added[0].at) == ("Officer, officer", NOW)
    assert breaks(session) == []


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_that_is_taken_back_leaves_neither_row_nor_entry(name, session, standing, who):
    def stored():
        return [
            session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in sorted(Base.metadata.tables)
        ]

    before = stored()
    CHANGES[name](session, standing, who)
    session.flush()
    session.rollback()
    assert stored() == before
    assert breaks(session) == []


def test_a_change_that_changes_nothing_is_no_entry(session, standing, who):
    before = len(entries(session))
    details = action_details(standing.partners["CoLP"].id)
    items.change_action(session, standing.action, details, standing.action.version, **who)
    session.flush()
    assert len(entries(session)) == before


def test_no_password_stands_in_the_ledger(session, standing, who):
    people.set_password(session, standing.people["Member"], "copper thursday bicycle", **who)
    session.flush()
    written = entries(session)[-1]
    assert "copper" not in written.after + written.before
    assert "argon2" not in written.after + written.before


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_a_row_that_is_a_record_is_neither_changed_nor_deleted(table, verb, session, standing):
    one_of_each(session, standing)
    if table in ("judgement_events", "milestone_completions", "snapshots"):
        assert _has_trigger(session, table, verb)
        return
    row = Base.metadata.tables[table]
    statement = delete(row) if verb == "delete" else update(row).values(id=row.c.id)
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(statement)


def _has_trigger(session, table, verb):
    names = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger",
    }[session.get_bind().dialect.name]
    return f"{table}_refuse_{verb}" in session.scalars(text(names)).all()


def without_triggers(session):
    """Do what only somebody at the database itself can."""
    if session.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            session.execute(text(f"DROP TRIGGER ledger_entries_refuse_{verb}"))
    else:
        session.execute(text("ALTER TABLE ledger_entries DISABLE TRIGGER USER"))


TAMPERINGS = {
    "a text is changed": ("UPDATE ledger_entries SET after = '{}' WHERE {3}", 3, "changed"),
    "an actor is changed": ("UPDATE ledger_entries SET actor_name = 'X' WHERE {3}", 3, "changed"),
    "a time is changed": (
        "UPDATE ledger_entries SET at = '2017-01-01 00:00:00' WHERE {3}",
        3,
        "changed",
    ),
    "an entry is deleted": ("DELETE FROM ledger_entries WHERE {3}", 3, "missing"),
    "the first is deleted": ("DELETE FROM ledger_entries WHERE {1}", 1, "missing"),
    "the tail is cut": ("DELETE FROM ledger_entries WHERE chain = 'plan:1' AND seq > 5", 6, "head"),
    "a hash is changed": (
        f"UPDATE ledger_entries SET hash = '{'f' * 64}' WHERE {{3}}",
        3,
        "changed",
    ),
    "a link is changed": (
        f"UPDATE ledger_entries SET previous_hash = '{'f' * 64}' WHERE {{3}}",
        3,
        "follow",
    ),
    "the head is set back": ("UPDATE plans SET ledger_seq = 5", 0, "head"),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_every_tampering_is_found_and_named(name, app, session, standing):
    statement, seq, problem = TAMPERINGS[name]
    for n in (1, 3):
        statement = statement.replace(f"{{{n}}}", f"chain = 'plan:1' AND seq = {n}")
    without_triggers(session)
    session.execute(text(statement))
    session.commit()
    (broken,) = breaks(session)
    assert broken.chain == f"plan:{standing.plan.id}"
    assert broken.seq == (seq or standing.plan.ledger_seq + 1)
    assert problem in broken.problem
    with app.app_context():
        ran = app.test_cli_runner().invoke(args=["verify-ledger"])
    assert ran.exit_code == 1
    assert f'"broken_at": {broken.seq}' in ran.output


def test_two_entries_that_change_places_are_found(session, standing):
    without_triggers(session)
    chain = LedgerEntry.chain == "plan:1"
    for seq, to in ((3, 1003), (4, 3), (1003, 4)):
        session.execute(update(LedgerEntry).where(chain, LedgerEntry.seq == seq).values(seq=to))
    (broken,) = breaks(session)
    assert (broken.chain, broken.seq) == ("plan:1", 3)


def test_every_table_of_records_has_its_triggers(session):
    found = set(inspect(session.get_bind()).get_table_names())
    assert set(APPEND_ONLY) <= found
    for table in APPEND_ONLY:
        assert _has_trigger(session, table, "update"), table
        assert _has_trigger(session, table, "delete"), table


STALE = {
    "plan": lambda s, t, w: plans.change_plan(s, t.plan, PLAN(t.plan), 99, **w),
    "objective": lambda s, t, w: items.change_item(s, t.objective, OBJECTIVE(t.objective), 0, **w),
    "action": lambda s, t, w: items.change_action(
        s, t.action, action_details(t.partners["CoLP"].id, title="Other"), 99, **w
    ),
    "measure": lambda s, t, w: items.change_measure(
        s,
        t.measure,
        measure_details(t.partners["CoLP"].id, title="Other"),
        target_details(),
        0,
        **w,
    ),
    "partner": lambda s, t, w: partners.change_partner(
        s, t.partners["LFB"], PARTNER(t.partners["LFB"]), 99, **w
    ),
    "person": lambda s, t, w: people.change_person(
        s, t.people["Member"], PERSON(t.people["Member"]), 99, **w
    ),
}


@pytest.mark.parametrize("name", STALE)
def test_a_stale_change_is_a_conflict_that_shows_theirs(name, session, standing, who):
    with pytest.raises(Conflict) as caught:
        STALE[name](session, standing, who)
    assert caught.value.theirs
    assert caught.value.version > 0


def test_a_service_that_refuses_leaves_nothing(session, standing, who):
    before = (len(entries(session)), session.get_one(Plan, standing.plan.id).ledger_seq)
    bad = ProgressEntry(ActionState.IN_PROGRESS, None, "No confidence given.")
    with pytest.raises(RuleBroken):
        progress.log_progress(session, standing.action, bad, **who)
    late = ObservationEntry(JANUARY.next().next(), Decimal(1), ObservationState.FINAL)
    with pytest.raises(RuleBroken):
        observations.record_observation(session, standing.measure, late, **who)
    session.rollback()
    assert (len(entries(session)), session.get_one(Plan, standing.plan.id).ledger_seq) == before
    assert session.scalars(select(ProgressUpdate)).all() == []
    assert session.scalars(select(Observation)).all() == []


def test_the_head_moves_with_every_entry(session, standing):
    plan = session.get_one(Plan, standing.plan.id, populate_existing=True)
    before = plan.ledger_seq
    report_on(session, standing, standing.action, "Patrols began.")
    value_of(session, standing, standing.measure, 90)
    session.commit()
    plan = session.get_one(Plan, standing.plan.id, populate_existing=True)
    last = session.scalars(
        select(LedgerEntry).where(LedgerEntry.chain == "plan:1").order_by(LedgerEntry.seq.desc())
    ).first()
    assert plan.ledger_seq == last.seq == before + 2
    assert plan.ledger_hash == last.hash
