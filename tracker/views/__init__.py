"""What people see and send: a blueprint a noun, registered here."""

from flask import Flask

from tracker.views import (
    account,
    actions,
    breaks,
    explanations,
    frame,
    history,
    judgements,
    measures,
    milestones,
    objectives,
    partners,
    people,
    plans,
    priorities,
    reviews,
    site,
    work,
)

_NOUNS = (
    account,
    actions,
    breaks,
    explanations,
    history,
    judgements,
    measures,
    milestones,
    objectives,
    partners,
    people,
    plans,
    priorities,
    reviews,
    site,
    work,
)


def init_app(app: Flask) -> None:
    """Give the application its routes, and every page its frame."""
    for noun in _NOUNS:
        app.register_blueprint(noun.bp)
    frame.init_app(app)
