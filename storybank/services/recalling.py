"""Recalling: what a withdrawal reaches, and what has to be done about everything that already left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from storybank.domain.export import Export
from storybank.domain.quote import Quote
from storybank.domain.recall import Affected, CaseFile
from storybank.domain.story import Story
from storybank.domain.use import Use
from storybank.domain.withdrawal import Task, TaskKind, WithdrawalCase
from storybank.ports import UnitOfWork
from storybank.services.circles import circle_of

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


def file_of(work: UnitOfWork, case: WithdrawalCase) -> CaseFile:
    """Gather what a case reaches: the person's stories and quotes, and every export with something of them."""
    stories = [story for story in _stories_of(work, case.contributor_id)
               if not case.story_ids or story.id in case.story_ids]
    quotes = [quote for story in stories for quote in _quotes_of(work, story, case.contributor_id)]
    exports = [e for e in work.ledger.all() if not case.uses or set(e.uses) & set(case.uses)]
    codes = {quote.code for quote in quotes} | _that_left(work, exports, case, {story.id for story in stories})
    affected = [_reached(export, codes) for export in exports]
    there = {one.contributor_id for story in stories if not story.erased_on for one in story.participants}
    others = tuple(work.contributors.get(one) for one in sorted(there - {case.contributor_id}))
    return CaseFile(case, work.contributors.get(case.contributor_id), work.house.organization(), tuple(stories),
                    tuple(quotes), tuple(one for one in affected if one.quotes), tuple(work.codebook.uses()), others)


def _stories_of(work: UnitOfWork, contributor_id: str) -> list[Story]:
    """Return the stories that a person is in, and those in which only a quote names them."""
    own = work.stories.of_contributor(contributor_id)
    spoken = {story_id for story_id, people in work.quotes.speakers().items() if contributor_id in people}
    return [*own, *(work.stories.get(one) for one in sorted(spoken - {story.id for story in own}))]


def _quotes_of(work: UnitOfWork, story: Story, contributor_id: str) -> list[Quote]:
    circle = circle_of(work, story.id)
    is_community = contributor_id in story.communities
    return [q for q in work.quotes.of_story(story.id) if is_community or contributor_id in circle.in_quote(q)]


def _that_left(work: UnitOfWork, exports: Sequence[Export], case: WithdrawalCase, own: Set[str]) -> set[str]:
    """Return quotes that left on a consent of the person, or out of their stories and are in the library no more."""
    consents = {consent.code for consent in work.consents.of(case.contributor_id)}
    here = {quote.id for story_id in own for quote in work.quotes.of_story(story_id)}
    return {
        item.quote_code for export in exports for item in export.items
        if (item.story_id in own and item.quote_id not in here)
        or (consents & set(item.consents) and (not case.story_ids or item.story_id in case.story_ids))
    }  # fmt: skip


def _reached(export: Export, codes: Set[str]) -> Affected:
    """Return what of an export carries some quotes, and whether consent stood when it was made."""
    quotes = tuple(item.quote_code for item in export.items if item.quote_code in codes)
    files = tuple(f for f in export.files if not f.quotes or set(f.quotes) & set(quotes))
    return Affected(export, quotes, files, was_lawful=all(item.verdict.startswith("allow") for item in export.items))
