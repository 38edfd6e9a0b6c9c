"""Command `codebook`: the lists that quotes are tagged with, told and changed."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from storybank.domain.codebook import Code, CodeKind, by_key, path_of
from storybank.domain.codebook_changes import Affected, Count, label_text
from storybank.errors import Invalid
from storybank.services.codebooks import Plan
from storybank.services.edits import Edit
from storybank.words import Sentence, Words, say
from ui.commands import codebook_doing
from ui.commands.codebook_files import add_files
from ui.commands.doors import Arguments, Tr, Voice, opened, table
from ui.wiring import App

Doing = Callable[[argparse.Namespace, App], "Edit | Plan"]


def codebook_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `codebook` takes."""
    parser.set_defaults(run=list_codes, kind=None)
    doing = parser.add_subparsers()
    listed = doing.add_parser("list", help=tr("list the codes as a tree, with how many quotes have each"))
    listed.add_argument("--list", dest="kind", choices=[str(kind) for kind in CodeKind])
    listed.set_defaults(run=list_codes)
    add = doing.add_parser("add", help=tr("add a code"))
    add.add_argument("label")
    add.add_argument("--french", default="", help=tr("its label in French"))
    add.add_argument("--under", default="", help=tr("the code it stands under"))
    add.add_argument("--list", dest="kind", choices=[str(kind) for kind in CodeKind], default="free")
    add.add_argument("--heading", action="store_true", help=tr("it only gathers others"))
    add.set_defaults(run=add_code)
    codebook_doing.add_changes(doing, tr, _changing)
    add_files(doing, tr)


def list_codes(asked: argparse.Namespace, voice: Voice) -> None:
    """List the codes."""
    with opened(asked) as app:
        codes = app.codebooks.codes(CodeKind(asked.kind) if asked.kind else None)
        counts = app.codebooks.counts()
    known = by_key(codes)
    voice.tell([_code(one, counts[one.key], known) for one in codes],
               table([_row(one, counts[one.key], known, voice.words) for one in codes]))


def add_code(asked: argparse.Namespace, voice: Voice) -> None:
    """Add a code, or tell the free one of that name where there is one."""
    with opened(asked, for_writing=True) as app:
        if asked.under or asked.heading or asked.kind != "free":
            under = app.codebooks.find(asked.under).key if asked.under else ""
            new = app.codebooks.add(asked.label, asked.french, kind=CodeKind(asked.kind), parent=under,
                                    codable=not asked.heading)
            new.edit.do()
            code = new.code
        else:
            code = app.quoting.add_code(label_text(asked.label), label_text(asked.french))
        code, counts = app.codebooks.find(code.key), app.codebooks.counts()
        known = by_key(app.codebooks.codes())
    voice.tell(_code(code, counts[code.key], known), f"{code.key}  {code.label(voice.words.language)}")


def _changing(plan_of: Doing) -> Callable[[argparse.Namespace, Voice], None]:
    """Return the command that makes a change, or with --preview only tells what it would reach."""
    def change(asked: argparse.Namespace, voice: Voice) -> None:
        preview = bool(getattr(asked, "preview", False))
        with opened(asked, for_writing=not preview) as app:
            code = app.codebooks.find(asked.code)
            plan = plan_of(asked, app)
            edit, affected = (plan.edit, plan.affected) if isinstance(plan, Plan) else (plan, None)
            warning = plan.warning if isinstance(plan, Plan) else None
            if not preview:
                _do(edit, warning)
            codes, counts = app.codebooks.codes(), app.codebooks.counts()
        _tell(voice, code, codes, counts, affected, warning, preview=preview)

    return change


def _do(edit: Edit, warning: Sentence | None) -> None:
    if warning:
        raise Invalid(warning, hint=say("Add --yes to the command."))
    edit.do()


def _tell(voice: Voice, before: Code, codes: list[Code], counts: dict[str, Count], affected: Affected | None,
          warning: Sentence | None, *, preview: bool) -> None:
    known = by_key(codes)
    code = known.get(before.key)
    told: dict[str, object] = {"done": not preview, "removed": code is None,
                               **_code(code or before, counts.get(before.key, Count(0, 0)), known)}
    if affected:
        told["affected"] = _affected(affected)
    if warning:
        told["warning"] = voice.words.sentence(warning)
    lines = [f"{before.key}  {(code or before).label(voice.words.language)}"]
    if affected:
        lines += [voice.words.sentence(one) for one in affected.said()]
        lines += [f"  {one.quote_code}  {one.text[:100]}" for one in affected.examples]
    if warning:
        lines.append(voice.words.sentence(warning))
    if preview:
        lines.append(voice.words("Nothing was changed."))
    voice.tell(told, "\n".join(lines))


def _affected(a: Affected) -> dict[str, object]:
    return {
        "quotes": a.quotes, "stories": a.stories, "coders": a.coders, "doubles": a.doubles, "put_away": a.put_away,
        "exports": list(a.exports), "searches": list(a.searches), "people": a.people, "memos": a.memos,
        "codes": [code.key for code in a.codes],
        "examples": [{"quote": one.quote_code, "text": one.text} for one in a.examples],
    }  # fmt: skip


def _row(code: Code, count: Count, known: dict[str, Code], words: Words) -> tuple[str, ...]:
    depth = len(path_of(code, known)) - 1
    told = code.label(words.language) if code.codable else words("{label} (heading)", label=code.label(words.language))
    return (str(code.kind), code.key, str(count.own), str(count.below), "  " * depth + told)


def _code(c: Code, count: Count, known: dict[str, Code]) -> dict[str, object]:
    return {
        "key": c.key, "kind": c.kind, "label_en": c.label_en, "label_fr": c.label_fr, "gist_en": c.gist_en,
        "gist_fr": c.gist_fr, "block": c.kind is CodeKind.BLOCK, "short_en": c.short_en, "short_fr": c.short_fr,
        "parent": c.parent, "level": len(path_of(c, known)), "position": c.position, "aliases": list(c.aliases),
        "colour": c.colour, "codable": c.codable, "guid": c.guid, "quotes": count.own,
        "quotes_with_those_under": count.below,
    }  # fmt: skip


ARGUMENTS: dict[str, Arguments] = {"codebook": codebook_arguments}
