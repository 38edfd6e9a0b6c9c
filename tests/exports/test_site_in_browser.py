"""The site in a real browser: anybody can use it, from a disk or a server, and it asks no other machine."""

from __future__ import annotations

import functools
import shutil
import threading
from dataclasses import replace
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from exports.sites.site import FolderSite
from media.ffmpeg_media import FfmpegMedia
from storybank.domain.clip import Shape
from tests.browser import assert_stays_at_home, until, violations, watch
from tests.exports import library, voices

KINDS = ("index.html", "voices.html", "stories/s-0001.html", "stories/s-0002.html", "blocks/measure.html", "map.html")
PLAIN = ("about.html", "credits.html", "accessibility.html", "sitemap.html")
SMALL = Shape("16x9", 320, 180)


class OneFilm(FfmpegMedia):
    """Cuts one clip, small, and gives it to every quote: here it matters that it plays."""

    def clips(self, jobs, ticket):
        first, *others = jobs
        self.clip(first.file, replace(first.cut, shape=SMALL), first.to, ticket)
        for job in others:
            shutil.copy(first.to, job.to)

    def describe(self, file, title, rights, xmp):
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    to = tmp_path_factory.mktemp("browsed") / "voices"
    FolderSite(OneFilm()).write(voices.SITE, voices.order(), to, library.media_of, library.Quiet())
    return to


@pytest.fixture
def open_page(browser_page, site):
    """Open a page of the site from the disk; what went wrong in it fails the test at its end."""
    def opened(path):
        browser_page.goto((site / path).as_uri())
        return browser_page

    yield opened
    assert_stays_at_home(browser_page)


def shown(page) -> list[str]:
    return [card.get_attribute("data-code") for card in page.locator("[data-code]:visible").all()]


# ---- anybody can use it ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "scheme", "width", "kinds"), [
    ("en", "light", 1280, KINDS), ("fr", "dark", 320, (*KINDS, *PLAIN))], ids=["en-light-1280", "fr-dark-320"])
def test_nothing_keeps_anybody_from_using_any_page(site, browser, language, scheme, width, kinds):
    with browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        watch(page)
        for path in ("../index.html", *kinds):
            page.goto((site / language / path).resolve().as_uri())
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
            assert violations(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        assert_stays_at_home(page)


@pytest.mark.parametrize(("language", "scheme"), [("en", "dark"), ("fr", "light")])
def test_the_other_light_hides_nothing(site, browser, language, scheme):
    with browser.new_context(color_scheme=scheme) as context:
        page = context.new_page()
        for path in ("index.html", "voices.html"):
            page.goto((site / language / path).as_uri())
            assert violations(page) == [], path


def test_from_the_first_key_to_a_playing_clip_without_a_mouse(open_page):
    page = open_page("en/index.html")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    assert page.locator(":focus").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    page.keyboard.type("trust")
    page.keyboard.press("Enter")
    page.wait_for_url("**/voices.html?q=trust")
    assert shown(page) == ["q-0011"]
    page.get_by_role("link", name="Watch or listen (Q-0011)").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/s-0001.html#q-0011")
    page.locator("video").first.focus()
    page.keyboard.press("Space")
    until(page, "document.querySelector('video').currentTime > 0.2")


def test_what_has_the_focus_can_be_seen(open_page):
    page = open_page("en/voices.html")
    page.keyboard.press("Tab")
    for _ in range(6):
        page.keyboard.press("Tab")
        style = page.evaluate("(e => [e.outlineStyle, parseFloat(e.outlineWidth)])"
                              "(getComputedStyle(document.activeElement))")
        assert style[0] != "none" and style[1] >= 2


# ---- finding --------------------------------------------------------------------------------------------------------


def test_words_are_found_without_their_accents_and_marked(open_page):
    page = open_page("en/voices.html")
    page.get_by_label("Words that were said").fill("MEDICAMENT")
    assert shown(page) == ["q-0071"]
    assert page.locator("mark").all_inner_texts() == ["médicament"]
    assert page.get_by_role("status").inner_text() == "1 of 16 quotes"


def test_a_quote_is_found_by_its_translation_and_by_who_says_it(open_page):
    page = open_page("en/voices.html")
    page.get_by_label("Words that were said").fill("choir")
    assert "q-0071" in shown(page)
    page.get_by_label("Words that were said").fill("priya sharma")
    assert len(shown(page)) == 4


def test_where_nobody_says_it_the_page_says_so_and_shows_the_way_back(open_page):
    page = open_page("en/voices.html")
    page.get_by_label("Words that were said").fill("submarine")
    assert shown(page) == []
    assert page.get_by_text("Nobody here says that.").is_visible()
    page.get_by_role("button", name="Show everything").last.click()
    assert len(shown(page)) == 16 and page.locator("mark").count() == 0


def test_block_and_stakeholder_sift_together_with_the_keyboard(open_page):
    page = open_page("en/voices.html")
    page.get_by_label("Measure").focus()
    page.keyboard.press("Space")
    measured = shown(page)
    page.get_by_label("Physician").focus()
    page.keyboard.press("Space")
    both = shown(page)
    assert set(both) < set(measured) and both == ["q-0024"]


def test_without_a_script_everything_is_listed(site, browser):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto((site / "fr" / "voices.html").as_uri())
        assert page.locator("[data-code]:visible").count() == 16
        assert not page.locator("form.filters").is_visible()


# ---- clips ----------------------------------------------------------------------------------------------------------


def test_nothing_plays_by_itself_and_a_line_of_the_transcript_leads_to_its_moment(open_page):
    page = open_page("en/stories/s-0001.html")
    assert page.evaluate("Array.from(document.querySelectorAll('video')).every(one => one.paused && !one.autoplay)")
    page.locator("details.transcript summary").first.click()
    page.locator(".cues button").first.click()
    until(page, "document.querySelector('video').currentTime > 0.2")
    assert page.locator(".cues li.now").count() == 1


# ---- from a server --------------------------------------------------------------------------------------------------


@pytest.fixture
def address(site):
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *said):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_from_a_server_captions_can_be_switched_on_and_search_works(address, browser_page):
    browser_page.goto(f"{address}/en/stories/s-0001.html")
    browser_page.evaluate("document.querySelector('video').textTracks[0].mode = 'showing'")
    until(browser_page, "document.querySelector('video').textTracks[0].cues?.length > 0")
    browser_page.goto(f"{address}/fr/voices.html?q=confiance")
    assert shown(browser_page) == ["q-0071"]
    assert browser_page.evaluate("document.fonts.check('16px \"EB Garamond\"')")
    assert_stays_at_home(browser_page)
    assert browser_page.context.cookies() == []
