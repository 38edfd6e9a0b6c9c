"""Commands about drafts: briefs, kits and sites while they are being written."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from storybank.domain.draft import Chosen, Draft, DraftKind, Form
from storybank.domain.draft_content import content_of
from storybank.domain.draft_reading import MOST_CHARACTERS, draft_saying, draft_told
from storybank.domain.names import plain
from storybank.domain.twin import NOTHING
from storybank.errors import Invalid, NotFound, Refused, Unavailable
from storybank.words import say
from ui.commands.doors import Arguments, ConsoleTicket, Tr, Voice, opened, table
from ui.commands.draft_values import CHANGE, draft_lines, draft_value, standing_lines, standing_value
from ui.commands.making import add_making, make_draft
from ui.wiring import App

_KINDS = [one.value for one in DraftKind]
_YES_OR_NO = {**dict.fromkeys(("true", "yes", "oui", "1", "on"), True),
              **dict.fromkeys(("false", "no", "non", "0", "off"), False)}


def draft_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `draft` takes."""
    parser.set_defaults(run=list_drafts)
    doing = parser.add_subparsers()
    doing.add_parser("list", help=tr("list the drafts, the latest first")).set_defaults(run=list_drafts)
    new = doing.add_parser("new", help=tr("begin a brief, a kit or a site"))
    new.add_argument("kind", choices=_KINDS)
    new.add_argument("title")
    new.add_argument("--language", default="en", choices=["en", "fr"], help=tr("the language of the title"))
    new.add_argument("--form", default=Form.ONE_THREE.value, choices=[one.value for one in Form])
    new.add_argument("--from", dest="file", type=Path, help=tr("fill it from this file, JSON or plain text"))
    new.set_defaults(run=new_draft)
    show = _about(doing, "show", tr("show a draft; with --json all of it"), show_draft)
    show.add_argument("--version", type=int, help=tr("as this version had it"))
    write = _about(doing, "write", tr("write what a file says into a draft: JSON or plain text"), write_draft)
    write.add_argument("file", type=Path, help=tr("the file; - for standard input"))
    setting = _about(doing, "set", tr("set one field, as `title` or `sections.issue`"), set_field)
    setting.add_argument("field")
    setting.add_argument("value", nargs="+", help=tr("the text; several for a list"))
    setting.add_argument("--language", choices=["en", "fr"], help=tr("in which language; else the draft's first"))
    _about(doing, "check", tr("say what is to be mended before it leaves"), check_draft)
    _about(doing, "versions", tr("list its versions"), versions)
    _about(doing, "keep", tr("keep the version of now as it is"), keep)
    _about(doing, "restore", tr("make it say what a version said"), restore).add_argument("version", type=int)
    _about(doing, "copy", tr("begin another that says the same"), copy)
    _about(doing, "remove", tr("take it off the list"), remove)
    preview = _about(doing, "preview", tr("make pages of it to look at; nothing is entered in the ledger"), look)
    preview.add_argument("folder", type=Path)
    preview.add_argument("--language", choices=["en", "fr"])
    make = _about(doing, "make", tr("make the brief, kit or site, and enter it in the ledger"), make_one)
    make.add_argument("to", type=Path, help=tr("a folder that does not exist yet, or one Word file"))
    add_making(make, tr)
    _quote_arguments(doing, tr)


def _about(doing: argparse._SubParsersAction[argparse.ArgumentParser], name: str, about: str,
           run: object) -> argparse.ArgumentParser:
    parser = doing.add_parser(name, help=about)
    parser.add_argument("draft", metavar="DRAFT")
    parser.set_defaults(run=run)
    return parser


def _quote_arguments(doing: argparse._SubParsersAction[argparse.ArgumentParser], tr: Tr) -> None:
    """Say what `draft quote` takes."""
    quote = doing.add_parser("quote", help=tr("add quotes to a draft, take them out, put them in order"))
    acts = quote.add_subparsers(required=True, dest="act")
    add = _about(acts, "add", tr("put quotes behind those that are there"), add_quotes)
    add.add_argument("quote", nargs="+")
    add.add_argument("--place", default="", help=tr("key of the section or building block they stand in"))
    add.add_argument("--lead", action="store_true", help=tr("let them stand on page 1"))
    out = _about(acts, "remove", tr("take quotes out"), remove_quotes)
    out.add_argument("quote", nargs="+")
    move = _about(acts, "move", tr("put a quote at a place in the order, 1 being the first"), move_quote)
    move.add_argument("quote")
    move.add_argument("to", type=int)


def list_drafts(asked: argparse.Namespace, voice: Voice) -> None:
    """List the drafts."""
    with opened(asked) as app:
        drafts = app.building.all()
    rows = [(one.code, str(one.kind), one.title.said("en") or one.title.said("fr"), ", ".join(one.languages),
             one.saved_at[:10], one.saved_by) for one in drafts]
    voice.tell([draft_value(one) for one in drafts], table(rows) or say("There are no drafts."))


def new_draft(asked: argparse.Namespace, voice: Voice) -> None:
    """Begin a draft."""
    told = _read(asked.file) if asked.file else ""
    with opened(asked, for_writing=True) as app:
        kind = DraftKind(asked.kind)
        if told:
            draft_told(told, Draft("", "", kind, NOTHING))  # refused before there is anything
        draft = app.building.begin(kind, asked.title, asked.language, Form(asked.form))
        draft = app.building.save(draft_told(told, draft)) if told else draft
    _tell(draft, voice)


def show_draft(asked: argparse.Namespace, voice: Voice) -> None:
    """Show a draft."""
    with opened(asked) as app:
        draft = app.building.find(asked.draft)
        draft = app.building.version(draft.id, asked.version) if asked.version is not None else draft
    _tell(draft, voice)


def write_draft(asked: argparse.Namespace, voice: Voice) -> None:
    """Write what a file says into a draft."""
    told = _read(asked.file)
    with opened(asked, for_writing=True) as app:
        draft = app.building.find(asked.draft)
        _tell(_change(app, draft, draft_told(told, draft)), voice)


def set_field(asked: argparse.Namespace, voice: Voice) -> None:
    """Set one field of a draft."""
    with opened(asked, for_writing=True) as app:
        draft = app.building.find(asked.draft)
        _tell(_change(app, draft, _with_field(draft, asked)), voice)


def _with_field(draft: Draft, asked: argparse.Namespace) -> Draft:
    """Return a draft with one field set, in one language where it has two."""
    language, texts = asked.language or next(iter(draft.languages), "en"), list(asked.value)
    name, _dot, key = asked.field.partition(".")
    content, text = content_of(draft), " ".join(texts)
    if name not in content:
        raise Invalid(say("A draft has nothing called {name} to set.", name=plain(name)[:40]),
                      hint=say("It has: {known}.", known=", ".join(content)))
    old = content[name]
    if name == "sections" and not key:
        raise Invalid(say("A draft has nothing called {name} to set.", name=name), hint="sections.issue")
    if name == "sections":
        said = dict(draft.sections)
        said[key] = said.get(key, NOTHING).saying(language, text)
        return replace(draft, sections=draft_saying(
            {"sections": {one: {"en": twin.en, "fr": twin.fr} for one, twin in said.items()}}, draft).sections)
    if name in ("asks", "messages") and not key:
        olds = [*getattr(draft, name), *[NOTHING] * len(texts)]
        twins = [olds[n].saying(language, one) for n, one in enumerate(texts)]
        return draft_saying({name: [{"en": one.en, "fr": one.fr} for one in twins]}, draft)
    if key or not isinstance(old, (dict, list, bool)):
        return draft_saying({asked.field: text}, draft)
    if isinstance(old, bool):
        return draft_saying({name: _YES_OR_NO.get(text.strip().lower(), text)}, draft)
    return draft_saying({name: texts if isinstance(old, list) else {**old, language: text}}, draft)


def check_draft(asked: argparse.Namespace, voice: Voice) -> None:
    """Say how a draft stands."""
    with opened(asked) as app:
        draft = app.building.find(asked.draft)
        standing = app.answering.standing(draft)
    voice.tell(standing_value(draft, standing, voice.words), "\n".join(standing_lines(standing, voice.words)))


def versions(asked: argparse.Namespace, voice: Voice) -> None:
    """List the versions of a draft."""
    with opened(asked) as app:
        found = app.building.versions(app.building.find(asked.draft).id)
    rows = [(str(one.version), one.saved_at[:16], one.saved_by, voice.words("kept") if one.kept else "")
            for one in found]
    voice.tell([{"version": one.version, "saved_at": one.saved_at, "saved_by": one.saved_by, "kept": one.kept}
                for one in found], table(rows))


def keep(asked: argparse.Namespace, voice: Voice) -> None:
    """Keep the version of now."""
    with opened(asked, for_writing=True) as app:
        draft = app.building.find(asked.draft)
        app.building.keep(draft.id)
    _tell(draft, voice)


def restore(asked: argparse.Namespace, voice: Voice) -> None:
    """Make a draft say what a version said."""
    with opened(asked, for_writing=True) as app:
        draft = app.building.find(asked.draft)
        _tell(_change(app, draft, app.building.version(draft.id, asked.version)), voice)


def copy(asked: argparse.Namespace, voice: Voice) -> None:
    """Begin another draft that says the same."""
    with opened(asked, for_writing=True) as app:
        draft = app.building.find(asked.draft)
        before = {one.code for one in app.building.all()}
        app.building.copy(draft.code).do()
        new = next(one for one in app.building.all() if one.code not in before)
    _tell(new, voice)


def remove(asked: argparse.Namespace, voice: Voice) -> None:
    """Take a draft off the list."""
    with opened(asked, for_writing=True) as app:
        draft = app.building.find(asked.draft)
        app.building.remove(draft.code).do()
    voice.tell({"removed": draft.code}, voice.words("{code} is removed; what left the house from it stays in the"
                                                    " ledger.", code=draft.code))


def add_quotes(asked: argparse.Namespace, voice: Voice) -> None:
    """Put quotes into a draft."""
    with opened(asked, for_writing=True) as app:
        draft = app.building.find(asked.draft)
        known = {one.code for one in app.quoting.all()}
        codes = [one.strip().upper() for one in dict.fromkeys(asked.quote)]
        for code in codes:
            if code not in known:
                raise NotFound(say("There is no quote {name}.", name=code[:40]))
        new = tuple(Chosen(code, asked.place, asked.lead) for code in codes if code not in draft.codes)
        _tell(_change(app, draft, replace(draft, quotes=(*draft.quotes, *new))), voice)


def remove_quotes(asked: argparse.Namespace, voice: Voice) -> None:
    """Take quotes out of a draft."""
    with opened(asked, for_writing=True) as app:
        draft = app.building.find(asked.draft)
        gone = {one.strip().upper() for one in asked.quote}
        _check_chosen(draft, gone)
        left = tuple(one for one in draft.quotes if one.quote not in gone)
        _tell(_change(app, draft, replace(draft, quotes=left)), voice)


def move_quote(asked: argparse.Namespace, voice: Voice) -> None:
    """Put a quote at another place in the order."""
    with opened(asked, for_writing=True) as app:
        draft = app.building.find(asked.draft)
        code = asked.quote.strip().upper()
        _check_chosen(draft, {code})
        mine = next(one for one in draft.quotes if one.quote == code)
        others = [one for one in draft.quotes if one is not mine]
        others.insert(min(max(asked.to - 1, 0), len(others)), mine)
        _tell(_change(app, draft, replace(draft, quotes=tuple(others))), voice)


def _check_chosen(draft: Draft, codes: set[str]) -> None:
    for code in sorted(codes - set(draft.codes)):
        raise NotFound(say("{quote} is not among the quotes of {code}.", quote=code[:40], code=draft.code))


def look(asked: argparse.Namespace, voice: Voice) -> None:
    """Make pages of a draft to look at."""
    with opened(asked) as app:
        draft = app.building.find(asked.draft)
        language = asked.language or next(iter(draft.languages), "")
        if not language:
            raise Refused(say("It has no language to be made in."), hint="storybank draft set DRAFT languages en fr")
        pages = app.issuing.preview(draft, language, asked.folder, ConsoleTicket())
    voice.tell({"document": str(pages.document), "pdf": pages.pdf and str(pages.pdf), "pages": pages.pages,
                "pictures": [str(one) for one in pages.pictures],
                "why_not": pages.why_not and voice.words.sentence(pages.why_not)},
               "\n".join([str(pages.document), *map(str, pages.pictures)]))
    if pages.why_not:
        voice.aside(pages.why_not)


def make_one(asked: argparse.Namespace, voice: Voice) -> None:
    """Make what a draft orders."""
    with opened(asked, for_writing=True) as app:
        make_draft(app, app.building.find(asked.draft), asked.to, asked, voice)


def _change(app: App, before: Draft, after: Draft) -> Draft:
    app.building.change(CHANGE, before, after).do()
    return app.building.find(before.code)


def _tell(draft: Draft, voice: Voice) -> None:
    voice.tell(draft_value(draft), "\n".join(draft_lines(draft, voice.words)))


def _read(file: Path) -> str:
    """Return what a file says; one that is far too long, or no text, is refused."""
    if str(file) == "-":
        content = sys.stdin.buffer.read(4 * MOST_CHARACTERS) if sys.stdin else b""
    elif not file.is_file():
        raise Unavailable(say("There is no file {name}.", name=file.name[:60]))
    else:
        with file.open("rb") as stream:
            content = stream.read(4 * MOST_CHARACTERS)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(say("{name} is no text in UTF-8.", name=file.name[:60])) from error


ARGUMENTS: dict[str, Arguments] = {"draft": draft_arguments}
