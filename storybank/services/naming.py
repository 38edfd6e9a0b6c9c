"""Naming: whether a document tells more of a speaker's name than they allow today."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from storybank.domain.attribution import Attribution
from storybank.domain.contributor import Contributor
from storybank.domain.document import Piece
from storybank.domain.folding import FoldedText, folded, words_of
from storybank.domain.likeness import Match
from storybank.words import Sentence, say

_AROUND = 120
"""So many signs before and after a quote, a first or family name alone is taken for the speaker's."""
_FEWEST_LETTERS = 3
_JOINTS = re.compile(r"[-_./\\]")
"""What joins the words of a name in `amina_diallo.mp4`."""
_WORD = re.compile(r"[^\W\d_]+")


def named_too_fully(speaker: Contributor, level: Attribution, pieces: Sequence[Piece], files: Collection[str],
                    matches: Sequence[Match]) -> Sentence | None:
    """Return that the speaker is named beyond `level`: the whole name in the same file, or a part near the quote."""
    if speaker.is_community or level in (Attribution.FULL, Attribution.FULL_NAME):
        return None
    name = words_of(_JOINTS.sub(" ", speaker.name))
    same = [_JOINTS.sub(" ", piece.text) for piece in pieces if piece.file in files]
    whole = len(name) > 1 and any(True for _ in FoldedText(same).whereabouts(name))
    if not whole and not _nearby(speaker, level, pieces, matches):
        return None
    if level is Attribution.FIRST_NAME:
        return say("{person} is named in full here, and agreed to the first name only.", person=speaker.name)
    return say("{person} is named here, and did not agree to be named.", person=speaker.name)


def _nearby(speaker: Contributor, level: Attribution, pieces: Sequence[Piece], matches: Sequence[Match]) -> bool:
    """Tell whether a part of the name that may not be told stands in or right beside the quote."""
    parts = {folded(part) for part in _WORD.findall(speaker.name) if len(part) >= _FEWEST_LETTERS}
    if level is Attribution.FIRST_NAME:
        parts -= {folded(part) for part in _WORD.findall(speaker.first_name)}
    return any(
        folded(word) in parts for match in matches for word in _WORD.findall(_surroundings(match, pieces))
        if word[0].isupper()
    )  # fmt: skip


def _surroundings(match: Match, pieces: Sequence[Piece]) -> str:
    """Return a quote with what stands right before and after it in its file."""
    (first, start), (last, end) = match.begin, match.end
    before = pieces[first].text[:start]
    if first and pieces[first - 1].file == pieces[first].file:
        before = f"{pieces[first - 1].text}\n{before}"
    after = pieces[last].text[end:]
    if last + 1 < len(pieces) and pieces[last + 1].file == pieces[last].file:
        after = f"{after}\n{pieces[last + 1].text}"
    inside = [piece.text for piece in pieces[first : last + 1]]
    inside[-1] = inside[-1][:end]
    inside[0] = inside[0][start:]
    return " ".join([before[-_AROUND:], *inside, after[:_AROUND]])
