"""The house rules that a machine can hold: imports, sizes, templates, words.

Each reader below is tried on a planted breach first, so that none can pass by being blind.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "tracker"

MOST_LINES = 400

#: What holds rows, not reasoning, may be long.
DATA = ("tracker/demo/", "tracker/migrations/")

#: Layers below the web, and what they may not import, their ``__init__`` included.
FORBIDDEN_IMPORTS = {
    "models": ("flask", "werkzeug", "wtforms", "jinja2"),
    "services": ("flask", "werkzeug", "wtforms", "jinja2"),
    "queries": ("flask", "werkzeug", "wtforms", "jinja2"),
    "charts": ("flask", "werkzeug", "wtforms", "sqlalchemy", "psycopg", "sqlite3"),
    "exports": ("flask", "werkzeug", "wtforms", "sqlalchemy", "psycopg", "sqlite3"),
    "imports": ("flask", "werkzeug", "wtforms", "sqlalchemy", "psycopg", "sqlite3"),
}

#: What no template holds: the Content-Security-Policy would block it, or it opens a hole.
TEMPLATE_BREACHES = {
    "unescaped text": re.compile(r"\|\s*safe\b|\bautoescape\s+false\b"),
    "inline style": re.compile(r"<style\b|\sstyle\s*="),
    "inline script": re.compile(
        r"<script\b(?![^>]*\b(?:src|type\s*=\s*[\"']application/json)\b)", re.I
    ),
    "event attribute": re.compile(r"<[^<>%{}]*\son[a-z]+\s*=", re.I),
    "script address": re.compile(r"javascript:", re.I),
}

#: The repository speaks of the product: not of how, where or by whom it was put together.
FOREIGN_WORDS = re.compile(
    r"\b(?:issue|ticket|fixes|closes|resolves|see) #?\d+|/work/(?:main|shared)\b|/tmp/s/"
    r"|\b(?:pypi|pythonhosted|npmjs)\.(?:org|com)\b|\bfiles\.pythonhosted\b"
    r"|\b(?:TODO|FIXME|XXX)\b|\b(?:lorem ipsum|chatgpt|copilot|claude|anthropic)\b",
    re.I,
)
TEXT_SUFFIXES = {".py", ".html", ".css", ".js", ".md", ".in", ".txt", ".toml", ".svg", ".mako", ""}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def modules() -> list[Path]:
    return sorted([*PACKAGE.rglob("*.py"), *ROOT.glob("*.py")])


def templates() -> list[Path]:
    return sorted(ROOT.glob("templates/**/*.html"))


def texts_of_the_repository() -> list[Path]:
    """Every text that is ours: this file apart, which has to name what it looks for."""
    folders = ("tracker", "templates", "tests", "docs", "benchmarks", ".ci")
    inside = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    found = (path for path in [*inside, *ROOT.iterdir()] if path.is_file())
    return sorted(p for p in found if p.suffix in TEXT_SUFFIXES and p != Path(__file__))


def imported_by(source: str) -> Iterator[str]:
    """Yield the full name of each module that a source imports, wherever it does so."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def is_pure(module: str) -> bool:
    is_ours = module == "tracker.domain" or module.startswith(("tracker.domain.", "."))
    return is_ours or module.partition(".")[0] in sys.stdlib_module_names


def is_forbidden(module: str, layer: str) -> bool:
    top = module.partition(".")[0]
    return top.startswith("flask_") or top in FORBIDDEN_IMPORTS[layer]


def breaches_in(template: str) -> list[str]:
    return [kind for kind, pattern in TEMPLATE_BREACHES.items() if pattern.search(template)]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the import contracts of the project that stands in a folder."""
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", command, "--no-cache", "--no-logo"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """A small project under the same contracts, with a module in every layer."""
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    packages = ("views", "services", "queries", "charts", "exports", "imports", "models", "domain")
    flat = ("cli", "forms", "permissions", "errors", "assets", "security", "extensions")
    for name in ("", *packages):
        package = tmp_path / "tracker" / name
        package.mkdir()
        (package / "__init__.py").touch()
        (package / "measures.py").touch()
    (tmp_path / "tracker" / "measures.py").unlink()
    for name in flat:
        (tmp_path / "tracker" / f"{name}.py").touch()
    (tmp_path / "tracker" / "__init__.py").write_text(
        "from tracker import assets, cli, extensions, security\n"
        "from tracker.views import measures\n"
    )
    return tmp_path


def test_the_imports_keep_their_direction():
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout


def test_the_contracts_hold_for_an_innocent_project(planted):
    result = lint_imports(planted)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("path", "line", "contract"),
    [
        ("domain/measures.py", "from tracker.models import measures", "only what stands below"),
        ("domain/measures.py", "import tracker", "only what stands below"),
        ("services/measures.py", "from tracker.queries import measures", "only what stands below"),
        ("services/measures.py", "from tracker import extensions", "only what stands below"),
        ("services/measures.py", "import flask", "knows the web"),
        ("models/measures.py", "import flask_sqlalchemy", "knows the web"),
        ("queries/measures.py", "from werkzeug.exceptions import abort", "knows the web"),
        ("charts/measures.py", "import sqlalchemy", "know no database"),
        ("exports/measures.py", "from tracker.models import measures", "know no database"),
        ("imports/measures.py", "from sqlalchemy.orm import Session", "know no database"),
        ("views/measures.py", "from tracker import cli", "only what stands below"),
        ("forms.py", "from tracker import views", "only what stands below"),
        ("helpers.py", "", "not listed as layers"),
    ],
)
def test_a_planted_breach_is_found(planted, path, line, contract):
    (planted / "tracker" / path).write_text(line)
    result = lint_imports(planted)
    assert result.returncode == 1
    assert contract in " ".join(result.stdout.split())


def test_modules_of_one_layer_that_import_each_other_are_found(planted):
    (planted / "tracker" / "forms.py").write_text("from tracker import errors")
    (planted / "tracker" / "errors.py").write_text("from tracker import forms")
    result = lint_imports(planted)
    assert result.returncode == 1
    assert "No cycles BROKEN" in result.stdout


def test_the_domain_imports_the_standard_library_only():
    breaches = {
        f"{relative(path)}: {module}"
        for path in PACKAGE.glob("domain/**/*.py")
        for module in imported_by(path.read_text())
        if not is_pure(module)
    }
    assert breaches == set()


@pytest.mark.parametrize("layer", sorted(FORBIDDEN_IMPORTS))
def test_a_layer_below_the_web_imports_nothing_that_it_may_not_know(layer):
    breaches = {
        f"{relative(path)}: {module}"
        for path in PACKAGE.glob(f"{layer}/**/*.py")
        for module in imported_by(path.read_text())
        if is_forbidden(module, layer)
    }
    assert breaches == set()


def test_a_foreign_import_is_seen_wherever_it_hides():
    source = "def late():\n    from numpy import array\n    import tracker.models"
    assert [name for name in imported_by(source) if not is_pure(name)] == [
        "numpy",
        "tracker.models",
    ]


def test_no_module_grew_beyond_what_one_can_read():
    long = {
        relative(path): lines
        for path in modules()
        if not relative(path).startswith(DATA)
        and (lines := len(path.read_text().splitlines())) > MOST_LINES
    }
    assert long == {}


def test_templates_hold_nothing_that_the_browser_would_block():
    found = {relative(path): breaches_in(path.read_text()) for path in templates()}
    assert {path: breaches for path, breaches in found.items() if breaches} == {}


@pytest.mark.parametrize(
    ("template", "kind"),
    [
        ("{{ text|safe }}", "unescaped text"),
        ("{{ text | safe }}", "unescaped text"),
        ("{% autoescape false %}", "unescaped text"),
        ('<p style="color: red">', "inline style"),
        ("<style>p {}</style>", "inline style"),
        ("<script>run()</script>", "inline script"),
        ('<script type="module">run()</script>', "inline script"),
        ('<button\n  onclick="run()">', "event attribute"),
        ('<a href="javascript:run()">', "script address"),
    ],
)
def test_a_breach_in_a_template_is_seen(template, kind):
    assert breaches_in(template) == [kind]


@pytest.mark.parametrize(
    "template",
    [
        '<script type="module" src="{{ asset(\'js/explore.js\') }}"></script>',
        '<script type="application/json" id="figure">{{ figure|tojson }}</script>',
        '<link rel="stylesheet" href="/static/a.css">',
        "{% set once = 1 %}<p>on time = good</p>",
        '<p class="only" data-on="1">{{ text|safely }}</p>',
    ],
)
def test_what_the_policy_allows_is_no_breach(template):
    assert breaches_in(template) == []


def test_the_repository_speaks_of_the_product_only():
    breaches = {
        f"{relative(path)}: {found.group().strip()}"
        for path in texts_of_the_repository()
        if (found := FOREIGN_WORDS.search(path.read_text(encoding="utf-8")))
    }
    assert breaches == set()


@pytest.mark.parametrize(
    "text", ["see issue #12", "fixes #12", "in /work/main/x", "TODO: later", "from pypi.org"]
)
def test_a_foreign_word_is_seen(text):
    assert FOREIGN_WORDS.search(text)


@pytest.mark.parametrize("text", ["ink: #111 }", "#24489b", "an issue of 3 days", "Premises 12"])
def test_a_colour_or_a_plain_word_is_not_foreign(text):
    assert not FOREIGN_WORDS.search(text)
