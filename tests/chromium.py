"""A real Chromium for tests, which talks to nobody but the server under test."""

import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Request,
    expect,
    sync_playwright,
)

import manage

LOOPBACK = ("127.0.0.1", "localhost", "::1")
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "locale": "en-US",
    "timezone_id": "America/Chicago",
}
# What Playwright turns off, because a second list takes the place of the first; then the two panes
# under the address bar, which cost each new context a second of processor and which no test sees.
UNUSED = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
)
ALONE = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
    f"--disable-features={','.join(UNUSED)}",
    # What slips past these finds no name to look up.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]

PATIENCE_MS = 20_000
"""How long a test waits for what must come: a busy machine is no fault of the page."""

Open = Callable[..., Page]


def flags(user: int) -> list[str]:
    """Give Chromium’s flags; its sandbox does not start as root."""
    return [*ALONE, "--no-sandbox"] if user == 0 else ALONE


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Lend one browser to a whole run, one for each worker; the first test that asks starts it."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as driver:
        try:
            browser = driver.chromium.launch(
                executable_path=manage.chromium(), args=flags(os.geteuid())
            )
        except Error as refusal:
            pytest.fail(f"Chromium did not start; type python3 manage.py test.\n{refusal.message}")
        yield browser
        browser.close()


class Tabs:
    """Pages opened as on a new phone each, watched for requests beyond this machine."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.contexts: list[BrowserContext] = []
        self.beyond: list[str] = []

    def open(self, **changes: Any) -> Page:
        """Open a page on a 390-pixel phone, or on what the changes make of it."""
        context = self.browser.new_context(**(PHONE | changes))
        self.contexts.append(context)
        # Intercepted, they would go round the browser’s cache; and they find no name to look up.
        context.on("request", self.note)
        return context.new_page()

    def note(self, request: Request) -> None:
        """Keep the address of a request that would leave this machine."""
        if reaches_beyond(request.url):
            self.beyond.append(request.url)

    def close(self) -> None:
        """Close every page; fail where one asked for something outside this machine."""
        for context in self.contexts:
            context.close()
        assert not self.beyond, f"The page asked for something outside this machine: {self.beyond}"


def reaches_beyond(address: str) -> bool:
    """Tell whether an address is on the network but not on this machine."""
    parts = urlsplit(address)
    return parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in LOOPBACK


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Open]:
    """Open pages: `tab()` on a phone, `tab(color_scheme="dark", viewport={…})` on another."""
    tabs = Tabs(chromium)
    yield tabs.open
    tabs.close()
