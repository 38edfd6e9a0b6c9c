"""Recalling: what has to be done about everything that already left, one task each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from storybank.domain.export import Export
from storybank.domain.recall import Affected, CaseFile
from storybank.domain.use import Use
from storybank.domain.withdrawal import Task, TaskKind

_FINDABLE = frozenset({"website", "social media", "partner", "newsletter"})
"""Channels that search engines read."""

_OUT_FOR_GOOD = frozenset({"print", "news media", "submission", "publication", "screening"})
"""Channels that nothing comes back from."""


def tasks_for(file: CaseFile, uses: Mapping[str, Use]) -> tuple[Task, ...]:
    """Return the tasks that a case begins with, export by export, then the library and the person."""
    tasks = [task for affected in file.affected for task in _about(affected, uses)]
    if file.stories and not file.case.uses:
        tasks.append(Task(TaskKind.RECORDINGS, ""))
    return (*tasks, Task(TaskKind.TELL_PERSON, ""))


def _about(affected: Affected, uses: Mapping[str, Use]) -> Iterator[Task]:
    export = affected.export
    channels = {uses[key].channel for key in export.uses if key in uses}
    yield Task(TaskKind.REMOVE, export.code)
    if len(affected.quotes) < len(export.items):
        yield Task(TaskKind.REPLACE, export.code)
    if export.recipient:
        yield Task(TaskKind.NOTIFY, export.code, export.recipient)
    if channels & _FINDABLE:
        yield Task(TaskKind.DEINDEX, export.code)
    if channels & _OUT_FOR_GOOD:
        yield Task(TaskKind.CANNOT_RECALL, export.code)


def reached(export: Export, codes: set[str]) -> Affected:
    """Return what of an export carries some quotes, and whether consent stood when it was made."""
    quotes = tuple(item.quote_code for item in export.items if item.quote_code in codes)
    files = tuple(f for f in export.files if not f.quotes or set(f.quotes) & set(quotes))
    return Affected(export, quotes, files, was_lawful=all(item.verdict.startswith("allow") for item in export.items))
