"""Counting: how long a text is to each platform, which do not count the same things as one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from enum import StrEnum

_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""Code points that count once on X; every other counts twice."""
_JOINER, _PICTURE, _KEYCAP = "\u200d", "\ufe0f", "\u20e3"
_MARKS = frozenset({"Mn", "Me", "Mc"})


class Counting(StrEnum):
    """What a platform counts."""

    WEIGHTED = "weighted"
    """X: Latin letters once, other scripts twice, any emoji twice (twitter-text, version 3)."""
    GRAPHEMES = "graphemes"
    """What a reader would call a letter: a flag or a family counts once."""
    UTF_16 = "utf-16"
    """As JavaScript counts: most emoji twice or more."""


def length(text: str, counting: Counting) -> int:
    """Return how long a text is."""
    if counting is Counting.UTF_16:
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
    signs = list(graphemes(unicodedata.normalize("NFC", text)))
    return len(signs) if counting is Counting.GRAPHEMES else sum(map(_weight, signs))


def graphemes(text: str) -> Iterator[str]:
    """Yield what a reader sees as one sign: a letter with its accents, an emoji with all that is joined to it."""
    gathered = ""
    for sign in text:
        if gathered and _belongs(gathered, sign):
            gathered += sign
        else:
            if gathered:
                yield gathered
            gathered = sign
    if gathered:
        yield gathered


def _belongs(before: str, sign: str) -> bool:
    """Tell whether a sign goes on with the one before it (Unicode TR 29, for what people post)."""
    if before[-1] == "\r" and sign == "\n":
        return True
    if before[-1] in "\r\n" or sign in "\r\n":
        return False
    if unicodedata.category(sign) in _MARKS or sign == _JOINER or _is_skin(sign) or 0xE0020 <= ord(sign) <= 0xE007F:
        return True
    if before[-1] == _JOINER and len(before) > 1:
        return _is_emoji(sign) and _is_emoji(before[0])
    if _is_flag(sign):
        return all(map(_is_flag, before)) and len(before) % 2 == 1
    return _is_later_jamo(sign) and _is_hangul(before[-1])


def _weight(sign: str) -> int:
    """Return what a sign weighs on X: an emoji two, however much is joined in it."""
    if _is_emoji(sign[0]) or _PICTURE in sign or _KEYCAP in sign or _is_flag(sign[0]):
        return 2
    return sum(1 if any(first <= ord(one) <= last for first, last in _LIGHT) else 2 for one in sign)


def _is_skin(sign: str) -> bool:
    return 0x1F3FB <= ord(sign) <= 0x1F3FF


def _is_flag(sign: str) -> bool:
    return 0x1F1E6 <= ord(sign) <= 0x1F1FF


def _is_emoji(sign: str) -> bool:
    return 0x1F300 <= ord(sign) <= 0x1FAFF or 0x2600 <= ord(sign) <= 0x27BF


def _is_hangul(sign: str) -> bool:
    return 0x1100 <= ord(sign) <= 0x11FF or 0xAC00 <= ord(sign) <= 0xD7A3


def _is_later_jamo(sign: str) -> bool:
    return 0x1160 <= ord(sign) <= 0x11FF
