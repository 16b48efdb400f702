"""One edition with everything in it, in every builder: no warning, and nothing lost."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_annot import nodes
from tests.builds import pages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.projects import Built, Project

ROOT = Path(__file__).parent / "roots" / "everything"
BUILDERS = (
    "html dirhtml singlehtml epub latex text man texinfo xml pseudoxml gettext dummy unheard".split()
)  # linkcheck has a test of its own
PAGES = {"html", "dirhtml", "singlehtml", "epub"}
TOKEN = re.compile(r"[QS][A-Z]\w*?Z\b")
HTML_ONLY = {"QHtmlOnlyZ"}
SUFFIXES = {
    "latex": "*.tex",
    "text": "*.txt",
    "man": "*.1",
    "texinfo": "*.texi",
    "xml": "*.xml",
    "pseudoxml": "*.pseudoxml",
    "gettext": "*.pot",
    "unheard": "*.words",
}


def _everything(project: Project, without: Iterable[str] = ()) -> dict[str, str]:
    """Copy the edition, but for some documents; the names and texts of what was copied."""
    shutil.copytree(ROOT, project.src, dirs_exist_ok=True)
    for name in without:
        (project.src / f"{name}.md").unlink()
        index = project.src / "index.md"
        index.write_text(index.read_text().replace(f"\n{name}\n", "\n"))
    return {path.name: path.read_text() for path in project.src.rglob("*") if path.suffix in {".md", ".rst"}}


def _expected(files: dict[str, str], builder: str) -> set[str]:
    """All notes, footnotes, passages and sources, by the words that each of them has."""
    tokens = {token for text in files.values() for token in TOKEN.findall(text)}
    if builder == "gettext":  # code is not translated, nor are the titles of sources
        return {token for token in tokens if token.startswith("Q") or "Remark" in token} - {"QInnCodeCodeZ"}
    return tokens if builder in PAGES else tokens - HTML_ONLY


def _words(built: Built, builder: str) -> str:
    """All that the builder wrote, as text."""
    if builder == "epub":
        (book,) = built.out.glob("*.epub")
        with zipfile.ZipFile(book) as archive:
            names = [name for name in archive.namelist() if name.endswith(".xhtml")]
            return " ".join(pages.words(archive.read(name)) for name in names)
    if builder in PAGES:
        return " ".join(pages.words(path.read_bytes()) for path in built.out.rglob("*.html"))
    return " ".join(path.read_text(encoding="utf-8") for path in sorted(built.out.rglob(SUFFIXES[builder])))


def _build(project: Project, builder: str) -> Built:
    extensions = "myst_parser,sphinx_annot,tests.builds.unheard"
    return project.build(builder, overrides={"extensions": extensions, "nitpicky": True})


@pytest.mark.core
@pytest.mark.parametrize("builder", BUILDERS)
def test_nothing_is_lost_and_nothing_warned_of(project: Project, builder: str) -> None:
    files = _everything(project)
    built = _build(project, builder)
    assert not built.warnings
    if builder != "dummy":
        missing = _expected(files, builder) - set(TOKEN.findall(_words(built, builder)))
        assert not missing


def test_the_words_looked_for_are_those_of_every_note_and_source(project: Project) -> None:
    """A note, footnote, passage or source without a word of its own could get lost unseen."""
    _everything(project)
    built = _build(project, "dummy")
    kinds = (nodes.annot_note, nodes.annot_passage)
    for name in built.env.found_docs:
        doctree = built.env.get_doctree(name)
        for node in doctree.findall(lambda node: isinstance(node, kinds)):
            assert TOKEN.search(node.astext()), node.pformat()
    sources = re.findall(r"annot:source\b", "".join(_everything(project).values()))
    titles = {token for text in _everything(project).values() for token in re.findall(r":title: (S\w+Z)", text)}
    assert len(titles) == 8 <= len(sources)


@pytest.mark.parametrize("builder", sorted(PAGES))
def test_ids_are_unique_and_links_lead_somewhere(project: Project, builder: str) -> None:
    _everything(project)
    built = _build(project, builder)
    assert not pages.faults(built.out, ".xhtml" if builder == "epub" else ".html")


@pytest.mark.parametrize("builder", ["html", "singlehtml", "epub"])
def test_each_note_has_a_mark_and_each_mark_a_way_back(project: Project, builder: str) -> None:
    _everything(project)
    built = _build(project, builder)
    suffix = "*.xhtml" if builder == "epub" else "*.html"
    for path in built.out.rglob(suffix):
        root = pages.parse(path.read_bytes())
        ids = {element.get("id") for element in root.iter()}
        notes = root.find_class("annot-note")
        marks = {mark.get("href") for mark in root.find_class("annot-mark")}
        for note in notes:
            back = [link.get("href", "") for link in note.iter("a") if link.get("role") == "doc-backlink"]
            assert back, f"{path.name}: no way back from {note.get('id')}"
            assert f"#{note.get('id')}" in marks, f"{path.name}: no mark for {note.get('id')}"
            assert {link[1:] for link in back if link.startswith("#")} <= ids


def test_linkcheck_offline_breaks_nothing(project: Project) -> None:
    files = _everything(project)
    built = _build(project, "linkcheck")
    assert "timetable?a=1&b=2" in built.read("output.json") or "timetable" in built.warnings
    assert files


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The words of the PDF, without spaces and hyphens."""
    from tests.projects import Project  # noqa: PLC0415 - the fixture of the same name has another scope

    if not (shutil.which("xelatex") and shutil.which("pdftotext")):
        pytest.skip("xelatex or pdftotext is not installed")
    project = Project(tmp_path_factory.mktemp("printed"))
    _everything(project, without=["contents"])
    notes = "\n\n".join(
        f"Sentence number {number} stands here.\n\n:::{{annot:ednote}} many{number}\nQMany{number}Z.\n:::"
        for number in range(30)
    )
    project.write({"many.md": f"# Many\n\n{notes}\n"})
    index = project.src / "index.md"
    index.write_text(index.read_text().replace("inn\n", "inn\nmany\n", 1))
    built = _build(project, "latex")
    assert not built.warnings
    command = ["latexmk", "-xelatex", "-interaction=nonstopmode", "-halt-on-error", "everything.tex"]
    run = subprocess.run(command, cwd=built.out, capture_output=True, check=False)
    log = (built.out / "everything.log").read_text(encoding="utf-8", errors="replace")
    assert run.returncode == 0, log[-4000:]
    command = ["pdftotext", "-raw", "everything.pdf", "-"]
    text = subprocess.run(command, cwd=built.out, capture_output=True, check=True, text=True).stdout
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


def test_every_note_is_once_in_print(printed: str) -> None:
    text = "".join((ROOT / name).read_text() for name in ("inn.md", "part/mill.rst"))
    expected = {token for token in TOKEN.findall(text) if token.startswith("Q")} - HTML_ONLY
    expected |= {f"QMany{number}Z" for number in range(30)}
    counts = Counter({token: printed.count(token) for token in expected})
    assert {token: count for token, count in counts.items() if count != 1} == {}


def test_every_source_and_every_note_of_the_layer_is_in_print(printed: str) -> None:
    text = "".join((ROOT / name).read_text() for name in ("inn.md", "part/mill.rst", "notes/second.md"))
    missing = {token for token in TOKEN.findall(text) if token not in printed} - HTML_ONLY
    assert not missing


def test_a_lettered_series_goes_on_after_z_in_print(printed: str) -> None:
    assert "Sentencenumber25standshere.z" in printed
    assert "Sentencenumber26standshere.aa" in printed
    assert "Sentencenumber29standshere.ad" in printed
