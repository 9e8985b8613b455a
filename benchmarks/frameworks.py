"""Measures a framework of 2,408 components: its import, what its pages weigh, when they paint."""

from __future__ import annotations

import json
import os
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

import manage
from app import create_app
from benchmarks.kit import ruler
from blueprints.kit.light import squeezed
from config import Settings
from interchange.framework import read
from models.base import db
from models.framework import Framework, FrameworkUpload
from models.framework.versions import adopt, bring, clone
from tests import cast as players
from tests.chromium import PHONE, flags
from tests.page import Visitor

DOMAINS, PARTS, EACH = 8, 12, 24  # and one row for each of the upper two
DOCUMENT = "aaaaaaaa-0000-4000-8000-000000000000"
SEED = 8
SLOWER = 4
ROUNDS = 3
MOST_BYTES = 107_000  # a fifth of what the whole tree weighed as one page
MOST_SECONDS = 10
WORDS = """
students teacher evidence reason idea task group plan question goal work partner text model show
explain decide compare build on listen choose check revise share name use with and
"""


def package(seed: int = SEED) -> bytes:
    """A CASE package of three levels, 8 + 96 + 2,304 items, the same for the same seed."""
    chance = random.Random(seed)
    items: list[dict[str, Any]] = []
    ties: list[dict[str, Any]] = []

    def said(least: int, most: int) -> str:
        return " ".join(chance.choices(WORDS.split(), k=chance.randint(least, most))).capitalize()

    def add(parent: str, code: str) -> str:
        name = f"bbbbbbbb-0000-4000-8000-{len(items):012d}"
        words = {"fullStatement": said(5, 14), "notes": said(20, 60) + "."}
        items.append({"identifier": name, "humanCodingScheme": code} | words)
        ends = {"originNodeURI": {"identifier": name}, "destinationNodeURI": {"identifier": parent}}
        ties.append({"associationType": "isChildOf", "sequenceNumber": len(items)} | ends)
        return name

    for domain in range(1, DOMAINS + 1):
        top = add(DOCUMENT, f"{domain}")
        for part in range(1, PARTS + 1):
            middle = add(top, f"{domain}.{part}")
            for leaf in range(1, EACH + 1):
                add(middle, f"{domain}.{part}.{leaf}")
    document = {"identifier": DOCUMENT, "title": "State framework", "creator": "The State"}
    return json.dumps({"CFDocument": document, "CFItems": items, "CFAssociations": ties}).encode()


def timed(what: str, act: Callable[[], Any]) -> tuple[Any, list[str]]:
    """What an act returns, and its line for the table."""
    began = time.perf_counter()
    found = act()
    taken = time.perf_counter() - began
    return found, [what, f"{taken:.2f} s", ruler.verdict(taken, at_most=MOST_SECONDS)]


def fill() -> dict[str, str]:
    """Bring the package, and print how long each part takes; returns the pages to look at."""
    data = package()
    players.enter()
    lead = players.Cast().lead
    brought, first = timed(f"read {len(data):,} bytes", lambda: read(data, "state.json"))

    def kept() -> Framework:
        made = bring(brought, lead.district, by=lead, at=players.BEGAN)
        made.rights = {**made.rights, "holder": "The State", "licence": "CC BY 4.0"}
        adopt(made, by=lead, at=players.BEGAN)
        db.session.commit()
        return made

    framework, second = timed(f"keep {len(brought.components):,} components", kept)
    whole = db.session.scalars(
        Framework.exportable_by(lead).where(Framework.id == framework.id)
    ).one()
    draft, third = timed("clone", lambda: clone(whole, "next", by=lead, at=players.BEGAN))
    upload = FrameworkUpload.keep(brought, "state.json", by=lead, at=players.BEGAN)
    db.session.commit()
    ruler.table(["import", "", ""], [first, second, third])
    own, middle = f"/frameworks/{framework.id}", framework.components[9]
    return {
        "the framework": own,
        "one branch of it": f"{own}?under={middle.parent_id}",
        "its preview": f"/frameworks/import/{upload.id}",
        "the editor": f"/frameworks/{draft.id}/edit",
        "one component": f"/frameworks/{draft.id}/components/{draft.components[9].id}",
        "alignments": f"/alignments?look_for={players.Cast().look_for('BL01').id}",
        "coverage": "/coverage",
    }


@contextmanager
def browser(app: Flask, visitor: Visitor) -> Iterator[tuple[Page, str]]:
    """A phone of a quarter of this machine’s speed, signed in, and the address of the app."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = visitor.client.get_cookie(name)
    assert cookie is not None
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=manage.chromium(), args=flags(os.geteuid())
        )
        context = chromium.new_context(**PHONE)
        context.add_cookies([{"name": name, "value": cookie.value, "url": address}])
        page = context.new_page()
        page.set_default_timeout(120_000)
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        yield page, address
        chromium.close()
    server.shutdown()


def painted(page: Page, address: str) -> float:
    """The median seconds from the answer’s first byte to the first paint."""
    times: list[float] = []
    for _ in range(ROUNDS):
        page.goto(address)
        times.append(
            page.evaluate(
                "performance.getEntriesByName('first-contentful-paint')[0].startTime"
                " - performance.getEntriesByType('navigation')[0].responseStart"
            )
        )
    return statistics.median(times) / 1000


def main() -> None:
    """Print how long the import takes, then for each page its bytes and its times."""
    print(ruler.busy())
    with tempfile.TemporaryDirectory() as name:
        settings = Settings.from_environment({"CROSSWALK_INSTANCE": name})
        app = create_app(replace(settings, testing=True))
        with app.app_context():
            upgrade()
            pages = fill()
            visitor = Visitor(app, players.Cast().lead)
            db.session.remove()
        rows = []
        with browser(app, visitor) as (page, address):
            for what, path in pages.items():
                began = time.perf_counter()
                with visitor.client.get(path) as answer:
                    size, sent = len(answer.data), len(squeezed(answer.data, "br"))
                    assert answer.status_code == 200, path
                server = time.perf_counter() - began
                paint = painted(page, address + path)
                goal = ruler.verdict(size, at_most=MOST_BYTES)
                rows.append(
                    [what, f"{size:,}", f"{sent:,}", f"{server:.2f} s", f"{paint:.2f} s", goal]
                )
        ruler.table(["page", "bytes", "br", "server", f"paint at 1/{SLOWER}", ""], rows)


if __name__ == "__main__":
    main()
