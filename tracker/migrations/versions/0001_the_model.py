"""The model

Revision: 0001, after None.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

#: Decimals to the last digit: text on SQLite, which only has floats.
EXACT = sa.Numeric().with_variant(sa.String(40), "sqlite")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("ledger_seq", sa.Integer(), nullable=False),
        sa.Column("ledger_hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_installation_is_the_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.create_table(
        "partners",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=60), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("statutory_from", sa.Date(), nullable=True),
        sa.Column("legal_basis", sa.String(length=500), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(trim(code)) > 0", name=op.f("ck_partners_code_is_not_blank")),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_partners_name_is_not_blank")),
        sa.CheckConstraint(
            "parent_id IS NULL OR parent_id <> id", name=op.f("ck_partners_is_not_its_own_parent")
        ),
        sa.CheckConstraint(
            "statutory_from IS NULL OR length(trim(legal_basis)) > 0",
            name=op.f("ck_partners_duty_has_a_legal_basis"),
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["partners.id"], name=op.f("fk_partners_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partners")),
        sa.UniqueConstraint("code", name=op.f("uq_partners_code")),
        sa.UniqueConstraint("name", name=op.f("uq_partners_name")),
    )
    with op.batch_alter_table("partners", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partners_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("vision", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("suppression_threshold", sa.Integer(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ledger_seq", sa.Integer(), nullable=False),
        sa.Column("ledger_hash", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'active', 'closed')", name=op.f("ck_plans_state_is_a_word")
        ),
        sa.CheckConstraint("length(trim(title)) > 0", name=op.f("ck_plans_title_is_not_blank")),
        sa.CheckConstraint("starts_on < ends_on", name=op.f("ck_plans_starts_before_it_ends")),
        sa.CheckConstraint(
            "suppression_threshold BETWEEN 0 AND 50", name=op.f("ck_plans_threshold_is_small")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
        sa.UniqueConstraint("title", name=op.f("uq_plans_title")),
    )
    op.create_table(
        "sign_in_failures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_hash", sa.String(length=64), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failures")),
    )
    with op.batch_alter_table("sign_in_failures", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_in_failures_account_hash"), ["account_hash"], unique=False
        )

    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("session_version", sa.Integer(), nullable=False),
        sa.Column("is_cleared", sa.Boolean(), nullable=False),
        sa.Column("is_disabled", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "role <> 'lead' OR partner_id IS NOT NULL", name=op.f("ck_people_lead_has_a_partner")
        ),
        sa.CheckConstraint(
            "role IN ('administrator', 'officer', 'lead', 'board_member')",
            name=op.f("ck_people_role_is_a_word"),
        ),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_people_email_is_lower_case")),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_people_name_is_not_blank")),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name=op.f("fk_people_partner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("email", name=op.f("uq_people_email")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_people_partner_id"), ["partner_id"], unique=False)

    op.create_table(
        "priorities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("aim", sa.Text(), nullable=False),
        sa.Column("lead_partner_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("marking", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('priority', 'strand')", name=op.f("ck_priorities_kind_is_a_word")
        ),
        sa.CheckConstraint(
            "marking IN ('official', 'official_sensitive')",
            name=op.f("ck_priorities_marking_is_a_word"),
        ),
        sa.CheckConstraint("length(trim(code)) > 0", name=op.f("ck_priorities_code_is_not_blank")),
        sa.CheckConstraint(
            "length(trim(title)) > 0", name=op.f("ck_priorities_title_is_not_blank")
        ),
        sa.ForeignKeyConstraint(
            ["lead_partner_id"], ["partners.id"], name=op.f("fk_priorities_lead_partner_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_priorities_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priorities")),
        sa.UniqueConstraint("plan_id", "code", name="uq_priorities_plan_code"),
    )
    with op.batch_alter_table("priorities", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_priorities_lead_partner_id"), ["lead_partner_id"], unique=False
        )

    op.create_table(
        "ledger_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chain", sa.String(length=30), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(length=200), nullable=False),
        sa.Column("verb", sa.String(length=40), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("subject_title", sa.String(length=400), nullable=False),
        sa.Column("item_kind", sa.String(length=40), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_ledger_entries_seq_counts_from_one")),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["people.id"], name=op.f("fk_ledger_entries_actor_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_ledger_entries_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entries")),
        sa.UniqueConstraint("chain", "seq", name="uq_ledger_entries_chain_seq"),
        sa.UniqueConstraint("hash", name=op.f("uq_ledger_entries_hash")),
    )
    with op.batch_alter_table("ledger_entries", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_entries_actor_id", ["actor_id"], unique=False)
        batch_op.create_index(
            "ix_ledger_entries_subject", ["subject_kind", "subject_id"], unique=False
        )

    op.create_table(
        "objectives",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("priority_id", sa.Integer(), nullable=False),
        sa.Column("is_critical", sa.Boolean(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("marking", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "marking IN ('official', 'official_sensitive')",
            name=op.f("ck_objectives_marking_is_a_word"),
        ),
        sa.CheckConstraint("length(trim(code)) > 0", name=op.f("ck_objectives_code_is_not_blank")),
        sa.CheckConstraint(
            "length(trim(title)) > 0", name=op.f("ck_objectives_title_is_not_blank")
        ),
        sa.ForeignKeyConstraint(
            ["priority_id"], ["priorities.id"], name=op.f("fk_objectives_priority_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objectives")),
        sa.UniqueConstraint("priority_id", "code", name="uq_objectives_priority_code"),
    )
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(32), nullable=False),
        sa.Column("board_on", sa.Date(), nullable=False),
        sa.Column("cut_off_on", sa.Date(), nullable=False),
        sa.Column("chair_id", sa.Integer(), nullable=False),
        sa.Column("committee", sa.String(length=200), nullable=False),
        sa.Column("report_of", sa.String(length=200), nullable=False),
        sa.Column("report_author", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("recommendations", sa.Text(), nullable=False),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_document", sa.Text(), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("frozen_by_id", sa.Integer(), nullable=True),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'draft') = (frozen_document IS NULL)",
            name=op.f("ck_reviews_frozen_has_a_document"),
        ),
        sa.CheckConstraint(
            "edition IN ('march_review', 'final_outturn')",
            name=op.f("ck_reviews_edition_is_a_word"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'frozen', 'signed_off')", name=op.f("ck_reviews_state_is_a_word")
        ),
        sa.CheckConstraint(
            "cut_off_on <= board_on", name=op.f("ck_reviews_cut_off_is_not_after_the_board")
        ),
        sa.CheckConstraint(
            "signed_by_id IS NULL OR signed_by_id <> frozen_by_id",
            name=op.f("ck_reviews_signer_did_not_freeze_it"),
        ),
        sa.ForeignKeyConstraint(["chair_id"], ["people.id"], name=op.f("fk_reviews_chair_id")),
        sa.ForeignKeyConstraint(
            ["frozen_by_id"], ["people.id"], name=op.f("fk_reviews_frozen_by_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_reviews_plan_id")),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["people.id"], name=op.f("fk_reviews_signed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reviews_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "submissions",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("location", sa.String(length=500), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_submissions_person_id")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_submissions")),
    )
    op.create_table(
        "actions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("lead_partner_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("is_critical", sa.Boolean(), nullable=False),
        sa.Column("lead_source", sa.String(length=200), nullable=False),
        sa.Column("due_source", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("marking", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "marking IN ('official', 'official_sensitive')",
            name=op.f("ck_actions_marking_is_a_word"),
        ),
        sa.CheckConstraint("length(trim(code)) > 0", name=op.f("ck_actions_code_is_not_blank")),
        sa.CheckConstraint("length(trim(title)) > 0", name=op.f("ck_actions_title_is_not_blank")),
        sa.ForeignKeyConstraint(
            ["lead_partner_id"], ["partners.id"], name=op.f("fk_actions_lead_partner_id")
        ),
        sa.ForeignKeyConstraint(
            ["objective_id"], ["objectives.id"], name=op.f("fk_actions_objective_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions")),
        sa.UniqueConstraint("objective_id", "code", name="uq_actions_objective_code"),
    )
    with op.batch_alter_table("actions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_actions_lead_partner_id"), ["lead_partner_id"], unique=False
        )

    op.create_table(
        "measures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("owner_partner_id", sa.Integer(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(32), nullable=False),
        sa.Column("unit_noun", sa.String(length=60), nullable=False),
        sa.Column("standing", sa.String(32), nullable=False),
        sa.Column("direction", sa.String(32), nullable=False),
        sa.Column("frequency", sa.String(32), nullable=False),
        sa.Column("aggregation", sa.String(32), nullable=False),
        sa.Column("is_cumulative", sa.Boolean(), nullable=False),
        sa.Column("lag_days", sa.Integer(), nullable=False),
        sa.Column("collected_from", sa.Date(), nullable=False),
        sa.Column("has_small_numbers", sa.Boolean(), nullable=False),
        sa.Column("data_source", sa.String(length=300), nullable=False),
        sa.Column("licence", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("provenance", sa.String(32), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("marking", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "aggregation IN ('sum', 'latest', 'average')",
            name=op.f("ck_measures_aggregation_is_a_word"),
        ),
        sa.CheckConstraint(
            "direction IN ('lower', 'higher', 'neutral')",
            name=op.f("ck_measures_direction_is_a_word"),
        ),
        sa.CheckConstraint(
            "frequency IN ('monthly', 'quarterly', 'yearly')",
            name=op.f("ck_measures_frequency_is_a_word"),
        ),
        sa.CheckConstraint(
            "marking IN ('official', 'official_sensitive')",
            name=op.f("ck_measures_marking_is_a_word"),
        ),
        sa.CheckConstraint(
            "provenance IN ('recorded', 'documented', 'illustrative')",
            name=op.f("ck_measures_provenance_is_a_word"),
        ),
        sa.CheckConstraint(
            "standing IN ('headline', 'supporting', 'context')",
            name=op.f("ck_measures_standing_is_a_word"),
        ),
        sa.CheckConstraint("unit IN ('count', 'percent')", name=op.f("ck_measures_unit_is_a_word")),
        sa.CheckConstraint("lag_days BETWEEN 0 AND 400", name=op.f("ck_measures_lag_is_sensible")),
        sa.CheckConstraint("length(trim(code)) > 0", name=op.f("ck_measures_code_is_not_blank")),
        sa.CheckConstraint("length(trim(title)) > 0", name=op.f("ck_measures_title_is_not_blank")),
        sa.ForeignKeyConstraint(
            ["objective_id"], ["objectives.id"], name=op.f("fk_measures_objective_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_partner_id"], ["partners.id"], name=op.f("fk_measures_owner_partner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measures")),
        sa.UniqueConstraint("objective_id", "code", name="uq_measures_objective_code"),
    )
    with op.batch_alter_table("measures", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_measures_owner_partner_id"), ["owner_partner_id"], unique=False
        )

    op.create_table(
        "narratives",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("priority_id", sa.Integer(), nullable=False),
        sa.Column("achieved", sa.Text(), nullable=False),
        sa.Column("learnt", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["priority_id"], ["priorities.id"], name=op.f("fk_narratives_priority_id")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["reviews.id"], name=op.f("fk_narratives_review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_narratives")),
        sa.UniqueConstraint("review_id", "priority_id", name="uq_narratives_review_priority"),
    )
    op.create_table(
        "refresh_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("item_kind", sa.String(32), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(32), nullable=False),
        sa.Column("new_wording", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(decision = 'add') = (item_id IS NULL)",
            name=op.f("ck_refresh_decisions_only_new_items_have_no_id"),
        ),
        sa.CheckConstraint(
            "decision IN ('keep', 'amend', 'close', 'add')",
            name=op.f("ck_refresh_decisions_decision_is_a_word"),
        ),
        sa.CheckConstraint(
            "item_kind IN ('priority', 'objective', 'action', 'milestone', 'measure')",
            name=op.f("ck_refresh_decisions_item_kind_is_a_word"),
        ),
        sa.CheckConstraint(
            "length(trim(reason)) > 0", name=op.f("ck_refresh_decisions_reason_is_not_blank")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["people.id"], name=op.f("fk_refresh_decisions_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["reviews.id"], name=op.f("fk_refresh_decisions_review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refresh_decisions")),
        sa.UniqueConstraint(
            "review_id", "item_kind", "item_id", name="uq_refresh_decisions_review_item"
        ),
    )
    op.create_table(
        "snapshots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("previous_sha256", sa.String(length=64), nullable=False),
        sa.Column("ledger_seq", sa.Integer(), nullable=False),
        sa.Column("ledger_hash", sa.String(length=64), nullable=False),
        sa.Column("signed_by_id", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_snapshots_plan_id")),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f("fk_snapshots_review_id")),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["people.id"], name=op.f("fk_snapshots_signed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshots")),
        sa.UniqueConstraint("plan_id", "number", name="uq_snapshots_plan_number"),
        sa.UniqueConstraint("review_id", name="uq_snapshots_review_id"),
        sa.UniqueConstraint("sha256", name=op.f("uq_snapshots_sha256")),
    )
    op.create_table(
        "action_partners",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["actions.id"], name=op.f("fk_action_partners_action_id")
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partners.id"], name=op.f("fk_action_partners_partner_id")
        ),
        sa.PrimaryKeyConstraint("action_id", "partner_id", name=op.f("pk_action_partners")),
    )
    with op.batch_alter_table("action_partners", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_action_partners_partner_id"), ["partner_id"], unique=False
        )

    op.create_table(
        "due_dates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_due_dates_action_id")),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_due_dates_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_dates")),
    )
    with op.batch_alter_table("due_dates", schema=None) as batch_op:
        batch_op.create_index(
            "ix_due_dates_action_id_known_at", ["action_id", "known_at"], unique=False
        )

    op.create_table(
        "milestones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("provenance", sa.String(32), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "provenance IN ('recorded', 'documented', 'illustrative')",
            name=op.f("ck_milestones_provenance_is_a_word"),
        ),
        sa.CheckConstraint(
            "length(trim(title)) > 0", name=op.f("ck_milestones_title_is_not_blank")
        ),
        sa.ForeignKeyConstraint(
            ["action_id"], ["actions.id"], name=op.f("fk_milestones_action_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestones")),
    )
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestones_action_id"), ["action_id"], unique=False)

    op.create_table(
        "observations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("value", EXACT, nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("provenance", sa.String(32), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("change_reason", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("on_behalf_of_id", sa.Integer(), nullable=True),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state IN ('final', 'provisional')) = (value IS NOT NULL)",
            name=op.f("ck_observations_value_fits_state"),
        ),
        sa.CheckConstraint(
            "provenance IN ('recorded', 'documented', 'illustrative')",
            name=op.f("ck_observations_provenance_is_a_word"),
        ),
        sa.CheckConstraint(
            "state IN ('final', 'provisional', 'withheld', 'not_collected')",
            name=op.f("ck_observations_state_is_a_word"),
        ),
        sa.CheckConstraint(
            "version = 1 OR length(trim(change_reason)) > 0",
            name=op.f("ck_observations_correction_has_a_reason"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_observations_version_counts_from_one")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["people.id"], name=op.f("fk_observations_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measures.id"], name=op.f("fk_observations_measure_id")
        ),
        sa.ForeignKeyConstraint(
            ["on_behalf_of_id"], ["partners.id"], name=op.f("fk_observations_on_behalf_of_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observations")),
        sa.UniqueConstraint(
            "measure_id", "period_start", "version", name="uq_observations_version"
        ),
    )
    op.create_table(
        "progress_updates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("confidence", sa.String(32), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("is_blocked", sa.Boolean(), nullable=False),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.Column("next_steps", sa.Text(), nullable=False),
        sa.Column("help_needed", sa.Text(), nullable=False),
        sa.Column("provenance", sa.String(32), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("on_behalf_of_id", sa.Integer(), nullable=True),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.Column("correction_reason", sa.Text(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "confidence IN ('high', 'medium', 'low')",
            name=op.f("ck_progress_updates_confidence_is_a_word"),
        ),
        sa.CheckConstraint(
            "confidence IS NOT NULL OR state <> 'in_progress'",
            name=op.f("ck_progress_updates_work_in_progress_has_confidence"),
        ),
        sa.CheckConstraint(
            "provenance IN ('recorded', 'documented', 'illustrative')",
            name=op.f("ck_progress_updates_provenance_is_a_word"),
        ),
        sa.CheckConstraint(
            "state IN ('in_progress', 'completed', 'cancelled')",
            name=op.f("ck_progress_updates_state_is_a_word"),
        ),
        sa.CheckConstraint(
            "length(trim(happened)) > 0", name=op.f("ck_progress_updates_happened_is_not_blank")
        ),
        sa.CheckConstraint(
            "percent BETWEEN 0 AND 100", name=op.f("ck_progress_updates_percent_is_0_to_100")
        ),
        sa.CheckConstraint(
            "supersedes_id IS NULL OR length(trim(correction_reason)) > 0",
            name=op.f("ck_progress_updates_correction_has_a_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["action_id"], ["actions.id"], name=op.f("fk_progress_updates_action_id")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["people.id"], name=op.f("fk_progress_updates_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["on_behalf_of_id"], ["partners.id"], name=op.f("fk_progress_updates_on_behalf_of_id")
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"],
            ["progress_updates.id"],
            name=op.f("fk_progress_updates_supersedes_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_updates")),
        sa.UniqueConstraint("supersedes_id", name="uq_progress_updates_supersedes_id"),
    )
    with op.batch_alter_table("progress_updates", schema=None) as batch_op:
        batch_op.create_index(
            "ix_progress_updates_action_id_known_at", ["action_id", "known_at"], unique=False
        )

    op.create_table(
        "targets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("baseline", EXACT, nullable=True),
        sa.Column("baseline_label", sa.String(length=60), nullable=False),
        sa.Column("target", EXACT, nullable=True),
        sa.Column("tolerance_percent", EXACT, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("trajectory", sa.String(32), nullable=False),
        sa.Column("provenance", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "provenance IN ('recorded', 'documented', 'illustrative')",
            name=op.f("ck_targets_provenance_is_a_word"),
        ),
        sa.CheckConstraint(
            "trajectory IN ('linear', 'flat')", name=op.f("ck_targets_trajectory_is_a_word")
        ),
        sa.CheckConstraint("starts_on < ends_on", name=op.f("ck_targets_starts_before_it_ends")),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_targets_author_id")),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measures.id"], name=op.f("fk_targets_measure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_targets")),
    )
    with op.batch_alter_table("targets", schema=None) as batch_op:
        batch_op.create_index(
            "ix_targets_measure_id_known_at", ["measure_id", "known_at"], unique=False
        )

    op.create_table(
        "milestone_completions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["people.id"], name=op.f("fk_milestone_completions_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestones.id"], name=op.f("fk_milestone_completions_milestone_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_completions")),
    )
    with op.batch_alter_table("milestone_completions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_milestone_completions_milestone_id_known_at",
            ["milestone_id", "known_at"],
            unique=False,
        )


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("milestone_completions", schema=None) as batch_op:
        batch_op.drop_index("ix_milestone_completions_milestone_id_known_at")

    op.drop_table("milestone_completions")
    with op.batch_alter_table("targets", schema=None) as batch_op:
        batch_op.drop_index("ix_targets_measure_id_known_at")

    op.drop_table("targets")
    with op.batch_alter_table("progress_updates", schema=None) as batch_op:
        batch_op.drop_index("ix_progress_updates_action_id_known_at")

    op.drop_table("progress_updates")
    op.drop_table("observations")
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_milestones_action_id"))

    op.drop_table("milestones")
    with op.batch_alter_table("due_dates", schema=None) as batch_op:
        batch_op.drop_index("ix_due_dates_action_id_known_at")

    op.drop_table("due_dates")
    with op.batch_alter_table("action_partners", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_partners_partner_id"))

    op.drop_table("action_partners")
    op.drop_table("snapshots")
    op.drop_table("refresh_decisions")
    op.drop_table("narratives")
    with op.batch_alter_table("measures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measures_owner_partner_id"))

    op.drop_table("measures")
    with op.batch_alter_table("actions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_actions_lead_partner_id"))

    op.drop_table("actions")
    op.drop_table("submissions")
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reviews_plan_id"))

    op.drop_table("reviews")
    op.drop_table("objectives")
    with op.batch_alter_table("ledger_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_ledger_entries_subject")
        batch_op.drop_index("ix_ledger_entries_actor_id")

    op.drop_table("ledger_entries")
    with op.batch_alter_table("priorities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_priorities_lead_partner_id"))

    op.drop_table("priorities")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_people_partner_id"))

    op.drop_table("people")
    with op.batch_alter_table("sign_in_failures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_failures_account_hash"))

    op.drop_table("sign_in_failures")
    op.drop_table("plans")
    with op.batch_alter_table("partners", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partners_parent_id"))

    op.drop_table("partners")
    op.drop_table("installation")
