"""Commands about consent forms, the lists that decisions are made of, and who keeps the library."""

from __future__ import annotations

import argparse
from dataclasses import asdict, fields
from pathlib import Path

from storybank.domain.receipt import Organization
from storybank.domain.use import Term, TermKind, Use
from storybank.errors import Invalid, NotFound, Refused, Unavailable
from storybank.words import say
from ui.commands.doors import Arguments, Tr, Voice, day_of, opened, table
from ui.commands.values import Value, notice_value

_WHO_WE_ARE = {"name": "name", "privacy-officer": "privacy_officer", "address": "address", "email": "email",
               "phone": "phone", "jurisdiction": "jurisdiction", "storage": "storage", "retention": "retention"}
_KINDS = [str(kind) for kind in TermKind]


def form_arguments(doing: argparse._SubParsersAction[argparse.ArgumentParser], tr: Tr) -> None:
    """Say what the part of `consent` takes that is about forms and lists."""
    doing.add_parser("notices", help=tr("list the consent forms, every version")).set_defaults(run=list_notices)
    notice = doing.add_parser("notice", help=tr("show a consent form, add a version, or write it to be signed"))
    what = notice.add_subparsers(required=True, metavar=tr("COMMAND"))
    show = what.add_parser("show", help=tr("print the text of a version"))
    show.add_argument("name", help=tr("as `consent notices` names it"))
    show.set_defaults(run=show_notice)
    _adding(what, tr)
    form = what.add_parser("form", help=tr("write a version as a Word file, to be printed and signed"))
    form.add_argument("name", help=tr("as `consent notices` names it"))
    form.add_argument("--to", type=Path, required=True, metavar="FILE.docx")
    form.set_defaults(run=write_form)
    lists = doing.add_parser("lists", help=tr("list the purposes, channels, audiences and territories"))
    lists.add_argument("kind", nargs="?", choices=_KINDS)
    lists.set_defaults(run=list_terms)
    entry = doing.add_parser("list", help=tr("add an entry to a list, or rename it"))
    adding = entry.add_subparsers(required=True, metavar=tr("COMMAND")).add_parser("add", help=tr("add or rename"))
    adding.add_argument("kind", choices=_KINDS)
    adding.add_argument("key")
    adding.add_argument("english")
    adding.add_argument("french")
    adding.set_defaults(run=save_term)
    _uses(doing, tr)


def _adding(what: argparse._SubParsersAction[argparse.ArgumentParser], tr: Tr) -> None:
    add = what.add_parser("add", help=tr("put a new version on file; earlier ones never change"))
    add.add_argument("file", type=Path, help=tr("a text file: paragraphs, `# ` before headings, `- ` before items"))
    add.add_argument("--key", required=True, help=tr("what all versions of the form are called"))
    add.add_argument("--version", required=True)
    add.add_argument("--language", required=True)
    add.add_argument("--title", required=True)
    add.add_argument("--use", action="append", default=[], help=tr("a use it asks about; else all of them"))
    add.add_argument("--contact", action="append", default=[], help=tr("whom to tell when one changes one's mind"))
    add.add_argument("--from", dest="start", metavar="YYYY-MM-DD", help=tr("the day it is used from"))
    add.set_defaults(run=add_notice)


def _uses(doing: argparse._SubParsersAction[argparse.ArgumentParser], tr: Tr) -> None:
    use = doing.add_parser("use", help=tr("add a use that people are asked about, or change it"))
    add = use.add_subparsers(required=True, metavar=tr("COMMAND")).add_parser("add", help=tr("add or change"))
    add.add_argument("key")
    for kind in (TermKind.PURPOSE, TermKind.CHANNEL, TermKind.AUDIENCE):
        add.add_argument(f"--{kind}", required=True, help=tr("an entry of that list"))
    add.add_argument("--territory", default="CA")
    add.add_argument("--en", required=True, help=tr("its name in English"))
    add.add_argument("--fr", required=True, help=tr("its name in French"))
    add.set_defaults(run=save_use)


def list_notices(asked: argparse.Namespace, voice: Voice) -> None:
    """List the consent forms."""
    with opened(asked) as app:
        notices = app.forms.notices()
    rows = [(n.name, voice.words("template, to be reviewed") if n.is_template else "", str(n.effective_from or ""),
             n.title) for n in notices]
    voice.tell([notice_value(n) for n in notices], table(rows) or say("There is no consent form on file yet."))


def show_notice(asked: argparse.Namespace, voice: Voice) -> None:
    """Print a version of a form."""
    with opened(asked) as app:
        notice = app.forms.notice(asked.name)
    uses = voice.words("Asks about: {uses}", uses=", ".join(notice.uses))
    contacts = voice.words("Contacts: {contacts}", contacts="; ".join(notice.contacts)) if notice.contacts else ""
    voice.tell(notice_value(notice), "\n\n".join(filter(None, (notice.title, notice.body, uses, contacts))))


def add_notice(asked: argparse.Namespace, voice: Voice) -> None:
    """Put a new version of a form on file."""
    with opened(asked, for_writing=True) as app:
        notice = app.forms.add(asked.key, asked.version, asked.language, asked.title, _text(asked.file), uses=asked.use,
                               contacts=asked.contact, effective_from=day_of(asked.start))
    voice.tell(notice_value(notice), say("The consent form {name} is on file.", name=notice.name))


def write_form(asked: argparse.Namespace, voice: Voice) -> None:
    """Write a form as a Word file."""
    if asked.to.suffix.lower() != ".docx":
        raise Invalid(say("The name of this file must end in {ending}.", ending=".docx"))
    if asked.to.exists():
        raise Refused(say("{name} exists already.", name=asked.to.name), hint=say("Choose another name."))
    with opened(asked) as app:
        notice = app.forms.notice(asked.name)
        app.papers.notice(notice, [use for use in app.consenting.uses() if use.key in notice.uses], asked.to)
    voice.tell({"notice": notice.name, "file": str(asked.to)}, say("Wrote {file}.", file=asked.to))


def list_terms(asked: argparse.Namespace, voice: Voice) -> None:
    """List the entries of the lists."""
    with opened(asked) as app:
        terms = app.forms.terms(TermKind(asked.kind) if asked.kind else None)
    voice.tell([_term(term) for term in terms],
               table([(str(term.kind), term.key, term.label(voice.words.language)) for term in terms]))


def save_term(asked: argparse.Namespace, voice: Voice) -> None:
    """Add an entry to a list, or rename it."""
    with opened(asked, for_writing=True) as app:
        term = app.forms.save_term(TermKind(asked.kind), asked.key, asked.english, asked.french)
    voice.tell(_term(term), f"{term.kind}  {term.key}  {term.label(voice.words.language)}")


def save_use(asked: argparse.Namespace, voice: Voice) -> None:
    """Add a use, or change it."""
    with opened(asked, for_writing=True) as app:
        use = app.forms.save_use(Use(asked.key.strip(), asked.purpose, asked.channel, asked.audience, asked.en.strip(),
                                     asked.fr.strip(), asked.territory))
    voice.tell(asdict(use), f"{use.key}  {use.label(voice.words.language)}")


def organization_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `organization` takes."""
    said = {"name": tr("as it stands in receipts and letters"), "privacy-officer": tr("who answers for personal data"),
            "jurisdiction": tr("as CA-QC"), "storage": tr("where the recordings are kept"),
            "retention": tr("how long they are kept")}
    for option in _WHO_WE_ARE:
        parser.add_argument(f"--{option}", help=said.get(option))
    parser.set_defaults(run=organization)


def organization(asked: argparse.Namespace, voice: Voice) -> None:
    """Show who keeps the library, after changing what was typed."""
    told = {name: said for name in _WHO_WE_ARE.values() if (said := getattr(asked, name)) is not None}
    with opened(asked, for_writing=bool(told)) as app:
        house = app.forms.describe(**told) if told else app.forms.organization()
    rows = [(option, getattr(house, name)) for option, name in _WHO_WE_ARE.items()]
    voice.tell({field.name: getattr(house, field.name) for field in fields(Organization)}, table(rows))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise NotFound(say("There is no file {name}.", name=file), hint=say("Check how it is spelled.")) from error
    except UnicodeDecodeError as error:
        raise Invalid(say("{name} is no text that can be read.", name=file.name),
                      hint=say("Save it as plain text, in UTF-8.")) from error
    except OSError as error:
        raise Unavailable(say("{file} cannot be read: {why}.", file=file.name, why=error.strerror)) from error


def _term(term: Term) -> Value:
    return {"kind": term.kind, "key": term.key, "label_en": term.label_en, "label_fr": term.label_fr}


ARGUMENTS: dict[str, Arguments] = {"organization": organization_arguments}
