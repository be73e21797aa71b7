"""What pages say of reports and sources, and who wrote an entry."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tracker.domain.vocabulary import ActionState, Confidence
from tracker.queries.actions import UpdateEntry
from tracker.queries.things import Thing

#: Term and text, as the component shows them.
Rows = list[tuple[str, str]]

_SURE = {
    Confidence.HIGH: "On track",
    Confidence.MEDIUM: "At risk",
    Confidence.LOW: "Off track",
}


def update_words(update: UpdateEntry) -> str:
    """Return what a report says of its action, in its lead's words: "At risk, 40% done"."""
    if update.state is ActionState.COMPLETED:
        return "Reported complete"
    if update.state is ActionState.CANCELLED:
        return "Cancelled"
    sure = _SURE[update.confidence] if update.confidence else "No confidence given"
    done = f", {update.percent}% done" if update.percent is not None else ""
    blocked = ", blocked" if update.is_blocked else ""
    return f"{sure}{done}{blocked}"


def hints(words: Mapping[Any, tuple[str, str]]) -> dict[str, str]:
    """Return what choosing each word means, by its value."""
    return {word.value: meaning for word, (_label, meaning) in words.items()}


def by(thing: Thing, author_id: int | None) -> Thing:
    """Return the thing as an entry of one author, for asking who may correct it."""
    return replace(thing, author_id=author_id)


def sources_of(item: Any, plan: Any) -> Rows:
    """Return where an item, its lead and its dates come from, with the documents' titles."""
    named = [
        ("Item", item.source),
        ("Lead", getattr(item, "lead_source", "")),
        ("Dates", getattr(item, "due_source", "")),
    ]
    rows = [(label, _source(text, plan.sources)) for label, text in named if text]
    return rows or [("Item", "Entered by an officer of the partnership")]


def _source(text: str, sources: Mapping[str, Any]) -> str:
    """Return a source's code with its title, or its own words where it is no code."""
    parts = [part.strip() for part in text.split(",")]
    titled = [
        f"{part}: {sources[part]['title']} ({sources[part]['address']})"
        if part in sources
        else part.capitalize()
        for part in parts
    ]
    return "; ".join(titled)
