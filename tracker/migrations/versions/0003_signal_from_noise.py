"""Kinds of measure, bands, breaks in series, frozen baselines and judgements.

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

#: Decimals to the last digit: text on SQLite, which only has floats.
EXACT = sa.Numeric().with_variant(sa.String(40), "sqlite")
#: Tables that are new here; each is append-only.
TABLES = ("series_breaks", "baseline_freezes", "judgements", "judgement_events")
STATUSES = (
    "'red', 'amber', 'not_updated', 'no_data', 'not_evidenced', 'not_started', 'not_rated', "
    "'none', 'green', 'complete', 'closed'"
)
UNITS = {
    "before": "'count', 'percent'",
    "after": "'count', 'rate', 'percent', 'average', 'yes_no'",
}
DIRECTIONS = {
    "before": "'lower', 'higher', 'neutral'",
    "after": "'lower', 'higher', 'maintain', 'neutral'",
}


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("measures") as batch_op:
        batch_op.add_column(sa.Column("per", EXACT, nullable=True))
        batch_op.add_column(
            sa.Column("is_screened", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        _say_words(batch_op, "after")
        batch_op.create_check_constraint(
            op.f("ck_measures_rate_is_per_so_many"), "(unit = 'rate') = (per IS NOT NULL)"
        )
    with op.batch_alter_table("measures") as batch_op:
        batch_op.alter_column("is_screened", server_default=None)
    # Their triggers stay: SQLite adds a column without copying the table.
    for table, column in _columns():
        op.add_column(table, sa.Column(column, EXACT, nullable=True))
    _make_breaks()
    _make_judgements()
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in TABLES:
        _refuse_on_sqlite(table) if is_sqlite else _refuse_on_postgresql(table)


def downgrade() -> None:
    """Take back; what only the newer tables and columns can hold is lost."""
    for table in reversed(TABLES):
        op.drop_table(table)
    for table, column in _columns():
        op.drop_column(table, column)
    with op.batch_alter_table("measures") as batch_op:
        batch_op.drop_constraint(op.f("ck_measures_rate_is_per_so_many"), type_="check")
        _say_words(batch_op, "before")
        batch_op.drop_column("is_screened")
        batch_op.drop_column("per")


def _columns() -> list[tuple[str, str]]:
    return [
        ("targets", "tolerance_absolute"),
        ("targets", "band_low"),
        ("targets", "band_high"),
        ("observations", "numerator"),
        ("observations", "denominator"),
    ]


def _say_words(batch_op, when) -> None:
    for column, words in (("unit", UNITS), ("direction", DIRECTIONS)):
        name = op.f(f"ck_measures_{column}_is_a_word")
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"{column} IN ({words[when]})")


def _make_breaks() -> None:
    op.create_table(
        "series_breaks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "length(trim(reason)) > 0", name=op.f("ck_series_breaks_reason_is_not_blank")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["people.id"], name=op.f("fk_series_breaks_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measures.id"], name=op.f("fk_series_breaks_measure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_breaks")),
    )
    op.create_index(
        "ix_series_breaks_measure_id_starts_on", "series_breaks", ["measure_id", "starts_on"]
    )
    op.create_table(
        "baseline_freezes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "length(trim(reason)) > 0", name=op.f("ck_baseline_freezes_reason_is_not_blank")
        ),
        sa.CheckConstraint(
            "points IS NULL OR points >= 12", name=op.f("ck_baseline_freezes_points_are_enough")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["people.id"], name=op.f("fk_baseline_freezes_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measures.id"], name=op.f("fk_baseline_freezes_measure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_baseline_freezes")),
    )
    op.create_index("ix_baseline_freezes_measure_id", "baseline_freezes", ["measure_id"])


def _make_judgements() -> None:
    op.create_table(
        "judgements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(32), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("computed", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "subject_kind IN ('measure', 'objective', 'priority')",
            name=op.f("ck_judgements_subject_kind_is_a_word"),
        ),
        sa.CheckConstraint(f"status IN ({STATUSES})", name=op.f("ck_judgements_status_is_a_word")),
        sa.CheckConstraint(
            f"computed IN ({STATUSES})", name=op.f("ck_judgements_computed_is_a_word")
        ),
        sa.CheckConstraint(
            "status <> computed", name=op.f("ck_judgements_differs_from_the_computed")
        ),
        sa.CheckConstraint(
            "length(trim(reason)) > 0", name=op.f("ck_judgements_reason_is_not_blank")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_judgements_author_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_judgements_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgements")),
    )
    op.create_index("ix_judgements_subject", "judgements", ["subject_kind", "subject_id"])
    op.create_index(op.f("ix_judgements_plan_id"), "judgements", ["plan_id"])
    op.create_table(
        "judgement_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("judgement_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('seconded', 'withdrawn')", name=op.f("ck_judgement_events_kind_is_a_word")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["people.id"], name=op.f("fk_judgement_events_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["judgement_id"], ["judgements.id"], name=op.f("fk_judgement_events_judgement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement_events")),
        sa.UniqueConstraint("judgement_id", "kind", name="uq_judgement_events_judgement_kind"),
    )


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
