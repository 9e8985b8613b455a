"""Every page of the app, in every state: sound, whole and calm, by day and by night."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from models.base import db
from tests.browser.eyes import Act, Eyes, press, unfold
from tests.browser.stage import LONG, Stage
from tests.cast import Cast, named
from tests.rubric import XLSX, workbook
from tests.voice import make, secret

pytestmark = [pytest.mark.browser, pytest.mark.only_sqlite]


def too_long(page: Page) -> None:
    """Type more than a place holds, past the browser’s own limit."""
    page.evaluate(
        "document.querySelectorAll('textarea').forEach(a => a.removeAttribute('maxlength'))"
    )
    page.locator("textarea").first.fill("word " * 500)
    page.get_by_role("button", name="Keep the draft").click()
    expect(page.get_by_role("alert")).to_contain_text("at most 2000 characters")


def test_pages_before_the_sign_in(eyes: Callable[..., Eyes], stage: Stage) -> None:
    def refused(page: Page) -> None:
        page.get_by_label("E-mail").fill("nobody@cedarfalls.example")
        page.get_by_label("Password").fill("not this one")
        press("Sign in")(page)
        expect(page.get_by_role("alert")).to_be_visible()

    nobody = eyes()
    nobody.see("/sign-in")
    nobody.see("/sign-in", press("Sign in"))
    nobody.see("/sign-in", refused)
    nobody.see(stage.invitation())
    nobody.see(stage.invitation(), press("Save and sign in"))
    nobody.see("/invitation/used-up")


def test_pages_of_a_principal(eyes: Callable[..., Eyes], stage: Stage, cast: Cast) -> None:
    stage.long_name()
    ongoing, headless = stage.open_visit(), stage.headless_visit()
    stage.draft(teacher="lindqvist", room="science 8")
    shared = stage.shared(after=1)
    principal = eyes(cast.principal)
    principal.see("/")
    principal.see("/walkthroughs")
    principal.see(ongoing, unfold)
    principal.see(headless)
    principal.see(shared, unfold)
    principal.see("/people")
    principal.see("/people?find=nobody")
    principal.see(f"/people/{cast.teacher.id}")
    principal.see("/account", unfold)
    principal.see("/account", unfold, press("Change the password"))
    principal.see(shared, lambda _: stage.visit(cast.teacher).get(shared), press("Take it back"))


def test_the_writing_page(eyes: Callable[..., Eyes], stage: Stage, cast: Cast) -> None:
    stage.long_name()
    named = stage.draft(teacher="lindqvist", room="science 8")
    draft, bare = stage.draft(after=1), stage.bare_draft()
    corrected = stage.corrected(after=2, again=False)
    principal = eyes(cast.principal)
    principal.see(named)
    assert LONG in principal.page.locator("h1").inner_text()
    principal.see(draft, unfold)
    principal.see(draft, press("Share with Ms. Okafor", "link"))
    principal.see(draft, too_long)
    principal.see(draft, press("Keep the draft"))
    principal.see(bare)
    principal.see(corrected)


def test_pages_of_a_teacher(eyes: Callable[..., Eyes], stage: Stage, cast: Cast) -> None:
    new, answered, corrected = stage.shared(), stage.answered(after=1), stage.corrected(after=2)
    teacher = eyes(cast.teacher)
    teacher.see("/")
    teacher.see(new, unfold)
    teacher.see(new, press("I’ve read this"))
    teacher.see(answered)
    teacher.see(corrected, unfold)
    teacher.see("/walkthroughs")
    teacher.see("/nowhere")
    colleague = eyes(cast.colleague)
    colleague.see("/")
    colleague.see("/walkthroughs")


def test_pages_of_a_coach_and_of_the_author_who_got_an_answer(
    eyes: Callable[..., Eyes], stage: Stage, cast: Cast
) -> None:
    answered = stage.answered()
    coach = eyes(cast.coach)
    coach.see("/")
    coach.see(answered)
    principal = eyes(cast.principal)
    principal.see("/")
    principal.see(answered)
    principal.see(answered, unfold, press("Start a new version"))


def test_pages_of_coaching(eyes: Callable[..., Eyes], stage: Stage, cast: Cast) -> None:
    asked, home, step, part = stage.coaching()
    coach = eyes(cast.coach)
    coach.see("/coaching", unfold)
    coach.see(home, unfold)
    coach.see(home, press("Keep the goal"))
    coach.see(f"{home}/step?look_for={cast.look_for('DP02').id}")
    coach.see(f"{home}/step", press("Keep the step"))
    coach.see(step, unfold)
    coach.see(step, unfold, press("Close the step"))
    coach.see(f"{home}/plan", unfold)
    coach.see(part)
    coach.see("/steps/library", unfold)
    teacher = eyes(cast.teacher)
    teacher.see("/")
    teacher.see(home, unfold)
    teacher.see(step, unfold)
    teacher.see("/steps")
    teacher.see(f"{home}/phases")
    teacher.see(f"{home}/phases/{cast.look_for('DP02').id}", unfold, press("Move it"))
    eyes(cast.colleague).see(asked)


def test_pages_of_those_who_look_after_the_district(
    eyes: Callable[..., Eyes], stage: Stage, cast: Cast
) -> None:
    stage.propose()
    eyes(cast.lead).see("/")
    administrator = eyes(cast.administrator)
    administrator.see("/")
    administrator.see("/people?waiting=1")
    administrator.see(f"/people/{cast.coach.id}")
    administrator.see(f"/people/{cast.coach.id}", press("Make an invitation link"))


def test_pages_before_a_visit(eyes: Callable[..., Eyes], stage: Stage, cast: Cast) -> None:
    eyes(cast.other_coach).see("/plans")
    eyes(cast.colleague).see("/wishes")
    stage.before()
    principal = eyes(cast.principal)
    principal.see("/")
    principal.see("/plans")
    principal.see("/plans", press("Plan it"))
    teacher = eyes(cast.teacher)
    teacher.see("/")
    teacher.see("/wishes")
    teacher.see("/wishes", press("Keep my wish"))


def test_pages_of_ones_own_view(eyes: Callable[..., Eyes], stage: Stage, cast: Cast) -> None:
    new, own = stage.shared(), stage.own_view(after=1)
    teacher = eyes(cast.teacher)
    teacher.see("/")
    teacher.see(f"{new}/self-view")
    teacher.see(f"{new}/self-view", press("See both views"))
    teacher.see(own)
    teacher.see(own, press("Share with Ms. Holt"))
    principal = eyes(cast.principal)
    principal.see(own)
    principal.see(own.removesuffix("/self-view"))


def test_pages_after_sharing(eyes: Callable[..., Eyes], stage: Stage, cast: Cast) -> None:
    asked, scheduled, corrected = stage.asked(), stage.scheduled(1), stage.corrected(2)
    principal = eyes(cast.principal)
    principal.see("/")
    principal.see(asked, unfold)
    principal.see(asked, press("Answer in words"))
    principal.see(scheduled)
    principal.see(corrected, unfold)
    teacher = eyes(cast.teacher)
    teacher.see(asked)
    teacher.see(corrected, unfold)


def test_pages_for_students(eyes: Callable[..., Eyes], cast: Cast) -> None:
    path = f"/voice/{make(cast).letters(secret=secret())[0]}"
    nobody = eyes()
    nobody.see("/voice")
    nobody.see("/voice?ticket=BCD&lang=es")
    nobody.see(path)
    nobody.see(f"{path}?lang=es", press("Enviar mis respuestas"))
    nobody.see("/voice/nothing")
    nobody.see("/voice/thanks?lang=es")


def test_pages_of_student_voice(eyes: Callable[..., Eyes], stage: Stage, cast: Cast) -> None:
    own, told, few = stage.voices()
    teacher = eyes(cast.teacher)
    teacher.see("/voice-sheets", press("Make the sheet"))
    teacher.see("/voice-sheets", press("Make the sheet"))  # for the second time this day
    teacher.see(told)
    teacher.see(few)
    teacher.see(own)
    eyes(cast.colleague).see("/voice-sheets")
    coach = eyes(cast.coach)
    coach.see("/voice-sheets")
    coach.see(told)


def test_pages_of_binders(eyes: Callable[..., Eyes], stage: Stage, cast: Cast) -> None:
    stage.shared()
    stage.shared(after=1)
    states = {"waiting": 0, "running": 1, "canceled": 1, "failed": 1, "done": 2}
    paths = [stage.binder(state, done=done, reason="") for state, done in states.items()]
    principal = eyes(cast.principal)
    principal.see("/binders")
    for path in paths:
        principal.see(path)
    eyes(cast.colleague).see("/binders")


def test_the_page_of_clocks_and_mail(eyes: Callable[..., Eyes], cast: Cast) -> None:
    def unclear(page: Page) -> None:
        page.get_by_label("Days on which schools do not work").fill("Thanksgiving")
        press("Keep")(page)

    administrator = eyes(cast.administrator)
    administrator.see("/district")
    administrator.see("/district", unclear)
    administrator.see("/district", press("Keep"))


def test_pages_about_what_is_looked_for(eyes: Callable[..., Eyes], cast: Cast) -> None:
    teacher = eyes(cast.teacher)
    teacher.see("/frameworks")
    for name in ("Core Four", "Danielson Framework for Teaching", "Tennessee TEAM"):
        teacher.see("/frameworks", unfold, press(name, "link"), unfold)
    teacher.see("/discourse")


def test_pages_of_look_fors(eyes: Callable[..., Eyes], stage: Stage, cast: Cast) -> None:
    draft = stage.look_for_draft()
    stage.focus()
    coach = eyes(cast.coach)
    coach.see("/look-fors")
    coach.see("/look-fors/new", press("Begin the draft"))
    coach.see(draft, unfold)
    coach.see(f"{draft}/write", press("Save in the draft"))
    coach.see("/focus-sets", unfold)
    coach.see("/focus-sets/new", press("Choose this focus"), unfold)
    principal = eyes(cast.principal)
    principal.see("/look-fors")
    principal.see("/focus-sets")
    lead = eyes(cast.lead)
    lead.see("/look-fors", press("Watch-outs", "link"), unfold)
    lead.see(draft, press("Publish version 1.1"))


def test_pages_of_alignments_and_coverage(
    eyes: Callable[..., Eyes], stage: Stage, cast: Cast
) -> None:
    stage.shared()
    component = cast.framework.components[-1]
    stage.decision(component)
    coach = eyes(cast.coach)
    coach.see("/alignments")
    coach.see("/alignments?by=component")
    picked = f"/alignments?look_for={cast.look_for('BL03').id}"
    coach.see(picked)
    coach.see(picked, press("Tie them"))
    eyes(cast.principal).see("/coverage", unfold)
    lead = eyes(cast.lead)
    lead.see("/coverage")
    lead.see(f"/stances/{component.id}", press("Keep the decision"))
    eyes(cast.teacher).see("/coverage")


def test_pages_of_the_guides_and_of_the_kit(eyes: Callable[..., Eyes], cast: Cast) -> None:
    eyes(cast.teacher).see("/guide")
    lead = eyes(cast.lead)
    for audience in ("why", "families"):
        lead.see(f"/communication/{audience}")
    lead.see("/communication/board/edit")
    lead.see("/communication/board/edit", emptied, press("Save the words"))


def emptied(page: Page) -> None:
    """Leave the text empty."""
    page.get_by_label("Text", exact=True).fill("")


def test_pages_of_room_codes(eyes: Callable[..., Eyes], stage: Stage, cast: Cast) -> None:
    cast.math.room = "Portable 12, behind the library"
    db.session.commit()
    path = f"/schools/{named('lincoln')}/room-codes"
    eyes(cast.coach).see(path)
    administrator = eyes(cast.administrator)
    administrator.see("/room-codes")
    administrator.see(path)
    administrator.see(path, press("Make room codes"))
    eyes(cast.principal).see("/")


def test_pages_of_a_framework_of_ones_own(eyes: Callable[..., Eyes], cast: Cast) -> None:
    lead = eyes(cast.lead)
    lead.see("/frameworks")
    lead.see("/frameworks/import", unfold)
    lead.see("/frameworks/import", send(b"Code,Name,Parent\n1,,9\n"))
    lead.see("/frameworks/import", send(workbook()), unfold)
    lead.see("/frameworks/import", send(workbook()), press("Keep as a draft"))
    lead.see("/frameworks/import", send(workbook()), keep)
    draft = lead.page.url.removeprefix(lead.address)
    lead.see(f"{draft}/edit")
    lead.see(f"{draft}/edit", press("Change 1a Planning, part 1", "link"))
    lead.see(f"{draft}/components/new", press("Add it"))
    lead.see(f"{draft}/rights")
    lead.see(f"{draft}/publish")
    lead.see(f"{draft}/publish", press("Publish version 1"))
    lead.see(f"{draft}/export")
    own = f"/frameworks/{cast.framework.id}"
    lead.see(own)
    lead.see(f"{own}/next", press("Make the draft"))


def send(content: bytes) -> Act:
    """Choose a file and have it read."""

    def act(page: Page) -> None:
        file: FilePayload = {"name": "Rubric.xlsx", "mimeType": XLSX, "buffer": content}
        page.get_by_label("File", exact=True).set_input_files([file])
        page.get_by_role("button", name="Read the file").click()

    return act


def keep(page: Page) -> None:
    """Say who may use it, and keep the draft."""
    page.get_by_label("Our district wrote it").check()
    page.get_by_label("Who holds the rights").fill("Cedar Falls Schools")
    page.get_by_label("On what terms you use it").fill("All rights reserved")
    page.get_by_role("button", name="Keep as a draft").click()
    page.wait_for_url(re.compile(r"/frameworks/[0-9a-f-]{36}$"))


def test_pages_about_taps_that_did_not_arrive(
    eyes: Callable[..., Eyes], stage: Stage, cast: Cast, tmp_path: Path
) -> None:
    def foreign(page: Page) -> None:
        wrong = tmp_path / "holiday.json"
        wrong.write_text("[]")
        page.get_by_label("Rescue file").set_input_files(wrong)
        press("Bring it in")(page)
        expect(page.get_by_role("alert")).to_contain_text("not a rescue file of Crosswalk")

    stage.stuck()
    principal = eyes(cast.principal)
    principal.see("/")
    principal.see("/repairs")
    principal.see("/rescue")
    principal.see("/rescue", press("Bring it in"))
    principal.see("/rescue", foreign)
    eyes(cast.administrator).see("/repairs")
