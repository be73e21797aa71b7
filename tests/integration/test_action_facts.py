"""What is known of actions at the end of a day."""

from datetime import UTC, date, datetime

import pytest

from tracker.domain.actors import Audience
from tracker.domain.progress import ProgressEntry
from tracker.domain.vocabulary import ActionState, Confidence
from tracker.queries.facts import plan_facts
from tracker.queries.heads import plan_head
from tracker.queries.reading import Reading
from tracker.services.progress import log_progress


@pytest.fixture
def report(session, standing):
    """Logs a report of the police on a day."""

    def log(action, on, state):
        sure = Confidence.HIGH if state is ActionState.IN_PROGRESS else None
        now = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
        entry = ProgressEntry(state, sure, "Said.")
        log_progress(session, action, entry, actor=standing.actor("Police Lead"), now=now)

    return log


def completed_on(session, standing, as_at=date(2017, 3, 15)):
    head = plan_head(session, standing.plan.id)
    plan = plan_facts(session, head, Reading.of(as_at, Audience(sees_everything=True)))
    (objective,) = plan.priorities[0].objectives
    return next(a.completed_on for a in objective.actions if a.id == standing.action.id)


def test_an_action_was_completed_on_the_first_day_of_its_last_unbroken_run(
    session, standing, report
):
    report(standing.action, date(2016, 9, 1), ActionState.COMPLETED)
    report(standing.action, date(2016, 10, 3), ActionState.IN_PROGRESS)
    report(standing.action, date(2016, 12, 1), ActionState.COMPLETED)
    report(standing.action, date(2017, 2, 1), ActionState.COMPLETED)
    assert completed_on(session, standing) == date(2016, 12, 1)
    assert completed_on(session, standing, date(2016, 9, 30)) == date(2016, 9, 1)
    assert completed_on(session, standing, date(2016, 11, 30)) is None


def test_what_is_reported_on_another_action_does_not_move_the_day_of_completion(
    session, standing, report
):
    report(standing.action, date(2016, 12, 1), ActionState.COMPLETED)
    report(standing.secret_action, date(2017, 1, 5), ActionState.IN_PROGRESS)
    report(standing.action, date(2017, 2, 1), ActionState.COMPLETED)
    assert completed_on(session, standing) == date(2016, 12, 1)
