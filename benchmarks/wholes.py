"""What is done beside the pages: a plan assessed, a database filled, a paper made.

These have no floor: a framework does nothing of the kind.
"""

from datetime import UTC, datetime
from itertools import count

from sqlalchemy.orm import Session

from benchmarks.measuring import Work
from benchmarks.site import Site, application
from tests.standing import PASSWORD, TODAY
from tracker.demo import loader
from tracker.domain.actors import Audience
from tracker.domain.assessment import PlanAssessment, assess
from tracker.extensions import begin_writing, db
from tracker.publishing import export_review
from tracker.queries.assessed import assessed_plan
from tracker.queries.heads import PlanHead, current_plan
from tracker.queries.reading import Reading

NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)
EVERYBODY = Audience(sees_everything=True)


def assess_plan(site: Site) -> Work:
    """Find the status of every part of a plan, from facts that are read already."""
    plan = _plan(site)
    return Work(lambda: assess(plan.facts, plan.as_at))


def load_demonstration(site: Site) -> Work:
    """Load the plan of 2016-17 into an empty database, every event through the services."""
    numbers = count(1)
    app = site.app

    def prepare() -> None:
        nonlocal app
        app = application(site.folder / f"demonstration-{next(numbers)}", _nothing)

    def load() -> None:
        with app.app_context():
            begin_writing()
            _load_demonstration(db.session())
            db.session.commit()

    return Work(load, prepare, is_long=True)


def export_word(site: Site) -> Work:
    """Write the annual review of the demonstration to a Word file, with its pictures."""
    app = application(site.folder / "paper", _load_demonstration)

    def export() -> None:
        with app.app_context():
            head = _head()
            export_review(db.session(), head, None, TODAY, EVERYBODY, today=TODAY)

    return Work(export, is_long=True)


def _nothing(_session: Session) -> None:
    """Leave a database empty."""


def _load_demonstration(session: Session) -> None:
    loader.load(session, password=PASSWORD, now=NOW)


def _plan(site: Site) -> PlanAssessment:
    with site.app.app_context():
        return assessed_plan(db.session(), _head(), Reading.of(TODAY, EVERYBODY))


def _head() -> PlanHead:
    head = current_plan(db.session(), TODAY)
    assert head is not None
    return head
