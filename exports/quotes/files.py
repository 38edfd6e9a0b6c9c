"""Files: quotes written as CSV, XLSX, JSON or Word, and tables of quotes read back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from exports import spreadsheets
from exports.quotes.columns import COLUMNS, cells, facts
from exports.quotes.dossier import write_dossier
from storybank.domain.dossier import Dossier, QuoteRow
from storybank.errors import Invalid
from storybank.words import say

ENDINGS = (".csv", ".xlsx", ".json", ".docx")
_READ = (".csv", ".xlsx", ".json", ".txt", ".tsv")
_FORM = "storybank-quotes-1"
_YES = frozenset({"yes", "oui", "true", "1", "x", "vrai"})
_NO = frozenset({"no", "non", "false", "0", "", "faux"})


class QuoteFormats:
    """Writes quotes with all that is known of them, and reads tables of them back (`ports.QuoteFiles`)."""

    def check(self, to: Path) -> None:
        """Raise `Invalid` naming the formats there are, where the file's ending names none."""
        _check(to, ENDINGS)

    def write(self, dossier: Dossier, to: Path) -> None:
        """Write in the format that the file's ending names."""
        self.check(to)
        match to.suffix.lower():
            case ".csv":
                spreadsheets.write_csv(to, COLUMNS, (cells(entry, dossier) for entry in dossier.entries))
            case ".xlsx":
                rows = (cells(entry, dossier) for entry in dossier.entries)
                spreadsheets.write_xlsx(to, dossier.title, COLUMNS, rows)
            case ".json":
                to.write_text(_as_json(dossier), encoding="utf-8", newline="\n", errors="replace")
            case _:
                write_dossier(dossier, to)

    def read(self, untrusted_file: Path) -> list[QuoteRow]:
        """Return the rows of a CSV, XLSX or JSON file; raise `Invalid` or `Damaged` with the reason."""
        _check(untrusted_file, _READ)
        if untrusted_file.suffix.lower() == ".json":
            return _from_json(untrusted_file)
        rows = spreadsheets.read_table(untrusted_file)
        if rows and not {"quote", "id"} & set(rows[0]):
            raise Invalid(say("{file} has no column named “quote”.", file=untrusted_file.name),
                          hint=say("Its first row must name the columns: {columns}.",
                                   columns="quote, codes, important"))
        return [_row(row, int(row[""])) for row in rows]


def _check(file: Path, endings: tuple[str, ...]) -> None:
    if file.suffix.lower() not in endings:
        raise Invalid(say("Storybank does not know tables of quotes that end in {ending}.",
                          ending=file.suffix or file.name),
                      hint=say("Choose one of: {endings}.", endings=", ".join(endings)))


def _as_json(dossier: Dossier) -> str:
    order = dossier.order
    told = {
        "form": _FORM, "title": dossier.title, "export": order.code, "made_at": order.made_at,
        "storybank": order.storybank_version, "uses": [use.key for use in order.uses],
        "use_until": order.use_until.isoformat() if order.use_until else "",
        "left_out": len(order.left_out), "quotes": [facts(entry, dossier) for entry in dossier.entries],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _from_json(file: Path) -> list[QuoteRow]:
    problem = say("{file} holds no quotes as Storybank writes them.", file=file.name)
    return [_row({str(name): _text(value) for name, value in one.items()}, number)
            for number, one in enumerate(spreadsheets.listed(file, "quotes", problem), 1)]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ";".join(map(str, value)) if isinstance(value, list) else str(value)


def _row(row: Mapping[str, str], number: int) -> QuoteRow:
    codes = row.get("codes")
    marked = row.get("important", "?").strip().casefold()
    return QuoteRow(
        number, (row.get("id") or row.get("quote", "")).strip(), row.get("words"),
        None if codes is None else frozenset(key.strip() for key in codes.split(";") if key.strip()),
        True if marked in _YES else False if marked in _NO and "important" in row else None,
    )
