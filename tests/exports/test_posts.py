"""Posts: within what each platform counts, the quote whole where it can be."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.cards.sizes import ONLINE
from exports.kits.posts import compose, platforms

X = next(platform for platform in platforms() if platform.key == "x")
LINK = "https://example.ca/voices"


@pytest.mark.parametrize("platform", platforms(), ids=lambda platform: platform.key)
@settings(max_examples=40, deadline=None)
@given(text=st.text(min_size=1, max_size=3500), credit=st.text(min_size=1, max_size=200), link=st.just(LINK))
def test_no_post_is_longer_than_its_platform_takes(platform, text, credit, link):
    post = compose(text, "en", credit, link, "en", platform)
    assert platform.count(post.text) == post.length <= platform.limit


def test_a_post_has_the_quote_the_credit_the_link_and_one_hashtag():
    post = compose("La confiance est le premier médicament.", "fr", "Marie Gagnon", LINK, "fr", X)
    said = "«\u00a0La confiance est le premier médicament.\u00a0» — Marie Gagnon"
    assert post.text == f"{said}\n\n{LINK} #PrescriptionSociale"
    assert not post.is_cut


def test_a_long_quote_is_cut_between_words_and_the_cut_is_shown():
    post = compose("walking group " * 40, "en", "A family physician", LINK, "en", X)
    assert post.is_cut
    assert "[…]” — A family physician" in post.text


def test_x_counts_every_link_as_twenty_three_and_emoji_as_two():
    assert X.count("see https://example.ca/a/very/long/address/that/goes/on 🌱") == 4 + 23 + 1 + 2


def test_every_platform_says_when_its_rules_were_looked_up_and_takes_our_alt_texts():
    sizes = {str(size) for size in ONLINE}
    for platform in platforms():
        assert date.fromisoformat(platform.checked_on) >= date(2026, 1, 1)
        assert platform.write_to <= platform.limit and platform.alt >= 250 and platform.card in sizes


@pytest.mark.parametrize("platform", platforms(), ids=lambda platform: platform.key)
def test_a_translation_says_that_it_is_one_however_much_is_cut(platform):
    post = compose("walking group " * 400, "en", "A family physician", LINK, "en", platform, "[Translation]")
    assert post.is_cut is (platform.limit < 5600)
    assert "” [Translation] — A family physician" in post.text
    assert platform.count(post.text) <= platform.limit


def test_a_link_longer_than_a_post_does_not_stop_it():
    bluesky = next(platform for platform in platforms() if platform.key == "bluesky")
    said, link = "Trust is the first prescription that we write here.", "https://e.ca/" + "a" * 400
    post = compose(said, "en", "Amina", link, "en", bluesky)
    assert post.length <= 300
    assert "Trust is the first prescription" in post.text
