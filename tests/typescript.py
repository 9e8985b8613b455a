"""Checks the types that comments in static/js declare, with TypeScript’s compiler from npm.

The product has no build step and needs no npm; where a machine has none, this says so and stops.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
VERSION = "7.0.2"


def main() -> str | int:
    """Check the types; return an exit status, or the words of a failure."""
    npm = shutil.which("npm")
    if npm is None:
        print("types in static/js were not checked, because this machine has no npm")  # noqa: T201
        return 0
    compiler = cache() / "node_modules" / ".bin" / "tsc"
    if not compiler.exists() and not bring(npm):
        print("types in static/js were not checked, because npm brought no TypeScript")  # noqa: T201
        return 0
    done = subprocess.run([compiler, "--project", "jsconfig.json"], cwd=ROOT)
    if done.returncode == 0:
        print("types in static/js hold")  # noqa: T201
    return done.returncode


def cache() -> Path:
    """Name the folder that keeps the compiler: outside the project, shared by its copies."""
    place = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    return Path(place) / "crosswalk" / f"typescript-{VERSION}"


def bring(npm: str) -> bool:
    """Install the compiler, and tell whether that worked."""
    cache().mkdir(parents=True, exist_ok=True)
    wanted = [f"typescript@{VERSION}", "--no-audit", "--no-fund", "--ignore-scripts"]
    command = [npm, "install", "--silent", "--prefix", str(cache()), *wanted]
    return subprocess.run(command, cwd=cache(), stdout=subprocess.DEVNULL).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
