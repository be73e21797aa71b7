"""Run the benchmarks that are named, or all: one line each."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import charts, pages, saves, wholes
from benchmarks.measuring import Result, Work, measure
from benchmarks.site import Site

BENCHMARKS: tuple[Callable[[Site], Work], ...] = (
    pages.dashboard_after_a_write,
    pages.dashboard,
    pages.action,
    pages.measure,
    saves.save_progress,
    saves.save_value,
    charts.chart_36_points,
    charts.chart_1200_points,
    charts.analyse_50_measures,
    charts.draw_chart,
    wholes.assess_plan,
    wholes.load_demonstration,
    wholes.export_word,
)
BY_NAME = {function.__name__.replace("_", "-"): function for function in BENCHMARKS}


def main(names: list[str]) -> int:
    """Print a line for each benchmark; return 2 if one is not known."""
    unknown = [name for name in names if name not in BY_NAME]
    if unknown:
        print(f"There is no {unknown[0]!r}; there are {', '.join(BY_NAME)}", file=sys.stderr)
        return 2
    print(
        f"{'median, in milliseconds':<26}{'wall':>9}{'cpu':>9}{'floor':>9}{'ratio':>9}{'rounds':>9}"
    )
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder))
        for name in names or BY_NAME:
            print(line(name, measure(BY_NAME[name](site))), flush=True)
    return 0


def line(name: str, result: Result) -> str:
    """Return a result as it is printed.

    The floor is a plain view that sends the same bytes, or a plain loop over the same points.
    """
    floor = f"{result.floor:9.3f}" if result.floor else f"{'-':>9}"
    ratio = f"{result.ratio:9.1f}" if result.ratio else f"{'-':>9}"
    return f"{name:<26}{result.wall:9.3f}{result.cpu:9.3f}{floor}{ratio}{result.rounds:9}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
