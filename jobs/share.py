"""Sharing feedback at the time its author set."""

from __future__ import annotations

from jobs.mail import tell_of_feedback
from jobs.queue import Never, now, writing
from models.act import NotNow
from models.base import db
from models.district import District
from models.feedback import Feedback
from models.job import Job
from models.person import Person
from models.report import frozen

KIND = "share"


def share(job: Job) -> None:
    """Share the draft as it stands now, if its author still means to and still may."""
    writing()
    author = db.session.scalar(Person.whole().where(Person.id == job.asked_by))
    if author is None or author.ended_at is not None:
        raise Never("Its author is not here any more.")
    feedback = db.session.scalar(Feedback.editable_by(author).where(Feedback.id == job.subject_id))
    if feedback is None or feedback.share_at != job.due_at or feedback.draft is None:
        return  # held back, shared by hand, or set to another time: nothing is left to do
    at = now()
    try:
        kept = frozen(feedback, feedback.draft, District.get(author.district_id), at=at)
        feedback.share(kept, by=author, at=at)
    except NotNow as no:
        raise Never(str(no)) from None
    tell_of_feedback(feedback, by=author, at=at)
    db.session.commit()
