"""Mail: a message without content and a link, handed to the district's mail server."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import SplitResult, unquote, urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app

from config import Settings
from jobs.queue import Later, Never, now, settle, writing
from models.base import db
from models.feedback import Feedback
from models.job import Job
from models.person import Person
from models.plan import Plan
from models.sign_in import Invitation
from models.trends.alert import news, ringing
from rules.calendar import clock, short_day

SECONDS = 20.0
GIVE_UP_AFTER = 24 * 3600
LOCAL = ("localhost", "127.0.0.1", "::1")
NO_ADDRESS = "No e-mail address is known. Hand the link over yourself."
REFUSED = "The mail server refused it ({code}). Check the address, or hand the link over yourself."
UNREACHED = "The mail server cannot be reached. It is tried again by itself."
NO_TLS = (
    "The mail server offers no encryption, so the password was not sent. "
    "Use smtps:// or a server with STARTTLS."
)

FEEDBACK, PLAN, INVITATION = "mail-feedback", "mail-plan", "mail-invitation"
ALERTS = "mail-alerts"


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says: that there is something, and where. Never what."""

    subject: str
    text: str
    path: str


NOTICE_OF_FEEDBACK = "You have feedback"
NOTICE_OF_PLAN = "A visit is planned"
NOTICE_OF_ALERTS = "Something waits on Today"
NOTICE_OF_INVITATION = "Your invitation to Crosswalk"


def possible() -> bool:
    """Whether this Crosswalk was told of a mail server."""
    return bool(_settings().mail_url)


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of a mail, in words for whoever caused it."""

    words: str
    state: str
    """sent, device (on its way) or help (needs a person)."""


def standing(job: Job | None, zone: ZoneInfo) -> Standing | None:
    """Where a mail is; None where none was asked for."""
    if job is None:
        return None
    if job.state == "done" and job.ended_at is not None:
        when = f"{short_day(job.ended_at, zone)}, {clock(job.ended_at, zone)}"
        return Standing(f"The mail server took the e-mail on {when}", "sent")
    if job.state == "failed":
        return Standing(f"The e-mail was not sent. {job.reason}", "help")
    return Standing(job.reason or "The e-mail is on its way", "device")


def tell_of_feedback(feedback: Feedback, *, by: Person, at: datetime) -> None:
    """Tell the teacher that there is feedback, once for each version."""
    version = feedback.shared
    if possible() and version is not None:
        Job.put(FEEDBACK, feedback.id, key=version.id, by=by, at=at)


def tell_of_plan(plan: Plan, *, by: Person, at: datetime) -> None:
    """Tell the teacher that a visit is planned."""
    if possible():
        Job.put(PLAN, plan.id, by=by, at=at)


def tell_of_alerts(person: Person, *, at: datetime) -> bool:
    """Tell somebody that alerts ring, once for each piece of news; whether there was any."""
    word = news(person)
    if possible() and word:
        Job.put(ALERTS, person.id, key=word, by=None, at=at)
    return bool(word)


def invite(person: Person, *, by: Person, at: datetime) -> None:
    """Send somebody the link with which they choose a password."""
    Job.put(INVITATION, person.id, key=at.isoformat(), by=by, at=at)


def send_feedback(job: Job) -> None:
    """Hand over the notice of feedback, unless it was taken back meanwhile."""
    feedback = db.session.scalar(Feedback.whole().where(Feedback.id == job.subject_id))
    if feedback is None or feedback.shared is None:
        raise Never("It was taken back before the e-mail was sent.")
    to = _reader(feedback.walkthrough.teacher_id)
    text = "There is feedback for you in Crosswalk. This message holds none of it."
    path = f"/feedback/{feedback.id}/self-view"
    _send(job, to, Letter(NOTICE_OF_FEEDBACK, text, path))


def send_plan(job: Job) -> None:
    """Hand over the notice of a planned visit, unless it was dropped meanwhile."""
    plan = db.session.scalar(Plan.whole().where(Plan.id == job.subject_id))
    if plan is None:
        raise Never("The plan was dropped before the e-mail was sent.")
    text = "A visit to your classroom is planned. Say what you would like to be looked at."
    _send(job, _reader(plan.teacher_id), Letter(NOTICE_OF_PLAN, text, "/wishes"))


def send_alerts(job: Job) -> None:
    """Hand over how many alerts ring now, and nothing of what they are about."""
    to = _reader(job.subject_id)
    count = len(ringing(to))
    if not count:
        raise Never("Nothing rang any more when the e-mail was to be sent.")
    waits = "One alert waits" if count == 1 else f"{count} alerts wait"
    text = f"{waits} for you on Today. This message holds nothing of it."
    _send(job, to, Letter(NOTICE_OF_ALERTS, text, "/"))


def send_invitation(job: Job) -> None:
    """Make a link and hand it over; its secret is in the mail alone."""
    to = _reader(job.subject_id)
    by = job.asked_by and db.session.get(Person, job.asked_by)
    writing()
    token = Invitation.make(to, by=by or None, at=now())
    settle()
    text = (
        "You are invited to Crosswalk. Choose a password by this link; it works once, for 14 days."
    )
    _send(job, to, Letter(NOTICE_OF_INVITATION, text, f"/invitation/{token}"))


def _reader(person_id: UUID | None) -> Person:
    found = db.session.scalar(Person.whole().where(Person.id == person_id))
    if found is None or found.ended_at is not None or not found.email:
        raise Never(NO_ADDRESS)
    return found


def _send(job: Job, to: Person, letter: Letter) -> None:
    settings = _settings()
    if not settings.mail_url:
        raise Never("No mail server is set. Hand the link over yourself.")
    sender = to.district.mail_return or _own_address(settings)
    message = _message(job, to, letter, sender, settings)
    db.session.rollback()  # nothing is held while a slow server answers
    try:
        _hand_over(settings.mail_url, message, sender=sender, to=to.email or "")
    except Later:
        if (now() - job.made_at).total_seconds() > GIVE_UP_AFTER:
            raise Never("The mail server could not be reached for a day.") from None
        raise


def _message(job: Job, to: Person, letter: Letter, sender: str, settings: Settings) -> EmailMessage:
    message = EmailMessage()
    message["From"] = Address(f"Crosswalk, {to.district.name}", addr_spec=sender)
    message["To"] = Address(to.full_name, addr_spec=to.email or "")
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(job.made_at)
    # one job, one id: if we die between handing over and noting it, the second copy is the first
    message["Message-ID"] = f"<{job.id}@{urlsplit(settings.public_url).hostname}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(f"{letter.text}\n\n{settings.public_url}{letter.path}\n")
    return message


def _own_address(settings: Settings) -> str:
    user = unquote(urlsplit(settings.mail_url).username or "")
    host = urlsplit(settings.public_url).hostname or "localhost"
    return user if "@" in user else f"no-reply@{host}"


def _hand_over(url: str, message: EmailMessage, *, sender: str, to: str) -> None:
    """Give a message to the server. `Later` where it may take it another time, else `Never`."""
    try:
        with _server(url) as server:
            server.send_message(message, from_addr=sender, to_addrs=[to])
    except smtplib.SMTPAuthenticationError:
        raise Later("The mail server does not take our user and password.") from None
    except smtplib.SMTPRecipientsRefused as refused:
        code = next(iter(refused.recipients.values()))[0]
        raise _refusal(code) from None
    except smtplib.SMTPResponseException as answer:
        raise _refusal(answer.smtp_code) from None
    except (smtplib.SMTPException, OSError):
        raise Later(UNREACHED) from None


def _refusal(code: int) -> Later | Never:
    if 400 <= code < 500:
        return Later(f"The mail server asks for patience ({code}). It is tried again by itself.")
    return Never(REFUSED.format(code=code))


def _server(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    host, secure = parts.hostname or "", ssl.create_default_context()
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=SECONDS, context=secure)
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=SECONDS)
    try:
        _let_in(server, parts, secure)
    except BaseException:
        server.close()
        raise
    return server


def _let_in(server: smtplib.SMTP, parts: SplitResult, secure: ssl.SSLContext) -> None:
    """Encrypt the line where it is not yet, and say who we are where we are somebody."""
    server.ehlo()
    if parts.scheme == "smtp" and server.has_extn("starttls"):
        server.starttls(context=secure)
    elif parts.scheme == "smtp" and parts.username and parts.hostname not in LOCAL:
        raise Never(NO_TLS)
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))


def _settings() -> Settings:
    return current_app.config["SETTINGS"]  # type: ignore[no-any-return]
