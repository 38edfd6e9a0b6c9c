"""Codebooks as files: `codebook import`, `codebook export`, and `export qdc`."""

from __future__ import annotations

import argparse
from pathlib import Path

from storybank.domain.codebook_sheet import Left
from storybank.errors import Invalid, Refused
from storybank.services.codebook_import import CodebookImport, Taken
from storybank.words import LANGUAGES, Words, say
from ui.commands.doors import Arguments, Tr, Voice, opened


def add_files(doing: argparse._SubParsersAction[argparse.ArgumentParser], tr: Tr) -> None:
    """Say what `codebook import` and `codebook export` take."""
    bring = doing.add_parser("import", help=tr("take in the codes of a file: QDC, CSV or XLSX"))
    bring.add_argument("file", type=Path)
    bring.add_argument("--preview", action="store_true", help=tr("only tell what it would change"))
    bring.add_argument("--language", choices=LANGUAGES, help=tr("the language of names that do not say theirs"))
    bring.set_defaults(run=bring_in)
    _export_arguments(doing.add_parser("export", help=tr("write the codes to a file: QDC, CSV or XLSX")), tr)


def _export_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    parser.add_argument("file", type=Path, help=tr("its ending says how"))
    parser.add_argument("--language", choices=LANGUAGES, help=tr("the language of the names in a QDC"))
    parser.add_argument("--use", default="", help=tr("its use: keeps names in people's own words that may be used so"))
    parser.set_defaults(run=write)


def write(asked: argparse.Namespace, voice: Voice) -> None:
    """Write the codebook to a file."""
    if getattr(asked, "only", "") and asked.file.suffix.lower() != asked.only:
        raise Invalid(say("A QDC ends in .qdc, and {file} does not.", file=asked.file.name),
                      hint=say("`storybank codebook export` also writes .csv and .xlsx."))
    if asked.file.exists():
        raise Refused(say("{name} exists already.", name=asked.file.name), hint=say("Choose another name."))
    with opened(asked) as app:
        done = app.codebook_carrying.export(asked.file, asked.language or voice.words.language, asked.use)
    words = voice.words
    left = [{"key": one.name, "why": words.sentence(one.why)} for one in done.left_out]
    lines = [words("{file} holds the codebook now. Codes: {n}.", file=asked.file.name, n=done.codes),
             *(words("Left out: {code}. {why}", code=one["key"], why=one["why"]) for one in left)]
    voice.tell({"file": str(asked.file), "codes": done.codes, "left_out": left}, "\n".join(lines))


def bring_in(asked: argparse.Namespace, voice: Voice) -> None:
    """Take in the codes of a file, or only tell what that would do."""
    with opened(asked, for_writing=not asked.preview) as app:
        plan = app.codebook_carrying.plan(asked.file, asked.language or voice.words.language)
        if plan.changes_anything and not asked.preview:
            plan.edit.do()
    done = plan.changes_anything and not asked.preview
    voice.tell({"file": str(asked.file), "done": done, **_value(plan, voice.words)},
               "\n".join([*told(plan, voice.words), *([] if done else [voice.words("Nothing was changed.")])]))


def told(plan: CodebookImport, words: Words) -> list[str]:
    """Return what taking in a file does, in lines."""
    lines = []
    for heading, some in ((words("New: {n}.", n=len(plan.new)), plan.new),
                          (words("Changed: {n}.", n=len(plan.changed)), plan.changed),
                          (words("The same: {n}.", n=len(plan.same)), ())):
        lines.append(heading)
        lines += [f"  {one.code.key}  {one.name}" + (f"  ({', '.join(one.fields)})" if one.fields else "")
                  for one in some]
    if plan.refused:
        lines.append(words("Not taken in: {n}.", n=len(plan.refused)))
        lines += [f"  {one.name}  {words.sentence(one.why)}" for one in plan.refused]
    return [*lines, *map(words.sentence, plan.remarks)]


def _value(plan: CodebookImport, words: Words) -> dict[str, object]:
    def taken(some: tuple[Taken, ...]) -> list[dict[str, object]]:
        return [{"name": one.name, "key": one.code.key, "fields": list(one.fields)} for one in some]

    def left(one: Left) -> dict[str, object]:
        return {"name": one.name, "why": words.sentence(one.why)}

    return {"new": taken(plan.new), "changed": taken(plan.changed), "same": taken(plan.same),
            "refused": [left(one) for one in plan.refused],
            "remarks": [words.sentence(one) for one in plan.remarks]}


def _qdc_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `export qdc` takes."""
    _export_arguments(parser, tr)
    parser.set_defaults(only=".qdc")


FORMATS: dict[str, Arguments] = {"qdc": _qdc_arguments}
