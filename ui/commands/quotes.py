"""Commands about quotes and finding them: quote, tag, codebook, search."""

from __future__ import annotations

import argparse

from storybank.domain.codebook import Code, CodeKind
from storybank.domain.query import folded, tokens, understood
from storybank.domain.quote import Anchor, Quote
from storybank.domain.transcript import Line
from storybank.domain.vocabulary import province_code
from storybank.errors import Invalid, NotFound
from storybank.services.searching import MOST, Found
from storybank.words import say
from ui.commands.doors import Arguments, Tr, Voice, clock, opened, table

MOST_AT_ONCE = 100_000


def quote_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `quote` takes."""
    doing = parser.add_subparsers(required=True)
    add = doing.add_parser("add", help=tr("pick a passage: whole lines, or the words you type"))
    add.add_argument("story")
    add.add_argument("--line", type=int, help=tr("the first line, as `transcript show` numbers them"))
    add.add_argument("--to", type=int, help=tr("the last line; else the same"))
    add.add_argument("--text", help=tr("the words, as they stand in the transcript"))
    add.add_argument("--code", action="append", default=[], help=tr("a code of the codebook; may be repeated"))
    add.set_defaults(run=add_quote)
    listed = doing.add_parser("list", help=tr("list the quotes"))
    listed.add_argument("story", nargs="?")
    listed.set_defaults(run=list_quotes)
    remove = doing.add_parser("remove", help=tr("take a quote out"))
    remove.add_argument("quote")
    remove.set_defaults(run=remove_quote)


def add_quote(asked: argparse.Namespace, voice: Voice) -> None:
    """Pick a passage."""
    with opened(asked, for_writing=True) as app:
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
        quotes = app.quoting.of_story(app.browsing.story(asked.story).story.id) if asked.story else app.quoting.all()
    voice.tell([_quote(q) for q in quotes],
               table([(q.code, clock(q.start_ms), ", ".join(sorted(q.codes)), q.text) for q in quotes]))


def remove_quote(asked: argparse.Namespace, voice: Voice) -> None:
    """Take a quote out."""
    with opened(asked, for_writing=True) as app:
        quote = app.quoting.get(asked.quote)
        app.quoting.remove(quote.id).do()
    voice.tell({"removed": quote.code}, say("Quote {code} was removed.", code=quote.code))


def tag_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `tag` takes."""
    parser.add_argument("quote")
    parser.add_argument("codes", nargs="*", help=tr("keys of the codebook"))
    parser.set_defaults(run=tag)


def tag(asked: argparse.Namespace, voice: Voice) -> None:
    """Give a quote these codes and no others."""
    with opened(asked, for_writing=True) as app:
        app.quoting.retag(app.quoting.get(asked.quote).id, asked.codes).do()
        quote = app.quoting.get(asked.quote)
    voice.tell(_quote(quote), f"{quote.code}  {', '.join(sorted(quote.codes))}")


def codebook_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `codebook` takes."""
    parser.set_defaults(run=list_codes)
    doing = parser.add_subparsers()
    add = doing.add_parser("add", help=tr("add a free code"))
    add.add_argument("label")
    add.add_argument("--french", default="", help=tr("its label in French"))
    add.set_defaults(run=add_code)


def list_codes(asked: argparse.Namespace, voice: Voice) -> None:
    """List the codes."""
    with opened(asked) as app:
        codes = app.quoting.codes()
    voice.tell([_code(c) for c in codes],
               table([(str(c.kind), c.key, c.label(voice.words.language)) for c in codes]))


def add_code(asked: argparse.Namespace, voice: Voice) -> None:
    """Add a free code."""
    with opened(asked, for_writing=True) as app:
        code = app.quoting.add_code(asked.label, asked.french)
    voice.tell(_code(code), f"{code.key}  {code.label(voice.words.language)}")


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


def _code(c: Code) -> dict[str, object]:
    return {"key": c.key, "kind": c.kind, "label_en": c.label_en, "label_fr": c.label_fr, "gist_en": c.gist_en,
            "gist_fr": c.gist_fr, "block": c.kind is CodeKind.BLOCK}


def _hit(found: Found) -> dict[str, object]:
    hit = found.hit
    return {"kind": hit.kind, "story": found.story_code, "slug": found.story_slug, "title": found.story_title,
            "recording": hit.recording_id, "start_ms": hit.start_ms, "end_ms": hit.end_ms, "speaker": hit.speaker,
            "text": hit.text, "marks": [list(mark) for mark in hit.marks], "codes": list(hit.codes),
            "quote": hit.quote_code, "usable": list(found.usable)}


ARGUMENTS: dict[str, Arguments] = {
    "quote": quote_arguments, "tag": tag_arguments, "codebook": codebook_arguments, "search": search_arguments,
}
