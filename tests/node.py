"""Runs JavaScript for tests, with the Node that the browser’s driver brings along."""

import subprocess
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

ROOT = Path(__file__).parents[1]


def node(*arguments: str | Path, stdin: str = "") -> "subprocess.CompletedProcess[str]":
    """Run Node in the project’s folder; the caller judges its exit status and words."""
    executable = compute_driver_executable()[0]
    return subprocess.run(
        [executable, *arguments], cwd=ROOT, input=stdin, capture_output=True, text=True
    )


def suites(root: Path = ROOT) -> list[Path]:
    """List the files of JavaScript tests: `*.test.js` or `*.test.mjs` anywhere under tests/."""
    found = [*root.glob("tests/**/*.test.js"), *root.glob("tests/**/*.test.mjs")]
    return sorted(path.relative_to(root) for path in found)
