"""Letters: what the person is told when they stop: what we did at once, what we are doing, and what stays out there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from docx.shared import Pt

from exports.papers.hiding import unnamed
from exports.papers.recall import (
    card_of,
    contact,
    letterhead,
    recall_letter,
    recipients,
    stop_use_notice,
    uses_of,
)
from exports.papers.stationery import WIDTH, Paper
from exports.papers.wording import commissioner
from exports.typography import NBSP, clean, day, listed
from storybank.domain.export import ExportStatus
from storybank.domain.names import free_slug
from storybank.domain.recall import Affected, CaseFile
from storybank.domain.withdrawal import Choice, Task, TaskKind, TaskState
from storybank.words import LANGUAGES, Words, say

_COLUMNS = (3900, 2600, WIDTH - 6500)

_DOING = {
    TaskKind.REMOVE: say("we take it down"),
    TaskKind.REPLACE: say("we put a version without you in its place"),
    TaskKind.NOTIFY: say("we ask them to stop and to delete it"),
    TaskKind.DEINDEX: say("we ask search sites to forget it"),
}
_DONE = {
    TaskKind.REMOVE: say("taken down"),
    TaskKind.REPLACE: say("a version without you is in its place"),
    TaskKind.NOTIFY: say("they were asked to stop and to delete it"),
    TaskKind.DEINDEX: say("search sites were asked to forget it"),
}
_CHOSEN = {
    Choice.UNDECIDED: say("Please tell us what should become of them. We can lock them away, so that nobody sees them"
                          " but whoever keeps the proof. We can make them nameless: the words without your name, face,"
                          " voice or place. Or we can erase them."),
    Choice.SEAL: say("You asked us to lock them away. Nobody sees them but whoever keeps the proof."),
    Choice.ANONYMISE: say("You asked us to make them nameless: the words stay, without your name, face, voice or"
                          " place."),
    Choice.ERASE: say("You asked us to erase them: picture, sound and words."),
}  # fmt: skip


def letters_of(file: CaseFile, on: date) -> list[tuple[str, Paper]]:
    """Return every letter of a case with its file name; a closed case has only the last letter to the person."""
    code = file.case.code
    made: list[tuple[str, Paper]] = []
    for language in LANGUAGES:
        if file.case.closed_at:
            made.append((f"{code}_outcome-letter-to-person.{language}.docx", letter_to_person(file, on, language)))
            continue
        made.append((f"{code}_letter-to-person.{language}.docx", letter_to_person(file, on, language)))
        made.append((f"{code}_stop-use-notice.{language}.docx", stop_use_notice(file, on, language)))
        taken: set[str] = set()
        for recipient, affected in recipients(file).items():
            slug = free_slug(unnamed(recipient, file.person, parts=False), taken)
            taken.add(slug)
            letter = recall_letter(file, recipient, affected, on, language)
            made.append((f"{code}_recall_{slug}.{language}.docx", letter))
    return made


def letter_to_person(file: CaseFile, on: date, language: str) -> Paper:
    """Return the letter that says we heard; once the case is closed, the one that says what came of it."""
    title = Words(language)("Letter about {code}", code=file.case.code)
    letter = _Letter(Paper.blank(language, card_of(file, title, on)), file, on)
    letter.fill()
    return letter.paper


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter to the person on its way to paper."""

    paper: Paper
    file: CaseFile
    on: date

    @property
    def words(self) -> Words:
        return self.paper.words

    @property
    def is_over(self) -> bool:
        return bool(self.file.case.closed_at)

    def fill(self) -> None:
        """Set every part, what matters most first."""
        words, file = self.words, self.file
        title = words("You asked us to stop: what was done") if self.is_over else words("We have stopped")
        letterhead(self.paper, file, self.on, title, file.person.name)
        self.paper.say(words("Dear {name},", name=clean(file.person.name)))
        self._heard()
        if self.is_over:
            self._outcome()
        else:
            self._at_once()
            self._calling_back()
        self._recordings()
        self._stays_out()
        self._kept()
        self._rights()
        self._close()
        self.paper.foot(f"{file.case.code}  ·  {file.organization.name}")

    def _heard(self) -> None:
        words, case = self.words, self.file.case
        received = day(case.received_at, self.paper.language)
        self.paper.say(words("On {day} you told us that you take back your consent. {scope}", day=received,
                             scope=self._scope()))
        if not self.is_over:
            self.paper.say(words("Thank you for telling us. You owe us no reason, and it costs you nothing: your care,"
                                 " your services, your work and your place with us stay the same."))

    def _scope(self) -> str:
        words, case = self.words, self.file.case
        uses = uses_of(self.file, words)
        of_case = [story for story in self.file.stories if story.id in case.story_ids]
        stories = listed([f"{story.code}{NBSP}{clean(story.title)}" for story in of_case], words)
        if stories and uses:
            return words("It is about these stories: {stories}, and these uses: {uses}.", stories=stories, uses=uses)
        if stories or case.story_ids:
            return words("It is about these stories: {stories}.", stories=stories) if stories else words(
                         "It is about some of your stories.")  # fmt: skip
        if uses:
            return words("It is about these uses: {uses}.", uses=uses)
        return words("It is about everything that you shared with us.")

    # ---- what was and is being done ---------------------------------------------------------------------------

    def _at_once(self) -> None:
        words = self.words
        self.paper.part(words("What we did at once"))
        first = words("Nothing new can be made with it: our library refuses it, also in drafts and selections.")
        if self.file.case.uses:
            first = words("Nothing new can be made with it for these uses: our library refuses it, also in drafts and"
                          " selections.")
        self.paper.items([
            first,
            words("We wrote your decision down where an older copy of the library cannot undo it."),
            words("We looked up everything that went out with your words, your picture or your voice in it."),
        ])  # fmt: skip

    def _calling_back(self) -> None:
        words, case = self.words, self.file.case
        self.paper.part(words("What we are doing now"))
        reached = [one for one in self.file.affected if not self._cannot(one)]
        if not self.file.affected:
            self.paper.say(words("Our list of what went out holds nothing of you. There is nothing to call back."))
        if not reached:
            return
        text = words("These went out before you told us. We are calling them back.")
        if case.deadline:
            text += " " + words("We mean to be done by {day}.", day=day(case.deadline, self.paper.language))
        self.paper.say(text, with_next=True)
        header = [words("What"), words("Who has it"), words("What we do")]
        rows = [[self._called(one), self._who(one), self._tasks(one)] for one in reached]
        self.paper.table(words("What we are calling back"), header, rows, _COLUMNS, heads=False)

    def _outcome(self) -> None:
        words = self.words
        self.paper.part(words("What was done"))
        self.paper.say(self.file.case.outcome or words("We stopped every new use, and went through all that had gone"
                                                       " out."))
        reached = [one for one in self.file.affected if not self._cannot(one)]
        if not self.file.affected:
            self.paper.say(words("Our list of what went out holds nothing of you. There was nothing to call back."))
        if reached:
            header = [words("What"), words("Who has it"), words("What was done")]
            rows = [[self._called(one), self._who(one), self._tasks(one)] for one in reached]
            self.paper.table(words("What was done"), header, rows, _COLUMNS, heads=False)

    def _called(self, one: Affected) -> str:
        made = day(one.export.made_at, self.paper.language)
        return self.words("{code}, {title}, made on {day}", code=one.export.code, title=clean(one.export.title),
                          day=made)

    def _who(self, one: Affected) -> str:
        theirs = dict.fromkeys(filter(None, [clean(one.export.recipient),
                                             *(clean(task.recipient) for task in self._about(one))]))
        return listed(list(theirs), self.words) or self.words("we ourselves")

    def _about(self, one: Affected) -> list[Task]:
        return [task for task in self.file.case.tasks if task.about == one.export.code]

    def _tasks(self, one: Affected) -> str:
        """Say what is or was done about something, task by task."""
        words = self.words
        told: list[str] = []
        for task in self._about(one):
            if task.kind not in _DOING:
                continue
            is_done = task.state is TaskState.DONE
            text = words.sentence((_DONE if is_done else _DOING)[task.kind])
            if is_done and task.done_at:
                text = words("{what} ({day})", what=text, day=day(task.done_at, words.language))
            elif self.is_over and not is_done:
                text = words("not done yet: {what}", what=text)
            told.append(text)
        return "\n".join(dict.fromkeys(told)) or words("we stop using it and delete it")

    def _recordings(self) -> None:
        words, case = self.words, self.file.case
        if case.uses and case.choice is Choice.UNDECIDED:
            return
        self.paper.part(words("Your recordings"))
        self.paper.say(words.sentence(_CHOSEN[case.choice]))
        task = next((task for task in case.tasks if task.kind is TaskKind.RECORDINGS), None)
        if task is not None and task.state is TaskState.DONE and task.done_at:
            self.paper.say(words("This was done on {day}.", day=day(task.done_at, words.language)))
        elif case.choice is not Choice.UNDECIDED:
            self.paper.say(words("This is not done yet; we will tell you when it is."))

    # ---- what stays -------------------------------------------------------------------------------------------

    def _cannot(self, one: Affected) -> bool:
        return one.export.stored_status is ExportStatus.CANNOT_RECALL or any(
            task.kind is TaskKind.CANNOT_RECALL or task.state is TaskState.CANNOT for task in self._about(one)
        )  # fmt: skip

    def _stays_out(self) -> None:
        """Say what cannot be called back and why, and that what was allowed then was allowed, where it was."""
        words = self.words
        lost = [one for one in self.file.affected if self._cannot(one)]
        if not self.file.affected:
            return
        self.paper.part(words("What we cannot call back"))
        if lost:
            self.paper.say(words("These stay out there, and we regret it. We stop printing and sharing them."),
                           with_next=True)
            self.paper.items([self._why(one) for one in lost])
        self.paper.say(words("What is in print, was on the air or was tabled in a legislature may stay, and so may"
                             " copies that others made or that a search site keeps for a while. If you see one, tell"
                             " us: we will do what we can."))
        self._lawful()

    def _why(self, one: Affected) -> str:
        notes = [clean(task.note) for task in self._about(one)
                 if task.note and (task.kind is TaskKind.CANNOT_RECALL or task.state is TaskState.CANNOT)]  # fmt: skip
        return self.words("{what}: {why}", what=self._called(one), why="; ".join(notes)) if notes else self._called(one)

    def _lawful(self) -> None:
        words = self.words
        lawful = [one.export.code for one in self.file.affected if one.was_lawful]
        unclear = [one.export.code for one in self.file.affected if not one.was_lawful]
        if lawful:
            self.paper.say(words("You had agreed when these were made: {codes}. Making them was allowed then; your"
                                 " decision counts from the day you told us.", codes=listed(lawful, words)))
        if unclear:
            self.paper.say(words("For these we found no consent of yours that covered them on the day they were made:"
                                 " {codes}. That should not happen, and we are sorry. We are finding out why, and will"
                                 " tell you.", codes=listed(unclear, words)))

    def _kept(self) -> None:
        words = self.words
        self.paper.part(words("What we keep"))
        self.paper.say(words("We keep the proof that you agreed and that you took it back: the form, the dates, and the"
                             " list of what went out. It is used for nothing else."))

    def _rights(self) -> None:
        words, file = self.words, self.file
        self.paper.part(words("Your questions and your rights"))
        self.paper.say(words("Ask us anything, at any time: {contact}. You may see what we hold about you, and have"
                             " mistakes put right. If you are not content with our answer, you may turn to"
                             " {commissioner}.", contact=contact(file, words),
                             commissioner=commissioner(file.person.province, words)))

    def _close(self) -> None:
        words, house = self.words, self.file.organization
        self.paper.say(words("Thank you for what you shared with us. You are welcome here, whatever you decide."),
                       with_next=True)
        sign = self.paper.say(words("With respect,"), with_next=True)
        sign.paragraph_format.space_after = Pt(32)
        self.paper.say("\n".join(filter(None, [clean(house.privacy_officer), clean(house.name)])))


