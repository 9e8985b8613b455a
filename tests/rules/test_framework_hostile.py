"""Files made to do harm: each gets its sentence in time and in little memory, and nothing else."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

MEGABYTE = 1024 * 1024
ROOT = Path(__file__).parents[2]

HEAD = """kind: framework
id: hostile
name: Hostile
version: "1"
rights: {holder: H, licence: L, basis: own_words, source_url: null, required_notice: N,
  checked_on: 2026-11-21}
"""
LEAF = "components: [{id: a, code: A, name: B}]\n"


def bomb() -> str:
    """Nine lines that would hold a thousand million values once their aliases were followed."""
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for this, before in zip("bcdefghi", "abcdefgh", strict=True):
        lines.append(f"{this}: &{this} [{', '.join([f'*{before}'] * 10)}]")
    return "\n".join(lines)


def rows(count: int, row: str) -> str:
    written = (row.replace("N", str(n)).replace("M", str((n + 1) % count)) for n in range(count))
    return HEAD + "components:\n" + "".join(f"  - {{{each}}}\n" for each in written)


# name -> (content, what its first line must say, how many lines at most)
HOSTILE: dict[str, tuple[str | bytes, str, int]] = {
    "alias bomb": (bomb(), "more than 10 anchors, aliases or tags", 1),
    "alias to itself": ("a: &a [*a]\n", "The anchor “&a” is not allowed", 2),
    "many anchors": ("[" + ",".join(f"&a{n} x" for n in range(60_000)) + "]", "anchors", 1),
    "runs a command": (
        '!!python/object/apply:os.system ["touch PWNED"]\n',
        "The tag “!!python/object/apply:os.system” is not allowed",
        1,
    ),
    "runs a command inside": (
        HEAD + 'summary: !!python/object/apply:os.system ["touch PWNED"]\n' + LEAF,
        "The tag “!!python/object/apply:os.system” is not allowed",
        1,
    ),
    "deep lists": ("[" * 1_000_000, "nested more than 12 levels deep", 1),
    "deep groups": ("{a: " * 200_000, "nested more than 12 levels deep", 1),
    "deep dashes": ("- " * 500_000, "nested more than 12 levels deep", 1),
    "deep questions": ("? " * 500_000, "nested more than 12 levels deep", 1),
    "deep lines": (
        "".join(" " * n + "a:\n" for n in range(1_300)),
        "nested more than 12 levels deep",
        1,
    ),
    "too large": (b"a" * (MEGABYTE + 1), "larger than 1,024 KiB", 1),
    "far too large": (b"a" * (8 * MEGABYTE), "larger than 1,024 KiB", 1),
    "many values": ("[" + "a," * 500_000 + "]", "more than 60,000 values", 1),
    "many fields": ("".join(f"a{n}: 1\n" for n in range(80_000)), "more than 60,000 values", 1),
    "many unknown fields": (rows(5_000, "id: N, code: A, name: B, zzN: 1"), "", 101),
    "many of one id": (rows(3_900, "id: a, code: A, name: B"), "used twice", 101),
    "many orphans": (rows(5_000, "id: cN, code: A, name: B, parent: qN"), "more than 4,000", 101),
    "one great circle": (rows(3_900, "id: cN, code: A, name: B, parent: cM"), "its own parent", 1),
    "many digits": (
        HEAD + "levels: [{value: " + "9" * 900_000 + ", label: High}]\n" + LEAF,
        "a whole number of at most 6 digits",
        1,
    ),
    "long name": (HEAD.replace("Hostile", "x" * 900_000) + LEAF, "900,000 characters long", 1),
    "long key": ("a" * 900_000 + ": x\n", "", 1),
    "many documents": ("---\n" * 200_000, "A second document", 1),
    "many comments": ("#x\n" * 300_000, "The file is empty", 1),
    "many colons": (":" * 1_000_000, "colon", 1),
    "many quotation marks": ('"' * 1_000_000, "", 1),
    "many exclamation marks": ("!" * 1_000_000, "", 1),
    "zeros": (b"\0" * 1_000, "A control character", 1),
    "every byte": (bytes(range(256)) * 100, "is not UTF-8 text", 1),
    "another encoding": ("kind: framework".encode("utf-16"), "is not UTF-8 text", 1),
    "half a letter": ('kind: "\\ud800"\n', "This escape is not a character", 1),
    "a zero in text": (HEAD.replace("Hostile", '"a\\0b"') + LEAF, "a control character", 1),
    "terminal colors": (HEAD.replace("hostile", '"\\e[31mred"') + LEAF, "a control character", 1),
    "list for a key": ("? [a, b]\n: c\n", "A field’s name must be a short word", 1),
    "merge key": (HEAD + "<<: {name: other}\n" + LEAF, "The merge key “<<” is not allowed", 1),
}

# The files are checked in one process of their own, so that its memory is theirs alone.
# Linux counts what the parent held in ru_maxrss, so the high-water mark is read where there is one.
CHECK = """
import json, re, resource, sys, time
from pathlib import Path
from rules.framework import check_files
def peak():
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
told = {}
for path in sorted(Path(sys.argv[1]).glob("*.yaml")):
    began = time.process_time()
    lines = [str(fault) for fault in check_files([path])]
    told[path.stem] = [lines, time.process_time() - began, peak()]
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list[str], float, int]]:
    folder = tmp_path_factory.mktemp("hostile")
    for name, (content, _, _) in HOSTILE.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / f"{name}.yaml").write_bytes(data)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    run = subprocess.run(
        [sys.executable, "-c", CHECK, str(folder)],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert {path: path.read_bytes() for path in folder.iterdir()} == before, "a file was changed"
    result: dict[str, tuple[list[str], float, int]] = json.loads(run.stdout)
    return result


@pytest.mark.parametrize("name", HOSTILE)
def test_each_hostile_file_is_refused_in_its_sentence(
    name: str, told: dict[str, tuple[list[str], float, int]]
) -> None:
    lines, seconds, peak = told[name]
    _, said, most = HOSTILE[name]
    assert 1 <= len(lines) <= most, lines[:5]
    assert said in lines[0]
    for line in lines:
        assert line.isprintable()
        assert len(line) < 600
        assert "Error" not in line
    assert seconds < 2
    assert peak < 256 * MEGABYTE
