"""Commands: prepare, serve, make the first administrator, import, export, verify.

Each that people script prints one line of JSON as its summary and exits with 1 on refusal.
"""

import getpass
import os
import socket
import sys
from dataclasses import asdict
from pathlib import Path

import click
from alembic.util import CommandError
from flask import Flask, current_app
from flask_migrate import upgrade
from sqlalchemy import select

from tracker import assets, clock
from tracker.commands import DatabaseCommand, refuse, say
from tracker.demo import accounts, loader
from tracker.domain.actors import SYSTEM, Actor
from tracker.domain.errors import DomainError, RuleBroken
from tracker.domain.people import PersonDetails
from tracker.domain.vocabulary import Role
from tracker.extensions import begin_writing, db
from tracker.imports.values import read_values
from tracker.models import Installation, Partner, Person
from tracker.publishing_cli import review
from tracker.queries.heads import current_plan, plan_head
from tracker.queries.ledger import verify_ledger
from tracker.services.installation import set_up_installation
from tracker.services.people import add_person
from tracker.services.values import import_values


def init_app(app: Flask) -> None:
    """Register the commands."""
    for command in (prepare, serve, load_demo, create_person, verify, values, review):
        app.cli.add_command(command)


@click.command("prepare")
def prepare() -> None:
    """Bring the database up to date and collect the static files."""
    try:
        upgrade()
    except CommandError as error:
        refuse(f"the database could not be migrated: {error}")
    assets.collect(Path(current_app.instance_path))
    begin_writing()
    if db.session.get(Installation, 1) is None and not current_app.config["DEMONSTRATION"]:
        name = os.environ.get("TRACKER_PARTNERSHIP", "Community safety partnership")
        set_up_installation(
            db.session(), name, is_demonstration=False, actor=SYSTEM, now=clock.now()
        )
    db.session.commit()
    say(ok=True, database=db.engine.dialect.name)


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int) -> None:
    """Serve the product with Granian."""
    from granian import Granian  # heavy, and only this command needs it
    from granian.constants import Interfaces

    _refuse_taken_port(host, port)
    click.echo(f"Open http://{host}:{port}/ - stop with Ctrl+C")
    if not current_app.config["DEMONSTRATION"]:
        _remind_of_first_account()
    db.engine.dispose()
    Granian(
        "wsgi:app",
        address=host,
        port=port,
        workers=workers,
        interface=Interfaces.WSGI,
        blocking_threads=4,
        respawn_failed_workers=True,
        log_access=False,
    ).serve()


def _refuse_taken_port(host: str, port: int) -> None:
    """Refuse a port that is in use: Granian would share it with a stranger in silence."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        try:
            probe.bind((host, port))
        except OSError:
            refuse(f"port {port} of {host} is in use: choose another one, such as PORT={port + 1}")


def _remind_of_first_account() -> None:
    if db.session.scalar(select(Person.id).limit(1)) is None:
        click.echo(
            "Nobody has an account yet. Make the first administrator: "
            ".venv/bin/flask --app wsgi create-person"
        )


@click.command("load-demo", cls=DatabaseCommand)
def load_demo() -> None:
    """Load the plan of 2016-17 into an empty demonstration database."""
    if not current_app.config["DEMONSTRATION"]:
        refuse("set TRACKER_DEMO=1: only a demonstration's database is ever filled")
    instance = Path(current_app.instance_path)
    password = accounts.standing_password(instance, current_app.config["DEMO_PASSWORD"])
    begin_writing()
    try:
        summary = loader.load(db.session(), password=password, now=clock.now())
    except DomainError as error:
        refuse(str(error))
    db.session.commit()
    say(ok=True, **summary)
    click.echo(accounts.sign_ins(password))


@click.command("create-person", cls=DatabaseCommand)
@click.option("--email", prompt="Email address")
@click.option("--name", prompt="Name")
@click.option(
    "--role", type=click.Choice([r.value for r in Role]), default=Role.ADMINISTRATOR.value
)
@click.option("--partner", "code", default="", help="Code of the partner; needed for a lead.")
def create_person(email: str, name: str, role: str, code: str) -> None:
    """Make an account; the password is asked for, or read from TRACKER_NEW_PASSWORD."""
    password = os.environ.get("TRACKER_NEW_PASSWORD") or getpass.getpass("Password: ")
    begin_writing()
    partner_id = db.session.scalar(select(Partner.id).where(Partner.code == code)) if code else None
    if code and partner_id is None:
        refuse(f"no partner has the code {code}", field="partner_id")
    details = PersonDetails(email=email, name=name, role=Role(role), partner_id=partner_id)
    try:
        person = add_person(db.session(), details, password, actor=SYSTEM, now=clock.now())
        db.session.commit()
    except RuleBroken as broken:
        refuse(broken.message, field=broken.field)
    say(ok=True, person=person.email, role=person.role)


@click.command("verify-ledger", cls=DatabaseCommand)
def verify() -> None:
    """Prove the hash chains; name the first broken entry of each, if any."""
    proofs = verify_ledger(db.session())
    chains = [
        {
            "chain": proof.chain,
            "entries": proof.head.seq,
            "head": proof.head.hash,
            **(
                {"broken_at": proof.broken.seq, "problem": proof.broken.problem}
                if proof.broken
                else {}
            ),
        }
        for proof in proofs
    ]
    is_whole = not any(proof.broken for proof in proofs)
    say(ok=is_whole, chains=chains)
    if not is_whole:
        sys.exit(1)


@click.command("import-values", cls=DatabaseCommand)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--plan", "plan_id", type=int, help="Id of the plan; the current one if not given.")
@click.option("--as", "email", default="", help="Address of the officer who imports.")
@click.option("--dry-run", is_flag=True, help="Check and count, store nothing.")
def values(file: Path, plan_id: int | None, email: str, dry_run: bool) -> None:
    """Import values from a CSV file: measure, period, value, and optionally state, note, reason.

    All or nothing; the same file twice changes nothing.
    """
    rows, unreadable = read_values(file.read_bytes())
    if unreadable:
        refuse("nothing was stored", rows=len(rows), errors=[asdict(e) for e in unreadable[:50]])
    begin_writing()
    outcome = import_values(
        db.session(),
        rows,
        plan_id=_plan_id(plan_id),
        source=file.name,
        actor=_actor(email),
        now=clock.now(),
    )
    if outcome.errors:
        db.session.rollback()
        refuse("nothing was stored", rows=outcome.rows, errors=outcome.errors[:50])
    if dry_run:
        db.session.rollback()
    else:
        db.session.commit()
    say(
        ok=True,
        stored=not dry_run,
        rows=outcome.rows,
        new=outcome.new,
        corrected=outcome.corrected,
        unchanged=outcome.unchanged,
    )


def _plan_id(asked: int | None) -> int:
    head = plan_head(db.session(), asked) if asked else current_plan(db.session(), clock.today())
    if head is None:
        refuse("there is no such plan")
    return head.id


def _actor(email: str) -> Actor:
    """Return the officer of an address; the system where none is given."""
    if not email:
        return SYSTEM
    person = db.session.scalar(select(Person).where(Person.email == email.strip().lower()))
    if person is None or person.role is not Role.OFFICER:
        refuse("--as must be the address of an officer")
    return Actor(person.id, person.name, person.role, person.partner_id)
