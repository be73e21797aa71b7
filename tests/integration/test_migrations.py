"""Migrations: one line of them, up and down and up again with every row kept."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from tests.walking import contents, one_of_each
from tracker.extensions import db
from tracker.models import Base


@pytest.fixture
def scripts(app):
    return ScriptDirectory(app.extensions["migrate"].directory)


def test_there_is_one_head(scripts):
    assert len(scripts.get_heads()) == 1


def test_models_and_migrations_agree(session):
    context = MigrationContext.configure(session.connection(), opts={"compare_type": False})
    assert compare_metadata(context, Base.metadata) == []


def test_every_step_down_and_up_again_keeps_every_row_of_tables_that_stay(
    app, session, standing, scripts
):
    one_of_each(session, standing)
    before = contents(session)
    session.close()
    steps = [script.revision for script in scripts.walk_revisions()]
    for revision in steps[1:]:
        with app.app_context():
            downgrade(revision=revision)
            stayed = set(inspect(db.engine).get_table_names())
            upgrade()
            db.engine.dispose()
        after = contents(session)
        assert {n: after[n] for n in after.keys() & stayed} == {
            n: before[n] for n in before.keys() & stayed
        }, revision
        session.close()


def test_all_the_way_down_leaves_nothing_and_up_again_makes_everything(empty_app):
    with empty_app.app_context():
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade()
        assert set(Base.metadata.tables) <= set(inspect(db.engine).get_table_names())
        db.engine.dispose()
