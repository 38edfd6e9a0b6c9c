"""Recall: what people are told who hold something of a person that withdrew: by code, title and file, never by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from docx.shared import Pt

from exports.papers.hiding import unnamed, without_name
from exports.papers.stationery import BOX, WIDTH, Card, Paper
from exports.papers.wording import capital, ways_to_reach
from exports.typography import NBSP, clean, day, listed
from storybank.domain.export import ExportKind, ExportStatus
from storybank.domain.recall import Affected, CaseFile
from storybank.domain.vocabulary import USES
from storybank.domain.withdrawal import TaskKind
from storybank.words import Words, say

_FILES = (WIDTH - 2500 - 2300, 2500, 2300)
_SLIP = (4700, WIDTH - 4700)
_LINE = 480

KINDS = {
    ExportKind.BRIEF: say("brief"), ExportKind.KIT: say("campaign kit"), ExportKind.CLIP: say("clip"),
    ExportKind.QUOTES: say("table of quotes"), ExportKind.STORIES: say("catalogue of stories"),
    ExportKind.PROJECT: say("coded project"), ExportKind.SITE: say("Voices site"),
}  # fmt: skip


def recipients(file: CaseFile) -> dict[str, list[Affected]]:
    """Return who was given something that carries the person, and what; the person is written to otherwise."""
    found: dict[str, tuple[str, list[Affected]]] = {}
    for affected in file.affected:
        if affected.export.stored_status is ExportStatus.RECALLED:
            continue
        notified = [task.recipient for task in file.case.tasks if task.about == affected.export.code]
        for recipient in filter(None, map(clean, (affected.export.recipient, *notified))):
            if recipient.casefold() == clean(file.person.name).casefold():
                continue
            theirs = found.setdefault(recipient.casefold(), (recipient, []))[1]
            if affected not in theirs:
                theirs.append(affected)
    return dict(found.values())


def uses_of(file: CaseFile, words: Words) -> str:
    """Return the uses that the case is about as a sentence lists them; nothing where it is about every use."""
    known = {use.key: use for use in (*USES, *file.uses)}
    named = [known[key].label(words.language) if key in known else key.replace("_", " ") for key in file.case.uses]
    return listed(named, words)


def card_of(file: CaseFile, title: str, on: date) -> Card:
    """Return the card of a paper of this case; it names the organisation and the case, and nobody."""
    return Card(title, file.case.code, clean(file.organization.name), file.case.code, on.isoformat())


def reply_by(file: CaseFile, words: Words) -> str:
    """Return until when an answer is asked for."""
    if file.case.deadline is None:
        return words("within five working days")
    return words("by {day}", day=day(file.case.deadline, words.language))


def letterhead(paper: Paper, file: CaseFile, on: date, title: str, to: str = "") -> None:
    """Set who writes, when, about what and to whom; then what the paper is."""
    house = file.organization
    paper.set_smaller(11, 1.25)
    paper.say(house.name, "SB Ask").runs[0].bold = True
    paper.meta(*ways_to_reach(house))
    paper.meta(day(on, paper.language), file.case.code)
    if to:
        paper.say(to).paragraph_format.space_before = Pt(14)
    paper.title(title, before=8 if to else 20)


def contact(file: CaseFile, words: Words) -> str:
    """Return whom to answer, or a phrase that is true when nobody is named."""
    house = file.organization
    known = ", ".join(filter(None, [clean(house.privacy_officer), *map(clean, ways_to_reach(house))]))
    return known or words("whoever sent you this")


@dataclass(frozen=True, slots=True)
class RecallPaper:
    """A recall letter or a stop-use notice on its way to paper."""

    paper: Paper
    file: CaseFile
    affected: Sequence[Affected]
    on: date

    @property
    def words(self) -> Words:
        return self.paper.words

    def fill_letter(self, recipient: str) -> None:
        """Set a letter to somebody who was given material."""
        words = self.words
        letterhead(self.paper, self.file, self.on, words("Please stop using material that we gave you"),
                   unnamed(recipient, self.file.person, parts=False))
        self.paper.say(words("Hello,"))
        if self.file.case.uses:
            self.paper.say(words("A person whose words, picture or voice are in material that we gave you has taken"
                                 " back their consent for some uses. Please stop these uses now, and delete what you"
                                 " hold for them."))
        else:
            self.paper.say(words("A person whose words, picture or voice are in material that we gave you has taken"
                                 " back their consent. Please stop using it now, and delete what is listed below."))
        self._scope()
        self._lawful()
        self._ask()
        if self._will_replace():
            self.paper.say(words("We will send you a version without these passages."))
        self.paper.say(words("If something cannot be undone, tell us what and why: paper that was handed out, a"
                             " broadcast, a document tabled in a legislature. Please make no more of it."))
        self.paper.say(words("Thank you. People trust us with their stories because they can stop."))
        self.paper.say(words("Answer to: {contact}.", contact=contact(self.file, words).rstrip(".")))
        self._files(new_page=True)
        self._slip()
        self._foot(words("Recall {code}", code=self.file.case.code))

    def fill_notice(self) -> None:
        """Set the notice for everybody who may hold a copy."""
        words = self.words
        letterhead(self.paper, self.file, self.on, words("Stop-use notice"))
        self.paper.box(self._in_short())
        self._scope()
        self.paper.say(words("It is meant for everyone who may hold a copy: staff, volunteers and partners. It says"
                             " what to stop, not whose it is; please do not ask, guess or write it beside."))
        self._quotes()
        if self.affected:
            self._ask()
        else:
            self.paper.say(words("Our list of what went out holds nothing of it. There is nothing to call back."))
        self.paper.say(words("Questions and answers to: {contact}.", contact=contact(self.file, words).rstrip(".")))
        self._files()
        self._foot(words("Stop-use notice {code}", code=self.file.case.code))

    def _in_short(self) -> str:
        words = self.words
        if not self.affected:
            return words("Consent was taken back. Nothing that went out is touched by it.")
        if self.file.case.uses:
            return words("Consent was taken back for some uses. From now on, nobody may use, share, print or show for"
                         " them what is listed here.")
        return words("Consent was taken back. From now on, nobody may use, share, print or show what is listed here.")

    def _scope(self) -> None:
        uses = uses_of(self.file, self.words)
        if uses:
            self.paper.say(self.words("This is about these uses: {uses}. Other uses are not touched.", uses=uses))

    def _lawful(self) -> None:
        """Say that what was done before was allowed, only where it was."""
        words = self.words
        lawful = [one.export.code for one in self.affected if one.was_lawful]
        if lawful and len(lawful) == len(self.affected):
            self.paper.say(words("You did nothing wrong: the consent stood when we gave it to you. It ends now, and"
                                 " does not reach back."))
        elif lawful:
            self.paper.say(words("The consent stood when we gave you {codes}. It ends now, and does not reach back.",
                                 codes=listed(lawful, words)))

    def _ask(self) -> None:
        words = self.words
        self.paper.part(words("What we ask of you"))
        self.paper.items([
            words("Stop using and sharing it in every form: text, picture, sound, slides and posts."),
            words("Take down what is online, and delete the files and every copy, also on phones and shared drives."),
            words("Do not print more. Recycle what is printed and not handed out."),
            words("Pass this on to everyone to whom you gave it."),
            words("Do not try to find out who the person is, and do not get in touch with them."),
            words("Tell us {when} what you did.", when=reply_by(self.file, words)),
        ], numbered=True)  # fmt: skip

    def _quotes(self) -> None:
        found = {quote.code for quote in self.file.quotes} | {c for one in self.affected for c in one.quotes}
        codes = ", ".join(sorted(found))
        if codes and self.file.case.uses:
            self.paper.say(self.words("Quotes that may no longer be used for them: {codes}.", codes=codes))
        elif codes:
            self.paper.say(self.words("Quotes that may no longer be used: {codes}.", codes=codes))

    def _files(self, *, new_page: bool = False) -> None:
        """List every file by its path and the first signs of its checksum, export by export."""
        words = self.words
        if self.affected:
            self.paper.part(words("The files"), new_page=new_page)
        for one in self.affected:
            export, codes = one.export, ", ".join(one.quotes)
            self.paper.part(f"{export.code} · {export.title}", level=3)
            made = words("{kind} made on {day}", kind=capital(words.sentence(KINDS[export.kind])),
                         day=day(export.made_at, self.paper.language))
            self.paper.meta(made, words("quotes: {codes}", codes=codes) if codes else "", with_next=True)
            rows = [[file.path, file.sha256[:12], ", ".join(file.quotes or one.quotes)] for file in one.files]
            rows = rows or [[words("all of it"), export.manifest_sha256[:12], codes]]
            header = [words("File"), words("SHA-256, first 12 signs"), words("Quotes")]
            self.paper.table(words("Files of {code}", code=export.code), header, rows, _FILES, heads=False,
                             exact=True)
        listed_files = sum(max(1, len(one.files)) for one in self.affected)
        if listed_files:
            self.paper.say(words.many("{n} file in this list.", "{n} files in this list.", listed_files), "SB Small")

    def _slip(self) -> None:
        words = self.words
        title = words("Please send this back")
        self.paper.part(f"{title} · {self.file.case.code}")
        tick = BOX + NBSP
        self.paper.table(title, [words("What was done"), words("On which day, where, or why not")], [
            [tick + words("We stopped using it."), ""],
            [tick + words("We deleted every copy and took down what was online."), ""],
            [tick + words("We passed this on to:"), ""],
            [tick + words("This cannot be undone, because:"), ""],
            [words("Name, date and signature"), ""],
        ], _SLIP, heads=False, height=_LINE)  # fmt: skip
        self.paper.say(words("Please do not write anybody’s story on this slip."), "SB Small")

    def _will_replace(self) -> bool:
        codes = {one.export.code for one in self.affected}
        return any(task.kind is TaskKind.REPLACE and task.about in codes for task in self.file.case.tasks)

    def _foot(self, text: str) -> None:
        self.paper.foot(f"{text}  ·  {self.file.organization.name}")


def recall_letter(file: CaseFile, recipient: str, affected: Sequence[Affected], on: date, language: str) -> Paper:
    """Return the letter to one recipient."""
    title = Words(language)("Please stop using material that we gave you")
    paper = Paper.blank(language, card_of(file, title, on))
    RecallPaper(paper, file, [without_name(one, file.person) for one in affected], on).fill_letter(recipient)
    return paper


def stop_use_notice(file: CaseFile, on: date, language: str) -> Paper:
    """Return the notice that names every file to stop using."""
    title = Words(language)("Stop-use notice {code}", code=file.case.code)
    paper = Paper.blank(language, card_of(file, title, on))
    RecallPaper(paper, file, [without_name(one, file.person) for one in file.affected], on).fill_notice()
    return paper
