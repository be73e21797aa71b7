"""Settings, read from the environment once and checked before anything starts.

Every name begins with TRACKER_. A setting that is wrong stops the start with its name
and what to enter; nothing falls back in silence.
"""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

#: Words of keys that have stood in documentation or examples: never good enough to serve with.
KNOWN_KEYS = frozenset({"secret", "changeme", "change-me", "change me", "insecure", "example"})
SHORTEST_KEY = 32


class BadSetting(Exception):
    """A setting that the product refuses to start with."""


def _flag(environment: Mapping[str, str], name: str, default: bool) -> bool:
    text = environment.get(name, "").strip().lower()
    if text in ("", "0", "1", "true", "false", "yes", "no"):
        return text in ("1", "true", "yes") if text else default
    raise BadSetting(f"{name} must be 1 or 0, not {text!r}")


def _whole(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, "").strip() or str(default)
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise BadSetting(f"{name} must be a whole number, not {text!r}")
    return int(text)


def _day(environment: Mapping[str, str], name: str) -> date | None:
    text = environment.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadSetting(f"{name} must be a date such as 2017-03-15, not {text!r}") from None


def _secret_key(environment: Mapping[str, str], instance: Path) -> str:
    """Return the key that signs sessions; the first start makes one and keeps it private."""
    given = environment.get("TRACKER_SECRET_KEY")
    if given is not None:
        if not _is_hard_to_guess(given):
            raise BadSetting(
                "TRACKER_SECRET_KEY must be 32 characters or more, and not a known one"
            )
        return given
    path = instance / "secret-key"
    if not path.exists():
        _write_private(path, secrets.token_hex(32))
    kept = path.read_text().strip()
    if not _is_hard_to_guess(kept):
        raise BadSetting(f"{path} was cut short: remove it, and the next start makes a new key")
    return kept


def _is_hard_to_guess(key: str) -> bool:
    return (
        len(key) >= SHORTEST_KEY
        and len(set(key)) >= 10
        and not any(known in key.lower() for known in KNOWN_KEYS)
    )


def _write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read; when two start at once, the first wins.

    It gets its name when it is whole, so that the second start never reads half a key.
    """
    made = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text + "\n")
    with suppress(FileExistsError):
        os.link(made, path)
    made.unlink()


def _database_url(environment: Mapping[str, str], instance: Path, *, is_demo: bool) -> str:
    """Return the database to use: the one setting that moves from SQLite to PostgreSQL."""
    given = environment.get("TRACKER_DATABASE_URL", "").strip()
    if not given:
        name = "demonstration.sqlite3" if is_demo else "tracker.sqlite3"
        return f"sqlite:///{instance / name}"
    for prefix in ("postgresql://", "postgres://"):
        if given.startswith(prefix):
            return "postgresql+psycopg://" + given.removeprefix(prefix)
    if given.startswith(("sqlite:///", "postgresql+psycopg://")):
        return given
    raise BadSetting("TRACKER_DATABASE_URL must begin with sqlite:/// or postgresql://")


def instance_folder(environment: Mapping[str, str] | None = None) -> Path | None:
    """Return the folder for database, key and assets; ``None`` leaves the product's own.

    :raises BadSetting: if it is relative, which would mean another folder in another place.
    """
    env = os.environ if environment is None else environment
    text = env.get("TRACKER_INSTANCE", "").strip()
    if text and not Path(text).is_absolute():
        raise BadSetting(f"TRACKER_INSTANCE must be a full path, not {text!r}")
    return Path(text) if text else None


def _engine_options(url: str) -> dict[str, Any]:
    """Return how the database is reached: an acknowledged save survives a power cut.

    On PostgreSQL a statement may take half a minute.
    """
    options: dict[str, Any] = {"pool_pre_ping": True}
    if url.startswith("postgresql"):
        options["connect_args"] = {
            "options": "-c synchronous_commit=on -c statement_timeout=30s -c timezone=utc"
        }
    return options


def load(instance: Path, environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return every setting as Flask's configuration.

    :param instance: folder for the database, the secret key and collected assets.
    :raises BadSetting: names the first setting that is wrong and what to enter.
    """
    env = os.environ if environment is None else environment
    instance.mkdir(parents=True, exist_ok=True)
    is_demo = _flag(env, "TRACKER_DEMO", default=False)
    has_tls = _flag(env, "TRACKER_TLS", default=False)
    url = _database_url(env, instance, is_demo=is_demo)
    if _flag(env, "FLASK_DEBUG", default=False):
        raise BadSetting("FLASK_DEBUG must be off: debug pages show code and data to anybody")
    return {
        # Signs the session cookie and the keys in forms.
        "SECRET_KEY": _secret_key(env, instance),
        "SQLALCHEMY_DATABASE_URI": url,
        # Whether `load-demo` may fill this database.
        "DEMONSTRATION": is_demo,
        # The demonstration's clock: the product shows this date with the real time of day.
        "TODAY": _day(env, "TRACKER_TODAY"),
        # One password for the demonstration's accounts; random if not set.
        "DEMO_PASSWORD": env.get("TRACKER_DEMO_PASSWORD", ""),
        # Whether people reach us over TLS: cookies become Secure, HSTS is sent.
        "TLS": has_tls,
        # How many reverse proxies stand before us and set X-Forwarded-*; none are trusted at 0.
        "PROXIES": _whole(env, "TRACKER_PROXIES", 0),
        # Host names we answer to, separated by commas; empty answers to any.
        "TRUSTED_HOSTS": [h.strip() for h in env.get("TRACKER_HOSTS", "").split(",") if h.strip()]
        or None,
        "MAX_CONTENT_LENGTH": 10 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "MAX_FORM_PARTS": 2000,
        "SESSION_COOKIE_NAME": "__Host-session" if has_tls else "tracker-session",
        "SESSION_COOKIE_SECURE": has_tls,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # A form stays valid as long as its session does.
        "WTF_CSRF_TIME_LIMIT": None,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(url),
    }
