"""What tests of exports share: one real browser for all of them."""

from __future__ import annotations

from tests.browser import browser, browser_page

__all__ = ["browser", "browser_page"]
