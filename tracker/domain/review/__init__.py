"""The annual review: what is typed for it, what it is built from, and the document it becomes.

Knows no database, no page and no format: pictures are handed in, and renderers read the result.
"""

from tracker.domain.review.build import build_review

__all__ = ["build_review"]
