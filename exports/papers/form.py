"""Notice form: a consent form to be printed and signed: the text, then every question with its boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from docx.shared import Pt

from exports.papers.stationery import BOX, WIDTH, Card, Paper
from exports.papers.wording import ACTS, EXAMPLES, METHODS, NAMING, capital
from exports.typography import NBSP, day
from storybank.domain.attribution import Attribution
from storybank.domain.notice import Notice
from storybank.domain.use import Use
from storybank.errors import Invalid
from storybank.words import Words, say

_LINE = 520
"""The height of a line to write on, in twentieths of a point."""
_LABEL = 3400
_THREE_BOXES = (WIDTH - 3 * 1500, 1500, 1500, 1500)
_LADDER = (4700, WIDTH - 5700, 1000)
_TWO_BOXES = (WIDTH - 2 * 1500, 1500, 1500)

_GAP = NBSP * 3 + " "

_FEATURES = (
    say("May your face be seen?"), say("May your voice be heard?"), say("May your organization be named?"),
    say("May your province or place be named?"),
)  # fmt: skip


def lay_out(notice: Notice, uses: Sequence[Use], organization: str, now: datetime) -> Paper:
    """Return a notice as a form: what to know, the answers, the signatures."""
    made_at = notice.effective_from.isoformat() if notice.effective_from else now.isoformat()
    card = Card(notice.title, Words(notice.language)("Consent form"), organization, notice.name, made_at)
    form = _Form(Paper.blank(notice.language, card), notice, _asked_about(notice, uses))
    form.fill()
    return form.paper


def _asked_about(notice: Notice, uses: Sequence[Use]) -> list[Use]:
    """Return the uses of the notice, in its order: the form asks about neither more nor less than its text."""
    known = {use.key: use for use in uses}
    for key in notice.uses:
        if key not in known:
            raise Invalid(say("The form {name} asks about a use that is not on the list: {key}.", name=notice.name,
                              key=key), hint=say("Add the use again, or make a new version of the form."))
    return [known[key] for key in notice.uses] if notice.uses else list(uses)


@dataclass(frozen=True, slots=True)
class _Form:
    """A form on its way to paper."""

    paper: Paper
    notice: Notice
    uses: Sequence[Use]

    def fill(self) -> None:
        """Set every part, in the order in which people talk it through."""
        self._head()
        self._text()
        self._today()
        self._use_by_use()
        self._until()
        self._naming()
        self._the_rest()
        self._signatures()
        self._whom_to_tell()
        self.paper.foot(f"{self.notice.name}  ·  SHA-256 {self.notice.sha256[:16]}")

    def _head(self) -> None:
        paper, words, notice = self.paper, self.paper.words, self.notice
        paper.set_smaller(11, 1.25)
        paper.set_margins(0.7, 0.7)
        paper.title(notice.title)
        since = notice.effective_from
        paper.meta(words("Consent form"), notice.name,
                   words("in use since {day}", day=day(since, paper.language)) if since else "")
        if notice.is_template:
            paper.box(words("This is a template. Have it reviewed by your own organization (privacy, ethics, and the"
                            " communities you work with) and fill in what stands in [brackets] before anybody signs"
                            " it."))  # fmt: skip

    def _text(self) -> None:
        self.paper.part(self.paper.words("What you should know"))
        for kind, text in self.notice.blocks():
            if kind == "heading":
                self.paper.part(text, level=3, before=8)
            elif kind == "item":
                self.paper.say(text, "List Bullet").paragraph_format.space_after = Pt(2)
            else:
                self.paper.say(text)

    def _today(self) -> None:
        paper, words = self.paper, self.paper.words
        paper.part(words("Your answers"), new_page=True)
        paper.say(words("You can fill this in today, later, or in part. What you leave empty is a no."))
        paper.part(words("What do you agree to today?"), level=3)
        ask_later = words("I agree to be recorded. Ask me later how it may be used.")
        at_once = words("I agree to be recorded, and to each use that I mark below.")
        paper.say(_choices(ask_later))
        paper.say(_choices(at_once))
        paper.part(words("Which stories?"), level=3)
        every, some = words("all that I record with you"), words("only these:")
        paper.say(_choices(every, f"{some} {'_' * 26}"))

    def _use_by_use(self) -> None:
        paper, words = self.paper, self.paper.words
        title = words("How may we use it?")
        paper.part(title, level=3)
        header = [words("Use"), words("Yes"), words("No"), words("Ask me first")]
        rows = [[capital(use.label(paper.language)), BOX, BOX, BOX] for use in self.uses]
        paper.table(title, header, rows, _THREE_BOXES, centred=3)
        paper.say(words("If I said yes on a condition, this is the condition:"), with_next=True)
        self._lines(words("Conditions"), [words("Use"), words("Condition")], [["", ""]] * 2, (_LABEL, WIDTH - _LABEL))

    def _naming(self) -> None:
        paper, words = self.paper, self.paper.words
        title = words("How may we name you? Mark one.")
        paper.part(title, level=3)
        rows = [[words.sentence(NAMING[level]), words.sentence(EXAMPLES[level]), BOX] for level in Attribution]
        header = [words("We may tell"), words("On paper it looks like this"), words("Mark")]
        paper.table(title, header, rows, _LADDER, centred=1)
        self._yes_or_no(words("Face, voice, organization and place"), [words.sentence(one) for one in _FEATURES])

    def _the_rest(self) -> None:
        words = self.paper.words
        self._yes_or_no(words("Changes, ads and machines"), [words.sentence(one) for one in ACTS.values()])
        self.paper.say(words("The two programs on our own computer run unless you mark no. Nothing is sent outside."),
                       "SB Small")

    def _until(self) -> None:
        paper, words = self.paper, self.paper.words
        paper.part(words("Until when?"), level=3)
        two, three, day_named = words("for two years"), words("for three years"), words("until this day:")
        paper.say(_choices(two, three, f"{day_named} {'_' * 24}"))

    def _signatures(self) -> None:
        paper, words = self.paper, self.paper.words
        sides, widths = [words("Who"), words("Please write here")], (_LABEL, WIDTH - _LABEL)
        paper.part(words("Signatures"), new_page=True)
        paper.say(words("I have read this, or it was read to me. My questions were answered. I know that I may change"
                        " my mind."))
        self._lines(words("Signatures"), sides, [
            [words("Your name"), ""], [words("Your signature"), ""], [words("Date"), ""],
        ], widths)
        paper.part(words("If somebody decides for you, or a community is asked too"), level=3)
        self._lines(words("Who decides beside the person"), sides, [
            [words("Name, and by what right"), ""], [words("Their signature and date"), ""],
            [words("What the child or adult says"), _choices(words("yes"), words("no"))],
            [words("Community, and who speaks for it"), ""], [words("Their signature and date"), ""],
        ], widths)
        paper.part(words("For the person who takes the answers"), level=3)
        methods = _choices(*(words.sentence(method) for method in METHODS.values()))
        copy = _choices(words("on paper"), words("by e-mail"), words("not yet; planned for:") + f" {'_' * 14}")
        self._lines(words("How the answers were taken"), sides, [
            [words("Name and date"), ""],
            [words("How the answers were given"), methods],
            [words("Witness: name and signature"), ""],
            [words("Interpreter: name, language and signature"), ""],
            [words("A copy was given"), copy],
        ], widths)  # fmt: skip

    def _whom_to_tell(self) -> None:
        paper, words = self.paper, self.paper.words
        paper.part(words("If you change your mind, tell any of these people"), level=3)
        if self.notice.contacts:
            paper.items(self.notice.contacts)
        else:
            paper.say(words("[Write here two people who can be told, with phone and e-mail.]"))
        paper.say(words("This form is {name}. Its text is known by the mark {mark}.", name=self.notice.name,
                        mark=self.notice.sha256[:16]), "SB Small")

    def _yes_or_no(self, title: str, questions: Sequence[str]) -> None:
        words = self.paper.words
        self.paper.part(title, level=3)
        self.paper.table(title, [words("Question"), words("Yes"), words("No")],
                         [[question, BOX, BOX] for question in questions], _TWO_BOXES, centred=2)

    def _lines(self, title: str, header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
        self.paper.table(title, header, rows, widths, height=_LINE)


def _choices(*texts: str) -> str:
    """Return each text behind a box to tick."""
    held = [text.replace(" ", NBSP) for text in texts] if len(texts) > 1 else texts
    return _GAP.join(f"{BOX}{NBSP}{text}" for text in held)
