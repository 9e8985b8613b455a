"""A word of its own in each field that is free to be written in, and who ever reads it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from models.base import db
from models.everything import metadata
from models.feedback import Feedback
from tests.cast import Cast
from tests.page import Visitor
from tests.trust.confidence import done, loud, rows_of_coaching
from tests.trust.crawl import Browser, addresses, crawl, print_nothing
from tests.trust.paths import in_the_open
from tests.walk import Phone

Visit = Callable[..., Visitor]

pytestmark = [pytest.mark.only_sqlite, pytest.mark.long]

PAIR = {"coach", "teacher"}
READERS = {"principal", "coach", "teacher"}
TRUTH = {
    # said in coaching
    "events.data": PAIR,
    "discourse_checks": PAIR,
    "feedback_versions": PAIR,
    "feedback step": PAIR,
    "replies.text": PAIR,
    "feedback_versions.reason": {"coach"},  # of a correction that is not shared yet
    "steps.text": PAIR,
    "steps.answer": PAIR,
    "steps.words": PAIR,
    "goals.text": PAIR,
    "coaching_notes.text": PAIR,
    "a note of one’s own": {"coach"},
    "plan_parts.text": PAIR,
    "plan_parts.resource": PAIR,
    "phase_moves.reason": PAIR,
    # said on a walkthrough of the principal, whose teacher the coach has on the caseload
    "an open note": READERS,
    "an open strength": READERS,
    "an open step": READERS,
    "an open reply": READERS,
    "a draft": {"principal"},
    "wishes.text": READERS | {"other_coach"},  # whoever may visit next
}
"""Each field, and who may ever read what was written there. Nobody else is anybody else."""

ELSEWHERE = {
    *("alignments.reason", "look_fors.resource"),  # of the shelf, which everybody reads
    *("event_asides.body", "event_asides.reason", "feedback_versions.sentences"),
    *("feedback_pdfs.body", "sealed_asides.body", "sealed_asides.reason"),
    # of the district's frameworks and letters to families, which say nothing of a person
    *("communications.body", "components.note", "past_alignments.reason", "stances.reason"),
    "jobs.reason",  # why a machine could not do it
}
"""Columns whose words come in through a field above, or from a file."""
WORDS = {"answer", "body", "data", "note", "reason", "resource", "sentences", "text", "words"}


def test_every_column_of_words_has_its_canary() -> None:
    columns = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name in WORDS
    }
    assert columns - set(TRUTH) - ELSEWHERE == set(), "say in TRUTH who may read it"


def open_words(visit: Visit, cast: Cast, say: Callable[[str], str]) -> None:
    """A walkthrough that is shared and answered, and another whose feedback is a draft."""
    principal, teacher = visit(cast.principal), visit(cast.teacher)
    letters = []
    for number, note in enumerate(("an open note", "a draft")):
        phone = Phone(f"phone-open-{number}")
        phone.start(cast)
        phone.act("note_written", {"note": "n1", "text": say(note)})
        phone.act("finished")
        principal.sync(phone.batch())
        db.session.rollback()
        rows = Feedback.editable_by(cast.principal).where(
            Feedback.walkthrough_id == UUID(phone.walk)
        )
        letters.append(f"/feedback/{db.session.scalars(rows).unique().one().id}")
    words = {"places-0-text": say("an open strength"), "places-3-text": say("an open step")}
    done(principal.post(f"{letters[0]}/share", words))
    done(teacher.post(f"{letters[0]}/reply", {"text": say("an open reply"), "kind": "reply"}))
    done(teacher.post("/wishes", {"text": say("wishes.text")}))


def test_everybody_reads_exactly_what_the_truth_table_says(
    visit: Visit, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    print_nothing(monkeypatch)
    tokens = {field: f"canary-{number:02}-bird" for number, field in enumerate(TRUTH)}
    opened = in_the_open(visit, cast)
    loud(visit, cast, tokens.__getitem__)
    open_words(visit, cast, tokens.__getitem__)
    hidden = rows_of_coaching(cast)
    every = [{**opened, **hidden, **more} for more in ({}, opened, *rows_of_everything())]
    paths = [path for path in addresses(visit().app, every) if "?" not in path]
    everybody = {**cast.everybody(), "nobody": None}
    browsers = [Browser(visit().app, part, who) for part, who in everybody.items()]
    read: dict[str, set[str]] = {field: set() for field in TRUTH}
    for (part, _), (_, _, body) in crawl(browsers, paths).items():
        for field, token in tokens.items():
            if token.encode() in body:
                read[field].add(part)
    assert read == TRUTH


def rows_of_everything() -> list[dict[str, object]]:
    """Every visit, letter and step there is, whoever’s it may be."""
    places = {"<uuid:walkthrough_id>": "walkthroughs", "<uuid:feedback_id>": "feedback"}
    places["<uuid:step_id>"] = "steps"
    db.session.rollback()
    return [
        {place: row.id}
        for place, table in places.items()
        for row in db.session.execute(metadata.tables[table].select())
    ]
