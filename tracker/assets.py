"""Static files: collected once, named by their content, compressed beforehand, served for ever.

Ours come from ``tracker/static/``, Bootstrap's and Plotly's out of their installed packages, so
that nothing of others is kept in the repository. A file whose content changes gets a new name,
so browsers may keep each for good. Knows no page: a template asks for ``asset("tracker.css")``.
"""

import gzip
import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import brotli
from flask import Flask
from whitenoise import WhiteNoise

from tracker.security import HeaderGuard

STATIC = Path(__file__).parent / "static"
URL_PREFIX = "/static/"

#: Asset name -> package and path of the file inside it.
PACKAGED = {
    "bootstrap.min.css": ("flask_bootstrap", "static/bootstrap5/css/bootstrap.min.css"),
    "plotly.min.js": ("plotly", "package_data/plotly.min.js"),
}

#: Style sheets are joined into one, so a path in one of them would point nowhere.
REFERENCE = re.compile(r"@import|url\((?!\s*[\"']?(?:data:|#))")

#: 9 of 11: 0.7 s for Plotly's 4.8 MB; the next step takes eight times as long for a tenth less.
BROTLI_QUALITY = 9


class AssetError(Exception):
    """An asset that cannot be collected or is not known, with the name of what is wrong."""


@dataclass(frozen=True)
class Manifest:
    """What was collected from what.

    :param files: asset name -> path below ``/static/``, with a content hash in it.
    :param sources: source file -> time of change in ns, and size in bytes.
    """

    files: dict[str, str]
    sources: dict[str, list[int]]

    def url(self, name: str) -> str:
        """Return where an asset is served.

        :raises AssetError: no asset is called that.
        """
        try:
            return URL_PREFIX + self.files[name]
        except KeyError:
            known = ", ".join(sorted(self.files))
            raise AssetError(f"There is no asset {name!r}; there are {known}") from None


def collect(instance_path: Path, *, static: Path = STATIC) -> Manifest:
    """Bring ``<instance>/assets/`` up to date; quick if no source has changed.

    The files of the collection before this one stay, for pages that are still open.

    :raises AssetError: a package lacks its file, or a style sheet refers to another file.
    """
    root = instance_path / "assets"
    before = _read_manifest(root)
    sources = {str(path): _stamp(path) for path in _sources(static)}
    if before and before.sources == sources and _is_complete(root, before):
        return before
    contents = dict(_contents(static))
    for path, content in contents.values():
        _write_with_compressed(_public(root) / path, content)
    manifest = Manifest({name: path for name, (path, _) in contents.items()}, sources)
    _write(root / "manifest.json", json.dumps(asdict(manifest), indent=1).encode())
    _remove_all_but(root, manifest, before or manifest)
    return manifest


def init_app(app: Flask) -> None:
    """Serve the collected assets and let templates name them.

    ``ASSETS_INSTANCE_PATH`` collects elsewhere than in the application's own instance folder, so
    that many short-lived applications can share one collection.

    :raises AssetError: the headers are set already, and would be missing from what is served here.
    """
    if isinstance(app.wsgi_app, HeaderGuard):
        raise AssetError("assets.init_app must come before security.init_app")
    instance_path = Path(app.config.get("ASSETS_INSTANCE_PATH") or app.instance_path)
    root = instance_path / "assets"
    is_changing = app.debug or app.testing
    manifest = None if is_changing else _read_manifest(root)
    if manifest is None or not _is_complete(root, manifest):
        manifest = collect(instance_path)
    app.add_template_global(manifest.url, "asset")
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=_public(root),
        prefix=URL_PREFIX,
        immutable_file_test=lambda _path, _url: True,
        allow_all_origins=False,
    )


def _public(root: Path) -> Path:
    """Return the folder that is served: the manifest, which tells paths, stays beside it."""
    return root / "public"


def _style_sheets(static: Path) -> list[Path]:
    """Return our style sheets in the order of the cascade: the number in the name decides."""
    return sorted(static.glob("css/**/*.css"), key=lambda path: (path.name, path))


def _modules(static: Path) -> list[Path]:
    return sorted(static.glob("js/*.js"))


def _pictures(static: Path) -> list[Path]:
    return sorted(static.glob("*.svg"))


def _packaged(name: str) -> Path:
    package, inside = PACKAGED[name]
    # Asking for the place does not load the package: Plotly's alone takes half a second.
    spec = find_spec(package)
    for place in (spec and spec.submodule_search_locations) or ():
        if (path := Path(place, inside)).is_file():
            return path
    raise AssetError(f"{name}: the installed package {package} has no {inside}")


def _sources(static: Path) -> Iterator[Path]:
    """Yield every file that the collection depends on, this module among them."""
    yield Path(__file__)
    yield from _style_sheets(static)
    yield from _modules(static)
    yield from _pictures(static)
    yield from map(_packaged, PACKAGED)


def _contents(static: Path) -> Iterator[tuple[str, tuple[str, bytes]]]:
    """Yield each asset's name with its path below ``/static/`` and its content."""
    yield _hashed("tracker.css", b"\n".join(map(_style_sheet, _style_sheets(static))))
    for path in _pictures(static):
        yield _hashed(path.name, path.read_bytes())
    for name in PACKAGED:
        yield _hashed(name, _packaged(name).read_bytes())
    yield from _hashed_modules(static)


def _hashed(name: str, content: bytes) -> tuple[str, tuple[str, bytes]]:
    path = Path(name)
    return name, (str(path.with_stem(f"{path.stem}-{_digest(content)}")), content)


def _hashed_modules(static: Path) -> Iterator[tuple[str, tuple[str, bytes]]]:
    """Yield the scripts under one folder whose name hashes them all.

    A script's own name stays, so that ``import "./other.js"`` finds the other as it stands.
    """
    contents = {path.name: path.read_bytes() for path in _modules(static)}
    digest = _digest(b"\0".join(name.encode() + b"\0" + text for name, text in contents.items()))
    for name, content in contents.items():
        yield f"js/{name}", (f"js-{digest}/{name}", content)


def _style_sheet(path: Path) -> bytes:
    text = path.read_text(encoding="utf-8")
    if found := REFERENCE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise AssetError(f"{path.name}, line {line}: style sheets are joined and refer to no file")
    return text.encode()


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:16]


def _stamp(path: Path) -> list[int]:
    status = path.stat()
    return [status.st_mtime_ns, status.st_size]


def _read_manifest(root: Path) -> Manifest | None:
    """Return the manifest of the last collection, or None if there is none that can be read."""
    try:
        return Manifest(**json.loads((root / "manifest.json").read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def _is_complete(root: Path, manifest: Manifest) -> bool:
    return all((_public(root) / path).is_file() for path in manifest.files.values())


def _write_with_compressed(path: Path, content: bytes) -> None:
    """Write a file and its compressed forms; the file itself last, as the sign of all three."""
    if path.is_file():
        return
    _write(Path(f"{path}.br"), brotli.compress(content, quality=BROTLI_QUALITY))
    _write(Path(f"{path}.gz"), gzip.compress(content, mtime=0))
    _write(path, content)


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: others may be reading or writing it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_bytes(content)
    part.replace(path)


def _remove_all_but(root: Path, *manifests: Manifest) -> None:
    """Remove what no manifest names; hidden files are being written by somebody."""
    kept = {_public(root) / path for manifest in manifests for path in manifest.files.values()}
    for path in _public(root).rglob("[!.]*"):
        plain = path.with_suffix("") if path.suffix in (".br", ".gz") else path
        if path.is_file() and plain not in kept:
            path.unlink(missing_ok=True)
