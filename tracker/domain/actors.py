"""Who acts: the little that rules, services and the ledger need to know of a person."""

from dataclasses import dataclass

from tracker.domain.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person as they stand at this moment.

    :param partner_id: the partner they work for; ``None`` for nobody in particular.
    :param is_cleared: whether a board member may read OFFICIAL-SENSITIVE items.
    """

    person_id: int | None
    name: str
    role: Role | None
    partner_id: int | None = None
    is_cleared: bool = False

    @property
    def sees_everything(self) -> bool:
        """Whether sensitive items are open to them whichever partner is named on it."""
        by_role = self.role in (Role.ADMINISTRATOR, Role.OFFICER)
        return by_role or self.role is None or (self.role is Role.BOARD_MEMBER and self.is_cleared)


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom a page is made; people who may see the same share it.

    :param partner_id: whose sensitive items are open besides; ``None`` where all or none are.
    """

    sees_everything: bool
    partner_id: int | None = None

    @classmethod
    def of(cls, actor: Actor) -> "Audience":
        """Return the audience that an actor belongs to."""
        if actor.sees_everything:
            return cls(sees_everything=True)
        return cls(sees_everything=False, partner_id=actor.partner_id)


#: Acts where no person does: set-up commands and imports run by the machine.
SYSTEM = Actor(person_id=None, name="The system", role=None)
