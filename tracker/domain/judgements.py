"""Judgements: a person's status that stands beside the computed one, and until when.

The computed status is never replaced. A judgement lapses when the computed status is no longer
the one it was made against; whether it is, is asked of the day that is shown.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from tracker.domain.actors import Actor
from tracker.domain.errors import RuleBroken
from tracker.domain.facts import JudgementFacts
from tracker.domain.texts import checked
from tracker.domain.vocabulary import ItemKind, Role, Status
from tracker.domain.wording import plain_date, status_label

#: Characters that a reason has at least.
SHORTEST_REASON = 20
#: Characters that a reason has at most.
LONGEST_REASON = 2000
#: Days that a judgement holds at most.
MOST_DAYS = 100

#: How bad a status is; those that are equally bad share a number.
_SEVERITY = {
    Status.GREEN: 0,
    Status.AMBER: 1,
    Status.NOT_EVIDENCED: 1,
    Status.NO_DATA: 1,
    Status.NOT_RATED: 1,
    Status.RED: 2,
}
_COLOURS = (Status.GREEN, Status.AMBER, Status.RED)
#: What an item may be judged, by its kind.
JUDGED: dict[ItemKind, tuple[Status, ...]] = {
    ItemKind.MEASURE: (*_COLOURS, Status.NO_DATA),
    ItemKind.OBJECTIVE: (*_COLOURS, Status.NOT_EVIDENCED),
    ItemKind.PRIORITY: (*_COLOURS, Status.NOT_EVIDENCED),
}
#: Computed statuses that nobody may judge green: what is red, and what is not known.
_NEVER_GREEN = (Status.RED, Status.NO_DATA, Status.NOT_EVIDENCED)


class JudgementState(StrEnum):
    """What has become of a judgement on a day."""

    IN_FORCE = "in_force"
    AWAITING_SECOND = "awaiting_second"
    LAPSED = "lapsed"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"

    @property
    def is_shown(self) -> bool:
        """Whether it stands beside the computed status; of all others that stands alone."""
        return self in (JudgementState.IN_FORCE, JudgementState.AWAITING_SECOND)

    @property
    def words(self) -> str:
        """The state as it goes on after "the judgement is"."""
        return _STATE_WORDS[self]


_STATE_WORDS = {
    JudgementState.IN_FORCE: "in force",
    JudgementState.AWAITING_SECOND: "awaiting a second",
    JudgementState.LAPSED: "lapsed, because the computed status changed",
    JudgementState.EXPIRED: "expired",
    JudgementState.WITHDRAWN: "withdrawn",
    JudgementState.REPLACED: "replaced by a newer one",
}


@dataclass(frozen=True, slots=True)
class StandingJudgement:
    """The newest judgement on an item, and what has become of it on the day that is shown."""

    facts: JudgementFacts
    state: JudgementState

    @property
    def is_shown(self) -> bool:
        """Whether it stands beside the computed status."""
        return self.state.is_shown

    @property
    def is_awaiting_second(self) -> bool:
        """Whether it does not count yet: a second person has to agree."""
        return self.state is JudgementState.AWAITING_SECOND


@dataclass(frozen=True, slots=True)
class JudgementEntry:
    """A judgement as it was typed.

    :param expires_on: the last day on which it is to hold.
    """

    judged: Status
    reason: str
    expires_on: date


@dataclass(frozen=True, slots=True)
class Seen:
    """What a form was opened over.

    :param computed: ``None`` where the form does not say.
    :param newest_id: of the newest judgement on the item; 0 where there was none.
    """

    computed: Status | None
    newest_id: int


def severity(status: Status) -> int:
    """Return how bad a status is: 0 green, 2 red, 1 all that is neither.

    >>> severity(Status.NO_DATA) == severity(Status.AMBER) < severity(Status.RED)
    True
    """
    return _SEVERITY[status]


def is_improvement(judged: Status, computed: Status) -> bool:
    """Whether a judgement is better than the computed status, and so needs a second person."""
    return severity(judged) < severity(computed)


def may_improve(actor: Actor) -> bool:
    """Whether a person may judge a status better, or equally bad; leads may only worsen."""
    return actor.role is Role.OFFICER


def may_be_judged(kind: ItemKind, computed: Status, *, improving: bool) -> tuple[Status, ...]:
    """Return what an item of a computed status may be judged, best first.

    :param improving: whether by somebody who may judge it better or equally bad too.

    >>> [s.value for s in may_be_judged(ItemKind.MEASURE, Status.RED, improving=True)]
    ['amber', 'no_data']
    """
    return tuple(
        judged
        for judged in JUDGED[kind]
        if _objection(judged, computed) is None
        and (improving or severity(judged) > severity(computed))
    )


def standing_judgement(
    facts: JudgementFacts | None, computed: Status, as_at: date
) -> StandingJudgement | None:
    """Return the newest judgement with its state on a day, ``None`` if there is none.

    :param computed: the status that is worked out for the item on that day.
    """
    return None if facts is None else StandingJudgement(facts, _state(facts, computed, as_at))


def check_judgement(
    entry: JudgementEntry, kind: ItemKind, *, computed: Status, today: date, improving: bool
) -> JudgementEntry:
    """Return the entry with its reason trimmed.

    :param improving: whether its author may judge a status better or equally bad.
    :raises RuleBroken: beside "judged", "reason" or "expires_on".
    """
    _check_status(entry.judged, kind, computed, improving=improving)
    reason = checked(
        entry.reason, "reason", label="why you judge it differently", longest=LONGEST_REASON
    )
    if len(reason) < SHORTEST_REASON:
        raise RuleBroken(f"Say why in {SHORTEST_REASON} characters or more", "reason")
    first, last = days_to_expire(today)
    if entry.expires_on < first:
        message = f"Enter {plain_date(first)} or a later date: a judgement ends after today"
        raise RuleBroken(message, "expires_on")
    if entry.expires_on > last:
        message = f"Enter {plain_date(last)} or an earlier date: {MOST_DAYS} days is the most"
        raise RuleBroken(message, "expires_on")
    return replace(entry, reason=reason)


def days_to_expire(today: date) -> tuple[date, date]:
    """Return the first and the last day on which a judgement made today may end."""
    return today + timedelta(days=1), today + timedelta(days=MOST_DAYS)


def check_second(judgement: StandingJudgement) -> None:
    """Raise RuleBroken, for the form as a whole, where nothing awaits a second."""
    if not judgement.is_awaiting_second:
        raise RuleBroken(f"There is nothing to second: the judgement is {judgement.state.words}")


def check_withdrawal(judgement: StandingJudgement, reason: str) -> str:
    """Return the reason trimmed.

    :raises RuleBroken: beside "reason", or for the form where nothing is left to withdraw.
    """
    gone = (JudgementState.EXPIRED, JudgementState.WITHDRAWN, JudgementState.REPLACED)
    if judgement.state in gone:
        raise RuleBroken(f"There is nothing to withdraw: the judgement is {judgement.state.words}")
    return checked(reason, "reason", label="why it is withdrawn", longest=500)


def judgement_line(judgement: StandingJudgement, kind: ItemKind) -> str:
    """Return who judged what and until when, as one line without its reason."""
    facts = judgement.facts
    words = f"Judged {status_label(facts.status, kind)} by {facts.author}"
    words += f", seconded by {facts.seconded_by}," if facts.seconded_by else ""
    words += f" until {plain_date(facts.expires_on)}"
    return f"{words}, awaiting a second" if judgement.is_awaiting_second else words


def _check_status(judged: Status, kind: ItemKind, computed: Status, *, improving: bool) -> None:
    if judged not in JUDGED[kind]:
        raise RuleBroken(f"Choose {_one_of(JUDGED[kind], kind)}", "judged")
    objection = _objection(judged, computed)
    if objection is not None:
        raise RuleBroken(objection, "judged")
    if not improving and severity(judged) <= severity(computed):
        message = "Choose a status that is worse than the computed one: officers judge the others"
        raise RuleBroken(message, "judged")


def _objection(judged: Status, computed: Status) -> str | None:
    """Return why nobody may judge a computed status like this, ``None`` if somebody may."""
    if judged is computed:
        return "This is the computed status: judge it only if you see it differently"
    if judged is Status.GREEN and computed in _NEVER_GREEN:
        is_red = computed is Status.RED
        return f"{'Red' if is_red else 'Missing evidence'} can never be judged green"
    return None


def _one_of(statuses: Collection[Status], kind: ItemKind) -> str:
    *first, last = (status_label(status, kind).lower() for status in statuses)
    return f"{', '.join(first)} or {last}"


def _state(facts: JudgementFacts, computed: Status, as_at: date) -> JudgementState:
    if facts.is_withdrawn:
        return JudgementState.WITHDRAWN
    if as_at > facts.expires_on:
        return JudgementState.EXPIRED
    if computed is not facts.computed:
        return JudgementState.LAPSED
    if is_improvement(facts.status, facts.computed) and not facts.seconded_by:
        return JudgementState.AWAITING_SECOND
    return JudgementState.IN_FORCE
