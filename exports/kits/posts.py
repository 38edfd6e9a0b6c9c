"""Posts: ready words for each platform, within what it counts."""

from __future__ import annotations

import json
import re
from bisect import bisect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources

from exports.typography import marks, shortened, tidy

_LINK = re.compile(r"https?://\S+")
_HASHTAG = {"en": "#SocialPrescribing", "fr": "#PrescriptionSociale"}
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""Code points that count once on X; every other counts twice."""


@dataclass(frozen=True, slots=True)
class Platform:
    """A place to post, and how it counts."""

    key: str
    name: str
    limit: int
    write_to: int
    link_length: int
    """What any link counts for; 0 when it counts for its own length."""
    weighted: bool

    def count(self, text: str) -> int:
        """Return the length of `text` as the platform counts it."""
        if self.link_length:
            text = _LINK.sub("x" * self.link_length, text)
        return sum(_weight(sign) for sign in text) if self.weighted else len(text)


@dataclass(frozen=True, slots=True)
class Post:
    """A post's words, and whether the quote had to be cut."""

    text: str
    length: int
    is_cut: bool


@cache
def platforms() -> tuple[Platform, ...]:
    """Return the platforms with their limits; the list is a file that anybody can bring up to date."""
    read = json.loads((resources.files("exports") / "platforms.json").read_text(encoding="utf-8"))
    return tuple(Platform(**one) for one in read["platforms"])


def compose(text: str, quote_language: str, credit: str, link: str, language: str, platform: Platform) -> Post:
    """Return a post with the quote, who says it, a link and one hashtag; whole within the limit if it can be."""
    opening, closing = marks(quote_language)
    said = tidy(text, quote_language)
    tail = " ".join(part for part in (link, _HASHTAG.get(language, _HASHTAG["en"])) if part)

    def post(words: str, ending: str = tail) -> str:
        return f"{opening}{words}{closing} — {credit}\n\n{ending}"

    for most in (platform.write_to, platform.limit):
        if platform.count(post(said)) <= most:
            return Post(post(said), platform.count(post(said)), is_cut=False)
    hashtag_only = _HASHTAG.get(language, _HASHTAG["en"])
    for ending in (tail, hashtag_only):
        cut = _longest(said, platform, partial(post, ending=ending))
        if cut:
            return Post(cut, platform.count(cut), is_cut=True)
    bare = shortened(f"{opening}{shortened(said, 120)}{closing}", platform.limit // 2)
    return Post(bare, platform.count(bare), is_cut=True)


def _longest(said: str, platform: Platform, post: Callable[[str], str]) -> str:
    """Return the longest cut of the quote that fits, of at least forty signs; empty when there is none."""
    lengths = range(41, min(len(said), platform.limit) + 1)
    fitting = bisect(lengths, False, key=lambda most: platform.count(post(shortened(said, most))) > platform.limit)
    whole = post(shortened(said, lengths[fitting - 1])) if fitting else ""
    return whole if platform.count(whole) <= platform.limit else ""


def _weight(sign: str) -> int:
    return 1 if any(first <= ord(sign) <= last for first, last in _LIGHT) else 2
