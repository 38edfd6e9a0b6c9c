"""Forms: the texts people are given, the lists they are asked about, and who we are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from storybank.domain import names
from storybank.domain.events import ListsChanged, NoticeAdded
from storybank.domain.notice import Notice
from storybank.domain.receipt import Organization
from storybank.domain.use import Term, TermKind, Use
from storybank.domain.vocabulary import language_code
from storybank.errors import Invalid
from storybank.ports import OpenWork
from storybank.words import say


class Forms:
    """Everything one can do with consent forms and the lists behind them."""

    def __init__(self, open_work: OpenWork) -> None:
        self._open_work = open_work

    def notices(self) -> list[Notice]:
        """Return every version of every form."""
        with self._open_work() as work:
            return work.notices.all()

    def notice(self, name: str) -> Notice:
        """Return the form of that identifier or name; raise `NotFound`."""
        with self._open_work() as work:
            return work.notices.get(name)

    def add(self, key: str, version: str, language: str, title: str, body: str, *, uses: Sequence[str] = (),
            contacts: Sequence[str] = (), effective_from: date | None = None) -> Notice:
        """Put a new version of a form on file; what earlier people were given stays as it was."""
        if not (names.plain(key) and names.plain(version) and names.plain(title) and body.strip()):
            raise Invalid(say("A consent form needs a name, a version, a title and a text."))
        with self._open_work() as work:
            asked = tuple(work.codebook.use(use).key for use in (uses or [use.key for use in work.codebook.uses()]))
            notice = Notice(names.new_id(), names.plain(key), names.plain(version), language_code(language),
                            names.plain(title), body.strip(), asked, tuple(contacts), effective_from)
            work.notices.add(notice)
            work.record(NoticeAdded(notice.id))
            work.commit()
        return notice

    def organization(self) -> Organization:
        """Return who keeps the library."""
        with self._open_work() as work:
            return work.house.organization()

    def describe(self, **details: str) -> Organization:
        """Change some of what is known about who keeps the library."""
        if not names.plain(details.get("name", "something")):
            raise Invalid(say("Whoever keeps the library needs a name."))
        with self._open_work() as work:
            changed = replace(work.house.organization(), **{name: names.plain(told) for name, told in details.items()})
            work.house.save_organization(changed)
            work.record(ListsChanged())
            work.commit()
        return changed

    def terms(self, kind: TermKind | None = None) -> list[Term]:
        """Return the lists that decisions are made of, or one of them."""
        with self._open_work() as work:
            return work.house.terms(kind)

    def save_term(self, kind: TermKind, key: str, label_en: str, label_fr: str) -> Term:
        """Add a purpose, a channel, an audience or a territory to its list, or rename it."""
        if not names.plain(key):
            raise Invalid(say("An entry of a list needs a key."))
        with self._open_work() as work:
            known = {term.key: term for term in work.house.terms(kind)}
            position = known[key].position if key in known else len(known) + 1
            term = Term(kind, names.plain(key), names.plain(label_en) or key, names.plain(label_fr) or key, position)
            work.house.save_term(term)
            work.record(ListsChanged())
            work.commit()
        return term

    def save_use(self, use: Use) -> Use:
        """Add a use that people are asked about, or change it."""
        if not use.key or not use.label_en or not use.label_fr:
            raise Invalid(say("A use needs a key and a name in English and in French."))
        with self._open_work() as work:
            for kind in TermKind:
                known, wanted = [term.key for term in work.house.terms(kind)], getattr(use, kind.value)
                if wanted not in known:
                    raise Invalid(say("{key} is not in the list: {keys}.", key=wanted, keys=", ".join(known)))
            work.house.save_use(use)
            work.record(ListsChanged())
            work.commit()
        return use
