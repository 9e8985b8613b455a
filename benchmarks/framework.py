"""Measures a framework of 2,400 components: reading, keeping, the page, and its first paint."""

import json
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from flask_migrate import upgrade  # noqa: E402

from app import create_app  # noqa: E402
from config import Settings  # noqa: E402
from interchange.framework import read  # noqa: E402
from models.base import db  # noqa: E402
from models.framework.versions import adopt, bring  # noqa: E402
from tests import cast as players  # noqa: E402
from tests.page import Visitor  # noqa: E402

DOMAINS, PARTS, EACH = 8, 12, 24  # and one row for each of the upper two
DOCUMENT = "aaaaaaaa-0000-4000-8000-000000000000"


def package() -> bytes:
    """A CASE package of three levels: 8 + 96 + 2,304 items."""
    items: list[dict[str, Any]] = []
    ties: list[dict[str, Any]] = []

    def add(parent: str, code: str, words: str) -> str:
        name = f"bbbbbbbb-0000-4000-8000-{len(items):012d}"
        said = {"humanCodingScheme": code, "fullStatement": words, "notes": words * 4}
        items.append({"identifier": name} | said)
        ends = {"originNodeURI": {"identifier": name}, "destinationNodeURI": {"identifier": parent}}
        ties.append({"associationType": "isChildOf", "sequenceNumber": len(items)} | ends)
        return name

    for domain in range(1, DOMAINS + 1):
        top = add(DOCUMENT, f"{domain}", f"Domain {domain} of a long state framework")
        for part in range(1, PARTS + 1):
            middle = add(top, f"{domain}.{part}", f"Strand {part} and what it asks of a lesson")
            for leaf in range(1, EACH + 1):
                words = f"Students and teacher show number {leaf} in words of a usual length."
                add(middle, f"{domain}.{part}.{leaf}", words)
    document = {"identifier": DOCUMENT, "title": "State framework", "creator": "The State"}
    return json.dumps(
        {"CFDocument": document, "CFItems": items, "CFAssociations": ties}, indent=1
    ).encode()


def main() -> None:
    """Print each time in seconds, and the bytes of each page."""
    data = package()
    began = time.perf_counter()
    brought = read(data, "state.json")
    print(f"read {len(brought.components):,} components of {len(data):,} bytes: {since(began)}")
    with tempfile.TemporaryDirectory() as name:
        settings = Settings.from_environment({"CROSSWALK_INSTANCE": name})
        app = create_app(replace(settings, testing=True))
        with app.app_context():
            upgrade()
            players.enter()
            lead = players.Cast().lead
            began = time.perf_counter()
            framework = bring(brought, lead.district, by=lead, at=players.BEGAN)
            adopt(framework, by=lead, at=players.BEGAN)
            db.session.commit()
            print(f"kept: {since(began)}")
            where = f"/frameworks/{framework.id}"
            visitor = Visitor(app, players.Cast().lead)
        for path in ("", "/export", "/export?format=case"):
            began = time.perf_counter()
            with visitor.client.get(where + path) as answer:
                size = len(answer.data)
            print(f"/frameworks/…{path}: {size:,} bytes in {since(began)}")


def since(began: float) -> str:
    """The seconds since then, in words."""
    return f"{time.perf_counter() - began:.2f} s"


if __name__ == "__main__":
    main()
