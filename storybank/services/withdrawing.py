"""Withdrawing: hearing a person's "stop" everywhere at once, and what has to be done because of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from storybank.domain import names
from storybank.domain.answer import ended_with_no
from storybank.domain.attribution import Attribution
from storybank.domain.consent import NOES, PERMITTING, Consent, ConsentEvent, ConsentState, Decision, Provision, Role
from storybank.domain.contributor import Contributor
from storybank.domain.events import CaseChanged, CaseOpened, ConsentWithdrawn, ExportChanged
from storybank.domain.export import Export, ExportStatus
from storybank.domain.recall import CaseFile
from storybank.domain.story import Story
from storybank.domain.withdrawal import TaskKind, TaskState, Wish, WithdrawalCase
from storybank.errors import Damaged, Invalid
from storybank.ports import Clock, OpenWork, PaperWriter, UnitOfWork, Wishes
from storybank.services.recalling import file_of, tasks_for
from storybank.services.receipting import keep
from storybank.words import say

ANSWER_WITHIN = timedelta(days=30)
"""How long an organisation may take to answer (PIPEDA, Principle 4.9; Quebec P-39.1, s. 32)."""


@dataclass(frozen=True, slots=True)
class Stop:
    """What a person asked for: everything, or some stories, or some uses."""

    contributor_id: str
    reason: str = ""
    by: str = ""
    role: Role = Role.PERSON
    via: str = ""
    """How it reached us."""
    verified: str = ""
    """How we know it was them."""
    story_ids: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    at: str = ""
    """When it was said; empty for now."""

    @property
    def state(self) -> ConsentState:
        """Return what it makes of a consent: the person withdraws, the organisation revokes."""
        return ConsentState.REVOKED if self.role is Role.ORGANIZATION else ConsentState.WITHDRAWN


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What a withdrawal reached: the consents taken back, and every export that already left the house."""

    contributor: Contributor
    consents: tuple[Consent, ...]
    stories: tuple[Story, ...]
    exports: tuple[Export, ...]
    case: WithdrawalCase


class Withdrawing:
    """Everything one can do when somebody says stop."""

    def __init__(self, open_work: OpenWork, wishes: Wishes, papers: Callable[[], PaperWriter], library_id: str,
                 clock: Clock, drop_clips: Callable[[Iterable[str]], object] = list) -> None:
        self._open_work = open_work
        self._wishes = wishes
        self._papers = papers
        self._library_id = library_id
        self._clock = clock
        self._drop_clips = drop_clips

    def reach(self, stop: Stop) -> CaseFile:
        """Return what a stop would reach, before anything is done."""
        with self._open_work() as work:
            return file_of(work, self._case(work, stop, "W-0000"))

    def withdraw(self, stop: Stop) -> Withdrawal:
        """Take back what a person wants back, at once, and open the case of everything that has to follow.

        The proof that consent once existed stays. A person without consent on file gets a withdrawn one, so that
        their wish is on record.
        """
        with self._open_work() as work:
            person = work.contributors.get(stop.contributor_id)
            for use in stop.uses:
                work.codebook.use(use)
            case = self._case(work, stop, work.next_code("case"))
            file = file_of(work, case)
            taken_back = self._take_back(work, stop, case.code)
            case = replace(case, tasks=tasks_for(file, {use.key: use for use in work.codebook.uses()}))
            work.cases.save(case)
            for affected in file.affected:
                work.ledger.set_status(affected.export.id, ExportStatus.RECALL_OPEN)
                work.record(ExportChanged(affected.export.id))
            for consent in taken_back:
                work.record(ConsentWithdrawn(consent.id, person.id))
            work.record(CaseOpened(case.id, person.id))
            recordings = [one.place for story in file.stories for one in work.recordings.of_story(story.id)]
            work.commit()
        self._wishes.add(self.wish_of(case))
        self._drop_clips(recordings)
        return Withdrawal(person, tuple(taken_back), file.stories, tuple(a.export for a in file.affected), case)

    def cases(self) -> list[WithdrawalCase]:
        """Return every case, oldest first."""
        with self._open_work() as work:
            return work.cases.all()

    def file(self, case_id: str) -> CaseFile:
        """Return a case with everything it reaches."""
        with self._open_work() as work:
            return file_of(work, work.cases.get(case_id))

    def settle(self, case_id: str, number: int, state: TaskState, note: str = "") -> WithdrawalCase:
        """Note how far a task is, 1 being the first; one that cannot be done needs the reason."""
        if state is TaskState.CANNOT and not note.strip():
            raise Invalid(say("Say why this cannot be done: the person will be told."))
        with self._open_work() as work:
            case = work.cases.get(case_id)
            if not 1 <= number <= len(case.tasks):
                raise Invalid(say("Case {code} has no task {number}.", code=case.code, number=number))
            done_at = "" if state is TaskState.OPEN else self._now()
            tasks = list(case.tasks)
            tasks[number - 1] = replace(tasks[number - 1], state=state, note=note.strip(), done_at=done_at)
            case = replace(case, tasks=tuple(tasks))
            self._save(work, case)
            self._follow(work, tasks[number - 1].about)
            work.commit()
        return case

    def close(self, case_id: str, outcome: str) -> WithdrawalCase:
        """Close a case with what came of it; every task must be done, or said to be impossible."""
        with self._open_work() as work:
            case = work.cases.get(case_id)
            still_open = [task for task in case.tasks if task.state is TaskState.OPEN]
            if still_open:
                raise Invalid(say("{count} things are still to be done in case {code}.", count=len(still_open),
                                  code=case.code), hint=say("Do them, or say why they cannot be done."))
            case = replace(case, outcome=outcome.strip(), closed_at=self._now())
            self._save(work, case)
            work.commit()
        return case

    def write_letters(self, case_id: str, folder: Path) -> list[Path]:
        """Write the letters and the stop-use notice of a case, in English and French."""
        file = self.file(case_id)
        folder.mkdir(parents=True, exist_ok=True)
        return self._papers().letters(file, self._clock().date(), folder)

    def forgotten(self) -> list[Stop]:
        """Return the stops that this copy of the library does not know, because it is older than they are."""
        return self._unknown(self._noted()) if self._wishes.all() else []

    def keep_wishes(self) -> int:
        """Withdraw again what an older copy of the library had forgotten; return how many wishes that were."""
        noted = self._noted()
        forgotten = self._unknown(noted)
        for stop in forgotten:
            self.withdraw(stop)
        kept = {(wish.person, wish.at) for wish in self._wishes.all()}
        for wish in noted:
            if (wish.person, wish.at) not in kept:
                self._wishes.add(wish)
        self._wishes.spread()
        return len(forgotten)

    def _unknown(self, noted: Sequence[Wish]) -> list[Stop]:
        """Return the wishes kept outside that are not among those noted in this copy, as stops."""
        known = {(wish.person, wish.at) for wish in noted}
        kept = {(w.person, w.at): w for w in self._wishes.all() if (w.person, w.at) not in known}
        if not kept:
            return []
        with self._open_work() as work:
            people = {self.mark(person.id): person.id for person in work.contributors.all()}
            stories = {self.mark(story.id): story.id for story in work.stories.all()}
        return [
            Stop(people[w.person], uses=w.uses, at=w.at,
                 story_ids=tuple(stories[mark] for mark in w.stories if mark in stories))
            for w in kept.values() if w.person in people and (not w.stories or stories.keys() & set(w.stories))
        ]

    def _noted(self) -> list[Wish]:
        """Return the marks of every stop in the library, those from before there were cases among them."""
        consents: list[Consent] = []
        with self._open_work() as work:
            cases = work.cases.all()
            with suppress(Damaged):  # told by `storybank verify`, which must be able to open the library
                consents = work.consents.all()
        opened = {(case.contributor_id, case.received_at) for case in cases}
        before = [c for c in consents if c.last_state is ConsentState.WITHDRAWN
                  and not any(c.contributor_id == person and at <= c.last_said[1] for person, at in opened)]
        return [*map(self.wish_of, cases), *(
            Wish(self.mark(c.contributor_id), c.last_said[1], stories=tuple(sorted(map(self.mark, c.story_ids))))
            for c in before
        )]  # fmt: skip

    def was_erased(self, sha256: str) -> bool:
        """Tell whether a file of that content was erased at somebody's wish."""
        mark = self.mark(sha256)
        return any(wish.erase and mark in wish.files for wish in self._wishes.all())

    def wish_of(self, case: WithdrawalCase) -> Wish:
        """Return the marks of a case that are kept outside the database."""
        marks = tuple(sorted(self.mark(story_id) for story_id in case.story_ids))
        return Wish(self.mark(case.contributor_id), case.received_at, stories=marks, uses=case.uses)

    def mark(self, identifier: str) -> str:
        """Return a mark that tells nothing to anybody else."""
        return hashlib.sha256(f"{self._library_id}/{identifier}".encode()).hexdigest()

    def _now(self) -> str:
        return self._clock().isoformat()

    def _case(self, work: UnitOfWork, stop: Stop, code: str) -> WithdrawalCase:
        for story_id in stop.story_ids:
            work.stories.get(story_id)
        return WithdrawalCase(
            names.new_id(), code, stop.contributor_id, stop.at or self._now(), stop.via, stop.verified, stop.reason,
            tuple(stop.story_ids), tuple(stop.uses), deadline=self._clock().date() + ANSWER_WITHIN,
        )  # fmt: skip

    def _save(self, work: UnitOfWork, case: WithdrawalCase) -> None:
        work.cases.save(case)
        work.record(CaseChanged(case.id))

    def _take_back(self, work: UnitOfWork, stop: Stop, case: str) -> list[Consent]:
        if stop.uses and stop.story_ids:
            return self._leave_out(work, stop, stop.story_ids)
        if stop.uses:
            return self._narrow(work, stop, case)
        if stop.story_ids:
            return [self._new(work, stop, stop.state, ())]
        event = ConsentEvent(stop.state, self._now(), stop.by, stop.reason, stop.role)
        own = work.consents.of(stop.contributor_id)
        taken_back = [keep(work, replace(c, events=(*c.events, event)), self._clock()) for c in own if c.is_open]
        stopped = taken_back or [c for c in own if c.last_state is stop.state]
        if all(c.story_ids for c in stopped):
            taken_back.append(self._new(work, stop, stop.state, ()))
        return taken_back

    def _narrow(self, work: UnitOfWork, stop: Stop, case: str) -> list[Consent]:
        """Close each agreement that stands with a narrower one: the same, without the uses that are taken back."""
        event = ConsentEvent(ConsentState.NARROWED, self._now(), stop.by, stop.reason or case, stop.role)
        own = work.consents.of(stop.contributor_id)
        standing = [c for c in own if c.last_state in PERMITTING]
        narrowed = []
        for old in standing:
            keep(work, replace(old, events=(*old.events, event)), self._clock())
            given = ConsentEvent(ConsentState.GIVEN, self._now(), stop.by, case, old.events[-1].role)
            new = replace(old, id=names.new_id(), code=work.next_code("consent"), events=(given,),
                          provisions=(*old.provisions, *_no_to(stop.uses)), supersedes_id=old.id)
            narrowed.append(keep(work, new, self._clock()))
        if narrowed:
            self._say_again(work, replace(stop, reason=case), own)
        return narrowed or self._leave_out(work, stop, [""])

    def _say_again(self, work: UnitOfWork, stop: Stop, own: Sequence[Consent]) -> None:
        """Put each no to some stories behind the narrower agreement, which would else be the newer word on them."""
        for c in own:
            closed = tuple(sorted(one for one in c.story_ids if ended_with_no(own, one)))
            if c.last_state in NOES and closed:
                self._new(work, replace(stop, story_ids=closed), c.last_state, ())

    def _leave_out(self, work: UnitOfWork, stop: Stop, story_ids: Sequence[str]) -> list[Consent]:
        """Put a no to some uses on file, where the last word was not a no to all of them already."""
        own = work.consents.of(stop.contributor_id)
        about = tuple(one for one in story_ids if not ended_with_no(own, one))
        narrower = replace(stop, story_ids=tuple(filter(None, about)))
        return [self._new(work, narrower, ConsentState.GIVEN, _no_to(stop.uses))] if about else []

    def _new(self, work: UnitOfWork, stop: Stop, state: ConsentState, provisions: Sequence[Provision]) -> Consent:
        """Put a no on file that has no earlier record of its own coverage to stand on."""
        event = ConsentEvent(state, self._now(), stop.by, stop.reason, stop.role)
        consent = Consent(names.new_id(), work.next_code("consent"), stop.contributor_id, Attribution.FULL,
                          tuple(provisions), (event,), story_ids=frozenset(stop.story_ids))
        return keep(work, consent, self._clock())

    def _follow(self, work: UnitOfWork, export_code: str) -> None:
        """Note what became of an export, once everything about it is done in every case."""
        if not export_code:
            return
        export = work.ledger.get(export_code)
        tasks = [task for case in work.cases.all() for task in case.tasks if task.about == export_code]
        status = ExportStatus.RECALLED
        if any(task.state is TaskState.OPEN for task in tasks):
            status = ExportStatus.RECALL_OPEN
        elif any(task.state is TaskState.CANNOT or task.kind is TaskKind.CANNOT_RECALL for task in tasks):
            status = ExportStatus.CANNOT_RECALL
        work.ledger.set_status(export.id, status)
        work.record(ExportChanged(export.id))


def _no_to(uses: Sequence[str]) -> tuple[Provision, ...]:
    return tuple(Provision(Decision.DENY, use) for use in uses)
