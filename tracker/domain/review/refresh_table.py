"""The refresh as the review shows it: what becomes of each item, and what is still a proposal."""

from collections.abc import Sequence

from tracker.domain.document import Column, Paragraph, Section, Table
from tracker.domain.refresh import Decided, RefreshItem
from tracker.domain.review.material import ReviewMaterial
from tracker.domain.review.words import sentence
from tracker.domain.vocabulary import Decision, ItemKind
from tracker.domain.wording import plural, share

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
    """Return a row an item; new wording has a column where there is any."""
    is_worded = any(item.decided and item.decided.new_wording for item in items)
    columns = [Column("Item", weight=7), Column("Decision", weight=3), Column("Reason", weight=6)]
    if is_worded:
        columns.insert(2, Column("New wording, date or lead", weight=5))
    rows = tuple(_row(item, is_worded=is_worded) for item in items)
    return Table(f"{title}: {_counted(items)}", tuple(columns), rows)


def _row(item: RefreshItem, *, is_worded: bool) -> tuple[str, ...]:
    name = f"{item.proposal.code} {item.proposal.title}"
    if not is_worded:
        return (name, decision_words(item), item.reason)
    wording = item.decided.new_wording if item.decided else ""
    return (name, decision_words(item), wording or "Unchanged", item.reason)


def _counted(items: Sequence[RefreshItem]) -> str:
    """Return how many are kept, amended and closed, as "12 keep, 3 amend"."""
    counts = ((d, sum(item.decision is d for item in items)) for d in Decision)
    return ", ".join(f"{count} {decision.value}" for decision, count in counts if count)


def _added(added: Sequence[Decided]) -> Table:
    columns = (Column("Kind", weight=2), Column("New item", weight=6), Column("Reason", weight=4))
    rows = tuple((sentence(new.kind.value), new.new_wording, new.reason) for new in added)
    return Table("What the next plan adds", columns, rows)
