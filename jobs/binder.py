"""Filling a binder: each letter printed once, and kept as it is made."""

from __future__ import annotations

from uuid import UUID

from flask import current_app

from jobs import pdf as press
from jobs.queue import Never, Stopped, now, writing
from models.base import db
from models.binder import Binder, BinderPage
from models.feedback import Feedback, FeedbackPdf
from models.job import Job
from models.person import Person
from models.report import digest, shown
from rules.feedback.report import Report

GONE = "This binder is gone. Make it again."
CHANGED = "You can no longer read this one."


def fill(job: Job) -> None:
    """Print what has no print yet; a second worker goes on where the first one died."""
    binder = db.session.get(Binder, job.subject_id)
    if binder is None:
        raise Never(GONE)
    owner = db.session.scalar(Person.whole().where(Person.id == binder.person_id))
    if owner is None or owner.ended_at is not None:
        raise Never(GONE)
    db.session.expunge_all()
    for position, feedback_id, version_id in BinderPage.to_make(binder.id):
        _page(job, binder, owner, position, feedback_id, version_id)


def _page(
    job: Job, binder: Binder, owner: Person, position: int, feedback_id: UUID, version_id: UUID
) -> None:
    report = _report(owner, feedback_id, version_id)
    if report is None:
        _note(job, binder, position, None, CHANGED)
        return
    mark = digest(report, binder.paper)
    body = FeedbackPdf.find(version_id, binder.paper, mark)
    db.session.rollback()  # no transaction is open while a page is set
    if body is None:
        try:
            body = print_report(report, binder.paper)
        except press.PdfUnavailable as absent:
            raise Never(str(absent)) from None
        except press.NoPdf as no:
            _note(job, binder, position, None, str(no))
            return
        writing()
        FeedbackPdf.keep(version_id, binder.paper, mark, body, at=now())
        db.session.commit()
    _note(job, binder, position, mark)


def _report(owner: Person, feedback_id: UUID, version_id: UUID) -> Report | None:
    """What is to be printed, if its owner may still read it."""
    letter = db.session.scalar(Feedback.visible_to(owner).where(Feedback.id == feedback_id))
    version = next((v for v in letter.versions if v.id == version_id), None) if letter else None
    if letter is None or version is None or version.shared_at is None:
        return None
    return shown(letter, version, owner.district)


def _note(job: Job, binder: Binder, position: int, mark: bytes | None, fault: str = "") -> None:
    """Write down that a page is settled, with how far it is."""
    writing()
    if not job.beat(at=now()):
        db.session.rollback()
        raise Stopped
    BinderPage.note(binder.id, position, digest=mark, fault=fault)
    job.beat(at=now(), done=BinderPage.made(binder.id))
    db.session.commit()


def print_report(report: Report, paper: str) -> bytes:
    """The report as a PDF; a job has no reader at a browser, so nothing of a page is asked."""
    template = current_app.jinja_env.get_template("report/feedback.html")
    html = template.render(report=report, paper=paper)
    return press.render(html, lang="en", title=report.title, author=report.cover.observer)
