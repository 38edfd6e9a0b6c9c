"""Said: the tasks of a withdrawal and what it reaches, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from storybank.domain.export import Export
from storybank.domain.recall import Affected, CaseFile
from storybank.domain.use import Use
from storybank.domain.withdrawal import Choice, Task, TaskKind, TaskState
from storybank.services.recalling import tasks_for
from storybank.words import Words
from ui.parts.chips import Tone
from ui.parts.said import N_, day

KINDS = {"brief": N_("Policy brief"), "kit": N_("Campaign kit"), "clip": N_("Clip"),
         "site": N_("Voices site"), "quotes": N_("Table of quotes"), "stories": N_("Catalogue of stories"),
         "project": N_("Coded project")}
TASKS = {
    TaskKind.REMOVE: N_("Take it down, or throw it away"),
    TaskKind.REPLACE: N_("Put a version without them in its place"),
    TaskKind.NOTIFY: N_("Tell {recipient} to stop using it"),
    TaskKind.DEINDEX: N_("Ask search engines to forget it"),
    TaskKind.CANNOT_RECALL: N_("Printed, broadcast or handed in: say what stays out there, and stop reprints"),
    TaskKind.RECORDINGS: N_("Decide what becomes of the recordings"),
    TaskKind.TELL_PERSON: N_("Tell {name} what was done, and what could not be"),
}
STATES: dict[TaskState, tuple[str, Tone]] = {
    TaskState.OPEN: (N_("To do"), "warn"),
    TaskState.DONE: (N_("Done"), "good"),
    TaskState.CANNOT: (N_("Cannot be done"), "stop"),
}
CHOSEN = {
    Choice.SEAL: N_("The recordings are sealed."),
    Choice.ANONYMISE: N_("The recordings are nameless, and may not go out."),
    Choice.ERASE: N_("The recordings are erased. Nothing of what was said is left."),
    Choice.UNDECIDED: N_("The recordings stay as they are."),
}


def task_said(task: Task, name: str, tr: Words) -> str:
    """Return what is to be done."""
    return tr(TASKS[task.kind]).format(recipient=task.recipient, name=name)


def export_said(export: Export, tr: Words) -> str:
    """Return an export by its kind, title and day."""
    said = f"{tr(KINDS[export.kind])} “{export.title}” ({export.code})"
    return f"{said}, {day(export.made_at, tr.language)}"


def at_once(file: CaseFile, uses: Mapping[str, Use], tr: Words) -> Iterator[str]:
    """Yield what stops the moment it is withdrawn."""
    stories, case = len(file.stories), file.case
    if case.uses:
        named = ", ".join(uses[key].label(tr.language) for key in case.uses if key in uses)
        yield tr("From this moment nothing of theirs may be used for: {uses}.", uses=named)
    elif stories:
        yield tr.many("From this moment nothing of {n} story may be used or exported, by anyone.",
                      "From this moment nothing of {n} stories may be used or exported, by anyone.", stories)
    else:
        yield tr("They are in no story yet. From this moment nothing of theirs may be used.")
    if file.quotes:
        yield tr.many("{n} quote is blocked.", "{n} quotes are blocked.", len(file.quotes))
    yield tr("An export that is being made right now is stopped as well.")
    shared = sum(len(story.participants) > 1 for story in file.stories)
    if shared and not case.uses:
        yield tr.many("Somebody else is in {n} of these stories: it stops for both.",
                      "Somebody else is in {n} of these stories: they stop for both.", shared)


def out_for_good(file: CaseFile, uses: Mapping[str, Use]) -> list[Export]:
    """Return the exports that nothing may bring back altogether."""
    lost = {task.about for task in tasks_for(file, uses) if task.kind is TaskKind.CANNOT_RECALL}
    return [affected.export for affected in file.affected if affected.export.code in lost]


def inside(affected: Affected, tr: Words) -> str:
    """Return how much of a person an export carries, and whether it was allowed."""
    quotes = tr.many("{n} quote", "{n} quotes", len(affected.quotes))
    files = tr.many("{n} file", "{n} files", len(affected.files))
    was = tr("allowed when it was made") if affected.was_lawful else tr("not allowed even when it was made")
    return f"{quotes} · {files} · {was}"
