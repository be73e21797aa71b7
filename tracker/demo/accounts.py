"""The demonstration's accounts, one a role and a second lead, and their one password."""

import secrets
from pathlib import Path

from tracker.domain.vocabulary import Role

#: The demonstration's accounts: address, name, role, partner, cleared for sensitive items.
ACCOUNTS = (
    ("administrator@demonstration.example", "Administrator", Role.ADMINISTRATOR, None, False),
    ("officer@demonstration.example", "Community Safety Officer", Role.OFFICER, "CST", False),
    ("police@demonstration.example", "City Police Lead", Role.LEAD, "CoLP", False),
    ("licensing@demonstration.example", "Licensing Lead", Role.LEAD, "MCP", False),
    ("chair@demonstration.example", "Chair of the Board", Role.BOARD_MEMBER, None, True),
)


def standing_password(instance: Path, given: str) -> str:
    """Return the accounts' password: the one given, else one made once and kept privately."""
    if given:
        return given
    path = instance / "demonstration-password"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(12) + "\n")
    return path.read_text().strip()


def sign_ins(password: str) -> str:
    """Return the accounts and their password as people read them in a terminal."""
    lines = [f"  {address:<38}{name}" for address, name, *_ in ACCOUNTS]
    return "\n".join(["Sign in with one of", *lines, f"  and the password  {password}"])
