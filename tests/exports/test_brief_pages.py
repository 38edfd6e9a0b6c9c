"""The brief on paper: LibreOffice opens it, each form keeps to its pages, and contents name the right ones."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from exports.briefs.brief import WordBrief
from exports.pages.office import OfficePages
from storybank.domain.draft import Form
from tests.exports import drafted, letterheads, library, obliged

pytestmark = pytest.mark.office

LONG_QUOTE = "We walked and talked and learned what matters to people in our town, more than once a week. " * 5
WORDY = replace(
    library.BRIEF,
    messages=("If the ministry funds link workers for five years, programs can train, keep and support the people who "
              "hold this work together, and the families they walk with will not have to start again.",) * 7,
    issue=" ".join(["Half of what brings people to a clinic cannot be found in a pharmacy."] * 12),
)  # fmt: skip


@pytest.fixture
def pages(tmp_path):
    def print_out(brief, order):
        file = tmp_path / "brief.docx"
        WordBrief().write(brief, order, file, library.Quiet())
        profile = (tmp_path / "office").as_uri()
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", "pdf", "--outdir",
             str(tmp_path), str(file)],
            check=True, capture_output=True, timeout=180, env={**os.environ, "HOME": str(tmp_path)},
        )  # fmt: skip
        return text_by_page(tmp_path / "brief.pdf")

    return print_out


@pytest.fixture(scope="module")
def forms(tmp_path_factory):
    """Print the forms that have to keep to their pages, as full as they may be, in one go."""
    folder = tmp_path_factory.mktemp("forms")
    long = drafted.brief(Form.ONE_THREE_TWENTY_FIVE)
    briefs = {
        "one-pager-en": drafted.full_one_pager("en"), "one-pager-fr": drafted.full_one_pager("fr"),
        "two-page": drafted.brief(Form.TWO_PAGE), "one-three": drafted.brief(Form.ONE_THREE, "fr", placing=()),
        "long": long, "letterhead": _on_a_letterhead(folder / "harbour.dotx.docx"),
    }  # fmt: skip
    everything = library.order()
    chosen = {one.quote for one in long.placing}
    placed = replace(everything, passages=tuple(p for p in everything.passages if p.cleared.quote.code in chosen))
    for name, brief in briefs.items():
        writer = WordBrief(OfficePages()) if brief is long else WordBrief()
        writer.write(brief, everything if name == "one-three" else placed, folder / f"{name}.docx", library.Quiet())
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--convert-to", "pdf",
         "--outdir", str(folder), *map(str, sorted(folder / f"{name}.docx" for name in briefs))],
        check=True, capture_output=True, timeout=180, env={**os.environ, "HOME": str(folder)},
    )  # fmt: skip
    return {name: text_by_page(folder / f"{name}.pdf") for name in briefs}


def _on_a_letterhead(file):
    """Return a one-pager on paper of their own: wide margins, a logo, and words before and after."""
    brief = drafted.brief(Form.ONE_PAGER, evidence=(), options=(), ask=("Fund link workers for five years.",) * 2)
    return replace(brief, letterhead=letterheads.plain(file))


@pytest.mark.parametrize(
    ("name", "most"),
    [("one-pager-en", 1), ("one-pager-fr", 1), ("two-page", 2), ("one-three", 4), ("letterhead", 1)],
)
def test_a_form_keeps_to_its_pages_when_it_is_as_full_as_it_may_be(forms, name, most):
    assert len(forms[name]) <= most


def test_the_contents_name_the_page_on_which_each_heading_stands(forms):
    pages = [" ".join(page.split()) for page in forms["long"]]
    entries = re.findall(r"^\s*(\S.*?)\s?\.{4,}\s*(\d+)$", forms["long"][1], re.MULTILINE)
    assert len(entries) > 20
    assert [name for name, page in entries if name not in pages[int(page) - 1]] == []


def text_by_page(pdf: Path) -> list[str]:
    told = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=60)
    return told.stdout.decode().split("\f")[:-1]


@pytest.mark.parametrize("brief", [library.BRIEF, library.BRIEF_FR, WORDY], ids=["english", "french", "wordy"])
def test_a_brief_has_at_most_four_pages_and_page_one_is_the_ask(pages, brief):
    printed = pages(brief, library.order())
    assert len(printed) <= 4
    first = " ".join(printed[0].split()).replace("’", "'")
    assert brief.ask[0].split(",")[0] in first
    assert brief.audience in first
    assert re.search(r"E-0007.*1.*4|E-0007.*1.*3", first)


def test_long_quotes_do_not_push_it_over_four_pages(pages):
    assert len(pages(library.BRIEF, library.with_text(library.order(), LONG_QUOTE))) <= 4


def test_a_community_label_of_its_usual_length_leaves_it_within_four_pages(pages):
    usual = ("This label is used because its community asks that you name it as the source of this teaching, and that "
             "you respect its protocols wherever you use, share or circulate it, today and in the future. ") * 3
    obliged_ones = tuple(
        replace(p, cleared=replace(p.cleared, labels=tuple(replace(one, text=usual) for one in p.cleared.labels)))
        for p in obliged.order().passages
    )
    order = library.order()
    known = {p.cleared.quote.code for p in obliged_ones}
    others = tuple(p for p in order.passages if p.cleared.quote.code not in known)
    printed = pages(library.BRIEF, replace(order, passages=(*obliged_ones, *others)))
    assert len(printed) <= 4
    assert " ".join(" ".join(printed).split()).count("you respect its protocols") == 6
