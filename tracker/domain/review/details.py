"""What an officer types for a review, and the rules for it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tracker.domain.dates import checked_day
from tracker.domain.errors import RuleBroken
from tracker.domain.texts import checked
from tracker.domain.vocabulary import Edition
from tracker.domain.wording import plain_date

#: Texts of the review: field, what messages call it, and the most characters.
_TEXTS = (
    ("committee", "the committee", 200),
    ("report_of", "who reports", 200),
    ("report_author", "the report's author", 200),
    ("summary", "the summary", 5000),
    ("recommendations", "the recommendations", 5000),
    ("conclusion", "the conclusion", 5000),
)


@dataclass(frozen=True, slots=True)
class ReviewDetails:
    """One edition of a plan's review.

    :param cut_off_on: facts known by the end of this day count.
    :param chair_id: the board member who may sign it off.
    """

    edition: Edition
    board_on: date
    cut_off_on: date
    chair_id: int
    committee: str = ""
    report_of: str = ""
    report_author: str = ""
    summary: str = ""
    recommendations: str = ""
    conclusion: str = ""

    def checked(self, today: date) -> "ReviewDetails":
        """Return the details if a review can have them; RuleBroken beside the field if not."""
        checked_day(self.board_on, "board_on")
        checked_day(self.cut_off_on, "cut_off_on")
        if self.cut_off_on > self.board_on:
            raise RuleBroken("Enter a cut-off date on or before the board's date", "cut_off_on")
        if self.cut_off_on > today:
            raise RuleBroken(
                f"Enter {plain_date(today)} or an earlier date: "
                "what will be known by a day to come cannot be reviewed yet",
                "cut_off_on",
            )
        texts: dict[str, Any] = {
            field: checked(getattr(self, field), field, label=label, longest=most, needed=False)
            for field, label, most in _TEXTS
        }
        return replace(self, **texts)


@dataclass(frozen=True, slots=True)
class NarrativeDetails:
    """What the review says of one priority, in Markdown."""

    achieved: str = ""
    learnt: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether both texts are written."""
        return bool(self.achieved and self.learnt)

    def checked(self) -> "NarrativeDetails":
        """Return the texts trimmed; RuleBroken beside the field that cannot be stored."""
        achieved = checked(self.achieved, "achieved", label="what was achieved", needed=False)
        learnt = checked(self.learnt, "learnt", label="what we learnt", needed=False)
        return NarrativeDetails(achieved, learnt)
