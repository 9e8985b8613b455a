"""A district's own framework: brought, edited, published, adopted, superseded, written again."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from pypdf import PdfReader

from models.alignment import Alignment
from models.base import db
from models.feedback import Feedback
from models.framework import Component, Framework, FrameworkUpload
from models.framework.versions import left_without
from models.person import Person
from models.stance import Stance
from tests.cast import BEGAN, Cast, named
from tests.page import Page, Visitor
from tests.rubric import workbook
from tests.walk import Phone

Visit = Callable[..., Visitor]
RIGHTS = {"basis": "own_words", "holder": "Cedar Falls", "licence": "All rights reserved"}
SMALL = b"Code,Name,Parent,Description,Low,High\n1,Planning,,,,\n1a,Goals,1,Said aloud.,Some,All\n"


def send(somebody: Visitor, content: bytes, name: str = "rubric.csv") -> Page:
    """Upload a file."""
    body = {"file": (io.BytesIO(content), name), "csrf_token": somebody.token()}
    return somebody.post("/frameworks/import", body=body, content_type="multipart/form-data")


def where(page: Page) -> str:
    """Where an answer leads."""
    assert page.status == 302, page.text
    return str(page.response.headers["Location"])


def brought(somebody: Visitor, content: bytes = SMALL, version: str = "2026", **rights: str) -> str:
    """The path of a draft made of a file."""
    preview = where(send(somebody, content))
    return where(
        somebody.post(preview, {"name": "Our rubric", "version": version} | RIGHTS | rights)
    )


def adopted(somebody: Visitor, content: bytes = SMALL) -> str:
    """The path of the district's own framework, made of a file."""
    path = brought(somebody, content)
    where(somebody.post(f"{path}/publish"))
    where(somebody.post(f"{path}/adopt"))
    return path


def row(path: str) -> Framework:
    """The framework at this path, with everything, as it is now."""
    db.session.remove()
    rows = db.select(Framework).options(*Framework.everything())
    found: Framework = db.session.scalars(
        rows.where(Framework.id == UUID(path.rsplit("/", 1)[1]))
    ).one()
    return found


def part(path: str, code: str) -> Component:
    """One component by its code."""
    return next(c for c in row(path).components if c.code == code)


def said(component: Component, **changes: str) -> dict[str, str]:
    """The form of a component as it stands, with changes."""
    return {
        "name": component.name,
        "code": component.code,
        "kind": component.kind,
        "description": component.description,
        "parent": str(component.parent_id or ""),
        "revision": str(component.revision),
    } | changes


@pytest.fixture
def lead(visit: Visit, cast: Cast) -> Visitor:
    """The district lead at a browser."""
    return visit(cast.lead)


def test_a_file_is_shown_before_it_is_kept_and_then_is_a_draft(
    lead: Visitor, visit: Visit, cast: Cast
) -> None:
    preview = where(send(lead, workbook(), "Our rubric 2026.xlsx"))
    page = lead.get(preview)
    assert page.heading == "Our rubric 2026"
    assert "60, 4 of them at the top" in page.words
    assert not any(f.name == "Our rubric 2026" for f in db.session.scalars(db.select(Framework)))
    assert visit(cast.administrator).get(preview).status == 404
    draft = where(lead.post(preview, {"name": "Ours", "version": "2026"} | RIGHTS))
    assert row(draft).state == "draft"
    assert lead.get(preview).status == 404
    assert visit(cast.principal).get(draft).status == 404
    assert "Ours" not in visit(cast.principal).get("/frameworks").words
    assert "Drafts" in lead.get("/frameworks").words


def test_a_file_with_faults_changes_nothing_and_names_each_cell(lead: Visitor) -> None:
    page = send(lead, b"Code,Name,Parent\n1,A,9\n2,,\n", "<b>.csv")
    assert page.status == 422
    assert "<b>.csv, cell C2: The parent “9”" in page.words
    assert "<b>.csv, cell B3: The row has no name" in page.words
    assert db.session.scalars(db.select(FrameworkUpload)).all() == []
    assert "Choose a file first" in lead.post("/frameworks/import").words


def test_who_may_use_it_is_asked_where_the_file_does_not_say(lead: Visitor) -> None:
    preview = where(send(lead, SMALL))
    page = lead.post(preview, {"name": "Typed by hand", "version": "7"})
    assert page.status == 422
    assert "Name who holds the rights." in page.words
    assert 'value="Typed by hand"' in page.text
    shelf = (Path("frameworks") / "crosswalk-default.yaml").read_bytes()
    stated = lead.get(where(send(lead, shelf, "crosswalk-default.yaml")))
    assert "The Crosswalk authors" in stated.words
    assert "Who holds the rights" not in stated.words


def test_a_version_that_is_here_keeps_what_was_typed_and_asks_for_another(lead: Visitor) -> None:
    brought(lead)
    preview = where(send(lead, SMALL))
    page = lead.post(preview, {"name": "Our rubric", "version": "2026"} | RIGHTS)
    assert page.status == 422
    assert "Version 2026 is here already" in page.words


def test_of_a_framework_whose_names_alone_may_be_shown_only_these_are_kept(lead: Visitor) -> None:
    draft = row(brought(lead, basis="names_only"))
    goals = next(c for c in draft.components if c.code == "1a")
    assert (goals.name, goals.description, goals.descriptors) == ("Goals", "", [])


def test_published_it_is_read_by_everybody_and_edited_by_nobody(
    lead: Visitor, visit: Visit, cast: Cast
) -> None:
    path = brought(lead)
    assert "This is the first version here: 2 components" in lead.get(f"{path}/publish").words
    where(lead.post(f"{path}/publish"))
    assert "Said aloud." in visit(cast.teacher).get(path).words
    goals = part(path, "1a")
    assert lead.get(f"{path}/edit").status == 404
    assert lead.post(f"{path}/components/{goals.id}", said(goals, name="Other")).status == 404
    assert lead.post(f"{path}/discard").status == 404


def test_a_draft_without_rights_cannot_be_published(lead: Visitor, app: Flask) -> None:
    file = Path(app.instance_path) / "bare.csv"
    file.write_bytes(SMALL)
    result = app.test_cli_runner().invoke(args=["frameworks", "import", str(file)])
    assert "Nobody has said who may use it" in result.output
    draft = next(f for f in db.session.scalars(db.select(Framework)) if f.state == "draft")
    path = f"/frameworks/{draft.id}"
    assert "Say first who may use it" in lead.get(f"{path}/publish").words
    assert lead.post(f"{path}/publish").status == 409
    assert lead.get(f"{path}/export?format=yaml").status == 409
    assert lead.post(f"{path}/rights", {}).status == 422
    where(lead.post(f"{path}/rights", RIGHTS))
    where(lead.post(f"{path}/publish"))


def test_the_next_version_carries_the_alignments_and_says_what_it_changes(
    lead: Visitor, cast: Cast
) -> None:
    own = f"/frameworks/{cast.framework.id}"
    assert "2022 is here already" in lead.post(f"{own}/next", {"version": "2022"}).words
    draft = where(lead.post(f"{own}/next", {"version": "2027"}))
    assert count_of_alignments(row(draft)) == count_of_alignments(row(own)) > 0
    assert "Not a word is different" in lead.get(f"{draft}/publish").words
    talk, planning = part(draft, "3b"), part(draft, "1a")
    where(lead.post(f"{draft}/components/{talk.id}/remove", {"revision": "0"}))
    where(lead.post(f"{draft}/components/{planning.id}", said(planning, name="Knowing content")))
    words = lead.get(f"{draft}/publish").words
    assert "Removed: 1 Component 3b Using Questioning" in words
    assert "before: Applying Knowledge of Content and Pedagogy" in words
    lost = {look_for.key for look_for in left_without(row(own), row(draft))}
    assert lost
    assert f"Look-fors left without a component: {len(lost)}" in words


def test_the_next_version_carries_what_was_decided_on_purpose(lead: Visitor, cast: Cast) -> None:
    own = f"/frameworks/{cast.framework.id}"
    talk, planning, ended = part(own, "3b"), part(own, "1a"), part(own, "2a")
    for component, stance, school in (
        (talk, "refrain", None),
        (planning, "protect", named("lincoln")),
        (ended, "refrain", None),
    ):
        said_why = {"unit": "Fractions", "reason": "They talk first.", "school_id": school}
        made = Stance.take(component, stance, by=cast.coach, at=BEGAN, **said_why)  # type: ignore[arg-type]
    made.end(by=cast.coach, at=BEGAN)
    db.session.commit()
    draft = where(lead.post(f"{own}/next", {"version": "2027"}))
    carried = db.session.scalars(Stance.on(row(draft), cast.lead)).unique().all()
    assert {(one.component.key, one.stance, one.school_id) for one in carried} == {
        ("3b", "refrain", None),
        ("1a", "protect", named("lincoln")),
    }
    assert {(one.unit, one.reason, one.made_by) for one in carried} == {
        ("Fractions", "They talk first.", cast.coach.id)
    }
    where(lead.post(f"{draft}/publish"))
    where(lead.post(f"{draft}/adopt"))
    assert lead.get("/coverage").words.count("They talk first.") == 2
    left = db.session.scalars(Stance.on(row(own), cast.lead)).unique().all()
    assert len(left) == 2, "the version before keeps its own"


def count_of_alignments(framework: Framework) -> int:
    ids = [component.id for component in framework.components]
    rows = db.select(db.func.count()).select_from(Alignment).where(Alignment.component_id.in_(ids))
    return db.session.scalar(rows) or 0


def test_a_version_is_superseded_when_the_district_works_with_the_next(
    lead: Visitor, cast: Cast
) -> None:
    own = f"/frameworks/{cast.framework.id}"
    draft = where(lead.post(f"{own}/next", {"version": "2027"}))
    assert lead.post(f"{draft}/adopt").status == 409
    where(lead.post(f"{draft}/publish"))
    assert row(own).state == "published"
    assert "There is a newer version" in lead.get(own).words
    where(lead.post(f"{draft}/adopt"))
    assert row(own).state == "superseded"
    assert cast.lead.district.framework_id == row(draft).id


def test_a_visit_keeps_the_words_of_the_version_it_was_made_with(
    lead: Visitor, visit: Visit, cast: Cast
) -> None:
    phone = Phone()
    phone.whole_visit(cast)
    principal = visit(cast.principal)
    principal.sync(phone.batch())
    feedback = db.session.scalars(Feedback.editable_by(cast.principal)).unique().one()
    letter, pdf = f"/feedback/{feedback.id}", f"/feedback/{feedback.id}.pdf"
    principal.post(f"{letter}/share", {"places-0-text": "Students compared ways."})
    principal.get(letter)  # says once that it was shared
    before = principal.get(letter).words, in_print(principal.get(pdf))
    draft = where(lead.post(f"/frameworks/{cast.framework.id}/next", {"version": "2027"}))
    for component in row(draft).components:
        new = said(component, code=f"X{component.position}", name=f"New {component.position}")
        where(lead.post(f"{draft}/components/{component.id}", new))
    where(lead.post(f"{draft}/publish"))
    where(lead.post(f"{draft}/adopt"))
    assert (principal.get(letter).words, in_print(principal.get(pdf))) == before
    assert "New " not in principal.get(letter).words
    assert "The Danielson Group" in before[1]


def in_print(page: Page) -> str:
    pages = PdfReader(io.BytesIO(page.response.get_data())).pages
    return " ".join(" ".join(each.extract_text() for each in pages).split())


def test_a_component_is_added_moved_and_removed_with_what_stands_under_it(lead: Visitor) -> None:
    path = brought(lead)
    planning = part(path, "1")
    assert lead.post(f"{path}/components/new", {"name": " "}).status == 422
    new = {"name": "Time", "code": "1b", "parent": str(planning.id)}
    where(lead.post(f"{path}/components/new", new))
    assert "Time" in lead.get(f"{path}/edit").words
    time = part(path, "1b")
    here = f"{path}/components/{time.id}"
    where(lead.post(f"{here}/move", {"to": "up", "revision": "0"}))
    assert [c.code for c in row(path).components if c.parent_id] == ["1b", "1a"]
    assert lead.post(f"{here}/move", {"to": "up", "revision": "0"}).status == 409
    under_itself = said(planning, parent=str(time.id))
    assert lead.post(f"{path}/components/{planning.id}", under_itself).status == 422
    page = lead.get(f"{path}/components/{planning.id}")
    assert "2 components under it go with it" in page.words
    where(lead.post(f"{path}/components/{planning.id}/remove", {"revision": "0"}))
    assert row(path).components == []
    assert "The draft is empty" in lead.get(f"{path}/edit").words
    assert lead.post(f"{path}/publish").status == 409
    where(lead.post(f"{path}/discard"))
    assert lead.get(path).status == 404


def test_what_a_level_looks_like_is_written_in_the_editor(lead: Visitor) -> None:
    path = brought(lead)
    first = next(c for c in row(path).components if c.descriptors)
    levels = [level["value"] for level in row(path).levels]
    page = lead.get(f"{path}/components/{first.id}")
    assert first.descriptors[0]["text"] in page.text
    new = said(first) | {f"level_{value}": "" for value in levels}
    new[f"level_{levels[1]}"] = " Some students lead.\r\nOthers follow. "
    where(lead.post(f"{path}/components/{first.id}", new))
    kept = next(c for c in row(path).components if c.id == first.id)
    written = [{"level": levels[1], "text": "Some students lead.\nOthers follow."}]
    assert kept.descriptors == written
    where(lead.post(f"{path}/components/{first.id}", said(kept, name="Another name")))
    again = next(c for c in row(path).components if c.id == first.id)
    assert (again.name, again.descriptors) == ("Another name", written)
    long = said(again) | {f"level_{levels[0]}": "x" * 20_001}
    refused = lead.post(f"{path}/components/{first.id}", long)
    assert refused.status == 422
    assert "Use at most 20,000 characters" in refused.words


def test_the_last_writer_does_not_silently_win(lead: Visitor, visit: Visit, cast: Cast) -> None:
    path = brought(lead)
    goals = part(path, "1a")
    here = f"{path}/components/{goals.id}"
    where(visit(cast.administrator).post(here, said(goals, name="Theirs")))
    page = lead.post(here, said(goals, name="Mine"))
    assert page.status == 409
    assert "Somebody else changed this component" in page.words
    assert "Theirs" in page.words
    assert 'value="Mine"' in page.text
    assert part(path, "1a").name == "Theirs"
    assert lead.post(f"{here}/remove", {"revision": "0"}).status == 409
    where(lead.post(here, said(part(path, "1a"), name="Mine")))
    assert part(path, "1a").name == "Mine"


@pytest.mark.parametrize("form", ["case", "xlsx", "csv", "yaml"])
def test_what_is_exported_is_brought_again(form: str, lead: Visitor) -> None:
    path = adopted(lead)
    answer = lead.get(f"{path}/export?format={form}")
    assert "attachment" in answer.response.headers["Content-Disposition"]
    preview = where(send(lead, answer.response.get_data(), f"again.{form}"))
    again = where(lead.post(preview, {"name": "Our rubric", "version": "2027"} | RIGHTS))
    assert words_of(row(again)) == words_of(row(path))


def words_of(framework: Framework) -> list[Any]:
    keys = {component.id: component.key for component in framework.components}
    return [
        (c.key, c.code, c.name, c.description, c.descriptors, keys.get(c.parent_id or c.id))
        for c in framework.components
    ]


def test_identifiers_that_came_in_go_out_and_a_clone_has_its_own(lead: Visitor) -> None:
    name = "bbbbbbbb-0000-4000-8000-000000000001"
    package = {
        "CFDocument": {"identifier": "aaaaaaaa-0000-4000-8000-000000000000", "title": "State"},
        "CFItems": [{"identifier": name, "fullStatement": "One\r\nline", "odd": 1}],
        "CFAssociations": [
            {"associationType": "exactMatchOf", "originNodeURI": name, "destinationNodeURI": "x:9"}
        ],
    }
    path = brought(lead, json.dumps(package).encode())
    out = lead.get(f"{path}/export?format=case").response.get_json(force=True)
    assert out["CFItems"][0]["identifier"] == name
    assert out["CFItems"][0]["fullStatement"] == "One\r\nline"
    assert out["CFAssociations"][-1]["originNodeURI"]["identifier"] == name
    where(lead.post(f"{path}/publish"))
    clone = where(lead.post(f"{path}/next", {"version": "2027"}))
    later = lead.get(f"{clone}/export?format=case").response.get_json(force=True)
    assert later["CFDocument"]["identifier"] != out["CFDocument"]["identifier"]
    fresh = later["CFItems"][0]["identifier"]
    assert fresh != name
    assert later["CFAssociations"][-1]["originNodeURI"]["identifier"] == fresh


def test_an_unknown_format_is_refused_with_the_choices(lead: Visitor, cast: Cast) -> None:
    page = lead.get(f"/frameworks/{cast.framework.id}/export?format=doc")
    assert page.status == 400
    assert "case, xlsx, csv, yaml" in page.words
    assert "CASE 1.1" in lead.get(f"/frameworks/{cast.framework.id}/export").words


def run(app: Flask, *words: object) -> tuple[int, str]:
    """A command's status, and what it prints."""
    db.session.remove()
    result = app.test_cli_runner().invoke(args=[*map(str, words)])
    db.session.remove()
    return result.exit_code, result.output


def test_by_command_a_file_is_imported_once_and_exported(app: Flask, tmp_path: Path) -> None:
    file, out = tmp_path / "our-rubric-2026.csv", tmp_path / "out.json"
    file.write_bytes(SMALL)
    bring = ("frameworks", "import", file, "--holder", "Elm County", "--adopt")
    for _ in range(2):
        status, printed = run(app, *bring)
        assert (status, printed.splitlines()[-1]) == (0, "imported our-rubric-2026")
    file.write_bytes(SMALL.replace(b"Goals", b"Aims"))
    status, printed = run(app, *bring)
    assert status == 1
    assert "is here already and says something else" in printed
    status, printed = run(app, *bring, "--version", "2027")
    assert printed.splitlines()[-1] == "imported our-rubric-2026@2027"
    assert run(app, "frameworks", "export", "our-rubric-2026", "--output", out)[0] == 0
    assert json.loads(out.read_text())["CFDocument"]["version"] == "2027"
    status, printed = run(app, "frameworks", "export", "our-rubric-2026@2026", "--format", "csv")
    assert "Goals" in printed
    assert run(app, "frameworks", "export", "nowhere")[0] == 1


def test_by_command_a_file_with_faults_is_refused_line_by_line(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "rubric.csv"
    file.write_bytes(b"Code,Name\n1,\n2,\n")
    status, printed = run(app, "frameworks", "import", file)
    assert status == 1
    assert len(printed.splitlines()) == 2
    assert run(app, "frameworks", "import", tmp_path / "nowhere.json")[0] == 1


def test_an_upload_is_forgotten_with_the_next_one(lead: Visitor, cast: Cast) -> None:
    first = where(send(lead, SMALL))
    second = where(send(lead, SMALL))
    assert lead.get(first).status == 404
    where(lead.post(f"{second}/throw-away"))
    assert lead.get(second).status == 404
    assert isinstance(cast.lead, Person)
