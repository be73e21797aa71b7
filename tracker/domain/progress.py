"""What a lead reports on an action, and the rules for it."""

from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.errors import RuleBroken
from tracker.domain.texts import checked
from tracker.domain.vocabulary import ActionState, Confidence, Provenance


@dataclass(frozen=True, slots=True)
class ProgressEntry:
    """A progress update as it is typed.

    :param percent: 0 to 100; ``None`` where none is given.
    :param milestones_done: ids of the action's milestones that are ticked, with the day done
        for those that were open; ``None`` leaves every milestone as it is.
    """

    state: ActionState
    confidence: Confidence | None
    happened: str
    next_steps: str = ""
    help_needed: str = ""
    percent: int | None = None
    is_blocked: bool = False
    milestones_done: dict[int, date] | None = None
    milestones_seen: frozenset[int] | None = None
    provenance: Provenance = Provenance.RECORDED
    source: str = ""


def check_progress(entry: ProgressEntry) -> ProgressEntry:
    """Return the entry with its texts trimmed.

    :raises RuleBroken: beside the first field that breaks a rule.
    """
    if entry.state is ActionState.IN_PROGRESS and entry.confidence is None:
        raise RuleBroken("Choose how sure you are: on track, at risk or off track", "confidence")
    if entry.percent is not None and not 0 <= entry.percent <= 100:
        raise RuleBroken("Enter a whole number from 0 to 100", "percent")
    label = {
        ActionState.IN_PROGRESS: "what happened",
        ActionState.COMPLETED: "what was achieved",
        ActionState.CANCELLED: "why it is cancelled",
    }[entry.state]
    trimmed = replace(
        entry,
        happened=checked(entry.happened, "happened", label=label),
        next_steps=checked(entry.next_steps, "next_steps", label="what is next", needed=False),
        help_needed=checked(
            entry.help_needed, "help_needed", label="the help needed", needed=False
        ),
    )
    if trimmed.is_blocked and not trimmed.help_needed:
        raise RuleBroken("Say what help would unblock it", "help_needed")
    return trimmed
