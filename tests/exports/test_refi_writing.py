"""Projects as we write them: whatever is in them follows the schema and reads back the same."""

from __future__ import annotations

import zipfile

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from exports.refi.files import RefiProjects
from exports.refi.names import schema
from storybank.domain.project import (
    Case,
    MediaManner,
    Project,
    ProjectCode,
    ProjectCoding,
    ProjectManner,
    ProjectNote,
    ProjectTranscript,
    ProjectUser,
    Selection,
    Source,
    SyncPoint,
    derived,
    excerpt,
)
from tests.exports.test_refi_reading import Calm

SIGNS = st.characters(codec="utf-8")
NAMES = st.text(SIGNS, max_size=12)
WORDS = st.text("aé🌱œ<&>\"'‑ x", min_size=1, max_size=30).filter(lambda text: text.strip())
CODE, USER = derived("code"), derived("user")


@st.composite
def projects(draw):
    lines = [" ".join(line.split()) for line in draw(st.lists(WORDS, min_size=1, max_size=5))]
    text = "\n".join(lines)
    places = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)) | {0, len(text)})
    points = tuple(SyncPoint(place, number * 700) for number, place in enumerate(places))
    count = draw(st.integers(0, 4))
    selections = []
    for number in range(count):
        first = draw(st.integers(0, len(points) - 2))
        last = draw(st.integers(first + 1, len(points) - 1))
        start, end = points[first], points[last]
        selections.append(Selection(
            derived("s", str(number)), start.position, end.position, start.ms, end.ms,
            excerpt(text[start.position:end.position]), draw(NAMES),
            (ProjectCoding(derived("c", str(number)), CODE, draw(st.sampled_from(["", USER])),
                           "2026-01-01T00:00:00.000+00:00"),), USER, "2026-01-01T00:00:00Z"))
    source = Source(derived("v"), draw(NAMES), draw(st.booleans()), draw(NAMES),
                    (ProjectTranscript(derived("t"), text, points, tuple(selections)),), media="x.mp4")
    about = tuple(one.id for one in selections[:1]) or ("",)
    note = ProjectNote(derived("n"), draw(NAMES.filter(str.strip)) + "x", draw(NAMES), about, USER)
    codes = (ProjectCode(CODE, draw(NAMES), "", True, "#00ff00", draw(NAMES)),
             ProjectCode(derived("under"), draw(NAMES), CODE, False))
    case = Case(derived("p"), draw(NAMES), draw(NAMES), (), (source.id,), tuple(one.id for one in selections))
    return Project(draw(NAMES) + "p", "Storybank", "2026-01-01T00:00:00Z", USER,
                   (ProjectUser(USER, draw(NAMES), "R"),), codes, (), (case,), (source,), (note,))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(projects(), st.booleans(), st.booleans())
def test_whatever_is_written_follows_the_schema_and_reads_back_the_same(tmp_path, project, moments, also_text):
    """The writer itself reads back what it wrote, and refuses what differs."""
    file = tmp_path / "p.qdpx"
    RefiProjects().write(project, file, ProjectManner(MediaManner.NONE, moments, also_text), {}, Calm())
    with zipfile.ZipFile(file) as package:
        root = etree.fromstring(package.read("project.qde"))
        names = package.namelist()
        text = package.read(f"sources/{derived('t')}.txt").decode()
    assert schema().validate(root)
    ids = [element.get("guid") for element in root.iter() if element.get("guid")]
    assert len(ids) == len(set(ids)), "every identifier stands at one thing"
    assert names == ["project.qde", f"sources/{derived('t')}.txt"] and not text.startswith("\ufeff")
    told = etree.tostring(root, encoding="unicode")
    assert "currentPath" not in told and "basePath" not in told and str(tmp_path) not in told


def test_an_empty_project_has_no_empty_container(tmp_path):
    file = tmp_path / "p.qdpx"
    RefiProjects().write(Project("Nothing"), file, ProjectManner(), {}, Calm())
    with zipfile.ZipFile(file) as package:
        assert len(etree.fromstring(package.read("project.qde"))) == 0
