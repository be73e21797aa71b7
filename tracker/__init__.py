"""The Tracker: a community safety partnership's plan, its progress and its annual review."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

import config


def create_app(
    settings: Mapping[str, Any] | None = None, *, instance_path: Path | None = None
) -> Flask:
    """Build the application: the table of contents of the product.

    :param settings: override what the environment says, for tests.
    :param instance_path: folder for database, key and assets; TRACKER_INSTANCE, else
        ``instance/``, if not given.
    :raises config.BadSetting: names the setting that is wrong.
    """
    # Here, so that a module of the domain can be imported without the web.
    from tracker import assets, cli, errors, formatting, permissions, security, sessions, views
    from tracker.extensions import csrf, db, login_manager, migrate

    folder = instance_path or config.instance_folder()
    app = Flask(
        __name__,
        template_folder="../templates",
        static_folder=None,
        instance_path=str(folder) if folder else None,
        instance_relative_config=True,
    )
    app.config.from_mapping(config.load(Path(app.instance_path)))
    app.config.from_mapping(settings or {})
    db.init_app(app)
    migrate.init_app(app, db, directory=str(Path(app.root_path) / "migrations"))
    csrf.init_app(app)
    login_manager.init_app(app)
    assets.init_app(app)
    security.init_app(app)
    formatting.init_app(app)
    errors.init_app(app)
    sessions.init_app(app)
    views.init_app(app)
    permissions.init_app(app)
    cli.init_app(app)
    return app
