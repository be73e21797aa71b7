"""What a typed text may hold, and the messages that say so."""

import unicodedata

from tracker.domain.errors import RuleBroken

#: The longest text anybody may enter, in characters.
LONGEST = 5000
#: Control characters that people do type: tab and line ends.
_ALLOWED_CONTROLS = frozenset("\t\n\r")


def has_forbidden(text: str) -> bool:
    """Whether a text holds what no keyboard types: NUL, controls, lone surrogates."""
    return any(
        unicodedata.category(character) in ("Cc", "Cs") and character not in _ALLOWED_CONTROLS
        for character in text
    )


def checked(
    text: str, field: str, *, label: str, longest: int = LONGEST, needed: bool = True
) -> str:
    """Return the text without blanks around it, if it may be stored.

    :param label: what the text is called in messages, such as "the title".
    :raises RuleBroken: beside ``field``, if it is empty though needed, too long, or holds
        characters that cannot be stored.
    """
    trimmed = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if has_forbidden(trimmed):
        raise RuleBroken(f"Remove the control characters from {label}", field)
    if needed and not trimmed:
        raise RuleBroken(f"Enter {label}", field)
    if len(trimmed) > longest:
        extra = len(trimmed) - longest
        characters = "character" if extra == 1 else "characters"
        raise RuleBroken(
            f"Shorten {label} by {extra:,} {characters}: {longest:,} is the most", field
        )
    return trimmed
