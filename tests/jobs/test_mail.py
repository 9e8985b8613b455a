"""Mail, with a real server on this machine: what is sent, what is refused, and what is not said."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from flask import Flask
from sqlalchemy import select, update

from jobs import mail
from jobs.queue import work_off
from models.base import db
from models.district import District, School
from models.job import Job
from models.trends.alert import TrendAlert
from models.trends.fact import Fact
from tests.blueprints.test_before import plan
from tests.blueprints.test_loop import as_posted, shared, walked
from tests.cast import Cast, named
from tests.jobs.certificate import certificate
from tests.page import Visitor
from tests.walk import Phone

Visit = Callable[..., Visitor]

WORDS = "Nobody but you reads that the pairs compared two ways"


class Post:
    """A mail server that keeps what it takes, and answers recipients as it is told."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.answer = "250 OK"
        self.users: list[bytes] = []

    async def handle_RCPT(  # noqa: N802 (the server’s own name for it)
        self, _server: object, _session: object, envelope: Any, address: str, _options: object
    ) -> str:
        if self.answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802
        self.taken.append(envelope)
        return "250 taken"

    def check(self, _server: object, _session: object, *more: Any) -> AuthResult:
        login = more[-1]
        assert isinstance(login, LoginPassword)
        self.users.append(login.login)
        return AuthResult(success=login.password == b"a secret", handled=False)


@pytest.fixture
def post(app: Flask) -> Iterator[Post]:
    """A plain mail server, of which the app was told."""
    kept = Post()
    server = Controller(kept, hostname="127.0.0.1", port=free_port())
    server.start()
    try:
        tell(app, f"smtp://127.0.0.1:{server.port}")
        yield kept
    finally:
        server.stop()
        tell(app, "")


def free_port() -> int:
    """A port on which nobody listens; the server wants to know it beforehand."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def tell(app: Flask, url: str) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], mail_url=url)


def sent(post: Post) -> list[Any]:
    return [message_from_bytes(envelope.content) for envelope in post.taken]


def feedback_job() -> Job:
    db.session.rollback()
    rows = select(Job).where(Job.kind == mail.FEEDBACK).execution_options(populate_existing=True)
    return db.session.scalars(rows).one()


def test_a_shared_letter_is_announced_without_a_word_of_it(
    post: Post, visit: Visit, cast: Cast
) -> None:
    principal, path = walked(visit, cast)
    principal.post(f"{path}/share", as_posted(principal.get(path)) | {"places-0-text": WORDS})
    work_off()
    [envelope], [message] = post.taken, sent(post)
    assert envelope.rcpt_tos == ["okafor@cedarfalls.example"]
    assert message["Subject"] == "You have feedback"
    body = message.get_payload()
    assert f"http://127.0.0.1:8000{path}/self-view" in body
    for secret in (WORDS, "Holt", "Math", "Lincoln", "risk"):
        assert secret not in envelope.content.decode(), secret
    assert "The mail server took the e-mail on" in principal.get(path).words


@pytest.mark.parametrize("purpose", ["walkthrough", "coaching"])
def test_the_mail_does_not_tell_coaching_from_a_walkthrough(
    post: Post, visit: Visit, cast: Cast, purpose: str
) -> None:
    author = visit(cast.coach)
    phone = Phone()
    phone.whole_visit(cast, purpose=purpose)
    author.sync(phone.batch())
    path = author.get(f"/walkthroughs/{phone.walk}").response.headers["Location"]
    author.post(f"{path}/share", as_posted(author.get(path)))
    work_off()
    [message] = sent(post)
    assert message["Subject"] == "You have feedback"
    assert purpose not in post.taken[0].content.decode()
    assert "Reyes" not in post.taken[0].content.decode()


def test_what_cannot_be_delivered_comes_back_to_the_district(
    post: Post, visit: Visit, cast: Cast
) -> None:
    district = db.session.scalars(select(District)).one()
    district.mail_return = "office@cedarfalls.example"
    db.session.commit()
    shared(visit, cast)
    work_off()
    assert post.taken[0].mail_from == "office@cedarfalls.example"
    assert sent(post)[0]["From"] == '"Crosswalk, Cedar Falls" <office@cedarfalls.example>'


def test_one_version_is_announced_once_and_a_correction_again(
    post: Post, visit: Visit, cast: Cast
) -> None:
    principal, path = shared(visit, cast)
    work_off()
    work_off()
    assert len(post.taken) == 1
    principal.post(f"{path}/correct", {"reason": "A count was wrong"})
    principal.post(f"{path}/share", as_posted(principal.get(path)))
    work_off()
    assert len(post.taken) == 2


def test_what_is_taken_back_in_time_is_not_announced(post: Post, visit: Visit, cast: Cast) -> None:
    principal, path = shared(visit, cast)
    principal.post(f"{path}/take-back")
    work_off()
    assert post.taken == []
    assert feedback_job().state == "failed"


def test_a_refusal_is_told_to_the_author_and_the_link_is_there(
    post: Post, visit: Visit, cast: Cast
) -> None:
    post.answer = "550 no such mailbox"
    principal, path = shared(visit, cast)
    work_off()
    words = principal.get(path).words
    assert "The e-mail was not sent. The mail server refused it (550)." in words
    assert f"http://127.0.0.1:8000{path}/self-view" in words
    assert "550" not in visit(cast.teacher).get(path).words


def test_a_temporary_refusal_is_tried_again_until_it_is_taken(
    post: Post, visit: Visit, cast: Cast
) -> None:
    post.answer = "451 try again later"
    noon = datetime(2026, 10, 13, 17, 0, tzinfo=UTC)
    with time_machine.travel(noon, tick=False) as clock:
        principal, path = shared(visit, cast)
        work_off()
        assert "asks for patience (451)" in principal.get(path).words
        assert post.taken == []
        post.answer = "250 OK"
        clock.shift(timedelta(minutes=2))
        work_off()
        assert len(post.taken) == 1


def test_a_server_that_is_away_is_given_a_day(app: Flask, visit: Visit, cast: Cast) -> None:
    tell(app, "smtp://127.0.0.1:1")
    try:
        with time_machine.travel(datetime(2026, 10, 13, 17, 0, tzinfo=UTC), tick=False) as clock:
            shared(visit, cast)
            work_off()
            assert (feedback_job().state, feedback_job().reason) == ("waiting", mail.UNREACHED)
            clock.shift(timedelta(days=1, minutes=1))
            work_off()
            assert feedback_job().state == "failed"
    finally:
        tell(app, "")


def test_without_a_mail_server_nothing_is_asked_for(visit: Visit, cast: Cast) -> None:
    shared(visit, cast)
    db.session.rollback()
    assert db.session.scalars(select(Job)).all() == []


def test_a_plan_and_an_invitation_are_sent_too(post: Post, visit: Visit, cast: Cast) -> None:
    visit(cast.principal).post("/plans", plan(purpose="evaluation"))
    administrator = visit(cast.administrator)
    path = f"/people/{named('lindqvist')}"
    assert administrator.post(f"{path}/invite", {"by": "mail"}).status == 302
    work_off()
    by_subject = {message["Subject"]: message for message in sent(post)}
    assert "evaluation" not in by_subject["A visit is planned"].as_string()
    assert by_subject["A visit is planned"]["To"] == "Ada Okafor <okafor@cedarfalls.example>"
    body = by_subject["Your invitation to Crosswalk"].get_payload()
    link = next(word for word in body.split() if "/invitation/" in word)
    assert visit().get(link.removeprefix("http://127.0.0.1:8000")).status == 200
    assert "The mail server took the e-mail on" in administrator.get(path).words


@pytest.fixture
def guarded(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Post]]:
    """A mail server that asks for encryption, a user and a password."""
    authority = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    inside = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    inside.load_cert_chain(authority)
    servers: list[Controller] = []

    def start(scheme: str, password: str) -> Post:
        kept = Post()
        more: dict[str, Any] = {"authenticator": kept.check, "auth_required": True}
        if scheme == "smtp":
            more |= {"tls_context": inside, "require_starttls": True}
        else:
            more |= {"ssl_context": inside, "auth_require_tls": False}
        server = Controller(kept, hostname="127.0.0.1", port=free_port(), **more)
        server.start()
        servers.append(server)
        tell(app, f"{scheme}://walk%40school:{password}@127.0.0.1:{server.port}")
        return kept

    yield start
    for server in servers:
        server.stop()
    tell(app, "")


# the server warns of a password without TLS, and does not know that the line itself is encrypted
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_user_and_password_go_over_an_encrypted_line(
    guarded: Callable[..., Post], visit: Visit, cast: Cast, scheme: str
) -> None:
    post = guarded(scheme, "a%20secret")
    shared(visit, cast)
    work_off()
    assert len(post.taken) == 1, feedback_job().reason
    assert post.users == [b"walk@school"]
    assert post.taken[0].mail_from == "walk@school"


def test_a_wrong_password_is_no_fault_of_the_teachers_address(
    guarded: Callable[..., Post], visit: Visit, cast: Cast
) -> None:
    post = guarded("smtp", "wrong")
    shared(visit, cast)
    work_off()
    assert post.taken == []
    kept = feedback_job()
    assert kept.state == "waiting"
    assert kept.reason == "The mail server does not take our user and password."


def test_a_password_is_not_sent_in_the_clear(
    post: Post, app: Flask, visit: Visit, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "LOCAL", ())
    port = app.config["SETTINGS"].mail_url.rpartition(":")[2]
    tell(app, f"smtp://walk:secret@127.0.0.1:{port}")
    shared(visit, cast)
    work_off()
    assert feedback_job().reason == mail.NO_TLS
    assert post.users == []


def test_alerts_that_ring_are_announced_once_a_piece_of_news_and_say_nothing_of_it(
    app: Flask, post: Post, visit: Visit, cast: Cast
) -> None:
    shared(visit, cast)
    db.session.rollback()
    at = datetime.now(UTC)
    TrendAlert.ask(db.session.get_one(School, named("lincoln")), 1, by=cast.principal, at=at)
    db.session.execute(update(Fact).values(verdict="displaced"))
    db.session.commit()
    post.taken.clear()
    tell_alerts = app.test_cli_runner()
    for _ in range(2):
        said = tell_alerts.invoke(args=["trends", "tell"]).output
        assert said == "Cedar Falls: alerts ring for 1 of 1 who asked\n"
        work_off()
    [message] = [one for one in sent(post) if one["Subject"] == "Something waits on Today"]
    assert message["To"] == "Grace Holt <holt@cedarfalls.example>"
    assert "One alert waits for you on Today." in message.get_payload()
    for secret in ("displaced", "Lincoln", "Okafor", "talk"):
        assert secret not in post.taken[-1].content.decode(), secret


def test_no_alert_is_announced_without_a_mail_server(app: Flask, cast: Cast) -> None:
    refused = app.test_cli_runner().invoke(args=["trends", "tell"])
    assert refused.exit_code == 1
    assert "CROSSWALK_MAIL_URL" in refused.output
