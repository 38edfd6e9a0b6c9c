"""Putting right what a crash left: an engine that was listening then is not listening now, and its turn comes again."""

from __future__ import annotations

import json
from datetime import UTC

from sqlalchemy import Connection, insert, select, update

from storybank.domain.events import TranscriptEnded
from storybank.domain.queue import QueueState
from storybank.domain.transcript import RunState
from storybank.persistence.tables import history, queue, transcript_runs
from storybank.ports import Clock


def mark_interrupted(connection: Connection, now: Clock) -> None:
    """Mark runs that were still going as interrupted, and note it; what they journalled stays.

    What was being heard waits in the queue again.
    """
    begun = queue.c.state == QueueState.RUNNING.value
    if connection.execute(select(queue.c.id).where(begun).limit(1)).first():
        connection.execute(update(queue).where(begun).values(state=QueueState.WAITING.value))
    running = select(transcript_runs.c.id, transcript_runs.c.recording_id).where(
        transcript_runs.c.state == RunState.RUNNING.value
    )
    at = now().astimezone(UTC).isoformat(timespec="seconds")
    for run_id, recording_id in connection.execute(running).all():
        connection.execute(
            update(transcript_runs)
            .where(transcript_runs.c.id == run_id)
            .values(state=RunState.INTERRUPTED.value, ended_at=at)
        )
        details = {"run_id": run_id, "recording_id": recording_id, "state": RunState.INTERRUPTED.value}
        connection.execute(insert(history).values(at=at, event=TranscriptEnded.__name__, details=json.dumps(details)))
