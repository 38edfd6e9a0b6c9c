"""Paper: fictional people, consents and withdrawals for the tests of papers, and how a paper is read back."""

from __future__ import annotations

import zipfile
from datetime import date

import docx

from storybank.domain.attribution import Attribution, Wishes
from storybank.domain.consent import Consent, ConsentEvent, ConsentState, Decision, Method, Provision, Taken
from storybank.domain.contributor import Contributor
from storybank.domain.export import Export, ExportedFile, ExportKind
from storybank.domain.notice import Notice
from storybank.domain.recall import Affected, CaseFile
from storybank.domain.receipt import Organization, Receipt
from storybank.domain.story import Story
from storybank.domain.use import Act
from storybank.domain.vocabulary import USES
from storybank.domain.withdrawal import Task, TaskKind, TaskState, WithdrawalCase
from tests import build

TODAY = date(2026, 6, 2)
HASH = "0123456789abcdef" * 4
HOUSE = Organization("Harbour Voices", "Jocelyn Fraser", "12 Harbour Road, Halifax", "privacy@voices.example",
                     "902-555-0142")
NOBODY = Organization("Harbour Voices")
NOTICE = Notice("n1", "voices", "2026-11", "en", "Your story, your choice", "# Who we are\n\nWe are\nHarbour Voices."
                "\n\n- Website\n- Print", ("website", "print"), ("Jocelyn, 902-555-0142", "Sam, 902-555-0177"))
PROVISIONS = (
    Provision(Decision.PERMIT, "website"), Provision(Decision.PERMIT, "print", ends_on=date(2027, 5, 1)),
    Provision(Decision.ASK_FIRST, "media"), Provision(Decision.DENY, "fundraising"),
    Provision(Decision.CONDITIONAL, "training", condition="Show me the slides"),
    Provision(Decision.PERMIT, act=Act.EDIT), Provision(Decision.DENY, act=Act.TRAIN),
)  # fmt: skip
GIVEN = ConsentEvent(ConsentState.GIVEN, "2026-01-15T10:00:00+00:00", seq=12, hash=HASH)
WITHDRAWN = ConsentEvent(ConsentState.WITHDRAWN, "2026-06-02T09:00:00+00:00", seq=31, hash=HASH)


def a_receipt(*provisions, language="en", events=(GIVEN,), notice=NOTICE, house=HOUSE, name="Amina Diallo", person=None,
              stories=(), **about):
    """Return a receipt of the provisions, given on January 15, 2026 for two years."""
    terms = {"given_on": date(2026, 1, 15), "valid_until": date(2028, 1, 14), "wishes": Wishes(face=False),
             "taken": Taken("n1", Method.ON_CAMERA, language, witness="Ruth Penner"), **about}
    consent = Consent("c1", "C-0001", "amina", terms.pop("attribution", Attribution.FULL_NAME),
                      provisions or PROVISIONS, tuple(events), **terms)
    person = person or Contributor("amina", "P-0001", name, language=language, province="NS")
    return Receipt("3f0c8a1e", "2026-01-15T10:05:00+00:00", consent, person, house, USES, tuple(stories), notice,
                   (12, HASH))


def an_export(code="E-0007", title="Fund link workers", recipient="Office of the Minister", **about):
    """Return a line of the ledger."""
    return Export(code, code, about.pop("kind", ExportKind.BRIEF), title, "2026-02-03T12:00:00+00:00", ("website",),
                  "/secret/place", HASH, None, (), recipient=recipient, **about)


def an_affected(export=None, quotes=("Q-0012",), files=(("brief.docx", HASH),), was_lawful=True):
    """Return an export that carries the person."""
    return Affected(export or an_export(), tuple(quotes), tuple(ExportedFile(p, h, tuple(quotes)) for p, h in files),
                    was_lawful)


def a_case(*affected, name="Amina Diallo", house=HOUSE, province="NS", stories=(), quotes=None, **about):
    """Return a case with a task for every export; its reason and the words of its quote must show up nowhere."""
    tasks = about.pop("tasks", tuple(Task(TaskKind.NOTIFY, one.export.code) for one in affected))
    case = WithdrawalCase("w1", "W-0001", "amina", "2026-06-02T09:00:00+00:00", "phone", "by voice",
                          "my supervisor threatened me", tasks=tasks, **about)
    said = (build.a_quote("Pelicans remember the harbour.", code="Q-0012"),) if quotes is None else quotes
    return CaseFile(case, Contributor("amina", "P-0001", name, province=province), house, tuple(stories), said,
                    tuple(affected))


def a_story(title="Trust", code="S-0001", id="s1"):
    """Return a story."""
    return Story(id, code, title, "trust", "en")


def done(kind, about, **more):
    """Return a task that is done."""
    return Task(kind, about, state=TaskState.DONE, done_at="2026-06-05T10:00:00+00:00", **more)


def text_of(file):
    """Return every word of a Word file as people read it, with plain spaces: paragraphs, cells and foot."""
    document = docx.Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    foot = [p.text for section in document.sections for p in section.footer.paragraphs]
    return "\n".join([*(p.text for p in document.paragraphs), *cells, *foot]).replace("\u00a0", " ")


def rows_of(file, number):
    """Return a table of a Word file, row by row."""
    table = docx.Document(str(file)).tables[number]
    return [[cell.text.replace("\u00a0", " ") for cell in row.cells] for row in table.rows]


def everything_in(file):
    """Return every part of a Word file as text, one after the other, tags taken for nothing."""
    with zipfile.ZipFile(file) as package:
        return file.name + "".join(
            package.read(name).decode("utf-8", "replace") for name in package.namelist() if not name.endswith(".odttf")
        )  # fmt: skip
