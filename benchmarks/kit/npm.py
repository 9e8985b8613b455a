"""Fetches the peers of the capture screen by npm for one run, and builds those that need it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from config import HERE

PAGES = HERE / "benchmarks" / "peers"
QUIET = ("--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
BUILDER = ("esbuild", "0.28.2")
BUILD = (
    *("--bundle", "--minify", "--splitting", "--format=esm", "--outdir=built"),
    '--define:process.env.NODE_ENV="production"',
)


@dataclass(frozen=True, slots=True)
class Peer:
    """What somebody would take instead: packages, and the page of ours that uses them."""

    name: str
    stem: str
    """Its page and, where it needs a build, its script in benchmarks/peers/."""
    look_for: str
    packages: Mapping[str, str]
    instead: Mapping[str, str] = field(default_factory=dict)
    """Packages below these that no registry has in the version they ask for."""

    @property
    def script(self) -> Path:
        """What is built, where the packages are no scripts for a browser as they come."""
        return PAGES / f"{self.stem}.js"


SEEN = 'label:has(input[value="seen"])'
PEERS = (
    Peer(
        "SurveyJS",
        "surveyjs",
        ".sd-question .sd-item:first-of-type label",
        {"survey-core": "2.5.38", "survey-js-ui": "2.5.38"},
    ),
    Peer("Form.io", "formio", 'label[for$="--Seen"]', {"@formio/js": "5.6.0"}),
    Peer("ODK Web Forms", "odk", SEEN, {"@getodk/web-forms": "0.22.0", "vue": "3.5.45"}),
    Peer(
        "Enketo core",
        "enketo",
        SEEN,
        {"enketo-core": "9.0.1"},
        # a branch on a git server for maps, and a version that was never published
        {"leaflet-draw": "1.0.4", "openrosa-xpath-evaluator": "3.1.0"},
    ),
    Peer("htmx, one request a tap", "htmx", "li button", {"htmx.org": "4.0.1"}),
)


def fetch(peer: Peer, folder: Path) -> str:
    """Install one peer in a folder of its own; why it cannot be had, or nothing."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not (npm and node):
        return "it comes by npm, which is not on this machine"
    place = folder / peer.stem
    place.mkdir()
    wanted = {**peer.packages, **(dict([BUILDER]) if peer.script.exists() else {})}
    asked = {"private": True, "dependencies": wanted, "overrides": dict(peer.instead)}
    (place / "package.json").write_text(json.dumps(asked))
    refusal = _done([npm, "install", *QUIET], place)
    if refusal or not peer.script.exists():
        return refusal and f"npm: {refusal}"
    shutil.copy(peer.script, place)
    builder = str(place / "node_modules" / "esbuild" / "bin" / "esbuild")
    refusal = _done([node, builder, peer.script.name, "--log-level=error", *BUILD], place)
    return refusal and f"its build: {refusal}"


def _done(command: list[str], place: Path) -> str:
    """Run it; the first line of what it complains of, or nothing."""
    done = subprocess.run(command, cwd=place, capture_output=True, text=True)
    if not done.returncode:
        return ""
    lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
    return lines[0] if lines else f"it ended with {done.returncode}"
