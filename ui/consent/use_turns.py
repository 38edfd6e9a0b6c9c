"""Questions about what may be done: for which uses, with what of the story, what else, and what a machine may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from storybank.domain.consent import GRANTS, Decision, Provision
from storybank.domain.use import Act, Material, Use
from storybank.words import Words
from ui.consent.conversation import Turn
from ui.consent.options import NOTHING_SAID, DecisionRow
from ui.parts.fields import tick
from ui.parts.said import N_
from ui.parts.text import note
from ui.theme import Tokens

MATERIALS = {
    Material.VIDEO: N_("The whole video"), Material.CLIP: N_("Clips of it"), Material.AUDIO: N_("The sound alone"),
    Material.STILL: N_("Pictures"), Material.QUOTE: N_("Written quotes"), Material.PARAPHRASE: N_("In other words"),
    Material.TRANSLATION: N_("Translated quotes"),
}
"""What of a story can go out."""

ACTS = {
    Act.EDIT: N_("Cutting and shortening"), Act.TRANSLATE: N_("Translating"), Act.ADVERTISE: N_("Paid advertising"),
}
MACHINES = {
    Act.TRANSCRIBE: N_("Write down what is said"), Act.ANALYSE: N_("Suggest topics"), Act.TRAIN: N_("Learn from it"),
}
_SHORT = {Decision.PERMIT: N_("Yes: {what}"), Decision.CONDITIONAL: N_("Yes, if…: {what}"),
          Decision.ASK_FIRST: N_("Ask first: {what}"), Decision.DENY: N_("No: {what}")}


def shown_here(provision: Provision) -> bool:
    """Tell whether the questions below can show this decision; any finer one is kept as it is."""
    finer = (provision.territory, provision.attribution, provision.starts_on, provision.ends_on, provision.purpose,
             provision.channel, provision.audience, provision.quote_id)
    if any(value is not None for value in finer):
        return False
    if provision.act is Act.USE:
        return provision.use is not None and (provision.material is None or provision.decision is not Decision.DENY)
    return provision.use is None and provision.material is None


class RowsTurn(Turn):
    """A decision for each of several things."""

    rows: dict[str, DecisionRow]

    def add_rows(self, names: Mapping[str, str], keys: Sequence[str] | None = None) -> None:
        """Ask about each of these, by key."""
        self.rows = {}
        for key, name in names.items():
            row = DecisionRow(self.tr_, self.tokens, name, *([keys] if keys else []))
            row.changed.connect(self.changed)
            self.rows[key] = row
            self.body.addWidget(row)
        self.body.setSpacing(2)

    def said(self) -> str:
        parts = []
        for decision, words in _SHORT.items():
            names = [row.box.text() for row in self.rows.values() if row.decision is decision]
            if names:
                parts.append(self.tr_(words, what=", ".join(names)))
        return ". ".join(parts) or self.nothing()

    def nothing(self) -> str:
        """Return how it reads where nothing was said."""
        return self.tr_("Nothing was said about this")

    def first(self) -> QWidget:
        return next(iter(self.rows.values())).box

    def check(self) -> DecisionRow | None:
        """Return the first row with a condition that has no words."""
        return next((row for row in self.rows.values()
                     if row.decision is Decision.CONDITIONAL and not row.condition.text().strip()), None)


class UsesTurn(RowsTurn):
    """What may it be used for? What is left open counts as a no."""

    def __init__(self, tr: Words, tokens: Tokens, uses: Sequence[Use], before: Sequence[Provision]) -> None:
        super().__init__(tr, tokens, tr("What may it be used for?"))
        self.kept = tuple(p for p in before if not shown_here(p))
        self.add_rows({use.key: _capital(use.label(tr.language)) for use in uses})
        for provision in before:
            if provision.use in self.rows and provision.act is Act.USE and shown_here(provision):
                self.rows[provision.use].choose(provision.decision, provision.condition)
        self.body.addWidget(note(tr("What is left open counts as a no.")))
        if self.kept:
            self.body.addWidget(note(tr.many("{n} finer decision is kept as it is.",
                                             "{n} finer decisions are kept as they are.", len(self.kept))))
        self.close_body()

    def nothing(self) -> str:
        return self.tr_("For nothing yet")

    def decisions(self, materials: Sequence[Material | None]) -> list[Provision]:
        """Return a decision for each use; a yes is one for each material, a no for the whole use."""
        made = []
        for key, row in self.rows.items():
            if row.decision is Decision.DENY:
                made.append(Provision(Decision.DENY, key))
            elif row.decision is not None:
                words = row.condition.text().strip() if row.decision is Decision.CONDITIONAL else ""
                made += [Provision(row.decision, key, material=one, condition=words) for one in materials]
        return made


class MaterialsTurn(Turn):
    """What of it may go out: everything, unless something is unticked."""

    def __init__(self, tr: Words, tokens: Tokens, before: Sequence[Provision]) -> None:
        super().__init__(tr, tokens, tr("What of it may be used?"))
        granted = {p.material for p in before if p.act is Act.USE and p.decision in GRANTS and shown_here(p)}
        every = not granted or None in granted
        self.boxes: dict[Material, QCheckBox] = {}
        for material, name in MATERIALS.items():
            self.boxes[material] = tick(tr(name), on=every or material in granted)
            self.boxes[material].toggled.connect(self.changed)
            self.body.addWidget(self.boxes[material])
        self.body.setSpacing(2)
        self.close_body()

    @property
    def materials(self) -> list[Material | None]:
        """Return what may go out; None alone for everything."""
        ticked: list[Material | None] = [material for material, box in self.boxes.items() if box.isChecked()]
        return [None] if len(ticked) == len(self.boxes) else ticked

    def said(self) -> str:
        if self.materials == [None]:
            return self.tr_("Everything: film, sound, pictures and words")
        return ", ".join(box.text() for box in self.boxes.values() if box.isChecked()) or self.tr_("Nothing of it")

    def first(self) -> QWidget:
        return next(iter(self.boxes.values()))


class ActsTurn(RowsTurn):
    """A decision about what is done besides: by people, or by a machine."""

    def __init__(self, tr: Words, tokens: Tokens, question: str, acts: Mapping[Act, str],
                 before: Sequence[Provision], remark: str = "") -> None:
        super().__init__(tr, tokens, question)
        keys = [NOTHING_SAID, *(d.value for d in (Decision.PERMIT, Decision.ASK_FIRST, Decision.DENY))]
        if acts is ACTS:
            keys.insert(2, Decision.CONDITIONAL.value)
        self.add_rows({act.value: tr(name) for act, name in acts.items()}, keys)
        for provision in before:
            if provision.act.value in self.rows and shown_here(provision):
                self.rows[provision.act.value].choose(provision.decision, provision.condition)
        if remark:
            self.body.addWidget(note(remark))
        self.close_body()

    def decisions(self) -> list[Provision]:
        """Return a decision for each thing that something was said about."""
        return [
            Provision(row.decision, act=Act(key),
                      condition=row.condition.text().strip() if row.decision is Decision.CONDITIONAL else "")
            for key, row in self.rows.items() if row.decision is not None
        ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
