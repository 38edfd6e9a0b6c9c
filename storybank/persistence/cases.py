"""The withdrawals of a library, on disk, with what is still to be done for each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict

from sqlalchemy import func, select

from storybank.domain.withdrawal import Choice, Task, TaskKind, TaskState, WithdrawalCase
from storybank.errors import NotFound
from storybank.persistence.consent_tables import case_tasks, cases
from storybank.persistence.transaction import AnyRow, Transaction
from storybank.words import say


class StoredCases:
    """Rows in, values out."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, case_id: str) -> WithdrawalCase:
        """Return the case of that identifier or short code."""
        wanted = case_id.strip()
        for case in self.all():
            if wanted == case.id or wanted.upper() == case.code:
                return case
        raise NotFound(say("There is no withdrawal {case} in this library.", case=wanted),
                       hint=say("`storybank consent cases` lists them all."))

    def all(self) -> list[WithdrawalCase]:
        """Return every case, oldest first."""
        tasks = defaultdict(list)
        for row in self._transaction.rows(select(case_tasks).order_by(case_tasks.c.case_id, case_tasks.c.position)):
            tasks[row.case_id].append(_task(row))
        in_order = select(cases).order_by(func.length(cases.c.code), cases.c.code)
        return [_case(row, tasks[row.id]) for row in self._transaction.rows(in_order)]

    def save(self, case: WithdrawalCase) -> None:
        """Write a case and its tasks, new or known."""
        row = asdict(case)
        tasks = row.pop("tasks")
        self._transaction.put(cases, row | {"story_ids": list(case.story_ids), "uses": list(case.uses)})
        self._transaction.put_parts(
            case_tasks, "case_id", case.id,
            ({"case_id": case.id, "position": position, **task} for position, task in enumerate(tasks)),
        )  # fmt: skip


def _case(row: AnyRow, tasks: list[Task]) -> WithdrawalCase:
    return WithdrawalCase(
        row.id, row.code, row.contributor_id, row.received_at, row.via, row.verified, row.reason,
        tuple(row.story_ids), tuple(row.uses), Choice(row.choice), row.deadline, tuple(tasks), row.outcome,
        row.closed_at,
    )  # fmt: skip


def _task(row: AnyRow) -> Task:
    return Task(TaskKind(row.kind), row.about, row.recipient, TaskState(row.state), row.note, row.done_at)
