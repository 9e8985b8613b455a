"""Closing a sheet of tickets when its day ends."""

from __future__ import annotations

from flask import current_app

from jobs.queue import now, writing
from models.base import db
from models.job import Job
from models.voice import VoiceSheet


def close(job: Job) -> None:
    """Close the sheet, unless its teacher has closed it or thrown it away."""
    writing()
    sheet = VoiceSheet.held(job.subject_id)
    if sheet is None or sheet.locked is None:
        return
    sheet.close(secret=current_app.config["SETTINGS"].secret_key, by=None, at=now())
    db.session.commit()
