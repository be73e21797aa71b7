"""The thresholds by which status is worked out: data of a plan, versioned, not constants.

They are stored with the plan and printed in every review (``docs/glossary.md``).
"""

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class StatusRules:
    """The defaults.

    Days are calendar days; points are percentage points but for ``chart_points``, which are
    points of a chart. ``rare_mean`` is events a period, ``change_floor`` a count below which
    no percentage of change is shown.
    """

    version: int = 1
    reporting_cycle_days: int = 92
    grace_days: int = 15
    milestone_very_late_days: int = 60
    milestones_late_for_red: int = 2
    behind_red_points: int = 50
    behind_amber_points: int = 25
    due_moves_for_amber: int = 2
    default_tolerance_percent: Decimal = Decimal(5)
    chart_points: int = 13
    rare_mean: int = 4
    forecast_from: int = 3
    unlikely_percent: int = 20
    likely_percent: int = 80
    change_floor: int = 20

    @property
    def silence_days(self) -> int:
        """Days without an update after which an action counts as not updated."""
        return self.reporting_cycle_days + self.grace_days

    def to_json(self) -> dict[str, Any]:
        """Return the rules as JSON values, decimals as text."""
        return {name: str(v) if isinstance(v, Decimal) else v for name, v in asdict(self).items()}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "StatusRules":
        """Read rules as :meth:`to_json` wrote them; absent ones take the default."""
        known = {name: stored[name] for name in cls.__slots__ if name in stored}
        if "default_tolerance_percent" in known:
            known["default_tolerance_percent"] = Decimal(known["default_tolerance_percent"])
        return cls(**known)
