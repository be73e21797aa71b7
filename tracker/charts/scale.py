"""The scale of values: round steps, from zero unless zero is far away."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from tracker.charts.lettering import LARGE, MINUS, YES_NO
from tracker.domain.vocabulary import Unit

_MOST_STEPS = 5
#: Up to here whole numbers are best compared by their height from zero.
_SMALL_NUMBERS = Decimal(20)
_ROUND = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_EXACT = Context(prec=60)
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Scale:
    """From where to where the values run, both multiples of ``step``; ``step`` is above 0."""

    low: Decimal
    high: Decimal
    step: Decimal
    unit: Unit

    @property
    def ticks(self) -> list[Decimal]:
        """The round values from low to high."""
        count = int(_EXACT.divide_int(_EXACT.subtract(self.high, self.low), self.step))
        return [
            _EXACT.add(self.low, _EXACT.multiply(self.step, Decimal(i))) for i in range(count + 1)
        ]

    @property
    def labels(self) -> list[str]:
        """The words at the ticks, all in the same size: "250", "1.5m", "40%", "Yes"."""
        if self.unit is Unit.YES_NO:
            return [YES_NO.get(tick, "") for tick in self.ticks]
        size, name = self._size()
        percent = "%" if self.unit is Unit.PERCENT else ""
        texts = (f"{_EXACT.divide(tick, size).normalize(_EXACT):,f}" for tick in self.ticks)
        return ["0" if t == "0" else f"{t.replace('-', MINUS)}{name}{percent}" for t in texts]

    @property
    def starts_at_zero(self) -> bool:
        """Whether zero can be seen, so that heights may be compared."""
        return self.low <= 0 <= self.high

    def _size(self) -> tuple[Decimal, str]:
        """Return the largest size in which neighbouring ticks still read differently."""
        most = max(abs(self.low), abs(self.high))
        for size, name in LARGE:
            if most >= size and self.step >= size / 100:
                return size, name
        return Decimal(1), ""


def scale_for(values: Sequence[Decimal], unit: Unit) -> Scale:
    """Return the scale on which all values stand.

    It starts at zero for small whole numbers, and unless zero lies further away than the values
    lie apart: a picture that starts elsewhere has to say so, and no value sits on its edge,
    where it would look like zero. Whole numbers have whole steps. No values: 0 to 1, which is
    also the scale of no and yes.

    >>> scale = scale_for([Decimal(215), Decimal(342)], Unit.COUNT)
    >>> scale.labels
    ['200', '250', '300', '350']
    """
    if unit is Unit.YES_NO:
        ends = (Decimal(0), Decimal(1), *values)
        return Scale(_floor(min(ends), _ONE), _ceiling(max(ends), _ONE), _ONE, unit)
    whole = all(value == value.to_integral_value() for value in values)
    low, high = _with_zero(min(values, default=Decimal(0)), max(values, default=Decimal(0)), whole)
    if low == high:
        high = low + 1
    step = _round_step(high - low, whole=whole)
    bottom, top = _floor(low, step), _ceiling(high, step)
    if bottom == low > 0:
        bottom -= step
    if top == high < 0:
        top += step
    return Scale(bottom, top, step, unit)


def _with_zero(low: Decimal, high: Decimal, whole: bool) -> tuple[Decimal, Decimal]:
    """Return the ends of the scale before rounding, one of them zero where that is near."""
    near = high - low or max(abs(low), abs(high))
    if whole:
        near = max(near, _SMALL_NUMBERS)
    if low > 0 and (low <= high - low or high <= near):
        low = Decimal(0)
    elif high < 0 and (-high <= high - low or -low <= near):
        high = Decimal(0)
    return low, high


def _round_step(span: Decimal, *, whole: bool) -> Decimal:
    least = max(span / _MOST_STEPS, Decimal(1 if whole else 0))
    size = Decimal(1).scaleb(least.adjusted())
    steps = (size * factor for factor in _ROUND if size * factor >= least)
    return next(step for step in steps if not whole or step == step.to_integral_value())


def _floor(value: Decimal, step: Decimal) -> Decimal:
    return _EXACT.multiply((value / step).to_integral_value(ROUND_FLOOR), step)


def _ceiling(value: Decimal, step: Decimal) -> Decimal:
    return _EXACT.multiply((value / step).to_integral_value(ROUND_CEILING), step)
