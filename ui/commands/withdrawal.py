"""The command that hears a person's "stop": at once, everywhere, with everything that has to follow."""

from __future__ import annotations

import argparse
from pathlib import Path

from storybank.domain.consent import Role
from storybank.domain.contributor import Contributor
from storybank.domain.recall import Affected, CaseFile
from storybank.domain.withdrawal import Choice
from storybank.errors import Invalid, StorybankError
from storybank.services.withdrawing import Stop
from storybank.words import say
from ui.commands.called import CHOICES
from ui.commands.cases import erase_question, task_rows
from ui.commands.doors import Arguments, ConsoleTicket, Tr, Voice, make_sure, opened, table
from ui.commands.values import Value, day, file_value, task_values
from ui.wiring import App

MOST_FILES = 12
"""Files of an export that the answer names; JSON and the stop-use notice name them all."""
_NEEDS_YES = say("Withdrawing needs a yes.")
_NOTHING = say("Nothing was withdrawn.")


def withdraw_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `withdraw` takes."""
    parser.description = tr(
        "Takes a person's consent back at once and everywhere, lists everything it reaches, and opens the case of what"
        " has to be done about what is already out.")
    parser.add_argument("person", help=tr("a person's code or name"))
    parser.add_argument("--story", action="append", default=[], help=tr("only these stories"))
    parser.add_argument("--use", action="append", default=[], help=tr("only these uses"))
    fate = parser.add_mutually_exclusive_group()
    fate.add_argument("--seal", dest="choice", action="store_const", const=Choice.SEAL,
                      help=tr("keep the recordings, neither found nor shown"))
    fate.add_argument("--anonymise", dest="choice", action="store_const", const=Choice.ANONYMISE,
                      help=tr("keep the words without the person"))
    fate.add_argument("--erase", dest="choice", action="store_const", const=Choice.ERASE,
                      help=tr("leave nothing of the recordings; asks once more"))
    parser.add_argument("--reason", default="")
    parser.add_argument("--via", default="", help=tr("how it reached us, as telephone"))
    parser.add_argument("--verified", default="", help=tr("how we know it was them"))
    parser.add_argument("--by", default="", help=tr("who said it, where it was not the person"))
    parser.add_argument("--by-organization", action="store_true", help=tr("it is our own doing, and not the person's"))
    parser.add_argument("--letters", type=Path, metavar=tr("DIR"), help=tr("write the letters and notices there"))
    parser.add_argument("--yes", action="store_true", help=tr("do not ask again"))
    parser.set_defaults(run=withdraw)


def withdraw(asked: argparse.Namespace, voice: Voice) -> None:
    """Take a person's consent back, and list what already left.

    The withdrawal itself holds before anything else is tried: what fails after it is told, and can be done again.
    """
    _check(asked)
    with opened(asked, for_writing=True) as app:
        person = app.people.find(asked.person)
        stop = _stop(app, asked, person)
        if not asked.yes:
            _ask(app.withdrawing.reach(stop), asked, voice)
        done = app.withdrawing.withdraw(stop)
        file = app.withdrawing.file(done.case.id)
        uses = ", ".join(app.consenting.use(key).label(voice.words.language) for key in stop.uses)
        letters, failure = _follow(app, done.case.id, asked, voice)
        case = app.withdrawing.file(done.case.id).case
    quotes = [quote.code for quote in file.quotes]
    value = {"person": person.code, "consents": [c.code for c in done.consents],
             "stories": [s.code for s in done.stories], "quotes": quotes, "case": case.code, "choice": case.choice,
             "deadline": day(case.deadline), "exports": [_affected(one) for one in file.affected],
             "tasks": task_values(case.tasks), "letters": [str(letter) for letter in letters]}
    lines = [_what_holds(asked, person, uses, voice), voice.words.sentence(
        say("Case {code}, to be answered by {day}.", code=case.code, day=case.deadline))]
    lines += [voice.words("Quotes it reaches: {quotes}", quotes=", ".join(quotes))] if quotes else []
    lines += [voice.words("Already out, and to be called back:")] if file.affected else []
    lines += [line for one in file.affected for line in _affected_lines(one, voice)]
    lines += [voice.words(CHOICES[case.choice])] if case.choice is not Choice.UNDECIDED else []
    lines += [voice.words("To do:"), table(task_rows(case, voice))]
    lines += [voice.words("Letters:"), *(f"  {letter}" for letter in letters)] if letters else []
    voice.tell(value, "\n".join(lines))
    if failure:
        voice.aside(say("The withdrawal holds, and the rest can be done with `storybank consent case {code}`.",
                        code=case.code))
        raise failure


def _check(asked: argparse.Namespace) -> None:
    """Refuse what nobody means, before anything is done."""
    if asked.choice and asked.use:
        raise Invalid(say("Recordings are sealed, made anonymous or erased for every use, or kept for every use."),
                      hint=say("Leave --use away, or decide nothing about the recordings."))
    if asked.letters and asked.letters.exists() and not asked.letters.is_dir():
        raise Invalid(say("{name} is no folder.", name=asked.letters))


def _stop(app: App, asked: argparse.Namespace, person: Contributor) -> Stop:
    stories = []
    for typed in asked.story:
        view = app.browsing.story(typed)
        if person.id not in [*(p.id for p in view.people), *view.story.communities]:
            raise Invalid(say("{person} is not in story {code}.", person=person.name, code=view.story.code))
        stories.append(view.story.id)
    uses = tuple(app.consenting.use(key).key for key in dict.fromkeys(asked.use))
    role = Role.ORGANIZATION if asked.by_organization else Role.COMMUNITY if person.is_community else Role.PERSON
    return Stop(person.id, asked.reason, asked.by, role, asked.via, asked.verified, tuple(dict.fromkeys(stories)), uses)


def _ask(file: CaseFile, asked: argparse.Namespace, voice: Voice) -> None:
    """Say what would be reached, and ask for a yes; where words would be gone for good, for a second one."""
    many = voice.words.many
    reach = voice.words("It reaches {quotes}, and {exports} already out.",
                        quotes=many("{n} quote", "{n} quotes", len(file.quotes)),
                        exports=many("{n} export", "{n} exports", len(file.affected)))
    if asked.story or asked.use:
        question = voice.words("Withdraw this part of what {person} agreed to? Type yes:", person=file.person.name)
    else:
        question = voice.words("Withdraw everything {person} agreed to? Type yes:", person=file.person.name)
    make_sure(f"{reach} {question}", _NEEDS_YES, _NOTHING)
    if asked.choice is Choice.ERASE:
        make_sure(erase_question(file, voice), _NEEDS_YES, _NOTHING)


def _follow(app: App, case_id: str, asked: argparse.Namespace,
            voice: Voice) -> tuple[list[Path], StorybankError | None]:
    """Carry out what was decided about the recordings, make sites again without the person, then write the letters.

    Return the letters, and what failed, if anything.
    """
    try:
        if asked.choice:
            app.erasing.carry_out(case_id, asked.choice, ConsoleTicket())
        for one in app.issuing.refresh_sites(ConsoleTicket()):
            voice.aside(one.told)
        return (app.withdrawing.write_letters(case_id, asked.letters) if asked.letters else []), None
    except StorybankError as error:
        return [], error


def _what_holds(asked: argparse.Namespace, person: Contributor, uses: str, voice: Voice) -> str:
    stories = ", ".join(asked.story)
    if uses and stories:
        return voice.words("Nothing of {person} in {stories} can be used any more for this: {uses}.",
                           person=person.name, stories=stories, uses=uses)
    if uses:
        return voice.words("Nothing of {person} can be used any more for this: {uses}.", person=person.name, uses=uses)
    if stories:
        return voice.words("Nothing of {person} in {stories} can be used from now on.", person=person.name,
                           stories=stories)
    return voice.words("{person} has withdrawn. Nothing of theirs can be used from now on.", person=person.name)


def _affected(one: Affected) -> Value:
    export = one.export
    return {"code": export.code, "kind": export.kind, "title": export.title, "made_at": export.made_at,
            "place": export.place, "recipient": export.recipient, "quotes": list(one.quotes),
            "files": [file_value(file) for file in one.files], "was_lawful": one.was_lawful}


def _affected_lines(one: Affected, voice: Voice) -> list[str]:
    head = "  ".join(filter(None, (one.export.code, one.export.title, one.export.recipient, one.export.place)))
    more = len(one.files) - MOST_FILES
    left = voice.words.many("{n} more file", "{n} more files", more)
    rest = [f"      {left}"] if more > 0 else []
    return [f"  {head}", *(f"      {file.path}" for file in one.files[:MOST_FILES]), *rest]


ARGUMENTS: dict[str, Arguments] = {"withdraw": withdraw_arguments}
