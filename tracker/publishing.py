"""The review put together: facts to a document, a document to a file, pictures included.

What the preview shows, what is frozen and what is exported come from here, so none can differ.
Knows no request: the command line and the pages hand in what they have.
"""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from tracker.charts.measures import Slot, alternative, measure_figure
from tracker.charts.pictures import png
from tracker.charts.series import series_of
from tracker.charts.svg import Palette, svg
from tracker.domain.actors import Audience
from tracker.domain.assessment import MeasureAssessment, PlanAssessment
from tracker.domain.document import Chart, Document
from tracker.domain.review import build_review
from tracker.domain.review.details import ReviewDetails
from tracker.domain.snapshot import Readership, Report, draft_version, frozen_version
from tracker.domain.vocabulary import Edition, ReviewState, Standing
from tracker.exports.word import to_word
from tracker.models import Review
from tracker.queries.heads import PlanHead
from tracker.queries.review_material import details_of, review_material
from tracker.queries.reviews import name_of, signed_report

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: Pixels across a picture in a file: sharp on paper at the width of the text.
_PICTURE_WIDTH = 1400


@dataclass(frozen=True, slots=True)
class Exported:
    """A file to take away; its name holds ASCII letters, digits, dots and hyphens only."""

    name: str
    mime_type: str
    content: bytes


def draft_report(session: Session, head: PlanHead, review: Review) -> Report:
    """Return what a review says as its facts and texts stand, without a version on it."""
    return _report(session, head, details_of(review), review_id=review.id)


def current_report(session: Session, head: PlanHead, review: Review) -> Report:
    """Return a review as it is to be read now.

    A draft follows its facts; what is frozen or signed off is exactly what was frozen or signed.

    :raises Tampered: if a signed-off review is no longer what was signed.
    """
    signed = signed_report(session, review)
    if signed is not None:
        return signed
    if review.frozen_document is not None and review.frozen_at is not None:
        who = name_of(session, review.frozen_by_id)
        words = frozen_version(who, review.frozen_at)
        return Report.from_text(review.frozen_document).stamped(words, is_draft=True)
    return draft_report(session, head, review).stamped(draft_version(), is_draft=True)


def current_document(
    session: Session, head: PlanHead, review: Review, audience: Audience
) -> Document:
    """Return a review as an audience may read it now.

    :raises Tampered: if a signed-off review is no longer what was signed.
    """
    return current_report(session, head, review).for_readership(Readership.of(audience))


def unopened_document(
    session: Session, head: PlanHead, as_at: date, audience: Audience, *, today: date
) -> Document:
    """Return the draft of a March review that nobody has opened, as at a day."""
    details = ReviewDetails(
        edition=Edition.MARCH_REVIEW,
        board_on=max(head.review_on, as_at),
        cut_off_on=min(as_at, today),
        chair_id=0,
    )
    report = _report(session, head, details, review_id=None)
    stamped = report.stamped(draft_version(), is_draft=True)
    return stamped.for_readership(Readership.of(audience))


def export_review(
    session: Session,
    head: PlanHead,
    review: Review | None,
    as_at: date,
    audience: Audience,
    *,
    today: date,
) -> Exported:
    """Return a review as a Word file.

    :param review: ``None`` makes a draft as at ``as_at`` of a review that nobody has opened.
    :raises Tampered: if a signed-off review is no longer what was signed.
    """
    if review is None:
        document = unopened_document(session, head, as_at, audience, today=today)
        edition, day, is_draft = Edition.MARCH_REVIEW, as_at, True
    else:
        document = current_document(session, head, review, audience)
        edition, day = review.edition, review.cut_off_on
        is_draft = review.state is not ReviewState.SIGNED_OFF
    name = _file_name(head, edition, day, marking=document.marking, is_draft=is_draft)
    return Exported(name, WORD_TYPE, to_word(document, picture=picture_of))


def picture_of(chart: Chart) -> bytes:
    """Return a document's picture as PNG, in the print palette."""
    drawn = svg(
        chart.figure, palette=Palette.PRINT, title=chart.title, description=chart.alternative
    )
    return png(drawn, _PICTURE_WIDTH)


def _report(
    session: Session, head: PlanHead, details: ReviewDetails, *, review_id: int | None
) -> Report:
    """Return the document of each readership; one for all where nothing is sensitive."""
    cleared = review_material(session, head, details, Readership.CLEARED, review_id=review_id)
    pictures = _pictures(cleared.now, cleared.as_at)
    full = build_review(replace(cleared, pictures=pictures))
    if not cleared.holds_sensitive:
        return Report(full)
    others = review_material(session, head, details, Readership.EVERYBODY, review_id=review_id)
    return Report(build_review(replace(others, pictures=pictures)), full)


def _pictures(plan: PlanAssessment, as_at: date) -> dict[int, Chart]:
    return {
        measure.facts.id: _chart(measure, as_at)
        for measure in plan.measures
        if measure.facts.standing is Standing.HEADLINE and measure.facts.observations
    }


def _chart(measure: MeasureAssessment, as_at: date) -> Chart:
    series = series_of(measure, as_at)
    title = f"{measure.facts.code} {measure.facts.title}: {series.heading}"
    return Chart(title, alternative(series), measure_figure(series, Slot.MID))


def _file_name(
    head: PlanHead, edition: Edition, as_at: date, *, marking: str, is_draft: bool
) -> str:
    """Return a name that tells the paper of cleared readers from that of the others."""
    years = f"{head.starts_on.year}-{head.ends_on.year % 100:02d}"
    parts = [edition.value.replace("_", "-"), years, as_at.isoformat()]
    parts += [marking.lower()] if marking != "OFFICIAL" else []
    return "-".join([*parts, *(["draft"] if is_draft else [])]) + ".docx"
