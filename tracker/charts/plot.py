"""Where things stand in a picture: its slot on the page, and the way from values to px."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

#: A Plotly figure as plain data: ``{"data": [...], "layout": {...}}``.
Figure = dict[str, Any]
#: A part of one: a trace, a shape, an annotation.
Mark = dict[str, Any]


def as_json(value: Decimal) -> int | float:
    """Return a value as JSON has it: a whole number stays one."""
    return int(value) if value == value.to_integral_value() else float(value)


class Room(NamedTuple):
    """What a slot has: px, and how many of the last periods (``None``: all)."""

    width: int
    height: int
    gutter: int
    periods: int | None
    radius: float


class Slot(StrEnum):
    """The widths a picture is drawn for; scaling one drawing would shrink its text."""

    WIDE = "wide"
    MID = "mid"
    NARROW = "narrow"

    @property
    def room(self) -> Room:
        """The size of the slot, the gutter at the right for labels, and the size of a point."""
        return _ROOMS[self]


_ROOMS = {
    Slot.WIDE: Room(1168, 400, 140, None, 4),
    Slot.MID: Room(700, 320, 140, None, 4),
    Slot.NARROW: Room(328, 300, 94, 13, 3),
}


@dataclass(frozen=True, slots=True)
class Plot:
    """The area inside the axes, in px from the top left, and the ranges it shows."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    x_range: tuple[float, float]
    y_range: tuple[float, float]

    @classmethod
    def of(cls, layout: dict[str, Any]) -> "Plot":
        """Read it back from the layout of a figure."""
        margin = layout["margin"]
        return cls(
            width=layout["width"],
            height=layout["height"],
            left=margin["l"],
            right=margin["r"],
            top=margin["t"],
            bottom=margin["b"],
            x_range=tuple(layout["xaxis"]["range"]),
            y_range=tuple(layout["yaxis"]["range"]),
        )

    @property
    def inner_width(self) -> float:
        """Px between the sides of the area."""
        return self.width - self.left - self.right

    @property
    def inner_height(self) -> float:
        """Px from the top of the area to its axis."""
        return self.height - self.top - self.bottom

    @property
    def step(self) -> float:
        """Px from one period to the next."""
        return self.inner_width / (self.x_range[1] - self.x_range[0])

    def x(self, value: float, ref: str = "x") -> float:
        """Return px from the left, of a place on the axis or a share of the area (``paper``)."""
        if ref == "paper":
            return self.left + value * self.inner_width
        return self.left + (value - self.x_range[0]) * self.step

    def y(self, value: float, ref: str = "y") -> float:
        """Return px from the top, of a value or a share of the area (``paper``)."""
        if ref != "paper":
            low, high = self.y_range
            value = (value - low) / (high - low)
        return self.top + (1 - value) * self.inner_height

    def place(self, px: float) -> float:
        """Return the place on the axis that lies px from the left."""
        return self.x_range[0] + (px - self.left) / self.step

    def value(self, px: float) -> float:
        """Return the value that stands px from the top."""
        low, high = self.y_range
        return low + self.share(px) * (high - low)

    def share(self, px: float) -> float:
        """Return the share of the area (``paper``) that lies px from the top."""
        return 1 - (px - self.top) / self.inner_height

    def share_below(self, px: float) -> float:
        """Return the share of the area (``paper``) for px under the axis."""
        return -px / self.inner_height
