"""Question about proofs: files with what they are, and moments of the recording itself; as many as there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from storybank.domain.consent import EvidenceKind
from storybank.domain.recording import Recording
from storybank.errors import Invalid
from storybank.services.proving import Proof
from storybank.words import Words, say
from ui.consent.conversation import Turn
from ui.consent.times import moment_in, time_field
from ui.parts.buttons import link_button, quiet_button
from ui.parts.fields import Choice
from ui.parts.flow import Flow
from ui.parts.page import labelled
from ui.parts.rows import clear
from ui.parts.said import N_, timecode
from ui.parts.text import cut, label
from ui.theme import SPACE_1, SPACE_2, Tokens

KINDS = {
    EvidenceKind.SIGNED_FORM: N_("signed form"), EvidenceKind.ON_CAMERA: N_("on camera"),
    EvidenceKind.AUDIO: N_("sound recording"), EvidenceKind.EMAIL: N_("e-mail"), EvidenceKind.LETTER: N_("letter"),
    EvidenceKind.COMMUNITY_RESOLUTION: N_("community's resolution"),
    EvidenceKind.ETHICS_APPROVAL: N_("ethics board's letter"),
}
"""What a proof can be."""

_BY_ENDING = {".eml": EvidenceKind.EMAIL, ".msg": EvidenceKind.EMAIL, ".mp4": EvidenceKind.ON_CAMERA,
              ".mov": EvidenceKind.ON_CAMERA, ".m4a": EvidenceKind.AUDIO, ".mp3": EvidenceKind.AUDIO,
              ".wav": EvidenceKind.AUDIO}


class ProofTurn(Turn):
    """What proves it? Nothing is allowed too, and will be said wherever the answer is used."""

    def __init__(self, tr: Words, tokens: Tokens, recordings: Sequence[Recording]) -> None:
        super().__init__(tr, tokens, tr("What proves it?"))
        self.proofs: list[Proof] = []
        self._recordings = {one.id: one for one in recordings}
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE_2)
        self.body.addLayout(self._list)
        ways = Flow(gap=SPACE_2)
        self.add_button = quiet_button(tr("Add a file…"), self._ask_file)
        ways.addWidget(self.add_button)
        if recordings:
            ways.addWidget(quiet_button(tr("A moment on camera…"), lambda: self._moment.setVisible(True)))
        self.body.addLayout(ways)
        self._build_moment()
        self.close_body()

    def add_file(self, file: Path) -> None:
        """Take this file as a proof."""
        self._add(Proof(file, _BY_ENDING.get(file.suffix.lower(), EvidenceKind.SIGNED_FORM)))

    def add_moment(self) -> None:
        """Take the moment between the two times as a proof; say under them what is wrong."""
        try:
            start, end = moment_in(self.begins), moment_in(self.ends)
            if end <= start:
                raise Invalid(say("The spoken consent would end before it begins."))
        except Invalid as error:
            self._wrong.setText(" ".join(map(self.tr_.sentence, (error.message, error.hint))))
            self._wrong.show()
            return
        self._wrong.hide()
        self._moment.hide()
        recording = self._recordings[self.recording.key]
        kind = EvidenceKind.ON_CAMERA if recording.facts.video else EvidenceKind.AUDIO
        self._add(Proof(None, kind, recording.id, start, end))

    def said(self) -> str:
        named = [f"{self._name(one)} ({self.tr_(KINDS[one.kind])})" for one in self.proofs]
        return ", ".join(named) or self.tr_("Nothing on file; every answer will say so")

    def first(self) -> QWidget:
        return self.add_button if self._moment.isHidden() else self.begins

    def _name(self, proof: Proof) -> str:
        if proof.file:
            return proof.file.name
        return f"{timecode(proof.start_ms or 0)}–{timecode(proof.end_ms or 0)}"

    def _add(self, proof: Proof) -> None:
        self.proofs.append(proof)
        self._list.addWidget(self._row(len(self.proofs) - 1))
        self.changed.emit()

    def _row(self, number: int) -> QWidget:
        proof = self.proofs[number]
        row = QWidget()
        row.setObjectName("plain")
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addWidget(cut(self._name(proof)))
        across = QHBoxLayout()
        column.addLayout(across)
        kind = Choice(self.tokens, self.tr_("What is {file}?", file=self._name(proof)),
                      [(one.value, self.tr_(words)) for one, words in KINDS.items()], proof.kind.value)
        kind.currentIndexChanged.connect(lambda: self._rename(number, EvidenceKind(kind.key)))
        across.addWidget(kind, 1)
        away = link_button(self.tr_("Remove"), lambda: self._remove(number))
        away.setAccessibleName(f"{self.tr_('Remove')} {self._name(proof)}")
        across.addWidget(away)
        return row

    def _rename(self, number: int, kind: EvidenceKind) -> None:
        self.proofs[number] = replace(self.proofs[number], kind=kind)
        self.changed.emit()

    def _remove(self, number: int) -> None:
        del self.proofs[number]
        clear(self._list)
        for place in range(len(self.proofs)):
            self._list.addWidget(self._row(place))
        self.changed.emit()

    def _build_moment(self) -> None:
        tr = self.tr_
        self._moment = QWidget()
        self._moment.setObjectName("plain")
        column = QVBoxLayout(self._moment)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        self.recording = Choice(self.tokens, tr("Which recording?"),
                                [(one.id, one.original_name) for one in self._recordings.values()])
        self.recording.setVisible(len(self._recordings) > 1)
        self.begins, self.ends = time_field(tr("From")), time_field(tr("To"))
        times = QHBoxLayout()
        for field in (self.begins, self.ends):
            times.addWidget(labelled(field.accessibleName(), field))
        self._wrong = label("", "note", wrap=True, tone="stop")
        self._wrong.hide()
        column.addWidget(self.recording)
        column.addLayout(times)
        column.addWidget(self._wrong)
        column.addWidget(quiet_button(tr("Add this moment"), self.add_moment), 0, Qt.AlignmentFlag.AlignLeft)
        self.ends.returnPressed.connect(self.add_moment)
        self._moment.hide()
        self.body.addWidget(self._moment)

    def _ask_file(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(self, self.tr_("Add a file…"))
        for name in names:
            self.add_file(Path(name))
