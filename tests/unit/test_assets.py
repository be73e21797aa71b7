"""Static files: what is collected, under which names, and how they are served."""

import gzip
import os
import shutil
import time
from pathlib import Path

import brotli
import pytest
from flask import Flask, render_template_string

from tracker import assets
from tracker.assets import AssetError, Manifest, collect


@pytest.fixture
def static(tmp_path: Path) -> Path:
    """A folder of sources: two style sheets, a component's, two scripts, a picture."""
    folder = tmp_path / "static"
    texts = {
        "css/20-base.css": "body { margin: 0 }",
        "css/10-tokens.css": ":root { --ink: #111 }",
        "css/components/50-tag.css": ".tag { color: var(--ink) }",
        "css/90-print.css": "nav { display: none }",
        "js/explore.js": 'import { draw } from "./draw.js";',
        "js/draw.js": "export const draw = 1;",
        "icon.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    }
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder with the product's own assets collected."""
    instance = tmp_path_factory.mktemp("instance")
    collect(instance)
    return instance


@pytest.fixture
def app(collected: Path) -> Flask:
    """A bare application that serves the product's assets."""
    app = Flask(__name__, static_folder=None)
    app.config |= {"TESTING": True, "ASSETS_INSTANCE_PATH": collected}
    assets.init_app(app)
    return app


@pytest.fixture
def instance(collected: Path, tmp_path: Path) -> Path:
    """A copy of the collected instance: the packages' large files need no compressing again."""
    return shutil.copytree(collected, tmp_path / "instance")


def content_of(instance: Path, manifest: Manifest, name: str) -> str:
    return (instance / "assets" / "public" / manifest.files[name]).read_text()


def address(app: Flask, name: str) -> str:
    with app.test_request_context():
        return render_template_string("{{ asset(name) }}", name=name)


def test_style_sheets_are_joined_in_the_order_of_their_numbers(instance, static):
    css = content_of(instance, collect(instance, static=static), "tracker.css")
    assert [css.index(word) for word in ("--ink: #111", "margin", ".tag", "nav")] == sorted(
        css.index(word) for word in ("--ink: #111", "margin", ".tag", "nav")
    )


def test_every_asset_is_found_under_its_plain_name(instance, static):
    assert set(collect(instance, static=static).files) == {
        "tracker.css",
        "bootstrap.min.css",
        "plotly.min.js",
        "icon.svg",
        "js/draw.js",
        "js/explore.js",
    }


def test_a_changed_style_sheet_gets_a_new_address(instance, static):
    before = collect(instance, static=static).url("tracker.css")
    (static / "css/20-base.css").write_text("body { margin: 1px }")
    assert collect(instance, static=static).url("tracker.css") != before


def test_a_file_that_was_only_touched_keeps_its_address(instance, static):
    before = collect(instance, static=static).files
    os.utime(static / "icon.svg", ns=(1, 1))
    assert collect(instance, static=static).files == before


def test_a_changed_script_moves_the_scripts_that_may_import_it(instance, static):
    before = collect(instance, static=static).url("js/explore.js")
    (static / "js/draw.js").write_text("export const draw = 2;")
    assert collect(instance, static=static).url("js/explore.js") != before


def test_scripts_stand_beside_each_other_under_their_own_names(instance, static):
    manifest = collect(instance, static=static)
    explore, draw = Path(manifest.url("js/explore.js")), Path(manifest.url("js/draw.js"))
    assert (explore.parent, explore.name, draw.name) == (draw.parent, "explore.js", "draw.js")


def test_collecting_again_with_nothing_changed_writes_nothing_and_is_quick(instance, static):
    collect(instance, static=static)
    path = instance / "assets" / "manifest.json"
    written = path.stat().st_mtime_ns
    started = time.perf_counter()
    collect(instance, static=static)
    assert time.perf_counter() - started < 0.2
    assert path.stat().st_mtime_ns == written


def test_a_collected_file_that_was_lost_is_collected_again(instance, static):
    manifest = collect(instance, static=static)
    lost = instance / "assets" / "public" / manifest.files["tracker.css"]
    lost.unlink()
    collect(instance, static=static)
    assert lost.is_file()


def test_a_manifest_that_cannot_be_read_is_written_anew(instance, static):
    before = collect(instance, static=static)
    (instance / "assets" / "manifest.json").write_text("{")
    assert collect(instance, static=static) == before


def test_the_files_of_the_last_collection_stay_and_older_ones_go(instance, static):
    first, second, third = (_with_icon(instance, static, text) for text in ("<a/>", "<b/>", "<c/>"))
    assert [path.is_file() for path in (first, second, third)] == [False, True, True]


def _with_icon(instance: Path, static: Path, text: str) -> Path:
    (static / "icon.svg").write_text(text)
    manifest = collect(instance, static=static)
    return instance / "assets" / "public" / manifest.files["icon.svg"]


@pytest.mark.parametrize("text", ['@import "other.css";', "a { background: url(dot.png) }"])
def test_a_style_sheet_that_refers_to_a_file_is_refused_with_its_line(instance, static, text):
    (static / "css/90-print.css").write_text(f"nav {{ display: none }}\n{text}")
    with pytest.raises(AssetError, match=r"90-print\.css, line 2"):
        collect(instance, static=static)


@pytest.mark.parametrize("picture", ["data:image/gif;base64,R0", '"data:image/gif;base64,R0"'])
def test_a_style_sheet_may_hold_a_picture(instance, static, picture):
    (static / "css/90-print.css").write_text(f"a {{ background: url( {picture}) }}")
    assert "base64" in content_of(instance, collect(instance, static=static), "tracker.css")


def test_the_compressed_forms_hold_the_same_text(collected):
    for path in (collected / "assets" / "public").glob("bootstrap*.css"):
        content = path.read_bytes()
        assert brotli.decompress(Path(f"{path}.br").read_bytes()) == content
        assert gzip.decompress(Path(f"{path}.gz").read_bytes()) == content


def test_an_unknown_asset_is_named_together_with_the_known_ones(app):
    with pytest.raises(AssetError, match=r"no asset 'trakcer\.css'; there are .*tracker\.css"):
        address(app, "trakcer.css")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("tracker.css", 'text/css; charset="utf-8"'),
        ("bootstrap.min.css", 'text/css; charset="utf-8"'),
        ("plotly.min.js", 'text/javascript; charset="utf-8"'),
        ("icon.svg", "image/svg+xml"),
    ],
)
def test_an_asset_is_served_with_its_type_to_be_kept_for_good(app, name, kind):
    reply = app.test_client().get(address(app, name), buffered=True)
    assert (reply.status_code, reply.headers["Content-Type"]) == (200, kind)
    assert "immutable" in reply.headers["Cache-Control"]
    assert "public" in reply.headers["Cache-Control"]


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_a_browser_gets_the_compression_that_it_asks_for(app, coding):
    path = address(app, "plotly.min.js")
    reply = app.test_client().get(path, headers={"Accept-Encoding": coding}, buffered=True)
    assert reply.headers["Content-Encoding"] == coding
    assert len(reply.data) < 1_600_000


def test_the_manifest_and_unknown_paths_are_not_served(app):
    client = app.test_client()
    paths = ("/static/manifest.json", "/static/../manifest.json", "/static/tracker.css")
    assert [client.get(path).status_code for path in paths] == [404, 404, 404]


def test_an_application_in_service_trusts_the_last_collection(collected, instance):
    manifest = instance / "assets" / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"sources": {', '"sources": {"gone": [0, 0],'))
    app = Flask(__name__, static_folder=None)
    app.config["ASSETS_INSTANCE_PATH"] = instance
    before = manifest.read_bytes()
    assets.init_app(app)
    assert manifest.read_bytes() == before
