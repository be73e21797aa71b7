"""People and partners as they are typed, the rules for them, and the rules for passwords."""

import re
from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.dates import LEGAL_YEARS, checked_day
from tracker.domain.errors import RuleBroken
from tracker.domain.items import checked_code
from tracker.domain.texts import checked, has_forbidden
from tracker.domain.vocabulary import Role

#: Shortest password, in characters; there are no rules of composition.
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
_ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
#: What many people would try first; compared without case, digits and signs at the ends.
_COMMON = frozenset(
    {
        "password",
        "passwordpassword",
        "qwertyuiop",
        "letmeinletmein",
        "iloveyouiloveyou",
        "administrator",
        "safercity",
        "safercitypartnership",
        "cityoflondon",
        "cityoflondonpolice",
        "communitysafety",
        "correcthorsebatterystaple",
    }
)


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """Somebody with an account.

    :param partner_id: needed for a lead.
    :param is_cleared: counts for board members alone.
    """

    email: str
    name: str
    role: Role
    partner_id: int | None
    is_cleared: bool = False

    def checked(self) -> "PersonDetails":
        """Return the details, the address in lower case; RuleBroken beside the field."""
        email = checked(self.email, "email", label="an email address", longest=254).lower()
        if not _ADDRESS.fullmatch(email):
            raise RuleBroken("Enter an email address, such as name@example.org", "email")
        if self.role is Role.LEAD and self.partner_id is None:
            raise RuleBroken("Choose the partner that this lead reports for", "partner_id")
        name = checked(self.name, "name", label="the name", longest=120)
        return replace(self, email=email, name=" ".join(name.split()))


@dataclass(frozen=True, slots=True)
class PartnerDetails:
    """An organisation or team.

    :param statutory_from: day from which it is a responsible authority, ``None`` if invited.
    :param legal_basis: needed with ``statutory_from``.
    """

    code: str
    name: str
    short_name: str
    parent_id: int | None = None
    statutory_from: date | None = None
    legal_basis: str = ""
    source: str = ""

    def checked(self) -> "PartnerDetails":
        """Return the details with trimmed texts; RuleBroken beside the field."""
        basis = checked(
            self.legal_basis, "legal_basis", label="the basis", longest=500, needed=False
        )
        if self.statutory_from is not None:
            checked_day(self.statutory_from, "statutory_from", years=LEGAL_YEARS)
            if not basis:
                raise RuleBroken(
                    "Enter the law that makes it a responsible authority", "legal_basis"
                )
        name = checked(self.name, "name", label="the name", longest=200)
        short = checked(
            self.short_name, "short_name", label="a short name", longest=60, needed=False
        )
        return replace(
            self,
            code=checked_code(self.code),
            name=name,
            short_name=short or name[:60],
            legal_basis=basis,
        )


def check_password(password: str, *, own_words: tuple[str, ...] = ()) -> str:
    """Return the password if it is good enough.

    :param own_words: words of the person, such as the name and address, that it may not be.
    :raises RuleBroken: beside "password".
    """
    if len(password) < SHORTEST_PASSWORD:
        raise RuleBroken(f"Enter {SHORTEST_PASSWORD} characters or more", "password")
    if len(password) > LONGEST_PASSWORD or has_forbidden(password):
        raise RuleBroken(
            f"Enter at most {LONGEST_PASSWORD} characters, without controls", "password"
        )
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password).lower()
    if core in _COMMON or len(set(password.lower())) < 4 or core in _plain_words(own_words):
        raise RuleBroken("Choose a password that is harder to guess", "password")
    return password


def _plain_words(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(re.sub(r"[\W_]+", "", word.lower()) for word in words) | frozenset(
        word.lower() for word in words
    )
