"""Files made to do harm: each gets one clear sentence in time and in little memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.interchange.hostile import HOSTILE, MIB

ROOT = Path(__file__).parents[2]
MOST_SECONDS = 2.0
MOST_MEMORY = 256 * MIB

# One process of its own for all files, so that its high-water mark is theirs alone.
READ = """
import json, re, resource, sys, time
from pathlib import Path
from interchange.framework import NotRead, read
def peak():
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
told = {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    began = time.process_time()
    try:
        read(path)
        said = []
    except NotRead as refusal:
        said = [str(fault) for fault in refusal.faults]
    told[path.name] = [said, time.process_time() - began, peak()]
print(json.dumps(told))
"""

Told = dict[str, tuple[list[str], float, int]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What is said about each file, in what time, and the memory up to then."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, (make, _) in HOSTILE.items():
        (folder / name).write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", READ, str(folder)], cwd=ROOT, capture_output=True, check=True
    )
    found: Told = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_clear_sentence_in_time(told: Told, name: str) -> None:
    said, seconds, _ = told[name]
    assert said, f"{name} was read"
    assert HOSTILE[name][1] in said[0]
    assert name in said[0]
    assert len(said) <= 51
    assert all(len(each) < 500 and each.isprintable() for each in said)
    assert seconds < MOST_SECONDS


def test_all_of_them_together_stay_within_256_mib(told: Told) -> None:
    assert max(memory for _, _, memory in told.values()) < MOST_MEMORY
