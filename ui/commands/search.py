"""Commands about finding passages: search."""

from __future__ import annotations

import argparse

from storybank.domain.query import understood
from storybank.domain.vocabulary import province_code
from storybank.services.searching import MOST, Found
from ui.commands.doors import Arguments, Tr, Voice, clock, opened, table

MOST_AT_ONCE = 100_000


def search_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `search` takes."""
    parser.add_argument("words", nargs="*", help=tr('words, "phrases", beginnings*'))
    for name in ("block", "stakeholder", "province", "language"):
        parser.add_argument(f"--{name}", action="append", default=[])
    parser.add_argument("--usable-for", default="", metavar="USE", help=tr("only what may be used so today"))
    parser.add_argument("--most", type=int, default=MOST)
    parser.set_defaults(run=search)


def search(asked: argparse.Namespace, voice: Voice) -> None:
    """Find passages and quotes."""
    query = understood(
        " ".join(asked.words), blocks=frozenset(asked.block), stakeholders=frozenset(asked.stakeholder),
        provinces=frozenset(map(province_code, asked.province)), languages=frozenset(asked.language),
        usable_for=asked.usable_for)
    with opened(asked) as app:
        for key in (*asked.block, *asked.stakeholder):
            app.quoting.code(key)
        found = app.searching.find(query, min(max(asked.most, 1), MOST_AT_ONCE))
    rows = [(f.story_code, clock(f.hit.start_ms), f.hit.speaker, f.hit.quote_code, f.hit.text) for f in found.hits]
    value = {"total": found.total, "stories": found.stories, "hits": [_hit(f) for f in found.hits]}
    many = voice.words.many
    count = voice.words("{passages} in {stories}.", passages=many("{n} passage", "{n} passages", found.total),
                        stories=many("{n} story", "{n} stories", found.stories))
    voice.tell(value, "\n".join(filter(None, [table(rows), count])))


def _hit(found: Found) -> dict[str, object]:
    hit = found.hit
    return {"kind": hit.kind, "story": found.story_code, "slug": found.story_slug, "title": found.story_title,
            "recording": hit.recording_id, "start_ms": hit.start_ms, "end_ms": hit.end_ms, "speaker": hit.speaker,
            "text": hit.text, "marks": [list(mark) for mark in hit.marks], "codes": list(hit.codes),
            "quote": hit.quote_code, "usable": list(found.usable)}


ARGUMENTS: dict[str, Arguments] = {"search": search_arguments}
