"""Posts: ready words for each platform, within what it counts."""

from __future__ import annotations

import json
import re
from bisect import bisect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources

from exports.kits.counting import Counting, length
from exports.typography import marks, shortened, tidy

_LINK = re.compile(r"https?://\S+")
_HASHTAG = {"en": "#SocialPrescribing", "fr": "#PrescriptionSociale"}


@dataclass(frozen=True, slots=True)
class Platform:
    """A place to post, and how it counts."""

    key: str
    name: str
    limit: int
    write_to: int
    link_length: int
    """What any link counts for; 0 when it counts for its own length."""
    counting: Counting
    """What counts as one: see `counting.lengths`."""
    alt: int
    """The longest alt text it takes."""
    checked_on: str
    """ISO 8601 date on which its rules were last looked up."""
    card: str
    """The size of card that it shows best, as `1080x1350`."""

    def count(self, text: str) -> int:
        """Return the length of `text` as the platform counts it."""
        if self.link_length:
            text = _LINK.sub("x" * self.link_length, text)
        return length(text, self.counting)


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
    return tuple(Platform(**{**one, "counting": Counting(one["counting"])}) for one in read["platforms"])


def compose(text: str, quote_language: str, credit: str, link: str, language: str, platform: Platform,
            sign: str = "") -> Post:
    """Return a post with the quote, who says it, a link and one hashtag; whole within the limit if it can be.

    `sign` says that the words are a translation, and is never cut off.
    """
    opening, closing = marks(quote_language)
    closing = f"{closing} {sign}" if sign else closing
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
