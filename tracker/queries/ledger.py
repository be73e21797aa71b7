"""Proving the ledger: every chain is walked from its first entry to its head."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.ledger import Break, Entry, Head, verify
from tracker.models import Installation, LedgerEntry, Plan


@dataclass(frozen=True, slots=True)
class ChainProof:
    """One chain: how long it is, where it stands, and its first break if there is one."""

    chain: str
    title: str
    head: Head
    broken: Break | None


def verify_ledger(session: Session) -> list[ChainProof]:
    """Walk every chain. Two queries, and one a chain."""
    installation = session.execute(
        select(Installation.name, Installation.ledger_seq, Installation.ledger_hash)
    ).one_or_none()
    plans = session.execute(
        select(Plan.id, Plan.title, Plan.ledger_seq, Plan.ledger_hash).order_by(Plan.id)
    ).all()
    chains = [(f"plan:{p.id}", p.title, Head(p.ledger_seq, p.ledger_hash)) for p in plans]
    if installation is not None:
        name, seq, last = installation
        chains.insert(0, ("installation", name, Head(seq, last)))
    return [
        ChainProof(chain, title, head, verify(chain, _entries(session, chain), head))
        for chain, title, head in chains
    ]


def _entries(session: Session, chain: str) -> Iterator[tuple[Entry, str]]:
    columns = [getattr(LedgerEntry, name) for name in Entry.__slots__]
    query = (
        select(*columns, LedgerEntry.hash)
        .where(LedgerEntry.chain == chain)
        .order_by(LedgerEntry.seq)
        .execution_options(yield_per=500)
    )
    # A walk that stops at a break closes what it was reading from.
    with session.execute(query) as rows:
        for row in rows:
            yield Entry(*row[:-1]), row[-1]
