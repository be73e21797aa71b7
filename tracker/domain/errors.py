"""What can go wrong by the rules of the domain; the views turn each into a page."""

from collections.abc import Mapping


class DomainError(Exception):
    """Base of every refusal that a person can act on."""


class RuleBroken(DomainError):
    """Input that the rules refuse.

    :param message: one sentence that says what to enter instead.
    :param field: name of the field it belongs beside; ``None`` for the form as a whole.
    """

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Conflict(DomainError):
    """Somebody else changed the same thing since the form was opened.

    :param message: what happened, in words.
    :param theirs: field name to the value that is stored now, as text.
    :param version: version of the row now; a form sent again carries it.
    """

    def __init__(self, message: str, theirs: Mapping[str, str], version: int) -> None:
        super().__init__(message)
        self.message = message
        self.theirs = dict(theirs)
        self.version = version


class NotPermitted(DomainError):
    """The person may see the thing and may not do this to it."""
