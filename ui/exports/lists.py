"""Lists: what of a draft is written as a list: asks, messages, sources, evidence, options, who may be called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from storybank.domain.brief_forms import MOST_ASKS, FormRules
from storybank.domain.draft import Certainty, Draft, Evidence, EvidenceKind, Option, Source, Spokesperson
from storybank.domain.names import new_id
from storybank.domain.twin import NOTHING
from storybank.words import Words
from ui.exports.several import Cell, Kind, Offered
from ui.parts.said import N_

EVIDENCE = {
    EvidenceKind.REVIEW: N_("Systematic review"), EvidenceKind.STUDY: N_("Study"),
    EvidenceKind.PROGRAM_DATA: N_("Program data"), EvidenceKind.MODEL: N_("Model or estimate"),
    EvidenceKind.LIVED_EXPERIENCE: N_("Lived experience"),
}  # fmt: skip
CERTAINTY = {
    Certainty.HIGH: N_("High"), Certainty.MODERATE: N_("Moderate"), Certainty.LOW: N_("Low"),
    Certainty.VERY_LOW: N_("Very low"), Certainty.NOT_ASSESSED: N_("Not assessed"),
}  # fmt: skip


def asks(tr: Words, rules: FormRules | None) -> Kind:
    """Return the list of asks: three at most."""
    return Kind(
        "asks", tr("What we ask"), tr("Add an ask"), lambda: NOTHING,
        [_itself(tr("Ask"), rules.ask_words if rules else 0, tr("Who should do what, with what, by when?"))],
        MOST_ASKS, tr("Three asks at most: a reader keeps no more. Put the fourth into a section, or take one out."),
    )  # fmt: skip


def messages(tr: Words, rules: FormRules | None) -> Kind:
    """Return the list of main messages."""
    most = rules.messages[1] if rules else 0
    return Kind("messages", tr("Main messages"), tr("Add a message"), lambda: NOTHING,
                [_itself(tr("Message"), rules.message_words if rules else 0, tr("What follows, in a sentence"))],
                most, tr("{n} messages at most in this form. Take one out first.", n=most) if most else "")


def sources(tr: Words) -> Kind:
    """Return the list of what is cited; its numbers are what `[1]` in a text means."""
    return Kind(
        "sources", tr("Sources"), tr("Add a source"), lambda: Source(_short_id("s"), NOTHING),
        [_cell(tr("Source"), "citation", lines=2, hint=tr("Author (year). Title. Publisher.")),
         _cell(tr("Address on the web"), "url", hint="https://"),
         _cell(tr("Read on"), "read_on", hint="2026-03-31")],
        about=tr("Write [1] in a text where the first of these is meant."),
    )  # fmt: skip


def evidence(tr: Words, draft: Callable[[], Draft | None], quotes: Offered) -> Kind:
    """Return the rows of the evidence table; sources are named by their numbers."""
    return Kind(
        "evidence", tr("Evidence"), tr("Add a row of evidence"), lambda: Evidence(_short_id("e"), NOTHING),
        [_cell(tr("What is claimed"), "claim"), _cell(tr("What was found"), "finding", lines=2),
         Cell(tr("Kind of evidence"), lambda one: one.kind.value, lambda one, key: replace(one, kind=EvidenceKind(key)),
              options=[(kind.value, tr(said)) for kind, said in EVIDENCE.items()]),
         Cell(tr("How certain"), lambda one: one.certainty.value,
              lambda one, key: replace(one, certainty=Certainty(key)),
              options=[(certainty.value, tr(said)) for certainty, said in CERTAINTY.items()]),
         _cell(tr("Its limits"), "limits"), _numbers(tr, draft),
         _codes(tr("Quotes, by their codes"), "quotes", quotes)],
    )  # fmt: skip


def options(tr: Words, quotes: Offered) -> Kind:
    """Return the options that are weighed."""
    return Kind(
        "options", tr("Options"), tr("Add an option"), lambda: Option(_short_id("o"), NOTHING),
        [_cell(tr("Option"), "title"), _cell(tr("What it consists of"), "elements", lines=2),
         _cell(tr("Benefits"), "benefits", lines=2), _cell(tr("Harms"), "harms", lines=2),
         _cell(tr("Costs and value"), "costs"), _cell(tr("What is uncertain"), "uncertainty"),
         _codes(tr("What people say of it: quotes, by their codes"), "views", quotes)],
    )  # fmt: skip


def spokespeople(tr: Words) -> Kind:
    """Return whom the media may call."""
    return Kind(
        "spokespeople", tr("Whom the media may call"), tr("Add somebody"), lambda: Spokesperson(""),
        [_cell(tr("Name"), "name"), _cell(tr("Role"), "role"), _cell(tr("Languages"), "languages"),
         _cell(tr("Telephone or e-mail"), "contact")],
        about=tr("People of your own organization, never somebody from a story."), numbered=False,
    )  # fmt: skip


def _itself(name: str, most: int, hint: str) -> Cell:
    return Cell(name, lambda twin: twin, lambda _twin, said: said, most, hint=hint)


def _cell(name: str, field: str, lines: int = 1, hint: str = "") -> Cell:
    def write(item: Any, value: object) -> Any:  # noqa: ANN401 - an item of any list
        return replace(item, **{field: value})

    return Cell(name, lambda item: getattr(item, field), write, lines=lines, hint=hint)


def _codes(name: str, field: str, offered: Offered) -> Cell:
    def write(item: Any, text: str) -> Any:  # noqa: ANN401 - an item of any list
        return replace(item, **{field: _split(text.upper())})

    return Cell(name, lambda item: ", ".join(getattr(item, field)), write, hint="Q-0001, Q-0002",
                offered=offered)


def _numbers(tr: Words, draft: Callable[[], Draft | None]) -> Cell:
    """Return the cell that shows sources by the numbers they have today; the row keeps which they are."""

    def known() -> Sequence[str]:
        now = draft()
        return [source.id for source in now.sources] if now else []

    def read(row: Evidence) -> str:
        ids = known()
        return ", ".join(str(ids.index(one) + 1) for one in row.sources if one in ids)

    def write(row: Evidence, text: str) -> Evidence:
        ids = known()
        wanted = [int(one) - 1 for one in _split(text) if one.isdigit()]
        return replace(row, sources=tuple(ids[place] for place in wanted if 0 <= place < len(ids)))

    return Cell(tr("Sources, by their numbers"), read, write, hint="1, 3")


def _split(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.replace(",", " ").replace(";", " ").split()))


def _short_id(letter: str) -> str:
    return f"{letter}{new_id()[:6]}"
