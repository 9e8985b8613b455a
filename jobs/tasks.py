"""Which work belongs to which kind of job."""

from jobs import binder, mail, share, voice
from jobs.queue import Work
from models.binder import KIND as BINDER
from models.voice import CLOSE

TASKS: dict[str, Work] = {
    share.KIND: share.share,
    mail.FEEDBACK: mail.send_feedback,
    mail.PLAN: mail.send_plan,
    mail.INVITATION: mail.send_invitation,
    mail.ALERTS: mail.send_alerts,
    BINDER: binder.fill,
    CLOSE: voice.close,
}
"""A kind that is not here has nobody to do it; `app.py` hands this to the queue."""
