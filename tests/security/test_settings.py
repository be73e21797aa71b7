"""Settings that the product refuses to start with, and what the good ones change."""

import stat

import pytest

import config
from tracker import create_app

KEY = "7d1f0c5b9a3e48268d0f6b1c2a94e753"


def load(folder, **environment):
    return config.load(folder, {f"TRACKER_{name}": text for name, text in environment.items()})


@pytest.mark.parametrize(
    "key", ["", "short", "dev", "changeme", "secret-key", "k9" * 16, "change-me-" * 5]
)
def test_a_key_that_can_be_guessed_stops_the_start(tmp_path, key):
    with pytest.raises(config.BadSetting, match="TRACKER_SECRET_KEY"):
        load(tmp_path, SECRET_KEY=key)


@pytest.mark.parametrize("flag", ["1", "true", "yes"])
def test_debug_stops_the_start(tmp_path, flag):
    with pytest.raises(config.BadSetting, match="FLASK_DEBUG"):
        config.load(tmp_path, {"FLASK_DEBUG": flag})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PROXIES", "-1"),
        ("PROXIES", "two"),
        ("PROXIES", "1.5"),
        ("PROXIES", "\u00b2"),
        ("PROXIES", "\u0663"),
        ("PROXIES", "9" * 40),
        ("TLS", "maybe"),
        ("DEMO", "2"),
        ("TODAY", "15 March 2017"),
        ("TODAY", "2017-02-30"),
        ("DATABASE_URL", "mysql://somewhere/tracker"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "tracker.sqlite3"),
    ],
)
def test_a_setting_that_is_wrong_stops_the_start_with_its_name(tmp_path, name, text):
    with pytest.raises(config.BadSetting, match=f"TRACKER_{name}"):
        load(tmp_path, **{name: text})


def test_the_first_start_makes_a_key_of_its_own_and_keeps_it(tmp_path):
    first = load(tmp_path)["SECRET_KEY"]
    assert len(first) == 64
    assert load(tmp_path)["SECRET_KEY"] == first
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_two_installations_never_share_a_key(tmp_path):
    assert load(tmp_path / "a")["SECRET_KEY"] != load(tmp_path / "b")["SECRET_KEY"]


@pytest.mark.parametrize("text", ["", "\n", "short"])
def test_a_key_file_that_was_cut_short_stops_the_start(tmp_path, text):
    (tmp_path / "secret-key").write_text(text)
    with pytest.raises(config.BadSetting, match="secret-key"):
        load(tmp_path)


def test_postgresql_is_reached_by_its_driver(tmp_path):
    for prefix in ("postgres", "postgresql", "postgresql+psycopg"):
        url = load(tmp_path, DATABASE_URL=f"{prefix}://db/tracker")["SQLALCHEMY_DATABASE_URI"]
        assert url == "postgresql+psycopg://db/tracker"


def test_postgresql_is_told_to_answer_after_the_save_is_on_disk(tmp_path):
    options = load(tmp_path, DATABASE_URL="postgresql://db/tracker")["SQLALCHEMY_ENGINE_OPTIONS"]
    assert "-c synchronous_commit=on" in options["connect_args"]["options"]


@pytest.fixture
def behind_tls(tmp_path):
    settings = load(tmp_path, TLS="1", SECRET_KEY=KEY, HOSTS="tracker.example.org")
    return create_app({**settings, "TESTING": True}, instance_path=tmp_path)


def test_over_tls_the_cookie_is_bound_to_this_host_and_never_sent_in_the_clear(behind_tls):
    client = behind_tls.test_client()
    reply = client.get("/sign-in", base_url="https://tracker.example.org")
    name, *flags = reply.headers["Set-Cookie"].split("; ")
    assert name.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(flags)
    assert not any(flag.startswith("Domain") for flag in flags)
    assert reply.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_other_host_names_are_refused(behind_tls):
    client = behind_tls.test_client()
    assert client.get("/health", base_url="https://tracker.example.org").status_code == 200
    assert client.get("/health", base_url="https://evil.example").status_code == 400
    assert client.get("/sign-in", base_url="https://evil.example").status_code == 400
