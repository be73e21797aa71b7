"""What sign-off keeps: one text, one hash, and the same document for every reader."""

import json
from datetime import UTC, datetime

import pytest

from tracker.domain.actors import Audience
from tracker.domain.document import CoverRow, Document, Section
from tracker.domain.ledger import GENESIS, Head, sha256
from tracker.domain.snapshot import (
    Readership,
    Report,
    Signature,
    Tampered,
    read_snapshot,
    snapshot_text,
)

OPEN = Document("Review", "OFFICIAL", True, "March review", (), (Section("Summary"),))
CLOSED = Document("Review", "OFFICIAL-SENSITIVE", True, "March review", (), (Section("All"),))
REPORT = Report(OPEN, CLOSED)
SIGNATURE = Signature(
    "Plan",
    "march_review",
    2,
    "Chair",
    datetime(2017, 3, 31, 22, 30, tzinfo=UTC),
    GENESIS,
    Head(41, "ab" * 32),
)


def test_a_report_comes_back_from_its_text():
    assert Report.from_text(REPORT.text()) == REPORT
    assert Report.from_text(Report(OPEN).text()) == Report(OPEN)


def test_a_partners_own_sensitive_items_do_not_clear_it_for_the_whole_report():
    assert Readership.of(Audience(sees_everything=False, partner_id=3)) is Readership.EVERYBODY
    assert Readership.of(Audience(sees_everything=True)) is Readership.CLEARED


def test_everybody_reads_the_open_document_and_the_cleared_the_other():
    assert REPORT.for_readership(Readership.EVERYBODY) is OPEN
    assert REPORT.for_readership(Readership.CLEARED) is CLOSED
    assert Report(OPEN).for_readership(Readership.CLEARED) is OPEN


def test_the_text_names_signer_moment_predecessor_and_ledger_head():
    stored = json.loads(snapshot_text(REPORT, SIGNATURE))
    assert stored["signed_by"] == "Chair"
    assert stored["signed_at"] == "2017-03-31T22:30:00.000000+00:00"
    assert stored["previous_sha256"] == GENESIS
    assert stored["ledger"] == {"hash": "ab" * 32, "seq": 41}
    assert stored["number"] == 2


def test_the_day_of_signature_is_the_local_one():
    stored = json.loads(snapshot_text(REPORT, SIGNATURE))
    assert stored["report"]["everybody"]["footer"] == (
        "March review · Version 2, signed off by Chair on 31 March 2017"
    )


def test_the_hash_stands_on_the_cover_and_on_every_page():
    text = snapshot_text(REPORT, SIGNATURE)
    document = read_snapshot(text, sha256(text)).for_readership(Readership.CLEARED)
    assert document.footer.endswith(f"SHA-256 {sha256(text)}")
    assert document.cover[-1] == CoverRow("SHA-256", sha256(text))
    assert not document.is_draft


def test_a_text_that_was_changed_is_noticed():
    text = snapshot_text(REPORT, SIGNATURE)
    with pytest.raises(Tampered, match="not what was signed off"):
        read_snapshot(text.replace("Summary", "Summery"), sha256(text))
