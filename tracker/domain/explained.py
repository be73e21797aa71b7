"""An explanation of one number: what it is, how it comes about, and where it is from.

Every page links its figures to these, so that nobody has to take one on trust.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.domain.judgements import StandingJudgement
from tracker.domain.vocabulary import ItemKind, Status
from tracker.domain.wording import plain_date, status_label

#: Term and text, in the order in which they are read.
Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Named:
    """An item that a figure counts, and why it stands where it stands.

    :param priority_id: the priority on whose page an objective stands; 0 for all other kinds.
    """

    kind: ItemKind
    id: int
    name: str
    status: Status
    why: str
    priority_id: int = 0


@dataclass(frozen=True, slots=True)
class Explanation:
    """One number explained.

    :param anchor: what a link to it ends in; unique on its page.
    :param figure: the number as pages show it; empty where there is none.
    :param rows: formula with the numbers in it, inputs, rule, source, author and time.
    :param items: what was counted, in the order of the plan.
    """

    anchor: str
    title: str
    figure: str
    rows: Rows
    items: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """What all figures of a page rest on.

    :param left_out: sensitive items of the plan that its reader may not see.
    :param change: number of the ledger's last change; ``fingerprint`` begins its hash.
    """

    as_at: date
    rules_version: int
    left_out: int
    change: int
    fingerprint: str

    @property
    def when(self) -> str:
        """The day, as it follows what was counted."""
        return f"as at {plain_date(self.as_at)}"

    @property
    def sentence(self) -> str:
        """Day, rules and state of the ledger: "As at 15 March 2017, by rules version 1 ..."."""
        return (
            f"As at {plain_date(self.as_at)}, from what was known by the end of that day, by "
            f"status rules version {self.rules_version}; worked out at change {self.change:,} of "
            f"the ledger, {self.fingerprint[:4]} {self.fingerprint[4:8]}"
        )

    @property
    def brief(self) -> str:
        """The same in short, as it follows each figure."""
        return f"{self.when}, by rules version {self.rules_version}, at change {self.change:,}"

    @property
    def kept_back(self) -> str:
        """What the reader may not see and is counted nowhere; empty where there is nothing."""
        if not self.left_out:
            return ""
        if self.left_out == 1:
            return "one sensitive item of the plan that you may not see; no figure counts it"
        return (
            f"{self.left_out} sensitive items of the plan that you may not see; "
            "no figure counts them"
        )


def explanation(
    anchor: str,
    title: str,
    figure: str,
    rows: Iterable[tuple[str, str]],
    items: tuple[Named, ...] = (),
) -> Explanation:
    """Return an explanation; rows without text are left out."""
    kept = tuple((term, text) for term, text in rows if text)
    return Explanation(anchor, title, figure, kept, items)


def added_up(numbers: list[str], total: str, *, most: int = 24) -> str:
    """Return a sum with its numbers in it: "276 + 257 = 533"; only their count where many.

    >>> added_up(["276", "257"], "533")
    '276 + 257 = 533'
    """
    if len(numbers) > most:
        return f"the sum of {len(numbers)} values = {total}"
    return f"{' + '.join(numbers)} = {total}"


def judged_words(standing: StandingJudgement | None, kind: ItemKind) -> str:
    """Return what a person judged an item to be, and until when."""
    if standing is None or not standing.is_shown:
        return "None: the computed status stands alone"
    facts = standing.facts
    label = status_label(facts.status, kind)
    until = f"until {plain_date(facts.expires_on)}, {standing.state.words}"
    return f"{label}, by {facts.author}, {until}: {facts.reason}"
