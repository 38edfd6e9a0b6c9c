"""Reasons: why quotes were left out, in words that name nobody and tell nobody's private reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from storybank.domain.clearance import LeftOut
from storybank.words import Sentence, say

_KINDS = (
    ("withdrew", say("the consent was withdrawn")),
    ("revoked", say("the consent was revoked")),
    ("found void", say("the consent does not hold any more")),
    ("ended", say("the consent has ended")),
    ("asked first", say("the person wants to be asked first")),
    ("not answered", say("the person has not answered yet")),
    ("has not been asked", say("the person has not been asked yet")),
    ("refused", say("the person refused")),
    ("no consent on file", say("there is no consent on file")),
    ("restricted", say("part of the recording may not go out")),
    ("did not agree", say("the consent does not cover this use")),
    ("said no", say("the person said no to this use")),
)
_ANY = say("the consent does not cover this use")


def why(left_out: LeftOut) -> Sentence:
    """Return the kind of reason, without the person's name; what we do not recognise is said in general.

    That somebody is a minor, or has a guardian, is nobody's business outside: it is said in general too.
    """
    first = left_out.reasons[0].text if left_out.reasons else ""
    return next((sentence for sign, sentence in _KINDS if sign in first), _ANY)


def counted(left_out: Sequence[LeftOut]) -> list[tuple[Sentence, int]]:
    """Return the kinds of reason, and how many quotes each left out, most first."""
    return Counter(why(one) for one in left_out).most_common()
