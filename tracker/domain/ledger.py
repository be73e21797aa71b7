"""The hash chain of the ledger: canonical JSON, the hash of an entry, the proof of a chain.

Each entry holds the hash of the one before, so that changing, swapping or removing one
breaks every later link. Knows nothing of how entries are stored.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

#: What the first entry of a chain names as its predecessor.
GENESIS = "0" * 64


def _plain(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical form")


def canonical(value: object) -> str:
    """Return the one JSON text of a value: sorted keys, no blanks, decimals as text, UTF-8.

    :raises ValueError: for not-a-number and infinity.
    :raises TypeError: for a type without canonical form (floats have one only as JSON numbers).

    >>> canonical({"b": Decimal("84.50"), "a": None})
    '{"a":null,"b":"84.50"}'
    """
    return json.dumps(
        value,
        default=_plain,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )


def sha256(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry says; everything in it is covered by its hash."""

    chain: str
    seq: int
    at: datetime
    actor_id: int | None
    actor_name: str
    verb: str
    subject_kind: str
    subject_id: int
    subject_title: str
    item_kind: str | None
    item_id: int | None
    before: str
    after: str
    previous_hash: str

    def hash(self) -> str:
        """Return the entry's own hash, SHA-256 over its canonical JSON."""
        return sha256(canonical({name: getattr(self, name) for name in self.__slots__}))


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain stands: the number and hash of its last entry."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain does not hold.

    :param seq: number of the entry that is wrong, or that is missing.
    """

    chain: str
    seq: int
    problem: str


def verify(chain: str, entries: Iterable[tuple[Entry, str]], head: Head) -> Break | None:
    """Walk a chain from its first entry and return the first break, ``None`` if it holds.

    :param entries: each entry with the hash stored for it, in order of their numbers.
    :param head: the head stored on the plan or installation.
    """
    seq, last = 0, GENESIS
    for entry, stored in entries:
        seq += 1
        problem = _problem(entry, stored, seq, last)
        if problem:
            return Break(chain, seq, problem)
        last = stored
    if (seq, last) != (head.seq, head.hash):
        return Break(chain, seq + 1, f"the head says {head.seq} entries, the chain has {seq}")
    return None


def _problem(entry: Entry, stored: str, seq: int, last: str) -> str:
    if entry.seq != seq:
        return f"entry {seq} is missing"
    if entry.previous_hash != last:
        return "it does not follow the entry before it"
    if entry.hash() != stored:
        return "its content was changed after it was written"
    return ""


def difference(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return only the fields that differ, as they were and as they are.

    >>> difference({"title": "A", "aim": "x"}, {"title": "B", "aim": "x"})
    ({'title': 'A'}, {'title': 'B'})
    """
    changed = [name for name in after if before.get(name) != after[name]]
    return {n: before.get(n) for n in changed}, {n: after[n] for n in changed}
