"""Append-only tables refuse UPDATE and DELETE.

Revision: 0002, after 0001. The lists here are of that day: a later table gets its triggers
in the migration that makes it.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = (
    "due_dates",
    "milestone_completions",
    "progress_updates",
    "targets",
    "observations",
    "snapshots",
    "ledger_entries",
)


def upgrade() -> None:
    """Make the triggers."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if not is_sqlite:
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger AS $$ BEGIN "
            "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23001'; "
            "END $$ LANGUAGE plpgsql"
        )
    for table in TABLES:
        _refuse_on_sqlite(table) if is_sqlite else _refuse_on_postgresql(table)


def downgrade() -> None:
    """Drop the triggers."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in TABLES:
        for verb in ("update", "delete"):
            suffix = "" if is_sqlite else f" ON {table}"
            op.execute(f"DROP TRIGGER {table}_refuse_{verb}{suffix}")
        if not is_sqlite:
            op.execute(f"DROP TRIGGER {table}_refuse_truncate ON {table}")
    if not is_sqlite:
        op.execute("DROP FUNCTION refuse_change()")


def _refuse_on_sqlite(table: str) -> None:
    for verb in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER {table}_refuse_{verb} BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _refuse_on_postgresql(table: str) -> None:
    for verb in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER {table}_refuse_{verb} BEFORE {verb.upper()} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    op.execute(
        f"CREATE TRIGGER {table}_refuse_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
