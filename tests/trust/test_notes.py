"""Notes cannot attack: what people write is shown as words, and pages may load nothing else."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader

from models.base import db
from models.feedback import Feedback
from tests.cast import Cast
from tests.page import Visitor
from tests.walk import Phone

Visit = Callable[..., Visitor]
ATTACK = "</textarea><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 * 7 }}"


def test_an_attack_in_a_note_is_only_words_on_every_page_and_in_the_pdf(
    visit: Visit, cast: Cast
) -> None:
    phone = Phone()
    phone.start(cast)
    phone.act("note_written", {"note": "n1", "text": ATTACK})
    phone.act("note_written", {"note": "n2", "text": ATTACK, "slot": "strength"})
    phone.act("finished")
    principal = visit(cast.principal)
    principal.sync(phone.batch())
    feedback = db.session.scalars(Feedback.editable_by(cast.principal)).unique().one()
    path = f"/feedback/{feedback.id}"
    pages = [principal.get(path)]
    principal.post(f"{path}/share", {"places-0-text": ATTACK})
    teacher = visit(cast.teacher)
    pages.append(teacher.get(path))
    teacher.post(f"{path}/reply", {"text": ATTACK, "kind": "reply"})
    pages += [teacher.get(path), principal.get(path)]
    for page in pages:
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        assert "{{ 7 * 7 }}" in page.words
    printed = principal.get(f"{path}.pdf").response.data
    words = "".join(p.extract_text() for p in PdfReader(BytesIO(printed)).pages)
    assert "alert(1)" in words
    assert "49" not in words.split("alert(2)")[1][:12]


@pytest.mark.parametrize("path", ["/sign-in", "/capture", "/", "/nowhere"])
def test_every_answer_carries_the_strict_headers(visit: Visit, cast: Cast, path: str) -> None:
    headers = visit(cast.principal).client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "require-trusted-types-for 'script'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    # the capture shell is the same for everybody and holds nothing; other pages are kept nowhere
    assert headers["Cache-Control"] == ("no-cache" if path == "/capture" else "no-store")


def test_the_session_cookie_is_for_this_site_and_no_script(visit: Visit, cast: Cast) -> None:
    answer = visit().client.get("/sign-in")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_static_files_are_not_offered_to_other_sites(visit: Visit, cast: Cast) -> None:
    answer = visit().client.get("/static/js/app.js")
    assert answer.status_code == 200
    assert "Access-Control-Allow-Origin" not in answer.headers
    answer.close()
