"""From an empty database to a shared PDF: roster, framework, invitations, a walk, the letter."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path

from flask import Flask
from pypdf import PdfReader

from models.base import db
from models.feedback import Feedback
from models.person import Person
from rules.roles import Role
from tests.page import Visitor
from tests.walk import Phone

SAMPLE = Path(__file__).parent.parent / "data" / "oneroster" / "juniper-bend"
SHELF = Path(__file__).parent.parent.parent / "frameworks"
CHOSEN = {"password": "several plain words", "again": "several plain words"}


def command(app: Flask, *words: object) -> str:
    """What a command prints; it must succeed."""
    db.session.remove()
    result = app.test_cli_runner().invoke(args=[*map(str, words)])
    db.session.remove()
    assert result.exit_code == 0, result.output
    return result.output


def invited(app: Flask, link: str) -> Visitor:
    """Somebody who opened their link and chose a password."""
    browser = Visitor(app)
    path = "/" + link.split("/", 3)[3].strip()
    assert browser.post(path, CHOSEN).status == 302
    return browser


def holding(role: Role) -> Person:
    """The first person on the roster with this role, proposed or in force."""
    people = db.session.scalars(Person.whole().order_by(Person.family_name)).all()
    return next(p for p in people if any(g.role == role and g.school_id for g in p.grants))


def test_an_empty_database_becomes_a_district_that_shares_its_first_pdf(bare: Flask) -> None:
    command(bare, "roster", "import", SAMPLE)
    printed = command(bare, "frameworks", "import", SHELF / "danielson-2022.yaml", "--adopt")
    assert printed.splitlines()[-1] == "imported danielson-2022"
    link = command(
        bare,
        "people",
        "invite",
        "owen.quill@juniper.example",
        "--role",
        "administrator",
        "--name",
        "Owen Quill",
    )
    administrator = invited(bare, link)

    observer = holding(Role.OBSERVER)
    grant = next(g for g in observer.grants if g.role == Role.OBSERVER)
    path = f"/people/{observer.id}"
    assert administrator.post(f"{path}/roles/{grant.id}/agree").status == 302
    page = administrator.post(f"{path}/invite")
    shown = re.search(r"https?://\S+?/invitation/[\w-]+", page.words)
    assert shown is not None
    principal = invited(bare, shown.group())

    kit = json.loads(principal.get("/field-kit.json").text)
    assert kit["framework"]["name"].startswith("Danielson")
    teacher = next(t for t in kit["teachers"])
    taught = next(c for c in kit["classes"] if teacher["id"] in c["teachers"])
    core_four = next(s for s in kit["sets"] if s["key"] == "core-four")
    seen = [look_for for look_for in kit["look_fors"] if look_for["set"] == core_four["id"]]
    assert all(look_for["plate"] for look_for in seen)
    phone = Phone()
    phone.act(
        "started",
        {
            "teacher": teacher["id"],
            "class": taught["id"],
            "purpose": "walkthrough",
            "framework": kit["framework"]["id"],
            "sets": [core_four["id"]],
            "focus": kit["focus"],
        },
    )
    phone.act("context_set", {"present": taught["present"] or 20})
    for look_for in seen[:4]:
        phone.act("look_for_marked", {"look_for": look_for["id"], "mark": "seen"})
    phone.act("finished")
    answer = principal.sync(phone.batch()).response.get_json()
    assert {result["outcome"] for result in answer["results"]} == {"stored"}

    feedback = db.session.scalars(Feedback.whole()).unique().one()
    draft = {
        f"places-{place}-text": sentence["text"]
        for place, sentence in enumerate(feedback.draft.sentences if feedback.draft else [])
    }
    assert principal.post(f"/feedback/{feedback.id}/share", draft).status == 302
    printed_letter = principal.get(f"/feedback/{feedback.id}.pdf").response.data
    words = " ".join(p.extract_text() for p in PdfReader(BytesIO(printed_letter)).pages)
    assert f"For {teacher['name']}" in words
    assert "Danielson" in words  # its rights notice travels with the page
    assert seen[0]["plate"] in words
