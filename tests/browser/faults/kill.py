"""Ends the processes of a test’s own browser, as a system does that needs the memory."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Page


def processes(page: Page, kind: str) -> set[int]:
    """The processes of this page’s browser."""
    browser = page.context.browser
    assert browser is not None
    session = browser.new_browser_cdp_session()
    found: list[dict[str, Any]] = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return {one["id"] for one in found if one["type"] == kind}


def kill(pids: set[int]) -> None:
    """As the system does when it needs the memory."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def browser_of(profile: Path) -> set[int]:
    """The main process of the browser that keeps its things in this folder."""
    lines = subprocess.run(
        ["ps", "-axo", "pid=,args="], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    mine = [line for line in lines if f"--user-data-dir={profile}" in line]
    return {int(line.split()[0]) for line in mine if "--type=" not in line}
