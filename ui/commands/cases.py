"""Commands about withdrawals that are being worked on: what is to be done, the letters, and the end."""

from __future__ import annotations

import argparse
from pathlib import Path

from storybank.domain.recall import CaseFile
from storybank.domain.withdrawal import Choice, Task, TaskState, WithdrawalCase
from storybank.errors import Invalid
from storybank.words import say
from ui.commands.called import CHOICES, TASK_STATES, TASKS
from ui.commands.doors import ConsoleTicket, Tr, Voice, make_sure, opened, table
from ui.commands.values import Value, case_value


def case_arguments(doing: argparse._SubParsersAction[argparse.ArgumentParser], tr: Tr) -> None:
    """Say what `consent cases` and `consent case` take."""
    listed = doing.add_parser("cases", help=tr("list the withdrawals, and how far each is"))
    listed.add_argument("--open", action="store_true", help=tr("only those not closed yet"))
    listed.set_defaults(run=list_cases)
    case = doing.add_parser("case", help=tr("show a withdrawal, and do what is left of it"))
    case.add_argument("case", metavar=tr("CASE"), help=tr("a case's code, as W-0001"))
    case.set_defaults(run=show_case)
    what = case.add_subparsers(metavar=tr("COMMAND"))
    task = what.add_parser("task", help=tr("note how far a task is"))
    task.add_argument("number", type=int)
    task.add_argument("state", choices=[str(state) for state in TaskState])
    task.add_argument("--note", default="", help=tr("what was done, or why it cannot be"))
    task.set_defaults(run=settle_task)
    letters = what.add_parser("letters", help=tr("write the letters and the stop-use notice, in both languages"))
    letters.add_argument("--to", type=Path, required=True, metavar=tr("DIR"))
    letters.set_defaults(run=write_letters)
    recordings = what.add_parser("recordings", help=tr("carry out what was decided about the recordings"))
    recordings.add_argument("choice", choices=[str(one) for one in Choice if one is not Choice.UNDECIDED])
    recordings.add_argument("--yes", action="store_true", help=tr("do not ask again"))
    recordings.set_defaults(run=carry_out)
    unseal = what.add_parser("unseal", help=tr("let sealed recordings be found again, for somebody who agreed anew"))
    unseal.set_defaults(run=unseal_stories)
    close = what.add_parser("close", help=tr("close it, once everything is done or said to be impossible"))
    close.add_argument("--outcome", required=True, help=tr("what came of it, in a sentence"))
    close.set_defaults(run=close_case)


def list_cases(asked: argparse.Namespace, voice: Voice) -> None:
    """List the withdrawals."""
    with opened(asked) as app:
        people = {person.id: person for person in app.people.all()}
        cases = [case for case in app.withdrawing.cases() if case.is_open or not asked.open]
    rows = [(case.code, people[case.contributor_id].name, case.received_at[:10], str(case.deadline or ""),
             _progress(case, voice)) for case in cases]
    voice.tell([case_value(case, people[case.contributor_id].code) for case in cases],
               table(rows) or say("Nobody has withdrawn."))


def show_case(asked: argparse.Namespace, voice: Voice) -> None:
    """Show everything about a withdrawal."""
    with opened(asked) as app:
        file = app.withdrawing.file(asked.case)
    voice.tell(_told(file), _page(file, voice))


def settle_task(asked: argparse.Namespace, voice: Voice) -> None:
    """Note how far a task is."""
    with opened(asked, for_writing=True) as app:
        case = app.withdrawing.file(asked.case).case
        app.withdrawing.settle(case.id, asked.number, TaskState(asked.state), asked.note)
        file = app.withdrawing.file(case.id)
    voice.tell(_told(file), table(task_rows(file.case, voice)))


def write_letters(asked: argparse.Namespace, voice: Voice) -> None:
    """Write the letters."""
    with opened(asked) as app:
        case = app.withdrawing.file(asked.case).case
        letters = app.withdrawing.write_letters(case.id, asked.to)
    voice.tell({"case": case.code, "letters": [str(letter) for letter in letters]}, "\n".join(map(str, letters)))


def erase_question(file: CaseFile, voice: Voice) -> str:
    """Ask whether stories are to go for good, naming whoever else is in them."""
    stories = ", ".join(story.code for story in file.stories if not story.erased_on)
    question = voice.words("Erase {stories} for good, with every word? No backup brings them back. Type yes:",
                           stories=stories)
    if not file.others:
        return question
    others = ", ".join(person.name for person in file.others)
    return voice.words("What these people say in them goes as well: {people}.", people=others) + " " + question


def carry_out(asked: argparse.Namespace, voice: Voice) -> None:
    """Carry out what was decided about the recordings."""
    choice = Choice(asked.choice)
    with opened(asked, for_writing=True) as app:
        file = app.withdrawing.file(asked.case)
        if file.case.uses:
            raise Invalid(say("Case {code} is about some uses only, so the recordings stay.", code=file.case.code))
        if choice is Choice.ERASE and not asked.yes:
            make_sure(erase_question(file, voice), say("Erasing needs a yes."), say("Nothing was erased."))
        app.erasing.carry_out(file.case.id, choice, ConsoleTicket())
        file = app.withdrawing.file(file.case.id)
    voice.tell(_told(file), voice.words(CHOICES[choice]))


def unseal_stories(asked: argparse.Namespace, voice: Voice) -> None:
    """Let sealed stories be found again."""
    with opened(asked, for_writing=True) as app:
        file = app.withdrawing.file(asked.case)
        sealed = [story for story in file.stories if story.sealed_on and not story.erased_on]
        for story in sealed:
            app.erasing.unseal(story.id)
    codes = [story.code for story in sealed]
    voice.tell({"case": file.case.code, "unsealed": codes},
               say("Found again: {stories}. Consent still decides what may be used.", stories=", ".join(codes))
               if codes else say("Nothing of case {code} is sealed.", code=file.case.code))


def close_case(asked: argparse.Namespace, voice: Voice) -> None:
    """Close a case."""
    with opened(asked, for_writing=True) as app:
        case = app.withdrawing.file(asked.case).case
        app.withdrawing.close(case.id, asked.outcome)
        file = app.withdrawing.file(case.id)
    voice.tell(_told(file), say("Case {code} is closed.", code=case.code))


def task_rows(case: WithdrawalCase, voice: Voice) -> list[tuple[str, ...]]:
    """Return the tasks of a case with their numbers, to be read."""
    return [("", str(n), voice.words(TASK_STATES[task.state]), task.about, task.recipient, _what(task, voice))
            for n, task in enumerate(case.tasks, 1)]


def _what(task: Task, voice: Voice) -> str:
    what = voice.words(TASKS[task.kind])
    if not task.note or task.note in set(Choice):
        return what
    return voice.words("{title}: {message}", title=what, message=task.note)


def _told(file: CaseFile) -> Value:
    return {**case_value(file.case, file.person.code), "stories": [story.code for story in file.stories],
            "quotes": [quote.code for quote in file.quotes],
            "exports": [{"code": one.export.code, "title": one.export.title, "place": one.export.place,
                         "recipient": one.export.recipient, "quotes": list(one.quotes),
                         "files": [f.path for f in one.files], "was_lawful": one.was_lawful} for one in file.affected]}


def _page(file: CaseFile, voice: Voice) -> str:
    words, case = voice.words, file.case
    rows = [(words("received"), case.received_at[:16]), (words("via"), case.via), (words("verified"), case.verified),
            (words("reason"), case.reason), (words("stories"), ", ".join(story.code for story in file.stories)),
            (words("uses"), ", ".join(case.uses) or words("all")),
            (words("quotes"), ", ".join(quote.code for quote in file.quotes)),
            (words("exports"), ", ".join(one.export.code for one in file.affected)),
            (words("answer by"), str(case.deadline or "")), (words("recordings"), words(CHOICES[case.choice])),
            (words("outcome"), case.outcome)]
    head = f"{case.code}  {file.person.name}  {_progress(case, voice)}"
    return "\n".join([head, table([("", name, told) for name, told in rows if told]),
                      table(task_rows(case, voice))]).rstrip()


def _progress(case: WithdrawalCase, voice: Voice) -> str:
    if not case.is_open:
        return voice.words("closed")
    left = sum(task.state is TaskState.OPEN for task in case.tasks)
    return voice.words.many("{n} thing to do", "{n} things to do", left) if left else voice.words("ready to close")
