"""Refreshing: after somebody said stop, the sites that lie on this machine are made again without them."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from storybank.domain.draft import Draft
from storybank.domain.export import Export, ExportKind, ExportStatus
from storybank.domain.withdrawal import TaskKind, TaskState
from storybank.errors import Cancelled, NotFound, StorybankError
from storybank.ports import OpenWork
from storybank.services.building import Building
from storybank.services.placing import before
from storybank.words import Sentence, say

_CARD = Path("_manifest") / "site.json"
_MOST_BYTES = 5_000_000
_MET = frozenset({ExportStatus.RECALL_OPEN, ExportStatus.CANNOT_RECALL})


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of a site."""

    old: Export
    new: Export | None
    told: Sentence
    """What happened, and what is left to do."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A site that is still at its place, and the draft that it was made from."""

    export: Export
    draft: Draft


def met_by_a_stop(open_work: OpenWork) -> list[Export]:
    """Return the sites that somebody said stop to, the latest at each place only."""
    with open_work() as work:
        sites = [one for one in work.ledger.all() if one.kind is ExportKind.SITE]
    latest = {one.place: one for one in sorted(sites, key=lambda one: one.made_at)}
    return [one for one in latest.values() if one.stored_status in _MET]


def stale(site: Export, building: Building) -> Stale | Refreshed:
    """Return a site that can be made again, or why not: its place is gone, holds something else, or has no draft."""
    place = Path(site.place)
    with suppress(OSError):
        if not place.exists() and before(place).is_dir():
            before(place).rename(place)
    if not place.is_dir():
        return Refreshed(site, None, say("{code} is not at {place} any more: take it down wherever it is shown.",
                                         code=site.code, place=site.place))
    if _card_of(place) != f"site:{site.code}":
        return Refreshed(site, None, say("{place} holds something else than {code} by now, so it was left alone.",
                                         code=site.code, place=site.place))
    try:
        return Stale(site, _draft_of(site, building))
    except (NotFound, ValueError):
        return Refreshed(site, None, say("The draft of {code} is gone: make a new site, and delete {place}.",
                                         code=site.code, place=site.place))


def failed(site: Export, error: StorybankError) -> Refreshed:
    """Return what is to be done about a site that could not be made again."""
    if isinstance(error, Cancelled):
        raise error
    return Refreshed(site, None, say("{code} could not be made again: {why} Delete {place}, and take it down wherever"
                                     " it is shown.", code=site.code, why=error.message, place=site.place))


def settle(open_work: OpenWork, old: Export, new: Export) -> Refreshed:
    """Note that a site was made again: the new one takes its place, and what is on the web still has to follow."""
    told = say("{code} was made again as {new}: put it on the web in place of the old one.", code=old.code,
               new=new.code)
    with open_work() as work:
        tasks = []
        for case in work.cases.all():
            mine = [task for task in case.tasks if task.about == old.code]
            tasks += mine
            if case.is_open and any(task.kind is TaskKind.REPLACE and task.state is TaskState.OPEN for task in mine):
                work.cases.save(replace(case, tasks=tuple(
                    replace(task, state=TaskState.DONE, note=str(told), done_at=work.moment)
                    if task in mine and task.kind is TaskKind.REPLACE and task.state is TaskState.OPEN else task
                    for task in case.tasks)))
        if not tasks:
            work.ledger.set_status(old.id, ExportStatus.RECALLED)
        work.commit()
    return Refreshed(old, new, told)


def _draft_of(site: Export, building: Building) -> Draft:
    code, _dot, version = site.draft.partition(".")
    return building.version(building.find(code).id, int(version))


def _card_of(place: Path) -> str:
    """Return which export the site at a place says it is; empty where it says nothing."""
    try:
        file = place / _CARD
        told = json.loads(file.read_text("utf-8")) if file.stat().st_size < _MOST_BYTES else {}
    except (OSError, ValueError):
        return ""
    return str(told.get("site_id", "")) if isinstance(told, dict) else ""
