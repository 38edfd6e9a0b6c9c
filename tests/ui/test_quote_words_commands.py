"""The commands about how quotes read: they tell what changed, refuse with the word, and count what may be used."""

from __future__ import annotations

import json

import pytest

from ui import cli


@pytest.fixture
def command(an_app, tmp_path, capsys):
    """Type a command on the sample library; return its exit code and what it said."""
    code = an_app.quoting.all()[0].code
    an_app.close()

    def typed(*words):
        capsys.readouterr()
        done = cli.main(["--library", str(tmp_path / "library"), *words])
        told = capsys.readouterr()
        return done, told.out, told.err

    typed.code = code
    return typed


def test_every_quote_reads_as_it_was_quoted(command):
    done, said, _ = command("quote", "check")
    assert done == 0 and "reads as it was quoted" in said


def test_a_wording_that_was_not_said_is_refused_with_the_word(command):
    done, _, error = command("quote", "wording", command.code, "Xylophone […]")
    assert done == 2 and "Xylophone was not said" in error


def test_a_translation_is_kept_and_marked(command):
    done, said, _ = command("quote", "translate", command.code, "fr", "La confiance d’abord.", "--by", "Marie Roy")
    assert done == 0 and "[Traduction] La confiance d’abord." in said


def test_coverage_is_told_as_json_and_written_as_a_table(command, tmp_path):
    done, said, _ = command("coverage", "--by", "language", "--json", "--csv", str(tmp_path / "c.csv"))
    told = json.loads(said)
    assert done == 0 and {"cells", "empty", "over_used", "stale", "missing"} <= set(told)
    assert sum(cell["usable"] for cell in told["cells"]) > 0
    assert (tmp_path / "c.csv").read_text("utf-8-sig").startswith(",English,French")
    assert command("coverage", "--by", "colour")[0] == 2
