"""The demo: the main job, end to end, on eight real recordings of fictional people."""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import mean

from storybank import places
from storybank.domain.commission import Kit, brief_of
from storybank.domain.consent import ConsentState
from storybank.domain.draft import Draft, DraftKind
from storybank.domain.export import Export
from storybank.domain.query import understood
from storybank.domain.quote import Quote
from storybank.domain.speech import DEMO_MODEL, Listening
from storybank.domain.transcript import RunState
from storybank.errors import NotFound, Refused
from storybank.services.browsing import StoryView
from storybank.services.details import DETAILS
from storybank.services.quoting import words_between
from storybank.services.withdrawing import Stop
from storybank.words import say
from ui.commands.demo_brief import TITLE, written
from ui.commands.demo_truth import Interview, correction, interviews, start_error_ms, word_error_rate
from ui.commands.doors import Arguments, ConsoleTicket, Tr, Voice, table
from ui.wiring import App, create_app, open_app

WORST = 0.30
"""The mean word error rate that the demo model may not exceed."""
SPOKEN = (11, 20)
"""Letters a second that somebody may have said; other times are the engine's mistake."""
CLIPS_A_PERSON = 2
"""How many quotes of a person the kit takes: the strongest, to show and not to tire."""


@dataclass(slots=True)
class Tally:
    """What the demo found out, on its way to report.json."""

    interviews: list[dict[str, object]] = field(default_factory=list)
    exported: list[str] = field(default_factory=list)
    excluded: list[dict[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def demo_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `demo` takes."""
    parser.add_argument("--into", type=Path, default=Path("demo-library"), help=tr("where everything goes"))
    parser.set_defaults(run=demo)


def demo(asked: argparse.Namespace, voice: Voice) -> None:
    """Import, record consent, transcribe, correct, quote, tag, search, brief, kit; then say how well it went."""
    into = asked.into.resolve()
    into.mkdir(parents=True, exist_ok=True)
    app = _opened(into / "library")
    try:
        tally = _Demo(app, into, interviews(places.demo()), voice).run()
    finally:
        app.close()
    report = into / "report.json"
    report.write_text(json.dumps(vars_of(tally), ensure_ascii=False, indent=1), encoding="utf-8")
    voice.tell(vars_of(tally), _summary(tally, into, voice))
    rate = mean(float(str(one["wer"])) for one in tally.interviews)
    if rate > WORST:
        raise Refused(say("The mean word error rate is {rate:.2f}; it may be {worst:.2f} at most.", rate=rate,
                          worst=WORST))


def vars_of(tally: Tally) -> dict[str, object]:
    """Return the tally as report.json tells it."""
    return {"interviews": tally.interviews, "exported": tally.exported, "excluded": tally.excluded,
            "files": tally.files}


class _Demo:
    """One pass over the main job; begun again, it goes on where it was stopped."""

    def __init__(self, app: App, into: Path, told: Sequence[Interview], voice: Voice) -> None:
        self._app = app
        self._into = into
        self._told = told
        self._voice = voice
        self._tally = Tally()

    def run(self) -> Tally:
        """Do every step, each said aloud with the time it took."""
        steps: tuple[tuple[str, Callable[[], None]], ...] = (
            (say("Importing eight recordings").text, self._import),
            (say("Recording what each person agreed to").text, self._consent),
            (say("Transcribing with the demo model, which knows only these synthetic voices").text, self._transcribe),
            (say("Correcting and picking quotes, as staff would").text, self._quote),
            (say("Hearing somebody say stop").text, self._withdraw),
            (say("Searching").text, self._search),
            (say("Writing the policy brief").text, self._brief),
            (say("Making the campaign kit").text, self._kit),
        )
        for label, step in steps:
            began = time.monotonic()
            self._voice.aside(say("{step} …", step=self._voice.words(label)))
            step()
            self._voice.aside(say("  done in {seconds:.1f} s", seconds=time.monotonic() - began))
        self._exclude()
        return self._tally

    def _import(self) -> None:
        details = self._into / "details.csv"
        with details.open("w", encoding="utf-8-sig", newline="") as stream:
            sheet = csv.writer(stream)
            sheet.writerow(DETAILS)
            for one in self._told:
                sheet.writerow([one.file, "", one.speaker, one.role, one.stakeholder, one.organization, one.province,
                                one.language, "2025-06-04"])
        self._app.collecting.tidy()
        report = self._app.collecting.bring_in([], ConsoleTicket(), details=details)
        for refused in report.that("refused"):
            raise Refused(refused.reason, hint=refused.hint)

    def _consent(self) -> None:
        for one in self._told:
            person = self._app.people.find(one.speaker)
            if self._app.consenting.consents_of(person.id):
                continue
            pending = one.consent == "pending"
            self._app.consenting.record(
                person.id, one.uses, one.attribution, ConsoleTicket(),
                given_on=None if pending else date(2025, 6, 4),
                until=date.fromisoformat(one.expires) if one.expires else None,
                state=ConsentState.REQUESTED if pending else ConsentState.GIVEN, evidence=self._form(one))

    def _form(self, one: Interview) -> Path | None:
        """Return a consent form for a fictional person, as a file; none while the answer is awaited."""
        if one.consent == "pending":
            return None
        forms = self._into / "consent-forms"
        forms.mkdir(exist_ok=True)
        form = forms / f"{one.slug}.txt"
        form.write_text(f"Demo consent form. {one.speaker} is a fictional person.\nUses: {', '.join(one.uses)}\n"
                        f"Attribution: {one.attribution}\n", encoding="utf-8")
        return form

    def _transcribe(self) -> None:
        for one in self._told:
            recording = self._app.browsing.story(one.slug).recordings[0]
            began = time.monotonic()
            runs = self._app.transcribing.runs(recording.id)
            if not any(run.state is RunState.DONE for run in runs):
                self._app.transcribing.transcribe(recording.id, Listening(), ConsoleTicket(one.slug),
                                                  model=DEMO_MODEL)
            run = self._app.transcribing.runs(recording.id)[-1]
            heard = self._app.transcribing.segments(run.id)
            self._tally.interviews.append({
                "slug": one.slug, "wer": round(word_error_rate(one.lines, heard), 4),
                "start_error_ms": start_error_ms(one.lines, heard), "seconds": round(time.monotonic() - began, 2),
                "media_seconds": round(recording.facts.duration_ms / 1000, 2), "language": run.language,
            })

    def _quote(self) -> None:
        for one in self._told:
            view = self._app.browsing.story(one.slug)
            if view.quotes:
                continue
            fix = correction(one.lines, view.lines)
            for line in view.lines:
                if fix.texts.get(line.id, line.text) != line.text:
                    self._app.correcting.reword(line.id, fix.texts[line.id]).do()
                else:
                    self._app.correcting.review(line.id).do()
            for said, anchor in zip(one.lines, fix.anchors, strict=True):
                if said.blocks and anchor:
                    self._app.quoting.pick(view.recordings[0].id, anchor, said.blocks).edit.do()
            for quote in _strongest(self._app.browsing.story(one.slug)):
                self._app.quoting.mark_important(quote.id, True).do()

    def _withdraw(self) -> None:
        for one in self._told:
            person = self._app.people.find(one.speaker)
            if one.consent == "withdrawn" and any(c.is_open for c in self._app.consenting.consents_of(person.id)):
                self._app.withdrawing.withdraw(Stop(person.id, reason="Asked to be taken out.", via="telephone"))

    def _search(self) -> None:
        for typed in ("trust", '"walking group"', "financ*", "sante"):
            found = self._app.searching.find(understood(typed))
            self._voice.aside(say("  {typed}: {total} passages in {stories} stories", typed=typed, total=found.total,
                                  stories=found.stories))

    def _brief(self) -> None:
        to = self._into / "brief.docx"
        to.unlink(missing_ok=True)
        draft = self._draft()
        made = self._app.exporting.make_brief(brief_of(draft, "en"), draft.codes, draft.uses, to, ConsoleTicket())
        self._app.building.keep(draft.id)
        self._note(made, to)

    def _draft(self) -> Draft:
        """Write the brief as a draft, which stays in the library; a second demo writes the same one again."""
        building = self._app.building
        there = [one for one in building.all() if one.title.en == TITLE.en]
        draft = there[0] if there else building.begin(DraftKind.BRIEF, TITLE.en)
        return building.save(written(draft, self._app.quoting.all()))

    def _kit(self) -> None:
        to = self._into / "kit"
        with suppress(FileNotFoundError):
            shutil.rmtree(to)
        strongest = [quote.code for quote in self._app.quoting.all() if quote.important]
        made = self._app.exporting.make_kit(
            Kit("Voices of Social Prescribing", "voices", contact="stories@example.ca", languages=("en", "fr")),
            strongest, ["website", "social_media"], to, ConsoleTicket())
        self._note(made, to)

    def _note(self, made: Export, to: Path) -> None:
        slugs = {card.line.id: card.line.slug for card in self._app.browsing.cards()}
        self._tally.exported = sorted({*self._tally.exported, *(slugs[item.story_id] for item in made.items)})
        self._tally.files += [str(to)] if to.is_file() else [str(to / file.path) for file in made.files]

    def _exclude(self) -> None:
        for card in self._app.browsing.cards():
            if card.line.slug not in self._tally.exported:
                answer = self._app.consenting.permission(card.line.id, ["government_brief"])
                reason = self._voice.words.sentence(answer.reasons[0])
                self._tally.excluded.append({"slug": card.line.slug, "reason": reason})


def _strongest(view: StoryView) -> list[Quote]:
    """Return the quotes to show: best those the engine heard itself, whose times are exact; then the tellingest."""
    def guessed(quote: Quote) -> bool:
        letters_a_second = len(quote.text) * 1000 / (quote.end_ms - quote.start_ms)
        typed = sum(word.probability is None for word in words_between(view.lines, quote.anchor))
        return typed > 1 or not SPOKEN[0] <= letters_a_second <= SPOKEN[1]

    ranked = sorted(view.quotes, key=lambda quote: (guessed(quote), -len(quote.codes), len(quote.text)))
    return ranked[:CLIPS_A_PERSON]


def _opened(folder: Path) -> App:
    try:
        return open_app(folder)
    except NotFound:
        return create_app(folder, "Voices of Social Prescribing (demo)")


def _summary(tally: Tally, into: Path, voice: Voice) -> str:
    words = voice.words
    rows = [(words("interview"), words("word error rate"), words("line starts off by"), words("heard in"))]
    rows += [(str(one["slug"]), f"{one['wer']:.2f}", f"{one['start_error_ms']} ms", f"{one['seconds']} s")
             for one in tally.interviews]
    rate = mean(float(str(one["wer"])) for one in tally.interviews)
    return "\n".join([
        table(rows), words("Mean word error rate: {rate:.2f}", rate=rate), "",
        words("Brief: {place}", place=into / "brief.docx"), words("Kit: {place}", place=into / "kit"),
        words("Library: {place}", place=into / "library"),
        *(words("Left out: {slug}. {reason}", slug=one["slug"], reason=one["reason"]) for one in tally.excluded),
    ])


ARGUMENTS: dict[str, Arguments] = {"demo": demo_arguments}

