"""What it takes to show a page to an officer."""

from benchmarks.measuring import Work
from benchmarks.site import Site
from tracker.queries.assessed import KEPT


def dashboard_after_a_write(site: Site) -> Work:
    """Show the dashboard when the plan has changed: everything is read and assessed."""
    return site.page("/dashboard", before=KEPT.clear)


def dashboard(site: Site) -> Work:
    """Show the dashboard when nothing has changed."""
    return site.page("/dashboard")


def action(site: Site) -> Work:
    """Show an action with its story."""
    return site.page("/actions/5")


def measure(site: Site) -> Work:
    """Show a measure with its picture and points."""
    return site.page("/measures/5")
