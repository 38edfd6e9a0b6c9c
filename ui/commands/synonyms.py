"""Commands about synonyms: the words that mean the same to search."""

from __future__ import annotations

import argparse

from storybank.domain.query import folded
from storybank.domain.saved import Ring
from storybank.errors import NotFound
from storybank.words import say
from ui.commands.doors import Arguments, Tr, Voice, opened, table
from ui.wiring import App


def synonyms_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `synonyms` takes."""
    parser.set_defaults(run=list_rings)
    doing = parser.add_subparsers()
    doing.add_parser("list", help=tr("list the words that mean the same")).set_defaults(run=list_rings)
    add = doing.add_parser("add", help=tr("let words and phrases mean the same, in either language"))
    add.add_argument("words", nargs="+", help=tr("words, and phrases in quotation marks"))
    add.set_defaults(run=add_ring)
    remove = doing.add_parser("remove", help=tr("let words mean each their own again"))
    remove.add_argument("word", help=tr("one of them"))
    remove.set_defaults(run=remove_ring)


def list_rings(asked: argparse.Namespace, voice: Voice) -> None:
    """List the words that mean the same."""
    with opened(asked) as app:
        rings = app.synonyms.rings()
    voice.tell([_told(ring) for ring in rings], table([(", ".join(ring.words),) for ring in rings])
               or say("No words are said to mean the same."))


def add_ring(asked: argparse.Namespace, voice: Voice) -> None:
    """Let words mean the same; words that mean the same as one of them already stay with it."""
    with opened(asked, for_writing=True) as app:
        wanted = {folded(word) for word in asked.words}
        known = next((ring for ring in app.synonyms.rings() if wanted & set(map(folded, ring.words))), None)
        words = (*known.words, *asked.words) if known else tuple(asked.words)
        ring = app.synonyms.save(Ring(known.id if known else "", words))
    voice.tell(_told(ring), ", ".join(ring.words))


def remove_ring(asked: argparse.Namespace, voice: Voice) -> None:
    """Let words mean each their own again."""
    with opened(asked, for_writing=True) as app:
        ring = _with(app, asked.word)
        app.synonyms.remove(ring.id)
    voice.tell({"removed": list(ring.words)}, say("These mean each their own again: {words}.",
                                                  words=", ".join(ring.words)))


def _with(app: App, word: str) -> Ring:
    for ring in app.synonyms.rings():
        if ring.id == word or folded(word) in map(folded, ring.words):
            return ring
    raise NotFound(say("“{word}” is in no list of words that mean the same.", word=word))


def _told(ring: Ring) -> dict[str, object]:
    return {"id": ring.id, "words": list(ring.words)}


ARGUMENTS: dict[str, Arguments] = {"synonyms": synonyms_arguments}
