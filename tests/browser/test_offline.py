"""No network: the capture screen starts cold, a whole visit is kept, and it arrives once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.prepared import KIT, anew, begin, kept, listed, prepared, stored
from tests.capture.phone import try_now
from tests.cast import PASSWORD, Cast

pytestmark = [pytest.mark.browser, pytest.mark.only_sqlite]

Enter = Callable[..., Page]


def test_a_visit_that_starts_cold_without_a_network_arrives_once(
    enter: Enter, cast: Cast, address: str
) -> None:
    page = enter(cast.principal)
    prepared(page)
    context = page.context
    context.set_offline(True)
    hands = anew(page, address)
    begin(hands)
    hands.see("Students on every path can say", times=2)
    hands.mode("Sweep")
    hands.sweep([6, 4, 4, 8, 0, 1, 1])
    hands.finish()
    expect(hands.page.get_by_role("heading", level=1)).to_have_text("Saved on this phone")
    assert stored() == []
    fragment = "#" + hands.page.url.partition("#")[2]
    hands = anew(hands.page, address, fragment)  # closed in the corridor, opened again at the desk
    expect(hands.page.get_by_role("heading", level=1)).to_have_text("Saved on this phone")
    context.set_offline(False)
    hands.page.wait_for_url("**/feedback/*", wait_until="commit")
    kinds = [event.kind for event in stored()]
    assert kinds.count("sweep_taken") == kinds.count("finished") == kinds.count("started") == 1
    assert kinds.count("look_for_marked") + kinds.count("look_for_counted") == 2
    assert hands.said == []


def test_today_without_a_network_opens_the_start_of_a_visit_and_is_never_kept(
    enter: Enter, cast: Cast, address: str
) -> None:
    page = enter(cast.principal)
    prepared(page)
    context = page.context
    context.set_offline(True)
    page.close()
    page = context.new_page()
    page.goto(f"{address}/")
    expect(page.get_by_text("No connection. You can start a visit here.")).to_be_visible()
    expect(page.get_by_role("button", name="Ms. Okafor").first).to_be_visible()
    context.set_offline(False)
    page.get_by_role("link", name="Back to Today").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")


def test_after_a_and_then_b_the_phone_keeps_the_list_and_nothing_else(
    enter: Enter, cast: Cast, address: str
) -> None:
    page = enter(cast.principal)
    prepared(page)
    hands = anew(page, address)
    begin(hands)
    hands.see("Students on every path can say")
    hands.finish()
    page = hands.page
    page.wait_for_url("**/feedback/*", wait_until="commit")
    page.goto(f"{address}/account")
    page.get_by_role("button", name="Sign out of this device").click()
    page.wait_for_url("**/sign-in")
    [(_, paths)] = kept(page).items()
    assert paths == listed(page, address), "signing out leaves the worker’s files"
    page.get_by_label("E-mail").fill(cast.coach.email or "")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/")
    page.goto(f"{address}/walkthroughs")
    page.goto(f"{address}/capture#start")
    expect(page.get_by_role("heading", level=1)).to_have_text("Start a visit")
    [(_, paths)] = kept(page).items()
    assert paths == listed(page, address)
    page.context.set_offline(True)
    page = anew(page, address).page
    expect(page.get_by_role("heading", level=1)).to_have_text("Start a visit")


def test_today_shows_what_waits_and_sends_it(enter: Enter, cast: Cast, address: str) -> None:
    page = enter(cast.principal)
    prepared(page)
    context = page.context
    context.set_offline(True)
    hands = anew(page, address)
    begin(hands)
    hands.see("Students on every path can say")
    hands.finish()
    expect(hands.page.get_by_role("heading", level=1)).to_have_text("Saved on this phone")
    context.set_offline(False)
    hands.page.close()
    page = context.new_page()
    page.route("**/sync", lambda route: route.abort())
    page.goto(f"{address}/")
    card = page.get_by_role("region", name="On this phone")
    expect(card).to_contain_text("Ms. Okafor")
    expect(card).to_contain_text("Saved on this phone")
    expect(card).to_contain_text("the oldest for less than a minute")
    expect(card).to_contain_text("This phone tries again by itself.")
    page.unroute("**/sync")
    try_now(card)
    expect(card).to_contain_text("Safe at school")
    assert "finished" in [event.kind for event in stored()]


def test_today_is_itself_where_nothing_can_be_kept(enter: Enter, cast: Cast, address: str) -> None:
    page = enter(cast.principal)
    page.add_init_script("delete Window.prototype.indexedDB; delete window.indexedDB;")
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{address}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    assert page.evaluate("'indexedDB' in window") is False
    expect(page.locator("#outbox")).to_be_hidden()
    assert said == []


def test_signing_out_takes_the_field_kit_with_it(enter: Enter, cast: Cast, address: str) -> None:
    page = enter(cast.principal)
    prepared(page)
    page.goto(f"{address}/account")
    page.get_by_role("button", name="Sign out of this device").click()
    page.wait_for_url(f"{address}/sign-in")
    assert page.evaluate(KIT) is False
