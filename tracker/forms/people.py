"""Forms about people with an account: who they are, and a password to hand over."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import BooleanField, EmailField, PasswordField, RadioField, StringField
from wtforms.validators import ValidationError

from tracker.domain.errors import RuleBroken
from tracker.domain.people import PersonDetails, check_password
from tracker.domain.vocabulary import Role
from tracker.forms.base import EditForm, Form, RowField, Text, choice_of

#: What each role is here to do, in the words of the form.
DUTIES = {
    Role.LEAD: "Reports progress and values for the items of their partner",
    Role.OFFICER: "Edits the plan, reports for anybody, prepares the review",
    Role.BOARD_MEMBER: "Reads everything that is open to the board; the chair signs the review",
    Role.ADMINISTRATOR: "Looks after people, partners and settings; changes nothing in the plan",
}
_ROLES = choice_of(Role)["choices"]


class PersonForm(EditForm):
    """Somebody with an account: name, address, role and partner."""

    name = StringField("Name", [Text("the name", longest=120)])
    email = EmailField(
        "Email address", [Text("an email address", longest=254)], render_kw={"autocomplete": "off"}
    )
    role = RadioField("Role", default=Role.LEAD.value, **choice_of(Role))
    partner_id = RowField("Partner", empty="No partner")
    is_cleared = BooleanField("Cleared to read OFFICIAL-SENSITIVE items")

    def offer(self, roles: Iterable[Role], partners: Sequence[tuple[int, str]]) -> None:
        """Set the roles and partners to choose from."""
        wanted = set(roles)
        self.role.choices = [option for option in _ROLES if option.value in wanted]
        self.partner_id.offer(partners)

    def details(self) -> PersonDetails:
        """Return what was typed; clearance counts for board members alone."""
        role = Role(self.role.data)
        return PersonDetails(
            email=self.email.data or "",
            name=self.name.data or "",
            role=role,
            partner_id=self.partner_id.data,
            is_cleared=role is Role.BOARD_MEMBER and self.is_cleared.data,
        )


class _PasswordToHandOver(Form):
    """A password, typed twice, for somebody else to sign in with."""

    password = PasswordField("Password", render_kw={"autocomplete": "new-password"})
    again = PasswordField("Password again", render_kw={"autocomplete": "new-password"})

    def validate_password(self, field: Any) -> None:
        """Refuse a weak password; what it must not be of the person, the service knows."""
        try:
            check_password(field.data or "")
        except RuleBroken as broken:
            raise ValidationError(broken.message) from broken

    def validate_again(self, field: Any) -> None:
        """Refuse two passwords that differ."""
        if field.data != self.password.data:
            raise ValidationError("The two passwords differ: enter the same twice")


class InviteForm(_PasswordToHandOver, PersonForm):
    """A new account with its first password."""


class SetPasswordForm(_PasswordToHandOver):
    """A new password for an account that is there."""
