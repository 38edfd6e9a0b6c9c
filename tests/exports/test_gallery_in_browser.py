"""A kit's own pages in a real browser: gallery, README and report can be used by anybody, and ask nobody."""

from __future__ import annotations

import pytest

from exports.cards.sizes import ONLINE
from exports.kits.kit import FolderKit
from tests.browser import assert_stays_at_home, violations, watch
from tests.exports import library, obliged

WIDE = ("README.html", "07_gallery/index.html", "_manifest/accessibility-report.html")
NARROW = ("README.html", "07_gallery/index.fr.html", "06_partners/web-embed.html")


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    """Return a kit with conditions and labels, in both languages."""
    to = tmp_path_factory.mktemp("looked-at") / "kit"
    order = library.order("website", "government_brief", slugs=obliged.SLUGS, most_per_story=1)
    FolderKit(library.StandInMedia(), ONLINE[:2]).write(library.KIT, order, to, library.media_of, library.Quiet())
    return to


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_nothing_keeps_anybody_from_using_a_kits_pages(kit, browser, scheme, width):
    with browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        watch(page)
        for path in WIDE if width > 320 else NARROW:
            page.goto((kit / path).as_uri())
            assert violations(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        assert_stays_at_home(page)


def test_the_gallery_finds_words_whatever_their_accents(kit, browser_page):
    browser_page.goto((kit / "07_gallery" / "index.html").as_uri())
    browser_page.get_by_role("searchbox").fill("medicament")
    shown = browser_page.locator("article.kit-quote:visible")
    assert [one.get_attribute("id") for one in shown.all()] == ["q-0071"]
    browser_page.get_by_role("searchbox").fill("submarine")
    assert shown.count() == 0
    assert browser_page.get_by_role("status").inner_text() == "No quote fits."
    assert_stays_at_home(browser_page)
