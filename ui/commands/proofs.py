"""Commands about what proves an agreement, and about the receipt that the person keeps."""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from storybank.domain.consent import CLOSED, EvidenceKind
from storybank.errors import Invalid, NotFound, Refused, Unavailable
from storybank.services.proving import Proof
from storybank.words import say
from ui.commands.called import PROOFS
from ui.commands.doors import ConsoleTicket, Tr, Voice, moment_of, opened, table
from ui.commands.values import Value, proof_value
from ui.wiring import App


def proof_arguments(doing: argparse._SubParsersAction[argparse.ArgumentParser], tr: Tr) -> None:
    """Say what `consent evidence` and `consent receipt` take."""
    evidence = doing.add_parser("evidence", help=tr("list, add and open what proves a consent"))
    evidence.add_argument("consent", metavar=tr("CONSENT"), help=tr("a consent's code"))
    evidence.set_defaults(run=list_evidence)
    what = evidence.add_subparsers(metavar=tr("COMMAND"))
    add = what.add_parser("add", help=tr("put more proofs beside a consent"))
    evidence_arguments(add, tr, "evidence")
    add.set_defaults(run=add_evidence)
    view = what.add_parser("open", help=tr("copy a proof out to look at it; that it was opened stays on record"))
    view.add_argument("number", type=int, help=tr("as `consent evidence` numbers them"))
    view.add_argument("--to", type=Path, required=True, metavar="FILE", help=tr("where the copy goes"))
    view.set_defaults(run=open_evidence)
    receipt = doing.add_parser("receipt", help=tr("write the receipt that the person keeps: Word and JSON"))
    receipt.add_argument("person", help=tr("a person's code or name, or a consent's code"))
    receipt.add_argument("--to", type=Path, required=True, metavar=tr("DIR"), help=tr("the folder it goes to"))
    receipt.set_defaults(run=write_receipts)


def evidence_arguments(parser: argparse.ArgumentParser, tr: Tr, name: str) -> None:
    """Say how proofs are typed: files with their kind, and moments of a recording."""
    kinds = tr("a file that proves it, its kind behind a colon: {kinds}").format(kinds=", ".join(EvidenceKind))
    if name.startswith("-"):
        parser.add_argument(name, action="append", default=[], metavar="FILE[:KIND]", help=kinds)
    else:
        parser.add_argument(name, nargs="*", metavar="FILE[:KIND]", help=kinds)
    parser.add_argument("--on-camera", action="append", nargs=3, default=[], metavar=("RECORDING", "FROM", "TO"),
                        help=tr("the moment of a recording in which it is said"))


def proofs_typed(app: App, files: Sequence[str], moments: Sequence[Sequence[str]]) -> list[Proof]:
    """Return the proofs that were typed; a file that is not there is told before anything is done."""
    found = [_file(typed) for typed in files]
    for code, start, end in moments:
        recording = app.browsing.recording(code)
        found.append(Proof(None, EvidenceKind.ON_CAMERA, recording.id, moment_of(start), moment_of(end)))
    return found


def list_evidence(asked: argparse.Namespace, voice: Voice) -> None:
    """List what proves a consent."""
    with opened(asked) as app:
        consent = app.consenting.consent(asked.consent)
    value = [{"number": n, **proof_value(one)} for n, one in enumerate(consent.evidence, 1)]
    rows = [(str(n), voice.words(PROOFS[one.kind]), one.original_name, str(one.received_on or ""), one.sha256)
            for n, one in enumerate(consent.evidence, 1)]
    voice.tell(value, table(rows) or say("Consent {code} has no evidence on file.", code=consent.code))


def add_evidence(asked: argparse.Namespace, voice: Voice) -> None:
    """Put more proofs beside a consent."""
    with opened(asked, for_writing=True) as app:
        consent = app.consenting.consent(asked.consent)
        proofs = proofs_typed(app, asked.evidence, asked.on_camera)
        if not proofs:
            raise Invalid(say("A proof needs a file, or a recording of the library."))
        for proof in proofs:
            consent = app.proving.add(consent.id, proof, ConsoleTicket())
    voice.tell([{"number": n, **proof_value(one)} for n, one in enumerate(consent.evidence, 1)],
               table([(str(n), voice.words(PROOFS[one.kind]), one.original_name) for n, one in
                      enumerate(consent.evidence, 1)]))


def open_evidence(asked: argparse.Namespace, voice: Voice) -> None:
    """Copy a proof out; whoever keeps the library can see that it was opened."""
    to: Path = asked.to
    with opened(asked, for_writing=True) as app:
        consent = app.consenting.consent(asked.consent)
        if 1 <= asked.number <= len(consent.evidence) and to.is_dir():
            to /= consent.evidence[asked.number - 1].original_name
        if to.exists():
            raise Refused(say("{name} exists already.", name=to.name), hint=say("Choose another name."))
        if not to.absolute().parent.is_dir():
            raise NotFound(say("There is no folder {name}.", name=to.parent), hint=say("Check how it is spelled."))
        file = app.proving.view(consent.id, asked.number)
        proof = consent.evidence[asked.number - 1]
        try:
            shutil.copyfile(file, to)
        except OSError as error:
            raise Unavailable(say("{file} cannot be written: {why}.", file=to.name, why=error.strerror),
                              hint=say("Check that the disk has room and that you may write there.")) from error
    voice.tell({"consent": consent.code, "number": asked.number, **proof_value(proof), "copy": str(to)},
               say("A copy of {name} is in {place}. That it was opened is on record.", name=proof.original_name,
                   place=to))


def write_receipts(asked: argparse.Namespace, voice: Voice) -> None:
    """Write a consent's receipt, or those of all that a person's answers come to today."""
    folder: Path = asked.to
    with opened(asked) as app:
        receipts = [app.consenting.receipt(code) for code in _codes(app, asked.person)]
        wanted = [folder / f"receipt-{one.consent.code}.{kind}" for one in receipts for kind in ("docx", "json")]
        for file in wanted:
            if file.exists():
                raise Refused(say("{name} exists already.", name=file.name), hint=say("Choose another folder."))
        written: list[Value] = []
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for receipt in receipts:
                word, record = (folder / f"receipt-{receipt.consent.code}.{kind}" for kind in ("docx", "json"))
                app.papers.receipt(receipt, app.consenting.today(), word)
                record.write_text(json.dumps(receipt.record(app.consenting.today()), ensure_ascii=False, indent=1)
                                  + "\n", encoding="utf-8")
                written.append({"consent": receipt.consent.code, "language": receipt.language,
                                "files": [str(word), str(record)]})
        except OSError as error:
            raise Unavailable(say("{file} cannot be written: {why}.", file=folder.name, why=error.strerror),
                              hint=say("Check that the disk has room and that you may write there.")) from error
    voice.tell(written, "\n".join(map(str, wanted)))


def _codes(app: App, typed: str) -> list[str]:
    """Return the consents that are meant: one, or all of a person that no newer one speaks for."""
    if typed.strip().upper().startswith("C-"):
        return [app.consenting.consent(typed.strip().upper()).id]
    person = app.people.find(typed)
    found = [c.id for c in app.consenting.consents_of(person.id) if c.last_state not in CLOSED]
    if not found:
        raise NotFound(say("There is no consent on file for {person}.", person=person.name))
    return found


def _file(typed: str) -> Proof:
    """Return the proof that a file is; its kind stands behind a colon."""
    name, colon, kind = typed.rpartition(":")
    whole, known = Path(typed), set(EvidenceKind)
    if colon and kind in known and not whole.exists():
        whole = Path(name)
    elif colon and not whole.exists() and Path(name).exists():
        raise Invalid(say("{text} is none of these: {known}.", text=kind, known=", ".join(EvidenceKind)))
    else:
        kind = EvidenceKind.SIGNED_FORM
    if not whole.exists():
        raise NotFound(say("There is no file {name}.", name=whole), hint=say("Check how it is spelled."))
    if not whole.is_file():
        raise Invalid(say("{name} is a folder, and no file that proves anything.", name=whole))
    if not whole.stat().st_size:
        raise Invalid(say("{file} is empty: it proves nothing.", file=whole.name))
    return Proof(whole, EvidenceKind(kind))
