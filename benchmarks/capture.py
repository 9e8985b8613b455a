"""Times the capture screen on a slow phone against a hand-written floor and other form engines."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Error

from benchmarks.kit import contestants, ruler
from benchmarks.kit.contestants import FLOOR, NAMES, OURS, RELOAD
from benchmarks.kit.database import lent
from benchmarks.kit.lobby import serving
from benchmarks.kit.npm import PEERS, fetch
from benchmarks.kit.phone import SLOWER, Contestant, chromium, measure
from benchmarks.kit.readings import HEAD, Readings, goals, rows
from benchmarks.kit.school import build, more_look_fors
from benchmarks.kit.server import Server

ROUNDS = 5
LOOK_FORS = 40


def peers(
    lobby: str, folder: Path, names: set[str], absent: dict[str, str]
) -> Iterator[Contestant]:
    """What somebody would take instead; in `absent`, what cannot be had here and why."""
    for peer in PEERS:
        if peer.name not in names:
            continue
        print(f"fetching {peer.name} …", flush=True)
        why = fetch(peer, folder)
        if why:
            absent[peer.name] = why
        else:
            yield contestants.theirs(lobby, peer)
    if RELOAD in names:
        yield contestants.reload(lobby)


def rounds_of(
    browser: Browser, there: list[Contestant], rounds: int, absent: dict[str, str]
) -> dict[str, Readings]:
    """Each in turn, A B A B; the first turn only warms up. Whose page fails is left out."""
    found: dict[str, Readings] = {}
    for turn in range(rounds + 1):
        for one in [one for one in there if one.name not in absent]:
            print(
                f"{f'round {turn} of {rounds}' if turn else 'warming up'}: {one.name}", flush=True
            )
            try:
                measure(browser, one, found.setdefault(one.name, Readings()))
            except Error as refusal:
                absent[one.name] = f"its page failed: {refusal.message.splitlines()[0]}"
                del found[one.name]
        if not turn:
            found.clear()
    return found


def table(names: set[str], rounds: int) -> None:
    """Measure everybody in turn, and print."""
    absent: dict[str, str] = {}
    with lent("sqlite") as database, tempfile.TemporaryDirectory() as name:
        stage = build(database.folder, database.url, observers=1, teachers=6)
        stage = more_look_fors(stage, LOOK_FORS)
        server = Server(database)
        server.start()
        try:
            with serving(Path(name)) as lobby, chromium() as browser:
                mine = contestants.ours(f"http://127.0.0.1:{server.port}", stage)
                there = [
                    *(one for one in (contestants.floor(lobby), mine) if one.name in names),
                    *peers(lobby, Path(name), names, absent),
                ]
                found = rounds_of(browser, there, rounds, absent)
        finally:
            server.stop()
    print(f"{SLOWER}x slower processor, Slow 4G, {LOOK_FORS} look-fors, medians of {rounds} rounds")
    print(ruler.busy())
    ruler.table(HEAD, rows(found, absent))
    for name, why in absent.items():
        print(f"{name}: {why}")
    if {FLOOR, OURS} <= set(found):
        ruler.table(("", "figure", "goal"), goals(found[OURS], found[FLOOR]))


def main() -> None:
    """Print the table and the goals."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=ROUNDS)
    asked.add_argument(
        "--only", action="append", default=[], help=f"by its first letters: {'; '.join(NAMES)}"
    )
    given, _ = asked.parse_known_args()
    table(set(contestants.chosen(given.only)), given.rounds)


if __name__ == "__main__":
    main()
