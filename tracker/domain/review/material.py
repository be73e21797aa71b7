"""All that a review is built from: facts with their status, texts, decisions and pictures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.assessment import PlanAssessment
from tracker.domain.document import Chart
from tracker.domain.facts import PartnerFacts
from tracker.domain.refresh import Decided, RefreshItem
from tracker.domain.review.details import NarrativeDetails, ReviewDetails
from tracker.domain.snapshot import Readership

#: What a review compares with lies at least this far back.
_LEAST_APART = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Definition:
    """What a measure means and where its values come from."""

    definition: str
    data_source: str
    licence: str
    note: str
    has_small_numbers: bool


@dataclass(frozen=True, slots=True)
class Duty:
    """A partner with the legal basis of its duty; empty where it is an invited partner."""

    partner: PartnerFacts
    legal_basis: str


@dataclass(frozen=True, slots=True)
class Source:
    """A document that the plan's items cite."""

    code: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class LedgerCount:
    """How many entries of a verb the ledger has."""

    verb: str
    count: int


@dataclass(frozen=True, slots=True)
class ReviewMaterial:
    """What one readership's review is built from.

    :param now: the plan as at the cut-off date.
    :param earlier: the plan as at ``earlier_on``, for what changed since.
    :param narratives: by the id of the priority.
    :param added: new items that the next plan is to have.
    :param definitions: by the id of the measure.
    :param ledger: entries between the two dates.
    :param sensitive: how many items stand in it that not everybody may know of.
    :param pictures: of headline measures, by the id of the measure.
    """

    partnership: str
    readership: Readership
    details: ReviewDetails
    now: PlanAssessment
    earlier: PlanAssessment
    earlier_on: date
    narratives: Mapping[int, NarrativeDetails]
    refresh: tuple[RefreshItem, ...]
    added: tuple[Decided, ...]
    duties: tuple[Duty, ...]
    definitions: Mapping[int, Definition]
    sources: tuple[Source, ...]
    ledger: tuple[LedgerCount, ...]
    sensitive: int
    pictures: Mapping[int, Chart]

    @property
    def as_at(self) -> date:
        """The cut-off date."""
        return self.details.cut_off_on

    @property
    def holds_sensitive(self) -> bool:
        """Whether anything in it may not be read by everybody."""
        return self.sensitive > 0


def compared_with(cut_off_on: date, starts_on: date, last_cut_off_on: date | None) -> date:
    """Return the earlier day that a review says what changed since.

    That is the cut-off of the plan's last signed review, else the end of the last quarter that
    lies four weeks back or more, and never before the plan's first day.

    >>> compared_with(date(2017, 3, 31), date(2016, 4, 1), None)
    datetime.date(2016, 12, 31)
    """
    if last_cut_off_on is not None and last_cut_off_on < cut_off_on:
        return last_cut_off_on
    latest = cut_off_on - _LEAST_APART
    first_of_quarter = date(latest.year, 3 * ((latest.month - 1) // 3) + 1, 1)
    following = (first_of_quarter + timedelta(days=95)).replace(day=1) - timedelta(days=1)
    ended = following if following <= latest else first_of_quarter - timedelta(days=1)
    return max(ended, starts_on)
