"""The closed lists of words that code, database and screens share.

Each word is an enum whose value is what the database stores and what a style sheet
names its modifier after. Wording for people stands in :mod:`tracker.domain.wording`.
"""

from enum import StrEnum


class Role(StrEnum):
    """What a person is here to do; the policy of ``permissions`` hangs on it."""

    ADMINISTRATOR = "administrator"
    OFFICER = "officer"
    LEAD = "lead"
    BOARD_MEMBER = "board_member"


class Marking(StrEnum):
    """Government security classification of one item."""

    OFFICIAL = "official"
    OFFICIAL_SENSITIVE = "official_sensitive"


class PlanState(StrEnum):
    """A draft is being written; an active plan is reported on; a closed one is read only."""

    DRAFT = "draft"
    ACTIVE = "active"
    CLOSED = "closed"


class PriorityKind(StrEnum):
    """A priority the partnership chose, or a strand that runs beside the priorities."""

    PRIORITY = "priority"
    STRAND = "strand"


class Provenance(StrEnum):
    """Where a figure or a text comes from; invented ones must say so wherever they show."""

    RECORDED = "recorded"
    DOCUMENTED = "documented"
    ILLUSTRATIVE = "illustrative"


class Standing(StrEnum):
    """How much a measure says about its objective; context is shown and never rated."""

    HEADLINE = "headline"
    SUPPORTING = "supporting"
    CONTEXT = "context"


class Unit(StrEnum):
    """What one value of a measure is.

    A rate is a numerator per so many of a denominator (crimes per 1,000 residents), a
    percentage a share of one; yes and no are stored as 1 and 0.
    """

    COUNT = "count"
    RATE = "rate"
    PERCENT = "percent"
    AVERAGE = "average"
    YES_NO = "yes_no"


class Direction(StrEnum):
    """Which way is good; *maintain* is good within a band."""

    LOWER = "lower"
    HIGHER = "higher"
    MAINTAIN = "maintain"
    NEUTRAL = "neutral"


class Frequency(StrEnum):
    """How often a measure is reported."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


class Aggregation(StrEnum):
    """How the periods of a year make the year's figure."""

    SUM = "sum"
    LATEST = "latest"
    AVERAGE = "average"


class Trajectory(StrEnum):
    """The path from baseline to target: a straight line, or the target all along."""

    LINEAR = "linear"
    FLAT = "flat"


class ObservationState(StrEnum):
    """What is known of one period; only the first two carry a number."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    WITHHELD = "withheld"
    NOT_COLLECTED = "not_collected"

    @property
    def has_value(self) -> bool:
        """Whether an observation in this state carries a number (a true zero is one)."""
        return self in (ObservationState.FINAL, ObservationState.PROVISIONAL)


class Confidence(StrEnum):
    """How sure a lead is of meeting the due date."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class ActionState(StrEnum):
    """What a progress update says has become of the action."""

    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Status(StrEnum):
    """Every computed status; each kind of item uses its own few of them.

    Actions: complete, green, amber, red, not_started, not_updated, closed.
    Measures: green, amber, red, no_data, not_rated.
    Objectives and priorities: green, amber, red, not_evidenced; an objective's two
    lights also know none (no live action) and not_updated.
    """

    RED = "red"
    AMBER = "amber"
    NOT_UPDATED = "not_updated"
    NO_DATA = "no_data"
    NOT_EVIDENCED = "not_evidenced"
    NOT_STARTED = "not_started"
    NOT_RATED = "not_rated"
    NONE = "none"
    GREEN = "green"
    COMPLETE = "complete"
    CLOSED = "closed"


class Edition(StrEnum):
    """Which review of the year it is."""

    MARCH_REVIEW = "march_review"
    FINAL_OUTTURN = "final_outturn"


class ReviewState(StrEnum):
    """A review is prepared, then frozen for signature, then signed off."""

    DRAFT = "draft"
    FROZEN = "frozen"
    SIGNED_OFF = "signed_off"


class Decision(StrEnum):
    """What the review decides for one item of the plan."""

    KEEP = "keep"
    AMEND = "amend"
    CLOSE = "close"
    ADD = "add"


class JudgementEventKind(StrEnum):
    """What happened to a judgement after it was made."""

    SECONDED = "seconded"
    WITHDRAWN = "withdrawn"


class ItemKind(StrEnum):
    """The parts of a plan that carry a code, a title and a place in the order."""

    PRIORITY = "priority"
    OBJECTIVE = "objective"
    ACTION = "action"
    MILESTONE = "milestone"
    MEASURE = "measure"
