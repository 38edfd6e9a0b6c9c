"""Lints of media releases: what a newsroom expects of one, and where the author's text does not have it yet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storybank.domain.draft import Draft
from storybank.domain.reckoning import words_in
from storybank.domain.remark import Remark, Weight
from storybank.domain.twin import NOTHING
from storybank.words import Sentence, say

HEADLINE_WORDS, LEAD_WORDS, RELEASE_WORDS = 12, 35, 400
_SPEAKS = re.compile(r"[“”«»\"]")
_PARAGRAPHS = re.compile(r"\n\s*\n")


def release_remarks(draft: Draft, language: str) -> Iterator[Remark]:
    """Yield what to mend in the media release of a kit; nothing where none was written in that language."""
    if not _said(draft, "release", language):
        return
    for key, message, hint in (*_lengths(draft, language), *_parts(draft, language)):
        yield Remark(Weight.WARN, message, hint, f"sections.{key}", language)


def _lengths(draft: Draft, language: str) -> Iterator[tuple[str, Sentence, Sentence]]:
    text, headline = _said(draft, "release", language), _said(draft, "release_headline", language)
    if words_in(headline) > HEADLINE_WORDS:
        yield ("release_headline", say("The headline of the release has {words} words; {most} are read at a glance.",
                                       words=words_in(headline), most=HEADLINE_WORDS), say("Shorten it."))
    lead = words_in(_PARAGRAPHS.split(text)[0])
    if lead > LEAD_WORDS:
        yield ("release", say("The first paragraph of the release has {words} words; {most} tell who, what and why.",
                              words=lead, most=LEAD_WORDS), say("Shorten it, and let a second paragraph follow."))
    if words_in(text) > RELEASE_WORDS:
        yield ("release", say("The release has {words} words; newsrooms read {most}.", words=words_in(text),
                              most=RELEASE_WORDS), say("Move the rest to the backgrounder."))


def _parts(draft: Draft, language: str) -> Iterator[tuple[str, Sentence, Sentence]]:
    if not _SPEAKS.search(_said(draft, "release", language)):
        yield ("release", say("Nobody of yours speaks in the release."),
               say("Write what your spokesperson says, in quotation marks; a voice from a story is added."))
    if not _said(draft, "release_place", language):
        yield ("release_place", say("The release does not say where it comes from."),
               say("Write the place, such as HALIFAX."))
    if not draft.spokespeople and not draft.contact.strip():
        yield ("release", say("The release has nobody whom the media may call."),
               say("Name a spokesperson, or a contact."))


def _said(draft: Draft, key: str, language: str) -> str:
    return draft.sections.get(key, NOTHING).said(language)
