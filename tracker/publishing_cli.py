"""The command that writes a review to a file, for papers that are made without a browser."""

from datetime import date, datetime
from pathlib import Path

import click

from tracker import clock
from tracker.commands import DatabaseCommand, refuse, say
from tracker.domain.actors import Audience
from tracker.domain.errors import DomainError
from tracker.extensions import db
from tracker.models import Review
from tracker.publishing import export_review
from tracker.queries.heads import PlanHead, current_plan, plan_head
from tracker.queries.reviews import latest_review_of


@click.command("export-review", cls=DatabaseCommand)
@click.argument("plan", default="current")
@click.option("--as-at", type=click.DateTime(["%Y-%m-%d"]), help="Cut-off date; today if absent.")
@click.option(
    "--format", "file_format", type=click.Choice(["docx"]), default="docx", show_default=True
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@click.option("--sensitive", is_flag=True, help="Hold OFFICIAL-SENSITIVE items too.")
def review(
    plan: str, as_at: datetime | None, file_format: str, out: Path | None, sensitive: bool
) -> None:
    """Write the review of PLAN (its id, or "current") to a Word file.

    The newest review with the cut-off date that is asked for is written; without one, a draft
    as at that day.
    """
    head = _plan(plan)
    if head is None:
        refuse("there is no such plan")
    today = clock.today()
    day = as_at.date() if as_at else None
    if day is not None and day > today:
        refuse(f"{day.isoformat()} is still to come")
    found = latest_review_of(db.session(), head.id, day)
    audience = Audience(sees_everything=sensitive)
    try:
        file = export_review(db.session(), head, found, day or today, audience, today=today)
    except DomainError as error:
        refuse(str(error))
    target = out or Path(file.name)
    target.write_bytes(file.content)
    say(
        ok=True,
        file=str(target),
        format=file_format,
        bytes=len(file.content),
        **_about(found, day or today),
    )


def _about(found: Review | None, day: date) -> dict[str, str]:
    if found is None:
        return {"review": "none opened", "cut_off": day.isoformat()}
    return {"review": found.state.value, "cut_off": found.cut_off_on.isoformat()}


def _plan(asked: str) -> PlanHead | None:
    if asked == "current":
        return current_plan(db.session(), clock.today())
    return plan_head(db.session(), int(asked)) if asked.isdecimal() and len(asked) < 10 else None
