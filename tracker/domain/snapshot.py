"""What is frozen for signature and what sign-off keeps: the report as text, hashed and chained.

A report has up to two readerships: everybody in the partnership, and those who may read
OFFICIAL-SENSITIVE items. Both are frozen together, so one hash covers what anybody can read.
"""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from tracker.domain.actors import Audience
from tracker.domain.document import CoverRow, Document
from tracker.domain.document_json import from_json, to_json
from tracker.domain.errors import DomainError
from tracker.domain.ledger import Head, canonical, sha256
from tracker.domain.wording import plain_date

#: Counted up when the form of the text changes; readers know every form.
FORMAT = 1
LONDON = ZoneInfo("Europe/London")


class Readership(StrEnum):
    """Who may read a report."""

    EVERYBODY = "everybody"
    CLEARED = "cleared"

    @classmethod
    def of(cls, audience: Audience) -> "Readership":
        """Return the readership that an audience belongs to.

        A partner's own sensitive items do not make it cleared: a report is one paper.
        """
        return cls.CLEARED if audience.sees_everything else cls.EVERYBODY

    @property
    def audience(self) -> Audience:
        """For whom its facts are read."""
        return Audience(sees_everything=self is Readership.CLEARED)


class Tampered(DomainError):
    """A snapshot is no longer what was signed off."""


@dataclass(frozen=True, slots=True)
class Report:
    """The document of each readership; ``cleared`` is ``None`` where nothing is sensitive."""

    everybody: Document
    cleared: Document | None = None

    def for_readership(self, readership: Readership) -> Document:
        """Return the document that a readership may read."""
        if readership is Readership.CLEARED and self.cleared is not None:
            return self.cleared
        return self.everybody

    def stamped(self, version: str, *, is_draft: bool) -> "Report":
        """Return the report with its version on the cover and at the foot of each page."""
        cleared = stamped(self.cleared, version, is_draft=is_draft) if self.cleared else None
        return Report(stamped(self.everybody, version, is_draft=is_draft), cleared)

    def text(self) -> str:
        """Return the canonical JSON of the report."""
        return canonical(_report_json(self))

    @classmethod
    def from_text(cls, text: str) -> "Report":
        """Read what :meth:`text` wrote."""
        return _read_report(json.loads(text))


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed what, when, and on what it follows.

    :param number: counts up from 1 within the plan.
    :param previous_sha256: of the plan's snapshot before; zeros for the first.
    :param ledger: where the plan's ledger stood at that moment.
    """

    plan: str
    edition: str
    number: int
    signer: str
    signed_at: datetime
    previous_sha256: str
    ledger: Head


def stamped(document: Document, version: str, *, is_draft: bool) -> Document:
    """Return a document with its version on the cover and at the foot of each page."""
    cover = (*document.cover, CoverRow("Version", version))
    footer = f"{document.footer} · {version}"
    return replace(document, cover=cover, footer=footer, is_draft=is_draft)


def draft_version() -> str:
    """Return what stands in the place of a version before a review is frozen."""
    return "Draft, not signed off, so no hash yet"


def frozen_version(who: str, at: datetime) -> str:
    """Return what stands in the place of a version while the chair reads."""
    return f"Draft put before the chair by {who} on {_day(at)}, not signed off"


def snapshot_text(report: Report, signature: Signature) -> str:
    """Return the canonical JSON that sign-off stores: the report, and who signed it.

    :param report: as it was frozen, without a version on it.
    """
    words = f"Version {signature.number}, signed off by {signature.signer}"
    words += f" on {_day(signature.signed_at)}"
    return canonical(
        {
            "format": FORMAT,
            "plan": signature.plan,
            "edition": signature.edition,
            "number": signature.number,
            "signed_by": signature.signer,
            "signed_at": signature.signed_at,
            "previous_sha256": signature.previous_sha256,
            "ledger": {"seq": signature.ledger.seq, "hash": signature.ledger.hash},
            "report": _report_json(report.stamped(words, is_draft=False)),
        }
    )


def read_snapshot(text: str, expected_sha256: str) -> Report:
    """Return the report of a snapshot, its hash printed on the cover and on every page.

    :raises Tampered: if the text is not the one that was hashed.
    """
    found = sha256(text)
    if found != expected_sha256:
        raise Tampered(
            "This review is not what was signed off: its text no longer has the hash "
            f"{expected_sha256[:12]}. Ask the administrator to verify the ledger."
        )
    report = _read_report(json.loads(text)["report"])
    cleared = _sealed(report.cleared, found) if report.cleared else None
    return Report(_sealed(report.everybody, found), cleared)


def _sealed(document: Document, hash_: str) -> Document:
    cover = (*document.cover, CoverRow("SHA-256", hash_))
    return replace(document, cover=cover, footer=f"{document.footer} · SHA-256 {hash_}")


def _report_json(report: Report) -> dict[str, Any]:
    return {
        "everybody": to_json(report.everybody),
        "cleared": to_json(report.cleared) if report.cleared else None,
    }


def _read_report(stored: dict[str, Any]) -> Report:
    cleared = from_json(stored["cleared"]) if stored["cleared"] else None
    return Report(from_json(stored["everybody"]), cleared)


def _day(at: datetime) -> str:
    local: date = at.astimezone(LONDON).date()
    return plain_date(local)
