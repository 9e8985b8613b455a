"""`flask demo`: an empty database becomes a district in which each part of Crosswalk has a life."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from blueprints.demo import PASSWORD
from models.base import db
from models.district import District
from models.event import Event
from models.feedback import Feedback, Reply
from models.person import Person
from models.settle import findings
from models.sign_in import with_password
from models.walkthrough import DiscourseCheck, Walkthrough
from rules.demo.agreed import FOCUS, REASON, SET
from tests.conftest import Theatre
from tests.page import Page, Visitor


def run(app: Flask, *words: str) -> Result:
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=["demo", *words])
    db.session.rollback()
    return result


@pytest.fixture(scope="module")
def made(theatre: Theatre) -> Result:
    """What the command said; its database is kept for the tests of this file."""
    theatre.put_on("bare")
    with theatre.app.app_context():
        result = run(theatre.app, "--size", "school")
        db.session.remove()
        theatre.store("demo")
    return result


@pytest.fixture
def demo(theatre: Theatre, made: Result) -> Iterator[Flask]:
    assert made.exit_code == 0, made.output
    theatre.put_on("demo")
    with theatre.app.app_context():
        yield theatre.app
        db.session.remove()


def as_(app: Flask, name: str) -> Visitor:
    return Visitor(app, Person.by_email(f"{name}@demo.example"))


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_the_command_prints_the_sign_ins_and_their_password(made: Result) -> None:
    assert made.exit_code == 0, made.output
    assert f"“{PASSWORD}”" in made.output
    for name in ("holt", "okafor", "reyes", "brooks", "quill"):
        assert f"{name}@demo.example" in made.output


def test_the_printed_sign_ins_work_and_no_others(demo: Flask) -> None:
    for name in ("holt", "okafor", "reyes", "brooks", "quill"):
        assert with_password(f"{name}@demo.example", PASSWORD) is not None
    able = select(func.count()).select_from(Person).where(Person.password_hash.is_not(None))
    assert db.session.scalar(able) == 5


def test_everything_is_marked_as_demo(demo: Flask) -> None:
    assert db.session.scalars(select(District)).one().demo
    real = select(func.count()).select_from(Walkthrough).where(Walkthrough.demo.is_(False))
    assert db.session.scalar(real) == 0


def test_every_visit_has_its_taps_its_verdict_and_a_draft(demo: Flask) -> None:
    walks = count(Walkthrough)
    assert walks > 100
    assert count(DiscourseCheck) == count(Feedback) == walks
    assert count(Event) > 12 * walks
    assert count(Reply) > walks / 4


def test_what_is_stored_is_what_the_rules_say_of_the_stored_taps(demo: Flask) -> None:
    district = db.session.scalars(select(District)).one()
    for walk in db.session.scalars(Walkthrough.whole().limit(20)).unique():
        assert walk.check is not None
        found = findings(walk, district)
        assert walk.check.result == found.check.expected()
        assert walk.finished_at == found.observed.finished_at


def test_the_principal_has_visits_due_and_a_draft_to_finish(demo: Flask) -> None:
    page = as_(demo, "holt").get("/")
    assert page.status == 200
    assert "Not visited yet" in page.words or "Last visit" in page.words
    holt = Person.by_email("holt@demo.example")
    assert holt is not None
    drafts = Feedback.editable_by(holt).where(Feedback.shared_at.is_(None))
    assert len(db.session.scalars(drafts).unique().all()) >= 1


def test_the_teacher_has_a_letter_to_read_and_reads_it(demo: Flask) -> None:
    okafor = Person.by_email("okafor@demo.example")
    assert okafor is not None
    received = db.session.scalars(Feedback.answerable_by(okafor)).unique().all()
    assert received[0].opened_at is None
    assert len([one for one in received if one.acknowledged_at]) >= 2
    page = as_(demo, "okafor").get(f"/feedback/{received[0].id}")
    assert page.status == 200
    assert "Ms. Holt" in page.words


def test_the_district_has_a_focus_a_decision_and_a_draft(demo: Flask) -> None:
    assert FOCUS in as_(demo, "holt").get("/focus-sets").words
    assert f"{SET} draft 2 look-fors" in as_(demo, "reyes").get("/look-fors").words
    assert REASON in as_(demo, "okafor").get("/coverage").words
    assert SET not in as_(demo, "okafor").get("/look-fors").words


@pytest.mark.parametrize("name", ["holt", "reyes", "okafor", "brooks", "quill"])
def test_today_is_a_sound_page_for_everyone(demo: Flask, name: str) -> None:
    page: Page = as_(demo, name).get("/")
    assert page.status == 200


def test_a_database_that_holds_a_district_is_left_alone(app: Flask) -> None:
    before = count(Person)
    result = run(app)
    assert result.exit_code == 1
    assert "already holds “Cedar Falls”" in result.output
    assert count(Person) == before


def test_wrong_use_exits_with_2(bare: Flask) -> None:
    assert run(bare, "--size", "galaxy").exit_code == 2
    assert run(bare, "--seed", "-1").exit_code == 2
    assert count(District) == 0
