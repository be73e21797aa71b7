"""Taking the time of a piece of work, round by round, beside the floor under it.

The floor of a page is a plain Flask view that sends the same bytes: what the framework alone
would take. The floor of a calculation is a plain loop over the same points.
Both are timed in turns in one run, so that a machine that wavers wavers for both, and the
ratio between them says more than the milliseconds.
"""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

#: Rounds between two looks at the median, and the most rounds of all.
BATCH, MOST = 30, 150
#: How far the median may still move between two batches.
STEADY = 0.03


def nothing() -> None:
    """Do nothing: what stands before work that needs no preparation."""


@dataclass(frozen=True)
class Work:
    """Something to time.

    :param run: what is timed.
    :param before: what makes it ready each round, and is not timed.
    :param floor: the least that has to be done; ``None`` where there is no such thing.
    :param is_long: whether it takes seconds: then three rounds are enough.
    """

    run: Callable[[], object]
    before: Callable[[], object] = nothing
    floor: Callable[[], object] | None = None
    is_long: bool = False


@dataclass
class Times:
    """Seconds of each round."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def take(self, run: Callable[[], object]) -> None:
        """Run once and note how long it took, by the clock and on the processor."""
        wall, cpu = time.perf_counter(), time.process_time()
        run()
        self.cpu.append(time.process_time() - cpu)
        self.wall.append(time.perf_counter() - wall)


@dataclass(frozen=True)
class Result:
    """Medians in milliseconds; ``floor`` is the processor time of the floor, if there is one."""

    wall: float
    cpu: float
    floor: float | None
    rounds: int

    @property
    def ratio(self) -> float | None:
        """How many times the floor the work takes."""
        return self.cpu / self.floor if self.floor else None


def measure(work: Work) -> Result:
    """Time work in rounds until its median stands still."""
    taken, floor = Times(), Times()
    _round(work, Times(), Times())
    gc.collect()
    before = 0.0
    for _batch in range(0, 3 if work.is_long else MOST, 3 if work.is_long else BATCH):
        for _each in range(3 if work.is_long else BATCH):
            _round(work, taken, floor)
        now = median(taken.cpu)
        if abs(now - before) <= STEADY * now:
            break
        before = now
    least = 1000 * median(floor.cpu) if floor.cpu else None
    return Result(1000 * median(taken.wall), 1000 * median(taken.cpu), least, len(taken.cpu))


def _round(work: Work, taken: Times, floor: Times) -> None:
    work.before()
    taken.take(work.run)
    if work.floor is not None:
        floor.take(work.floor)
