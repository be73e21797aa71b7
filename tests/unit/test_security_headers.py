"""The headers that every reply carries: pages, errors, redirects and static files."""

from pathlib import Path

import pytest
from flask import Flask, abort, redirect

from tracker import assets, security
from tracker.security import CONTENT_SECURITY_POLICY, SECURITY_HEADERS


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder that the applications of this module share."""
    return tmp_path_factory.mktemp("instance")


def application(instance: Path, **settings: object) -> Flask:
    """A bare application with one route for each kind of reply."""
    app = Flask(__name__, static_folder=None)
    app.config |= {"ASSETS_INSTANCE_PATH": instance, **settings}
    app.add_url_rule("/page", view_func=lambda: "page", endpoint="page")
    app.add_url_rule("/away", view_func=lambda: redirect("/page", 303), endpoint="away")
    app.add_url_rule("/refused", view_func=lambda: abort(403), endpoint="refused")
    app.add_url_rule("/broken", view_func=lambda: {}["missing"], endpoint="broken")
    app.add_url_rule(
        "/form", view_func=lambda: ("form", {"Cache-Control": "no-store"}), endpoint="form"
    )
    assets.init_app(app)
    security.init_app(app)
    return app


def icon(app: Flask) -> str:
    return app.jinja_env.globals["asset"]("icon.svg")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/page", 200),
        ("HEAD", "/page", 200),
        ("GET", "/away", 303),
        ("GET", "/refused", 403),
        ("GET", "/nowhere", 404),
        ("POST", "/page", 405),
        ("OPTIONS", "/page", 200),
        ("GET", "/broken", 500),
        ("GET", "icon", 200),
        ("POST", "icon", 405),
        ("GET", "/static/nothing.css", 404),
    ],
)
def test_every_kind_of_reply_carries_the_header_set(instance, method, path, status):
    app = application(instance)
    path = icon(app) if path == "icon" else path
    reply = app.test_client().open(path, method=method, buffered=True)
    assert reply.status_code == status
    assert SECURITY_HEADERS.items() <= dict(reply.headers).items()


def test_a_static_file_that_did_not_change_carries_the_header_set(instance):
    app = application(instance)
    client = app.test_client()
    version = client.get(icon(app), buffered=True).headers["ETag"]
    reply = client.get(icon(app), headers={"If-None-Match": version}, buffered=True)
    assert reply.status_code == 304
    assert SECURITY_HEADERS.items() <= dict(reply.headers).items()


def test_assets_that_would_be_served_without_the_headers_stop_the_start(instance):
    app = Flask(__name__, static_folder=None)
    security.init_app(app)
    with pytest.raises(assets.AssetError, match=r"before security\.init_app"):
        assets.init_app(app)


def test_no_header_is_sent_twice(instance):
    names = [
        name for name, _ in application(instance).test_client().get("/form", buffered=True).headers
    ]
    assert len(names) == len(set(names))


def test_pages_are_kept_by_one_browser_that_asks_each_time(instance):
    reply = application(instance).test_client().get("/page", buffered=True)
    assert reply.headers["Cache-Control"] == "private, no-cache"


def test_a_view_may_forbid_to_keep_its_page(instance):
    reply = application(instance).test_client().get("/form", buffered=True)
    assert reply.headers["Cache-Control"] == "no-store"


def test_static_files_are_kept_for_good(instance):
    app = application(instance)
    assert "immutable" in app.test_client().get(icon(app), buffered=True).headers["Cache-Control"]


def test_static_files_are_for_our_own_pages_only(instance):
    app = application(instance)
    reply = app.test_client().get(icon(app), buffered=True)
    assert "Access-Control-Allow-Origin" not in reply.headers


@pytest.mark.parametrize("path", ["/page", "/nowhere", "icon"])
def test_transport_security_is_sent_over_tls(instance, path):
    app = application(instance, TLS=True)
    reply = app.test_client().get(icon(app) if path == "icon" else path, buffered=True)
    assert reply.headers["Strict-Transport-Security"].startswith("max-age=31536000")


@pytest.mark.parametrize("path", ["/page", "/nowhere", "icon"])
def test_transport_security_is_not_sent_over_plain_http(instance, path):
    app = application(instance, TLS=False)
    reply = app.test_client().get(icon(app) if path == "icon" else path, buffered=True)
    assert "Strict-Transport-Security" not in reply.headers


def test_the_policy_lets_nothing_run_that_is_not_ours():
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "*" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY


def test_the_policy_is_this_one():
    empty = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    assert dict(rule.split(" ", 1) for rule in CONTENT_SECURITY_POLICY.split("; ")) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": f"'self' {empty}",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "font-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
