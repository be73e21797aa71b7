"""Forms about one's own account: sign in, change the password."""

from collections.abc import Callable

from wtforms import EmailField, Field, HiddenField, PasswordField
from wtforms.validators import ValidationError

from tracker.forms.base import Form


def _some(message: str) -> Callable[[Form, Field], None]:
    """Return a validator that refuses an empty field and keeps blanks: secrets may have them."""

    def check(_form: Form, field: Field) -> None:
        if not field.data:
            raise ValidationError(message)

    return check


class SignInForm(Form):
    """Who you are, and the proof."""

    email = EmailField(
        "Email address",
        [_some("Enter your email address")],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        "Password",
        [_some("Enter your password")],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class PasswordForm(Form):
    """A new password, given the present one."""

    current = PasswordField(
        "Present password",
        [_some("Enter your present password")],
        render_kw={"autocomplete": "current-password"},
    )
    password = PasswordField(
        "New password",
        [_some("Enter a new password")],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        "New password again",
        [_some("Enter the new password again")],
        render_kw={"autocomplete": "new-password"},
    )

    def validate_again(self, field: PasswordField) -> None:
        """Refuse two passwords that differ."""
        if self.password.data and field.data != self.password.data:
            raise ValidationError("The two new passwords differ: enter the same twice")
