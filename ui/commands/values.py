"""Values: people, agreements, cases and exports as JSON tells them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from storybank.domain.consent import GRANTS, Consent, ConsentEvent, Evidence, Provision
from storybank.domain.contributor import Contributor
from storybank.domain.export import Export, ExportedFile
from storybank.domain.notice import Notice
from storybank.domain.permission import Permission
from storybank.domain.receipt import Receipt
from storybank.domain.restriction import Restriction
from storybank.domain.story import Participant
from storybank.domain.use import Act
from storybank.domain.withdrawal import Task, WithdrawalCase
from storybank.words import Sentence, Words

Value = dict[str, object]


def day(when: date | None) -> str | None:
    """Return a day as JSON tells it."""
    return when.isoformat() if when else None


def said(sentences: tuple[Sentence, ...] | list[Sentence], words: Words) -> list[str]:
    """Return sentences in the reader's language."""
    return [words.sentence(sentence) for sentence in sentences]


def person_value(p: Contributor) -> Value:
    """Return a person or a community."""
    guardian = p.guardian and {
        "name": p.guardian.name, "relation": p.guardian.relation, "basis": p.guardian.basis,
        "assent": p.guardian.assent, "assent_on": day(p.guardian.assent_on)}
    return {
        "id": p.id, "code": p.code, "name": p.name, "role": p.role, "stakeholder": p.stakeholder,
        "organization": p.organization, "province": p.province, "language": p.language, "kind": p.kind,
        "majority_on": day(p.majority_on), "guardian": guardian,
        "labels": [asdict(label) for label in p.labels], "citation": p.citation and asdict(p.citation),
    }  # fmt: skip


def participant_value(person: Contributor, p: Participant, recordings: Mapping[str, str]) -> Value:
    """Return somebody's part in a story; no stretches means all of the recording."""
    return {"person": person.code, "name": person.name, "recording": recordings.get(p.recording_id),
            "speaks": p.speaks, "audible": p.audible, "visible": p.visible,
            "spans": [{"start_ms": span.start_ms, "end_ms": span.end_ms} for span in p.spans]}


def restriction_value(r: Restriction, recording: str) -> Value:
    """Return a stretch that is not free."""
    return {"recording": recording, "start_ms": r.start_ms, "end_ms": r.end_ms, "treatment": r.treatment,
            "reason": r.reason}


def consent_value(c: Consent, receipt: Receipt, on: date, *, supersedes: str = "",
                  quotes: Mapping[str, str] | None = None) -> Value:
    """Return an agreement with everything on file about it."""
    return {
        "id": c.id, "code": c.code, "person": receipt.person.code, "state": c.state(on), "stage": c.stage,
        "uses": [p.use or "*" for p in c.provisions if p.decision in GRANTS and p.act is Act.USE],
        "attribution": c.attribution, "wishes": asdict(c.wishes), "shown": asdict(c.wishes.at(c.attribution)),
        "given_on": day(c.given_on), "until": day(c.valid_until), "stories": [s.code for s in receipt.stories],
        "supersedes": supersedes or None,
        "provisions": [provision_value(p, quotes or {}) for p in c.provisions],
        "events": [event_value(e) for e in c.events], "evidence": [proof_value(e) for e in c.evidence],
        "taken": {**asdict(c.taken), "notice": receipt.notice.name if receipt.notice else None},
    }  # fmt: skip


def provision_value(p: Provision, quotes: Mapping[str, str]) -> Value:
    """Return one decision; null covers every value."""
    return {
        "decision": p.decision, "act": p.act, "use": p.use, "purpose": p.purpose, "channel": p.channel,
        "audience": p.audience, "territory": p.territory, "material": p.material, "attribution": p.attribution,
        "from": day(p.starts_on), "until": day(p.ends_on), "condition": p.condition or None,
        "quote": p.quote_id and quotes.get(p.quote_id, p.quote_id),
    }  # fmt: skip


def event_value(e: ConsentEvent) -> Value:
    """Return something that happened to an agreement."""
    return {"state": e.state, "at": e.at, "by": e.by, "reason": e.reason, "role": e.role, "seq": e.seq, "hash": e.hash}


def proof_value(e: Evidence) -> Value:
    """Return a proof; where it lies is told to nobody."""
    return {"file": e.original_name, "sha256": e.sha256, "kind": e.kind, "start_ms": e.start_ms, "end_ms": e.end_ms,
            "received_on": day(e.received_on), "language": e.language}


def answer_value(answer: Permission, warnings: list[str], words: Words) -> Value:
    """Return what the gate answered."""
    return {
        "verdict": answer.verdict, "reasons": said(answer.reasons, words), "conditions": list(answer.conditions),
        "attribution": answer.attribution, **asdict(answer.features), "until": day(answer.until),
        "consents": list(answer.consents), "events": [{"consent": code, "seq": seq} for code, seq in answer.events],
        "warnings": warnings,
    }  # fmt: skip


def notice_value(n: Notice) -> Value:
    """Return a version of a consent form, with its text."""
    return {"id": n.id, "name": n.name, "key": n.key, "version": n.version, "language": n.language, "title": n.title,
            "body": n.body, "uses": list(n.uses), "contacts": list(n.contacts), "sha256": n.sha256,
            "effective_from": day(n.effective_from), "template": n.is_template}


def export_value(e: Export, on: date, words: Words) -> Value:
    """Return a line of the ledger with every item and file."""
    return {
        "id": e.id, "code": e.code, "kind": e.kind, "title": e.title, "audience": e.audience,
        "recipient": e.recipient, "status": e.status(on), "made_at": e.made_at, "uses": list(e.uses),
        "place": e.place, "manifest_sha256": e.manifest_sha256, "use_until": day(e.use_until),
        "files": [file_value(file) for file in e.files],
        "items": [{
            "quote": i.quote_code, "story": i.story_id, "consents": list(i.consents), "attribution": i.attribution,
            "text_sha256": i.text_sha256, "verdict": i.verdict, "reasons": said(i.reasons, words),
            "conditions": list(i.conditions), "use_until": day(i.use_until),
            "events": [{"consent": code, "seq": seq} for code, seq in i.events],
        } for i in e.items],
        "left_out": [{"quote": code, "reason": " ".join(said(reasons, words))} for code, reasons in e.left_out],
    }  # fmt: skip


def file_value(file: ExportedFile) -> Value:
    """Return a file that left."""
    return {"path": file.path, "sha256": file.sha256, "quotes": list(file.quotes)}


def case_value(case: WithdrawalCase, person: str) -> Value:
    """Return a withdrawal and what is still to be done for it."""
    return {
        "code": case.code, "person": person, "received_at": case.received_at, "via": case.via,
        "verified": case.verified, "reason": case.reason, "uses": list(case.uses), "choice": case.choice,
        "deadline": day(case.deadline), "open": case.is_open, "outcome": case.outcome,
        "closed_at": case.closed_at or None, "tasks": task_values(case.tasks),
    }  # fmt: skip


def task_values(tasks: tuple[Task, ...]) -> list[Value]:
    """Return the tasks of a case by their numbers."""
    return [{"number": n, "kind": t.kind, "about": t.about or None, "recipient": t.recipient or None,
             "state": t.state, "note": t.note, "done_at": t.done_at or None} for n, t in enumerate(tasks, 1)]
