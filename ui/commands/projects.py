"""Commands about projects of other programs: `project import`, `export qdpx`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from storybank.domain.project import Loss, MediaManner, ProjectManner
from storybank.domain.taken import Counts, Taken
from storybank.errors import Invalid
from storybank.services.placing import check_folder, check_free, put_in_place_last
from storybank.words import Sentence, Words, say
from ui.commands.doors import Arguments, ConsoleTicket, Tr, Voice, day_of, opened
from ui.commands.values import export_value, said
from ui.wiring import App


def project_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `project` takes."""
    doing = parser.add_subparsers(required=True)
    bring = doing.add_parser("import", help=tr("take in a project (QDPX); what is here stays as it is"))
    bring.add_argument("file", type=Path)
    bring.add_argument("--preview", action="store_true", help=tr("say what would happen, and change nothing"))
    _report(bring, tr)
    bring.set_defaults(run=take_in)


def qdpx_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `export qdpx` takes."""
    parser.add_argument("file", type=Path, help=tr("where it goes, as project.qdpx"))
    parser.add_argument("--use", action="append", help=tr("what it is for; each story must allow every one"))
    parser.add_argument("--story", action="append", default=[], help=tr("only these stories; else all that may"))
    parser.add_argument("--title", default="", help=tr("what the project is called; else as the library"))
    parser.add_argument("--until", metavar="YYYY-MM-DD", help=tr("the last day it will be used"))
    parser.add_argument("--recipient", default="", help=tr("who is given it, to be told if somebody withdraws"))
    parser.add_argument("--media", default="none", choices=[manner.value for manner in MediaManner],
                        help=tr("where light copies of the recordings go: nowhere, beside the project, inside it"))
    parser.add_argument("--also-text", action="store_true",
                        help=tr("write each transcript as a text too, for MAXQDA, QualCoder and NVivo"))
    parser.add_argument("--no-moments", action="store_true", help=tr("do not mark passages in the recordings"))
    _report(parser, tr)
    parser.set_defaults(run=take_out)


def _report(parser: argparse.ArgumentParser, tr: Tr) -> None:
    parser.add_argument("--report", type=Path, metavar="FILE", help=tr("write what gets lost as a text, too"))


def take_out(asked: argparse.Namespace, voice: Voice) -> None:
    """Write a project for another program."""
    from storybank.services.projects import USUAL_USE, Wanted

    if asked.file.suffix.lower() != ".qdpx":
        raise Invalid(say("The name of this file must end in {ending}.", ending=".qdpx"))
    _check_report(asked.report)
    manner = ProjectManner(MediaManner(asked.media), not asked.no_moments, asked.also_text)
    with opened(asked, for_writing=True) as app:
        stories = tuple(app.browsing.story(one).story.id for one in asked.story) or None
        wanted = Wanted(tuple(asked.use or [USUAL_USE]), day_of(asked.until), asked.recipient,
                        asked.title.strip() or app.title, stories)
        sent = app.projects.take_out(asked.file, ConsoleTicket(asked.file.name), wanted, manner)
        today = app.consenting.today()
    words = voice.words
    quotes = sum(item.quote_code.startswith("Q") for item in sent.export.items)
    lines = [words("{code} is in {place}: {stories}, {quotes}.", code=sent.export.code, place=sent.export.place,
                   stories=words.many("{n} story", "{n} stories", sent.stories),
                   quotes=words.many("{n} quote", "{n} quotes", quotes))]
    lost = loss_lines(sent.losses, words)
    _write_report(asked.report, [lines[0], *_left_out(sent.left_out, words, told_why=False), *lost])
    lines += [*_left_out(sent.left_out, words, told_why=True), *lost]
    voice.tell({**export_value(sent.export, today, words), "stories": sent.stories,
                "losses": loss_values(sent.losses, words), "media": [str(file) for file in sent.media]},
               "\n".join(lines))


def _left_out(left_out: Sequence[tuple[str, tuple[Sentence, ...]]], words: Words, *, told_why: bool) -> list[str]:
    """Return what is not in a project; why is for us alone, as reasons name people."""
    rows = [f"  {code}  {' '.join(said(reasons, words))}" if told_why else f"  {code}" for code, reasons in left_out]
    return [words("Left out:"), *rows] if rows else []


def take_in(asked: argparse.Namespace, voice: Voice) -> None:
    """Take in a project of another program."""
    _check_report(asked.report)
    with opened(asked, for_writing=True) as app:
        taken = _taken(app, asked)
    words = voice.words
    lines = [words.sentence(headline(taken)), *(f"  {line}" for line in count_lines(taken.counts, words))]
    lines += [words("Not taken in:")] if taken.refused else []
    lines += [f"  {name}  {' '.join(said(reasons, words))}" for name, reasons in taken.refused]
    if taken.missing and not taken.is_preview:
        lines.append(words("Recordings to look for, with `storybank locate`: {codes}.", codes=", ".join(taken.missing)))
    lines += loss_lines(taken.losses, words)
    if taken.counts.stories:
        lines.append(words("Nobody's consent came with it: ask before anything of it is used."))
    _write_report(asked.report, lines)
    voice.tell({
        "name": taken.name, "origin": taken.origin, "preview": taken.is_preview, "new": counts_value(taken.counts),
        "known_stories": taken.counts.known_stories, "missing_recordings": list(taken.missing),
        "refused": [{"source": name, "reason": " ".join(said(reasons, words))} for name, reasons in taken.refused],
        "losses": loss_values(taken.losses, words),
    }, "\n".join(lines))  # fmt: skip


def _taken(app: App, asked: argparse.Namespace) -> Taken:
    return app.projects.take_in(asked.file, ConsoleTicket(asked.file.name), preview=asked.preview)


def headline(taken: Taken) -> Sentence:
    """Return what became of a project, in a sentence."""
    if taken.counts.is_nothing:
        return say("{name}: everything in it is here already.", name=taken.name)
    if taken.is_preview:
        return say("{name} would bring in:", name=taken.name)
    return say("{name} brought in:", name=taken.name)


def count_lines(counts: Counts, words: Words) -> list[str]:
    """Return how much of each kind is new, a line each."""
    lines = [
        (counts.stories, words.many("{n} story", "{n} stories", counts.stories)),
        (counts.people, words.many("{n} person", "{n} people", counts.people)),
        (counts.transcripts, words.many("{n} transcript", "{n} transcripts", counts.transcripts)),
        (counts.codes, words.many("{n} code", "{n} codes", counts.codes)),
        (counts.coders, words.many("{n} coder", "{n} coders", counts.coders)),
        (counts.quotes, words.many("{n} quote", "{n} quotes", counts.quotes)),
        (counts.codings, words.many("{n} coding", "{n} codings", counts.codings)),
        (counts.memos, words.many("{n} note", "{n} notes", counts.memos)),
    ]
    return [line for count, line in lines if count]


def counts_value(counts: Counts) -> dict[str, int]:
    """Return how much of each kind is new, as JSON tells it."""
    return {"stories": counts.stories, "people": counts.people, "transcripts": counts.transcripts,
            "codes": counts.codes, "coders": counts.coders, "quotes": counts.quotes, "codings": counts.codings,
            "memos": counts.memos, "recordings_without_file": counts.without_file}


def loss_lines(losses: tuple[Loss, ...], words: Words) -> list[str]:
    """Return what the other side does not get, by element, with how many and which."""
    if not losses:
        return []
    return [words("What gets lost:"), *(f"  {loss_line(loss, words)}" for loss in losses)]


def loss_line(loss: Loss, words: Words) -> str:
    """Return one kind of loss on a line."""
    which = ", ".join(loss.names[:20]) + (" …" if len(loss.names) > 20 else "")
    return f"{loss.element} ({loss.total}): {words.sentence(loss.why)}" + (f" {which}" if which else "")


def loss_values(losses: tuple[Loss, ...], words: Words) -> list[dict[str, object]]:
    """Return what gets lost as JSON tells it."""
    return [{"element": loss.element, "count": loss.total, "why": words.sentence(loss.why), "names": list(loss.names)}
            for loss in losses]


def _check_report(to: Path | None) -> None:
    """Refuse a report that cannot be written before anything else is done."""
    if to is not None:
        check_free(to)
        check_folder(to)


def _write_report(to: Path | None, lines: list[str]) -> None:
    if to is not None:
        with put_in_place_last(to) as aside:
            aside.write_text("\n".join(lines) + "\n", encoding="utf-8")



ARGUMENTS: dict[str, Arguments] = {"project": project_arguments}
FORMATS: dict[str, Arguments] = {"qdpx": qdpx_arguments}
