"""Browser: a real headless Chromium for tests of pages, and axe-core to tell what keeps people from using them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""WCAG 2.2 AA, and what its authors advise beyond it."""
WITHOUT = "Without Chromium the pages cannot be looked at. To have it:  sudo apt-get install chromium"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_OURS = ("localhost", "127.0.0.1")


def chromium() -> str:
    """Return where Chromium is, installed now where we may; skip with what to do where it cannot be had."""
    found = _found()
    if not found and shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "install", "-y", "-q", "chromium"], env=quiet, check=False, capture_output=True)
        found = _found()
    if not found:
        pytest.skip(WITHOUT)
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give one browser to all tests of a session."""
    from playwright.sync_api import sync_playwright

    program = chromium()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=program, headless=True,
            args=["--no-sandbox", "--disable-dev-shm-usage", "--mute-audio"],
        )  # fmt: skip
        yield opened
        opened.close()


@pytest.fixture
def browser_page(browser: Browser) -> Iterator[Page]:
    """Give a fresh page that remembers what it asked for and what went wrong in it (`asked`, `complaints`)."""
    with browser.new_context() as context:
        page = context.new_page()
        watch(page)
        yield page


def watch(page: Page) -> None:
    """Let a page remember every request and every complaint of its console from now on."""
    page.asked, page.complaints = [], []  # type: ignore[attr-defined]
    page.on("request", lambda request: page.asked.append(request.url))  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.complaints.append(str(error)))  # type: ignore[attr-defined]
    page.on("console", lambda line: page.complaints.append(line.text)  # type: ignore[attr-defined]
            if line.type in ("error", "warning") else None)


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong with a page, each with the elements it is about; empty is good."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations'],"
        " preload: false})",
        list(RULES),
    )
    return [f"{one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes'][:3]]}"
            for one in found["violations"]]


def until(page: Page, condition: str) -> None:
    """Wait for a condition in the page, frame by frame; the pages allow no other way of looking into them."""
    page.evaluate(f"new Promise(done => {{ const look = () => {condition} ? done() : requestAnimationFrame(look);"
                  " look(); })")


def assert_stays_at_home(page: Page) -> None:
    """Assert that a watched page asked no other machine for anything, and that nothing went wrong in it."""
    asked: list[str] = page.asked  # type: ignore[attr-defined]
    complaints: list[str] = page.complaints  # type: ignore[attr-defined]
    away = [url for url in asked if not is_ours(url)]
    assert not away, away
    assert not complaints, complaints


def is_ours(url: str) -> bool:
    """Tell whether an address is on this machine."""
    parts = urlsplit(url)
    return parts.scheme in ("file", "data", "blob", "about") or (parts.hostname or "") in _OURS


def _found() -> str:
    return next((path for name in _NAMES if (path := shutil.which(name))), "")
