"""Which numbers can be reckoned with, and to how many digits.

The refusals are sentences for the person who typed the number.
"""

from decimal import Context, Decimal

from tracker.domain.errors import RuleBroken

#: 34 digits are carried, whatever the caller's context.
EXACT = Context(prec=34)
#: 0.975 quantile of the standard normal: 95% with two equal tails.
Z_95 = Decimal("1.959963984540054235524594430520552")
_MOST = Decimal(10) ** 15
_LEAST = 1 / _MOST


def finite(value: Decimal, name: str) -> Decimal:
    """Return a number that can be reckoned with.

    :param name: what it is, for the message; with underscores the field it belongs beside.
    :raises RuleBroken: if it is no number, infinite, or of 16 digits or more before the point.

    >>> finite(Decimal("-2.5"), "mean")
    Decimal('-2.5')
    """
    if not value.is_finite():
        raise RuleBroken(f"Enter a number for the {name}", _field(name))
    if abs(value) >= _MOST:
        raise RuleBroken(f"The {name} must be under a quadrillion", _field(name))
    return value


def counted(value: Decimal, name: str) -> Decimal:
    """Return a number that is 0 or more.

    :raises RuleBroken: as :func:`finite`, and if it is negative.
    """
    if finite(value, name) < 0:
        raise RuleBroken(f"The {name} cannot be negative", _field(name))
    return value


def whole(value: Decimal, name: str) -> Decimal:
    """Return a whole number that is 0 or more.

    :raises RuleBroken: as :func:`counted`, and if it has a fraction.
    """
    if counted(value, name) != value.to_integral_value():
        raise RuleBroken(f"The {name} must be a whole number", _field(name))
    return value


def positive(value: Decimal, name: str) -> Decimal:
    """Return a number to divide by.

    :raises RuleBroken: as :func:`finite`, and if it is not above 0, or hardly.
    """
    if finite(value, name) < _LEAST:
        raise RuleBroken(f"The {name} must be more than 0", _field(name))
    return value


def decimal(number: float) -> Decimal:
    """Return the shortest decimal that reads as this float.

    >>> decimal(0.1)
    Decimal('0.1')
    """
    return Decimal(repr(number))


def _field(name: str) -> str:
    return name.replace(" ", "_")
