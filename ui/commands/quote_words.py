"""Commands about how a quote reads: whether it holds, its shortened wording and its translations."""

from __future__ import annotations

import argparse

from storybank.domain.integrity import marked
from storybank.domain.quote import Hold, Quote
from storybank.errors import Damaged
from storybank.services.holding import Stood
from storybank.words import Words, say
from ui.commands.doors import Tr, Voice, opened, table
from ui.quotes.hold_said import hold_said


def word_arguments(doing: argparse._SubParsersAction[argparse.ArgumentParser], tr: Tr) -> None:
    """Say what `quote check`, `refresh`, `wording` and `translate` take."""
    check = doing.add_parser("check", help=tr("tell which quotes the transcript does not read any more"))
    check.add_argument("story", nargs="?")
    check.add_argument("--mend", action="store_true", help=tr("look for their words again first"))
    check.set_defaults(run=check_quotes)
    refresh = doing.add_parser("refresh", help=tr("let a quote read as its words stand now"))
    refresh.add_argument("quote")
    refresh.set_defaults(run=refresh_quote)
    wording = doing.add_parser("wording", help=tr("shorten a quote: cuts as […], what you add in [brackets]"))
    wording.add_argument("quote")
    wording.add_argument("text", help=tr("the shortened words; nothing for the quote as it was said"))
    wording.set_defaults(run=word_quote)
    translate = doing.add_parser("translate", help=tr("keep a translation of a quote; an empty one is taken out"))
    translate.add_argument("quote")
    translate.add_argument("language", help=tr("en, fr or another"))
    translate.add_argument("text")
    translate.add_argument("--by", default="", help=tr("who translated it; else you"))
    translate.set_defaults(run=translate_quote)


def check_quotes(asked: argparse.Namespace, voice: Voice) -> None:
    """Tell how quotes stand on the transcripts of today; fail where one does not read as it was quoted."""
    with opened(asked, for_writing=asked.mend) as app:
        story_id = app.browsing.story(asked.story).story.id if asked.story else None
        if asked.mend:
            app.holding.mend()
        every = app.holding.standing(story_id)
    told = [one for one in every if one.hold is not Hold.HOLDS]
    rows = [(one.quote.code, voice.words(hold_said(one.hold)), _read(one, voice.words)) for one in told]
    voice.tell([_value(one) for one in every],
               table(rows) or say("Every quote reads as it was quoted: {count}.", count=len(every)))
    if told:
        raise Damaged(say("Quotes that do not read as they were quoted: {count}.", count=len(told)),
                      hint=say("They leave as they were quoted until you take the new words."))


def refresh_quote(asked: argparse.Namespace, voice: Voice) -> None:
    """Let a quote read as its words stand now."""
    with opened(asked, for_writing=True) as app:
        for told in app.holding.taken_back(asked.quote):
            voice.aside(told)
        app.holding.accept(asked.quote).do()
        quote = app.quoting.get(asked.quote)
    _tell(quote, voice)


def word_quote(asked: argparse.Namespace, voice: Voice) -> None:
    """Shorten a quote, and say what to look at again."""
    with opened(asked, for_writing=True) as app:
        edit, doubts = app.wording.shorten(asked.quote, asked.text), app.wording.faults(asked.quote, asked.text)
        edit.do()
        quote = app.quoting.get(asked.quote)
    for doubt in doubts:
        voice.aside(doubt.message)
    _tell(quote, voice)


def translate_quote(asked: argparse.Namespace, voice: Voice) -> None:
    """Keep a translation of a quote, or take it out."""
    with opened(asked, for_writing=True) as app:
        app.wording.translate(asked.quote, asked.language, asked.text, asked.by).do()
        quote = app.quoting.get(asked.quote)
    _tell(quote, voice)


def _tell(quote: Quote, voice: Voice) -> None:
    lines = [f"{quote.code}  {quote.wording or quote.text}", *(f"    {marked(one)}" for one in quote.translations)]
    voice.tell({"code": quote.code, "text": quote.text, "wording": quote.wording, "hold": quote.hold.value,
                "translations": [{"language": one.language, "text": one.text, "translator": one.translator}
                                 for one in quote.translations]}, "\n".join(lines))


def _read(one: Stood, words: Words) -> str:
    """Return what is different: the words then, and the words now."""
    changes = [f"{piece.then or '–'} → {piece.now or '–'}" for piece in one.difference if not piece.is_same]
    return "; ".join(changes) or words("Quoted: {text}", text=one.quote.text)


def _value(one: Stood) -> dict[str, object]:
    return {"code": one.quote.code, "hold": one.hold.value, "text": one.quote.text, "now": one.now,
            "difference": [{"then": piece.then, "now": piece.now} for piece in one.difference if not piece.is_same]}
