"""The refresh as the review shows it: what becomes of each item, and what is still a proposal."""

from collections.abc import Sequence

from tracker.domain.document import Column, Paragraph, Section, Table
from tracker.domain.refresh import Decided, RefreshItem
from tracker.domain.review.material import ReviewMaterial
from tracker.domain.review.words import plural, sentence
from tracker.domain.vocabulary import Decision, ItemKind
from tracker.domain.wording import share

_COLUMNS = (
    Column("Item", weight=5),
    Column("Decision", weight=2),
    Column("New wording, date or lead", weight=4),
    Column("Reason", weight=4),
)
_TITLES = {
    ItemKind.PRIORITY: "Priorities and strands",
    ItemKind.OBJECTIVE: "Objectives",
    ItemKind.ACTION: "Actions",
    ItemKind.MEASURE: "Measures",
}


def decision_words(item: RefreshItem) -> str:
    """Return what becomes of an item; a proposal says that it is one."""
    words = item.decision.value.capitalize()
    return words if item.decided else f"{words} (proposed)"


def refresh_section(material: ReviewMaterial) -> Section:
    """Return the section on what the next plan takes over, drops and adds."""
    items = material.refresh
    decided = sum(item.decided is not None for item in items)
    words = (
        f"{decided} of {plural(len(items), 'item')} decided ({share(decided, len(items)) or '0%'})."
    )
    if decided < len(items):
        words += " What is marked as proposed follows from the facts; nobody has decided on it yet."
    sections = [
        Section(title, (_table(title, [i for i in items if i.proposal.kind is kind]),))
        for kind, title in _TITLES.items()
        if any(item.proposal.kind is kind for item in items)
    ]
    if material.added:
        sections.append(Section("New items", (_added(material.added),)))
    return Section("Refresh for the next plan", (Paragraph(words),), tuple(sections))


def _table(title: str, items: Sequence[RefreshItem]) -> Table:
    rows = tuple(
        (
            f"{item.proposal.code} {item.proposal.title}",
            decision_words(item),
            item.decided.new_wording if item.decided and item.decided.new_wording else "Unchanged",
            item.reason,
        )
        for item in items
    )
    return Table(f"{title}: {_counted(items)}", _COLUMNS, rows)


def _counted(items: Sequence[RefreshItem]) -> str:
    """Return how many are kept, amended and closed, as "12 keep, 3 amend"."""
    counts = ((d, sum(item.decision is d for item in items)) for d in Decision)
    return ", ".join(f"{count} {decision.value}" for decision, count in counts if count)


def _added(added: Sequence[Decided]) -> Table:
    columns = (Column("Kind", weight=2), Column("New item", weight=6), Column("Reason", weight=4))
    rows = tuple((sentence(new.kind.value), new.new_wording, new.reason) for new in added)
    return Table("What the next plan adds", columns, rows)
