"""Commands about quotes: quote, tag."""

from __future__ import annotations

import argparse

from storybank.domain.query import folded, tokens
from storybank.domain.quote import Anchor, Quote
from storybank.domain.transcript import Line
from storybank.errors import Invalid, NotFound
from storybank.words import say
from ui.commands.coder import add_coder, sit_down
from ui.commands.doors import Arguments, Tr, Voice, clock, opened, table
from ui.commands.quote_files import import_arguments
from ui.commands.quote_shape import apart, important_arguments, merge_arguments, move_arguments, with_signs
from ui.commands.quote_words import word_arguments


def quote_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `quote` takes."""
    doing = parser.add_subparsers(required=True)
    add = doing.add_parser("add", help=tr("pick a passage: whole lines, or the words you type"))
    add.add_argument("story")
    add.add_argument("--line", type=int, help=tr("the first line, as `transcript show` numbers them"))
    add.add_argument("--to", type=int, help=tr("the last line; else the same"))
    add.add_argument("--text", help=tr("the words, as they stand in the transcript"))
    add.add_argument("--code", action="append", default=[], help=tr("a code of the codebook; may be repeated"))
    add_coder(add, tr)
    add.set_defaults(run=add_quote)
    listed = doing.add_parser("list", help=tr("list the quotes"))
    listed.add_argument("story", nargs="?")
    add_coder(listed, tr)
    listed.set_defaults(run=list_quotes)
    remove = doing.add_parser("remove", help=tr("take a quote out"))
    remove.add_argument("quote")
    add_coder(remove, tr)
    remove.set_defaults(run=remove_quote)
    word_arguments(doing, tr)
    move_arguments(doing.add_parser("move", help=tr("let a quote begin or end elsewhere")), tr, _anchor, _quote)
    important_arguments(doing.add_parser("important", help=tr("mark a quote as important, or not")), tr, _quote)
    merge_arguments(doing.add_parser("merge", help=tr("make one of two quotes that overlap")), tr, _quote)
    import_arguments(doing.add_parser("import", help=tr("take codes back in from a table of quotes")), tr)


def add_quote(asked: argparse.Namespace, voice: Voice) -> None:
    """Pick a passage."""
    with opened(asked, for_writing=True) as app:
        sit_down(app, asked.coder)
        view = app.browsing.story(asked.story)
        recording = view.recordings[0]
        if asked.text is not None:
            new = app.quoting.pick(recording.id, _anchor(view.lines, asked.text), asked.code)
        elif asked.line is not None:
            last = asked.line if asked.to is None else asked.to
            new = app.quoting.pick_lines(recording.id, asked.line, last, asked.code)
        else:
            raise Invalid(say("Say which words: --line, or --text."))
        new.edit.do()
        quote = app.quoting.get(new.quote.id)
    voice.tell(_quote(quote), f"{quote.code}  {clock(quote.start_ms)}  {quote.text}")


def list_quotes(asked: argparse.Namespace, voice: Voice) -> None:
    """List the quotes."""
    with opened(asked) as app:
        sit_down(app, asked.coder)
        quotes = app.quoting.of_story(app.browsing.story(asked.story).story.id) if asked.story else app.quoting.all()
    voice.tell([_quote(q) for q in quotes],
               table([(q.code, clock(q.start_ms), ", ".join(sorted(q.codes)), q.text) for q in quotes]))


def remove_quote(asked: argparse.Namespace, voice: Voice) -> None:
    """Take a quote out."""
    with opened(asked, for_writing=True) as app:
        sit_down(app, asked.coder)
        quote = app.quoting.get(asked.quote)
        app.quoting.remove(quote.id).do()
    voice.tell({"removed": quote.code}, say("Quote {code} was removed.", code=quote.code))


def tag_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `tag` takes."""
    parser.add_argument("quote")
    add_coder(parser, tr)
    parser.add_argument("codes", nargs=argparse.REMAINDER,
                        help=tr("keys of the codebook: exactly these, or +these more and -those less"))
    parser.set_defaults(run=tag)


def tag(asked: argparse.Namespace, voice: Voice) -> None:
    """Give a quote these codes and no others; with signs, some more and some less."""
    typed, coder = apart(asked.codes)
    with opened(asked, for_writing=True) as app:
        sit_down(app, coder or asked.coder)
        quote = app.quoting.get(asked.quote)
        named = bool(coder or asked.coder)
        had = app.quoting.own_codes(quote.id) if named else quote.codes
        app.quoting.retag(quote.id, with_signs(had, typed), own=named).do()
        quote = app.quoting.get(asked.quote)
    voice.tell(_quote(quote), f"{quote.code}  {', '.join(sorted(quote.codes))}")


def _anchor(lines: tuple[Line, ...], text: str) -> Anchor:
    """Return where the typed words stand in the transcript, case, accents and punctuation ignored."""
    wanted = _bare(text)
    words = [(line.id, index, bare) for line in lines for index, word in enumerate(line.words)
             if (bare := "".join(_bare(word.text)))]
    said = [bare for _line, _index, bare in words]
    flat = "".join(wanted)
    for first in range(len(words)):
        run = ""
        for last in range(first, len(words)):
            run += said[last]
            if run == flat:
                return Anchor(words[first][0], words[first][1], words[last][0], words[last][1])
            if not flat.startswith(run):
                break
    raise NotFound(say("These words are not in the transcript: {text}.", text=text),
                   hint=say("`storybank transcript show` prints it as it stands."))


def _bare(text: str) -> list[str]:
    return [folded(token) for token, _start, _end in tokens(text)]


def _quote(q: Quote) -> dict[str, object]:
    return {"id": q.id, "code": q.code, "story": q.story_id, "recording": q.recording_id, "text": q.text,
            "start_ms": q.start_ms, "end_ms": q.end_ms, "language": q.language, "codes": sorted(q.codes),
            "important": q.important}


ARGUMENTS: dict[str, Arguments] = {"quote": quote_arguments, "tag": tag_arguments}
