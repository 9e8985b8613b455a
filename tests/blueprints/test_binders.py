"""Binders: one term's letters as one file, for what its reader may read and nothing else."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select

from jobs import pdf as press
from jobs.queue import work_off
from models.base import db
from models.binder import Binder, BinderPage
from models.feedback import FeedbackPdf
from models.job import Job
from tests.blueprints.test_loop import as_posted
from tests.cast import Cast, named
from tests.page import Page, Visitor
from tests.walk import AT, Phone

Visit = Callable[..., Visitor]

LATER = datetime(2026, 10, 30, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _late_in_the_term() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A press that is quick, and what it printed."""
    titles: list[str] = []

    def render(html: str, *, lang: str, title: str, author: str = "") -> bytes:
        titles.append(title)
        return b"%PDF-1.7 " + title.encode() + b"\n%%EOF"

    monkeypatch.setattr(press, "render", render)
    return titles


def share(
    author: Visitor, cast: Cast, day: int, *, purpose: str = "walkthrough", teacher: str = "okafor"
) -> str:
    """A visit on a day of October, and its letter shared."""
    phone = Phone(f"phone-{purpose}-{day}")
    phone.at = AT.replace(day=day)
    room = {"okafor": "math 7", "lindqvist": "science 8"}[teacher]
    phone.start(cast, purpose=purpose, teacher=str(named(teacher)), **{"class": str(named(room))})
    phone.mark(cast, "BL01")
    phone.act("finished")
    assert author.sync(phone.batch()).status == 200
    path = str(author.get(f"/walkthroughs/{phone.walk}").response.headers["Location"])
    assert author.post(f"{path}/share", as_posted(author.get(path))).status == 302
    return path


def gathered(visitor: Visitor, term: str = "Fall 2026") -> str:
    """Ask for a term; returns the path of the binder."""
    return str(visitor.post("/binders", {"term": term}).response.headers["Location"])


def names(answer: Page) -> list[str]:
    """What is in the file that was downloaded."""
    assert answer.status == 200, answer.text
    with zipfile.ZipFile(BytesIO(answer.response.get_data())) as file:
        assert file.testzip() is None
        return file.namelist()


def pages() -> list[BinderPage]:
    db.session.rollback()
    rows = select(BinderPage).order_by(BinderPage.position)
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))


def test_a_binder_holds_what_its_reader_may_read_and_nothing_else(
    visit: Visit, cast: Cast, printed: list[str]
) -> None:
    principal, coach = visit(cast.principal), visit(cast.coach)
    share(principal, cast, 13)
    share(principal, cast, 14, teacher="lindqvist")
    share(principal, cast, 15, purpose="evaluation")
    share(coach, cast, 16, purpose="coaching")
    okafor = "Okafor, Math 7.pdf"
    expected = {
        "principal": [
            f"2026-10-13 {okafor}",
            "2026-10-14 Lindqvist, Science 8.pdf",
            f"2026-10-15 {okafor}",
        ],
        "teacher": [f"2026-10-{day} {okafor}" for day in (13, 15, 16)],
        "coach": [f"2026-10-13 {okafor}", f"2026-10-16 {okafor}"],
        "colleague": ["2026-10-14 Lindqvist, Science 8.pdf"],
    }
    for part, held in expected.items():
        reader = visit(getattr(cast, part))
        binder = gathered(reader)
        work_off()
        assert names(reader.get(f"{binder}.zip")) == held, part
    for part in ("other_coach", "stranger", "strangers_teacher"):
        assert gathered(visit(getattr(cast, part))) == "/binders", part


def test_how_far_it_is_can_be_seen_and_is_nobody_elses_business(
    visit: Visit, cast: Cast, printed: list[str]
) -> None:
    principal = visit(cast.principal)
    share(principal, cast, 13)
    share(principal, cast, 14)
    binder = gathered(principal)
    assert "Waiting for its turn" in principal.get(binder).words
    assert "0 of 2 printed" in principal.get(binder).words
    assert principal.get(f"{binder}.zip").status == 409
    work_off()
    assert "2 of 2 printed" in principal.get(binder).words
    told = principal.get(binder, headers={"X-Crosswalk": "1"}).response.get_json()
    assert (told["state"], told["done"], told["total"]) == ("done", 2, 2)
    for part in ("teacher", "coach", "administrator"):
        assert visit(getattr(cast, part)).get(binder).status == 404
        assert visit(getattr(cast, part)).get(f"{binder}.zip").status == 404


def test_what_one_may_no_longer_read_is_not_handed_out(
    visit: Visit, cast: Cast, printed: list[str]
) -> None:
    principal = visit(cast.principal)
    share(principal, cast, 13)
    taken_back = share(principal, cast, 14)
    binder = gathered(principal)
    work_off()
    principal.post(f"{taken_back}/take-back")
    assert names(principal.get(f"{binder}.zip")) == ["2026-10-13 Okafor, Math 7.pdf"]


def test_what_is_withdrawn_before_it_is_printed_is_said_to_be_missing(
    visit: Visit, cast: Cast, printed: list[str]
) -> None:
    principal = visit(cast.principal)
    share(principal, cast, 13)
    taken_back = share(principal, cast, 14)
    binder = gathered(principal)
    principal.post(f"{taken_back}/take-back")
    work_off()
    page = principal.get(binder)
    assert "Not in the file 2026-10-14 Okafor, Math 7.pdf You can no longer read" in page.words
    assert len(printed) == 1


def test_a_second_worker_goes_on_where_the_first_one_died(
    visit: Visit, cast: Cast, printed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    principal = visit(cast.principal)
    for day in (13, 14, 15):
        share(principal, cast, day)
    binder = gathered(principal)
    quick = press.render

    def dies(html: str, **more: str) -> bytes:
        if len(printed) == 1:
            raise SystemExit  # nothing behind this line runs, as after kill -9
        return quick(html, **more)

    with monkeypatch.context() as patch:
        patch.setattr(press, "render", dies)
        with pytest.raises(SystemExit):
            work_off()
    db.session.rollback()
    assert [page.digest is not None for page in pages()] == [True, False, False]
    with time_machine.travel(LATER + timedelta(minutes=2), tick=False):
        principal.app.extensions["queue"].sweep()
        work_off()
        assert len(printed) == 3
        assert len(names(principal.get(f"{binder}.zip"))) == 3


def test_it_can_be_canceled_on_the_way_and_go_on(
    visit: Visit, cast: Cast, printed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    principal = visit(cast.principal)
    for day in (13, 14, 15):
        share(principal, cast, day)
    binder, quick = gathered(principal), press.render

    def canceling(html: str, **more: str) -> bytes:
        if len(printed) == 1:
            assert Visitor(principal.app, cast.principal).post(f"{binder}/cancel").status == 302
        return quick(html, **more)

    with monkeypatch.context() as patch:
        patch.setattr(press, "render", canceling)
        work_off()
    assert "Canceled" in principal.get(binder).words
    assert len(printed) == 2
    principal.post(f"{binder}/resume")
    work_off()
    assert "3 of 3 printed" in principal.get(binder).words
    assert len(printed) == 3


def test_a_letter_that_cannot_be_printed_is_named_and_the_others_are_there(
    visit: Visit, cast: Cast, printed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    principal, quick = visit(cast.principal), press.render
    share(principal, cast, 13)
    share(principal, cast, 14, teacher="lindqvist")

    def picky(html: str, *, title: str, **more: str) -> bytes:
        if "Lindqvist" in title:
            raise press.PdfTooSlow("The PDF took more than 30 s.")
        return quick(html, title=title, **more)

    monkeypatch.setattr(press, "render", picky)
    binder = gathered(principal)
    work_off()
    assert "took more than 30 s" in principal.get(binder).words
    assert names(principal.get(f"{binder}.zip")) == ["2026-10-13 Okafor, Math 7.pdf"]


def test_without_pango_it_stops_and_says_what_to_install(
    visit: Visit, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(_html: str, **_: str) -> bytes:
        raise press.PdfUnavailable("Install Pango.")

    monkeypatch.setattr(press, "render", absent)
    principal = visit(cast.principal)
    share(principal, cast, 13)
    binder = gathered(principal)
    work_off()
    assert "It stopped" in principal.get(binder).words
    assert "Install Pango." in principal.get(binder).words


def test_a_print_that_was_made_before_is_not_made_again(
    visit: Visit, cast: Cast, printed: list[str]
) -> None:
    principal = visit(cast.principal)
    path = share(principal, cast, 13)
    principal.get(f"{path}.pdf")
    gathered(principal)
    work_off()
    assert len(printed) == 1
    assert len(db.session.scalars(select(FeedbackPdf.version_id)).all()) == 1


def test_a_binder_is_kept_for_a_week(visit: Visit, cast: Cast, printed: list[str]) -> None:
    principal = visit(cast.principal)
    share(principal, cast, 13)
    binder = gathered(principal)
    work_off()
    with time_machine.travel(LATER + timedelta(days=7), tick=False):
        assert principal.get(binder).status == 404
        assert Binder.outdated(at=datetime.now(UTC))
        Binder.tidy(at=datetime.now(UTC))
        db.session.commit()
        assert pages() == []
        assert not Binder.outdated(at=datetime.now(UTC))


def test_a_term_without_letters_says_so_and_an_unknown_term_is_refused(
    visit: Visit, cast: Cast
) -> None:
    principal = visit(cast.principal)
    assert gathered(principal, "Spring 2025") == "/binders"
    assert "no shared feedback from Spring 2025" in principal.get("/binders").words
    assert principal.post("/binders", {"term": "Winter 1900"}).status == 422
    assert db.session.scalars(select(Job)).all() == []


def test_the_real_press_fills_a_binder(visit: Visit, cast: Cast) -> None:
    teacher = visit(cast.teacher)
    share(visit(cast.principal), cast, 13)
    binder = gathered(teacher)
    work_off()
    answer = teacher.get(f"{binder}.zip")
    with zipfile.ZipFile(BytesIO(answer.response.get_data())) as file:
        [name] = file.namelist()
        assert file.read(name).startswith(b"%PDF-1.7")
    assert UUID(binder.rpartition("/")[2])
