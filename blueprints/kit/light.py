"""Light copies of static/ in the instance folder: no comments, compressed once, side by side."""

from __future__ import annotations

import gzip
import shutil
import tempfile
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from blueprints.kit.comments import light_script, light_style

KEEP = 3
"""Copies kept: an older process still serves its own while the newer one starts."""
STRIPPED = {".js": light_script, ".css": light_style}
COMPRESSED = {".js", ".css", ".svg", ".json"}


def digest(content: bytes) -> str:
    """A short name for exactly this content."""
    return sha256(content).hexdigest()[:16]


@lru_cache(maxsize=32)
def squeezed(content: bytes, encoding: str) -> bytes:
    """The content as `br` or `gzip`, as small as these make it."""
    if encoding == "gzip":
        return gzip.compress(content, 9, mtime=0)
    try:
        brotli = import_module("brotli")
    except ImportError:  # the same library, for Python implementations other than CPython
        brotli = import_module("brotlicffi")
    return bytes(brotli.compress(content))


def contents(source: Path) -> dict[str, bytes]:
    """What we serve, by path in static/."""
    files = sorted(path for path in source.rglob("*") if path.is_file())
    return {path.relative_to(source).as_posix(): _light(path) for path in files}


def _light(path: Path) -> bytes:
    if path.suffix not in STRIPPED:
        return path.read_bytes()
    return STRIPPED[path.suffix](path.read_text(encoding="utf-8")).encode()


def lay_out(files: dict[str, bytes], kept: Path) -> Path:
    """A folder below `kept` with these files and their .br and .gz; made by whoever comes first."""
    name = digest("".join(f"{path} {digest(body)}\n" for path, body in files.items()).encode())
    folder = kept / name
    if not folder.is_dir():
        kept.mkdir(parents=True, exist_ok=True)
        _make(files, folder)
    _let_go(kept, folder)
    return folder


def _make(files: dict[str, bytes], folder: Path) -> None:
    made = Path(tempfile.mkdtemp(prefix=".making-", dir=folder.parent))
    for path, body in files.items():
        place = made / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(body)
        if place.suffix in COMPRESSED:
            for encoding, ending in (("br", ".br"), ("gzip", ".gz")):
                Path(f"{place}{ending}").write_bytes(squeezed(body, encoding))
    try:
        made.rename(folder)
    except OSError:
        shutil.rmtree(made)
        if not folder.is_dir():
            raise


def _let_go(kept: Path, current: Path) -> None:
    others = [path for path in kept.iterdir() if path.name[0] != "." and path != current]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[KEEP - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
