"""A whole plan with every status, read once and shared.

Dashboard, plan, priority and partner pages and the review all read it here, so that no figure
can differ between them.
"""

from sqlalchemy.orm import Session

from tracker.domain.assessment import PlanAssessment, assess
from tracker.queries.facts import plan_facts
from tracker.queries.heads import PlanHead
from tracker.queries.kept import Kept
from tracker.queries.reading import Reading

#: Assessed plans that are kept: a few plans, each for a few audiences and days.
MOSTKEPT = 24

#: By plan head, day and audience.
KEPT: Kept[PlanAssessment] = Kept(MOSTKEPT)


def assessed_plan(session: Session, head: PlanHead, reading: Reading) -> PlanAssessment:
    """Return a plan with the status of all its parts. Six queries, none if it is kept.

    The head must be as fresh as the session's transaction: it is the version of what is kept.
    """
    key = (head.key, reading.as_at, reading.audience)
    return KEPT.get(key, lambda: assess(plan_facts(session, head, reading), reading.as_at))
