"""Answering a ticket: no account, no name, no cookie, no time, no address; the ticket is the token.

Nothing here begins a session. What cannot be used is told in one sentence, whether it was
used before, is closed, or never was a ticket.
"""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from blueprints.kit.access import anyone, now
from blueprints.kit.transaction import after_answer
from blueprints.voice.bp import bp, secret
from models.voice import VoiceGuesses, VoiceSheet
from rules.voice import ANSWERS, LANGUAGES, QUESTIONS, Words, read, words_for

Answer = Response | str | tuple[str, int]


@bp.get("/voice")
@anyone
def enter() -> Answer:
    """Where a ticket is typed."""
    typed = request.args.get("ticket", "")
    letters = read(typed)
    if letters:
        return redirect(url_for("voice.ask", ticket=letters, lang=request.args.get("lang")))
    return _enter(typed), 422 if typed else 200


def _enter(typed: str = "") -> str:
    said = _words()
    return render_template(
        "voice/enter.html",
        words=said,
        languages=LANGUAGES,
        typed=typed,
        fault=said.mistyped if typed else "",
        here=url_for("voice.enter"),
    )


@bp.get("/voice/thanks")
@anyone
def thanks() -> str:
    """It is counted, and nothing else is known."""
    return render_template(
        "voice/thanks.html", words=_words(), languages=LANGUAGES, here=url_for("voice.thanks")
    )


@bp.get("/voice/<ticket>")
@anyone
def ask(ticket: str) -> Answer:
    """The questions of a ticket that can be used."""
    if VoiceGuesses.too_many(at=now()):
        return _ask(ticket, {}, _words().wait), 429
    return _ask(ticket, {}) if _can_be_used(ticket) else _unusable()


def _can_be_used(ticket: str) -> bool:
    """Whether it can; letters that nobody was given are counted, without a word of who tried."""
    letters = read(ticket)
    if letters is None:
        return False
    usable = VoiceSheet.takes(letters, secret=secret(), at=now())
    if usable is None:
        at = now()
        after_answer(lambda: VoiceGuesses.one_more(at=at))
    return bool(usable)


@bp.post("/voice/<ticket>")
@anyone
def answer(ticket: str) -> Answer:
    """Spend the ticket and count what was answered."""
    given = {name: request.form.get(name, "") for name in QUESTIONS}
    answers = {name: value for name, value in given.items() if value in ANSWERS}
    if VoiceGuesses.too_many(at=now()):
        return _ask(ticket, answers, _words().wait), 429
    if not _can_be_used(ticket):
        return _unusable()
    if "instead" in request.form:
        return _ask(ticket, answers)  # in the other language: nothing is spent
    if not answers:
        return _ask(ticket, answers, _words().pick_one), 422
    if not VoiceSheet.answer(read(ticket) or "", answers, secret=secret(), at=now()):
        return _unusable()
    return redirect(url_for("voice.thanks", lang=_words().lang), 303)


def _ask(ticket: str, given: dict[str, str], fault: str = "") -> str:
    return render_template(
        "voice/ask.html",
        words=_words(),
        languages=LANGUAGES,
        ticket=ticket,
        given=given,
        fault=fault,
        here=url_for("voice.ask", ticket=ticket),
    )


def _unusable() -> tuple[str, int]:
    page = render_template(
        "voice/unusable.html", words=_words(), languages=LANGUAGES, here=url_for("voice.enter")
    )
    return page, 404


def _words() -> Words:
    return words_for(
        request.form.get("instead") or request.values.get("lang"),
        request.accept_languages.best_match(list(LANGUAGES)),
    )
