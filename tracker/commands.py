"""What every command of ours does: one line of JSON, and 1 for a refusal, whatever happens."""

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

import click
from flask import current_app, has_app_context
from flask.cli import ScriptInfo
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError, ProgrammingError

_NO_DATABASE = (
    "the database is not there or not set up: run `make run` first, "
    "or set TRACKER_DEMO=1 for that of the demonstration"
)


def say(**summary: Any) -> None:
    """Print a one-line summary as JSON."""
    click.echo(json.dumps(summary, ensure_ascii=False, default=str))


def refuse(message: str, **more: Any) -> NoReturn:
    """Print why nothing was done, and exit with 1."""
    say(ok=False, error=message, **more)
    sys.exit(1)


class DatabaseCommand(click.Command):
    """A command that reads or writes the database; it never makes one by looking for it."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run, or refuse where there is no database, or a file cannot be read or written."""
        if not has_app_context():
            ctx.with_resource(ctx.ensure_object(ScriptInfo).load_app().app_context())
        _refuse_missing_file()
        try:
            return super().invoke(ctx)
        except (OperationalError, ProgrammingError):
            refuse(_NO_DATABASE)
        except OSError as error:
            refuse(f"{error.filename}: {error.strerror}")


def _refuse_missing_file() -> None:
    url = make_url(current_app.config["SQLALCHEMY_DATABASE_URI"])
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).exists():
        refuse(_NO_DATABASE)
