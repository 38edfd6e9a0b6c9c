"""The builder: a draft is written, its quotes stand there with the gate's answer, and it is shown as pages."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage
from PySide6.QtWidgets import QLabel, QMenu, QPushButton

from storybank.domain.draft import DraftKind
from storybank.domain.remark import LookReport, Remark, Weight
from storybank.services.making import Pages
from storybank.words import say
from tests.ui.conftest import said
from tests.ui.drafting import answers, begin, write, write_ask
from tests.ui.one_window import one_window, put_drafts_away
from ui.exports.chosen import MIME
from ui.exports.within import within

pytestmark = pytest.mark.usefixtures("no_pages")


@pytest.fixture(scope="module")
def opened(sample_library, tmp_path_factory):
    with one_window(sample_library, tmp_path_factory.mktemp("builder")) as both:
        yield both


@pytest.fixture
def an_app(opened):
    return opened[0]


@pytest.fixture
def window(opened, no_pages):
    yield opened[1]
    put_drafts_away(*opened)


@pytest.fixture
def page(window):
    window.pages.show_page("exports")
    return window.pages.exports()


@pytest.fixture
def builder(page):
    return begin(page)


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]


def order(builder):
    return [card.one.quote for card in builder.chosen.cards]


def test_what_is_typed_is_saved_a_moment_later_by_itself(builder, an_app, qtbot):
    write(builder, "sections.why_now", "The pilot ends in March.")
    qtbot.waitUntil(lambda: "why_now" in an_app.building.find(builder.working.draft.code).sections, timeout=10_000)
    assert an_app.building.find(builder.working.draft.code).sections["why_now"].en == "The pilot ends in March."


def test_a_text_is_one_step_back_however_often_it_was_saved(builder, an_app, window):
    for text in ("F", "Fund", "Fund link"):
        write(builder, "title", text)
        builder.working.save()
    builder.working.settle()
    window.desk.history.undo()
    assert an_app.building.find(builder.working.draft.code).title.en == "Fund link workers"


def test_undoing_shows_in_the_fields_at_once(builder, window, qtbot):
    write_ask(builder, "Fund them.")
    builder.working.settle()
    while window.desk.history.canUndo():
        window.desk.history.undo()
    qtbot.waitUntil(lambda: not builder.outline.lists["asks"].editors, timeout=5_000)


def test_a_fourth_ask_is_refused_kindly(builder):
    for number in range(3):
        write_ask(builder, f"Fund the region number {number}.")
    asks = builder.outline.lists["asks"]
    asks.add()
    assert len(asks.editors) == 3
    assert "Three asks at most" in asks.refusal.text() and not asks.refusal.isHidden()


def test_a_text_over_its_limit_says_so_while_one_types(builder):
    write(builder, "sections.why_now", "word " * 76)
    field = builder.outline.twins["sections.why_now"][0]
    assert field.count.text() == "76 of 75 words"
    assert field.count.property("tone") == "stop"


def test_the_other_language_names_what_it_lacks(builder):
    builder.outline.purpose.languages["fr"].click()
    write_ask(builder, "Fund link workers.")
    assert builder.switch.sides["fr"].text() == "FR · 2 missing"
    assert "Title" in builder.switch.sides["fr"].toolTip()
    builder.switch.sides["fr"].click()
    title = builder.outline.twins["title"][0]
    assert "Not written in French yet. English: “Fund link workers”" in texts(title)
    write(builder, "title", "Financer les agents")
    assert builder.working.draft.title.fr == "Financer les agents"
    assert builder.working.draft.title.en == "Fund link workers"
    assert builder.switch.sides["fr"].text() == "FR · 1 missing"


def test_each_quote_has_the_gates_answer_and_its_reason_one_press_away(builder, qtbot):
    builder.put(["Q-0001", "Q-0003"])
    qtbot.waitUntil(lambda: answers(builder) == {"Q-0001": "Usable", "Q-0003": "Not usable"}, timeout=10_000)
    card = builder.chosen.cards[1]
    assert not any("withdrew" in text for text in texts(card))
    qtbot.keyClick(card.badge, Qt.Key.Key_Return)
    assert any("Margaret withdrew their consent" in text for text in texts(card))
    assert "1 quote stays behind" in builder.bar.told


def test_quotes_are_moved_led_and_taken_out_with_the_keys_alone(builder, qtbot, window, an_app):
    builder.put(["Q-0001", "Q-0002", "Q-0003"])
    builder.tabs.choose("quotes")
    qtbot.keyClick(builder.chosen.cards[2], Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert order(builder) == ["Q-0001", "Q-0003", "Q-0002"]
    qtbot.keyClick(builder.chosen.cards[1], Qt.Key.Key_L)
    assert [one.lead for one in builder.working.draft.quotes] == [False, True, False]
    qtbot.keyClick(builder.chosen.cards[0], Qt.Key.Key_Delete)
    assert order(builder) == ["Q-0003", "Q-0002"]
    window.desk.history.undo()
    qtbot.waitUntil(lambda: order(builder) == ["Q-0001", "Q-0003", "Q-0002"], timeout=5_000)


def test_tab_walks_through_a_card_as_one_sees_it_and_then_to_the_next(builder, qtbot):
    builder.put(["Q-0001", "Q-0002"])
    qtbot.waitUntil(lambda: answers(builder) == {"Q-0001": "Usable", "Q-0002": "Usable"}, timeout=10_000)
    first, second = builder.chosen.cards
    walked, widget = [], first
    while widget is not second:
        walked.append(widget)
        widget = widget.nextInFocusChain()
    assert [one for one in walked if one in first.stops] == first.stops


def test_a_quote_that_is_let_go_higher_up_stands_there(builder, qtbot):
    builder.put(["Q-0001", "Q-0002", "Q-0003"])
    builder.tabs.choose("quotes")
    qtbot.waitUntil(lambda: builder.chosen.cards[0].height() > 40, timeout=5_000)
    told = QMimeData()
    told.setData(MIME, b"Q-0003")
    builder.chosen.dropEvent(QDropEvent(QPointF(40, 2), Qt.DropAction.MoveAction, told, Qt.MouseButton.LeftButton,
                                        Qt.KeyboardModifier.NoModifier))
    assert order(builder) == ["Q-0003", "Q-0001", "Q-0002"]


def test_a_quote_is_placed_in_a_section_and_introduced(builder, an_app):
    builder.put(["Q-0001"])
    card = builder.chosen.cards[0]
    card.place.choose("why_now")
    card.place.activated.emit(card.place.currentIndex())
    card.add_note.click()
    card.note.field.setPlainText("As one of them says:")
    builder.working.settle()
    chosen = an_app.building.find(builder.working.draft.code).quotes[0]
    assert (chosen.place, chosen.note.en) == ("why_now", "As one of them says:")


@pytest.fixture
def picker(builder, qtbot):
    builder.add_quotes()
    qtbot.waitUntil(lambda: bool(builder.picker.rows.rows), timeout=10_000)
    return builder.picker


def test_quotes_are_found_and_put_in_and_refused_ones_cannot_be_ticked(builder, picker, qtbot):
    model = picker.rows
    refused = next(n for n, row in enumerate(model.rows) if not row.allowed)
    assert not model.flags(model.index(refused, 0)) & Qt.ItemFlag.ItemIsUserCheckable
    picker.search.setText("amina q-0002")
    assert [row.quote.code for row in model.rows] == ["Q-0002"]
    model.setData(model.index(0, 0), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    picker.put.click()
    assert order(builder) == ["Q-0002"]
    assert not picker.isVisible() or builder._quotes.currentWidget() is not picker


def test_all_that_may_be_used_are_put_in_with_one_press(builder, picker):
    picker.every.click()
    assert order(builder) == ["Q-0001", "Q-0002"]


def test_without_a_use_the_gate_is_asked_about_the_usual_one_and_that_is_said(builder, qtbot):
    builder.outline.purpose.uses["government_brief"].click()
    assert builder.working.draft.uses == ()
    builder.add_quotes()
    qtbot.waitUntil(lambda: bool(builder.picker.rows.rows), timeout=10_000)
    assert [row.quote.code for row in builder.picker.rows.rows if row.allowed] == ["Q-0001", "Q-0002"]
    asked = "No use is ticked: the gate is asked about government briefs."
    assert asked in builder.picker.told.text() and builder.outline.purpose.usual.text() == asked
    builder.put(["Q-0001"])
    qtbot.waitUntil(lambda: answers(builder) == {"Q-0001": "Usable"}, timeout=10_000)


def test_a_quote_is_picked_into_a_row_of_evidence_and_out_again(builder):
    builder.put(["Q-0001", "Q-0002"])
    evidence = builder.outline.lists["evidence"]
    evidence.add()
    menu = evidence.editors[0].findChild(QMenu)
    for place, left in ((1, ("Q-0002",)), (0, ("Q-0002", "Q-0001")), (1, ("Q-0001",))):
        menu.aboutToShow.emit()
        assert menu.actions()[place].text().startswith(f"Q-000{place + 1}")
        menu.actions()[place].trigger()
        assert builder.working.draft.evidence[0].quotes == left


def test_a_long_draft_shows_its_first_quotes_at_once_and_the_others_soon(builder, an_app, qtbot):
    codes = [f"Q-{number:04}" for number in range(1, 31)]
    builder.put(codes)
    assert len(order(builder)) < 30 and builder.tabs.findChildren(QPushButton)[1].text() == "Quotes 30"
    builder.go("quotes.Q-0030")
    assert order(builder) == codes
    assert not any(card.place.isWindow() for card in builder.chosen.cards)


def test_a_day_written_otherwise_is_marked_and_the_way_to_write_it_is_said(builder):
    until = builder.outline.purpose.until
    until.setText("31/03/2027")
    until.editingFinished.emit()
    assert "Write the year, the month and the day" in until.complaint.text() and not until.complaint.isHidden()
    until.setText("2027-03-31")
    until.editingFinished.emit()
    assert until.complaint.isHidden()
    assert builder.working.draft.until.isoformat() == "2027-03-31"


def test_a_remark_leads_to_its_place(builder, qtbot, page):
    builder.tabs.choose("versions")
    qtbot.waitUntil(lambda: builder.bar.standing is not None, timeout=10_000)
    builder.bar.turn()
    lines = [one for one in builder.bar.findChildren(QPushButton) if "“Why now” is empty" in one.accessibleName()]
    lines[0].click()
    assert builder.tabs.current == "outline"
    assert page.window().focusWidget() is builder.outline.twins["sections.why_now"][0].field


def test_a_version_is_kept_looked_at_and_put_back(builder, an_app, window, qtbot):
    builder.tabs.choose("versions")
    builder.versions.keep_button.click()
    write(builder, "title", "Another title")
    builder.working.settle()
    builder.versions.look(1)
    assert builder.preview._wanted[0].title.en == "Fund link workers"
    builder.versions.restore(1)
    assert an_app.building.find(builder.working.draft.code).title.en == "Fund link workers"
    window.desk.history.undo()
    assert an_app.building.find(builder.working.draft.code).title.en == "Another title"


@pytest.fixture
def rendered(an_app, monkeypatch, tmp_path):
    """Rendering, as quick as a picture of three pages."""
    asked = []

    def preview(draft, language, folder, ticket):
        asked.append((draft.title.said(language), language))
        for number in range(3):
            image = QImage(200, 260, QImage.Format.Format_RGB32)
            image.fill(QColor("white"))
            image.save(str(folder / f"{number}.png"))
        return Pages(folder / "brief.docx", None, tuple(sorted(folder.glob("*.png"))), 3)

    monkeypatch.setattr(an_app.issuing, "preview", preview)
    return asked


def test_a_draft_without_quotes_shows_how_to_add_some_in_place_of_a_refusal(builder, rendered, qtbot):
    assert "It is shown here once it has a quote." in texts(builder.preview.bare) and builder.preview.bare.isVisible()
    assert not rendered and not builder.preview.told.isVisible()
    builder.preview.bare.findChild(QPushButton).click()
    assert builder.picker.isVisible()


def test_a_site_is_rendered_when_it_is_asked_for_and_says_when_it_is_out_of_date(page, rendered, qtbot):
    builder = begin(page, "Voices", DraftKind.SITE)
    builder.put(["Q-0001"])
    assert builder.preview.first.isVisible() and not rendered
    builder.preview.first.findChild(QPushButton).click()
    qtbot.waitUntil(lambda: builder.preview.view.count == 3, timeout=10_000)
    assert builder.preview.browse.isVisible() and builder.preview.anew.isHidden()
    write(builder, "title", "Voices of all")
    assert builder.preview.state.text() == "Out of date" and builder.preview.anew.isVisible()


def test_a_site_is_told_by_the_titles_of_its_pages_in_the_language_that_is_shown(an_app, tmp_path):
    draft = an_app.building.begin(DraftKind.SITE, "Voices", "en")
    for name, title in (("en/about.html", "About &amp; aims – Voices"), ("en/index.html", "Voices"),
                        ("fr/index.html", "Voix"), ("en/voices/a.html", "<")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"<title>{title}</title>" if title != "<" else "no title", encoding="utf-8")
    an_app.building.remove(draft.code).do()
    assert within(draft, "en", Pages(tmp_path / "index.html", None, (), 0), ())[1] == ("Voices", "About & aims")


def test_the_pages_are_shown_some_moments_after_the_last_change(builder, rendered, qtbot):
    builder.put(["Q-0001"])
    write(builder, "title", "Fund them")
    write(builder, "title", "Fund them all")
    assert "made" in builder.preview.state.text()
    qtbot.waitUntil(lambda: builder.preview.view.count == 3 and builder.preview.state.text() == "Page 1 of 3",
                    timeout=10_000)
    assert rendered[-1] == ("Fund them all", "en") and ("Fund them", "en") not in rendered
    assert "3 pages of 1" in builder.bar.told
    write(builder, "title", "Fund everybody")
    assert "Out of date" in builder.preview.state.text()
    qtbot.keyClick(builder.preview.view, Qt.Key.Key_PageDown)
    assert builder.preview.view.page == 2


def test_a_machine_without_libreoffice_says_what_to_do(builder, qtbot):
    builder.put(["Q-0001"])
    qtbot.waitUntil(lambda: "LibreOffice is not installed." in texts(builder.preview), timeout=20_000)


def let_go(builder, file):
    told = QMimeData()
    told.setUrls([QUrl.fromLocalFile(str(file))])
    builder.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, told, Qt.MouseButton.LeftButton,
                                 Qt.KeyboardModifier.NoModifier))


def test_a_letterhead_is_checked_in_the_page_before_it_is_kept(builder, an_app, monkeypatch, qtbot, tmp_path):
    report = LookReport("ours", 1, (), (Remark(Weight.WARN, say("It has no line for the quotes."), say("Add one.")),))
    monkeypatch.setattr(an_app.looks, "check", lambda file: report)
    monkeypatch.setattr(an_app.looks, "sample_of", lambda file, to, *_rest: QImage(10, 10, QImage.Format.Format_RGB32
                                                                                   ).save(str(to)))
    let_go(builder, tmp_path / "ours.docx")
    assert builder.tabs.current == "looks"
    qtbot.waitUntil(lambda: builder.looks.checked is not None, timeout=10_000)
    qtbot.waitUntil(builder.looks.keep_button.isVisible, timeout=5_000)
    assert "It has no line for the quotes. Add one." in texts(builder.looks)
    assert "ours.docx: It can be used" in texts(builder.looks)


def test_a_kit_says_what_it_holds_and_a_site_asks_for_the_stages(page):
    builder = begin(page, "Trust", DraftKind.KIT)
    assert "Podcast and radio" in {box.text() for box in builder.outline.purpose.parts.values() if box.isVisible()}
    assert "sections.release" in builder.outline.twins and "spokespeople" in builder.outline.lists
    page.back_button.click()
    builder = begin(page, "Voices", DraftKind.SITE)
    assert any(place.startswith("sections.stage_") for place in builder.outline.twins)
    assert not builder.outline.purpose.form.isVisible()


def test_a_text_that_another_form_asked_for_is_not_lost_from_sight(builder):
    write(builder, "sections.cost", "It costs less.")
    builder.outline.purpose.form.choose("two-page")
    builder.outline.purpose.form.activated.emit(0)
    assert "sections.summary" in builder.outline.twins
    assert builder.outline.twins["sections.cost"][0].name == "Cost and return (not in this form)"


def test_a_draft_that_is_removed_elsewhere_is_put_away(page, builder, an_app, qtbot):
    an_app.building.remove(builder.working.draft.code).do()
    qtbot.waitUntil(lambda: page.draft is None, timeout=5_000)
    assert page.drafts.isVisible()
    assert said(page.toast) == ""


def test_all_keys_are_shown_at_f1_and_put_away_again(builder):
    builder.turn_keys()
    assert "Move a quote up or down" in texts(builder.over.form)
    builder.turn_keys()
    assert builder.over.form is None
