"""Bad input: each gets a located report of its own code, in both markups, and the page still comes out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.builds.problem_cases import CASES, TEXT, Case, source
from tests.markup import BOTH, MYST, Markup

if TYPE_CHECKING:
    from tests.conftest import Build
    from tests.projects import Built, Project

NOTICES = {"uncited", "unmarked", "number"}


def _files(case: Case, markup: Markup) -> dict[str, str]:
    documents = {"index": case.blocks(markup), **case.others(markup)}
    names = [name for name in documents if name != "index"]
    files = {}
    for name, blocks in documents.items():
        contents = markup.toctree(names) if name == "index" and names else ""
        files[f"{name}{markup.suffix}"] = markup.text(markup.heading(name.title(), 1), *blocks, contents)
    return files


def places(files: dict[str, str], words: str) -> set[str]:
    """All lines with ``words``, and those of the same block: a directive may be reported at its first line."""
    places = set()
    for name, text in files.items():
        lines = text.splitlines()
        for number, line in enumerate(lines):
            if words in line:
                start = number
                while start and lines[start - 1].strip():
                    start -= 1
                places |= {f"{name}:{at + 1}" for at in range(start, number + 1)}
    return places


def _check(case: Case, built: Built, files: dict[str, str]) -> None:
    lines = built.about(case.code)
    assert lines, f"nothing reported; what was: {built.reports}\n{built.warnings}"
    assert not [line for line in built.reports if line not in lines and "WARNING" in line]
    for line in lines:
        severity = "notice" if case.code in NOTICES else "WARNING"
        assert severity in line
        assert (line in built.warnings) == (severity == "WARNING")
    said = "\n".join(lines)
    where = places(files, case.at)
    assert any(re.match(rf"{re.escape(place)}\b", line) for place in where for line in lines), (where, said)
    for words in case.says:
        assert words in said
    page = " ".join(built.body().text_content().split())
    for words in case.shows:
        assert words in page, page


@pytest.mark.core
@pytest.mark.parametrize("markup", BOTH, ids=str)
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}: {case.name}")
def test_a_mistake_is_reported_where_it_stands(build: Build, case: Case, markup: Markup) -> None:
    files = _files(case, markup)
    _check(case, build(files), files)


@pytest.mark.parametrize("markup", BOTH, ids=str)
@pytest.mark.parametrize("builder", ["text", "latex", "epub"])
def test_all_mistakes_at_once_break_no_builder(build: Build, markup: Markup, builder: str) -> None:
    """Every case becomes a document; whatever a page shows of it, other outputs show too."""
    files = {}
    for number, case in enumerate(CASES):
        for name, text in _files(case, markup).items():
            files[f"case{number}/{name}"] = text
    names = [name.rsplit(".", 1)[0] for name in files]
    files[f"index{markup.suffix}"] = markup.text(markup.heading("All", 1), markup.toctree(names))
    built = build(files, builder)
    suffix = {"text": ".txt", "latex": ".tex", "epub": ".xhtml"}[builder]
    written = " ".join(" ".join(path.read_text().split()) for path in built.out.rglob(f"*{suffix}"))
    for words in ("First note.", "Second note.", "Words of the note.", "Words of the footnote."):
        assert written.count(words) >= " ".join(files.values()).count(words)


def test_doubled_ids_are_told_apart(build: Build) -> None:
    blocks = [TEXT, MYST.block("ednote", "same", "First note."), MYST.block("ednote", "same", "Second note.")]
    ids = {element.get("id") for element in build({"index.md": MYST.text("# Title", *blocks)}).page().iter()}
    assert {"ednote-same", "ednote-same--dup2"} <= ids


@pytest.mark.parametrize("builder", ["html", "singlehtml"])
def test_doubled_editions_are_told_apart(build: Build, builder: str) -> None:
    first = MYST.text("# First", MYST.block("edition", "same", author="Ann"), MYST.toctree(["second"]))
    second = MYST.text("# Second", MYST.block("edition", "same", author="Bo"), MYST.span("edition", "same--dup2"))
    built = build({"index.md": first, "second.md": second}, builder)
    assert len(built.about("duplicate")) == 1
    page = built.page("second" if builder == "html" else "index")
    assert "Bo" in page.get_element_by_id("edition-same--dup2").text_content()
    assert "Ann" in built.page("index").get_element_by_id("edition-same").text_content()


def test_an_orphan_stands_at_the_end_under_a_heading(build: Build) -> None:
    note = MYST.block("ednote", "n", "Words of the note.", on="the mountain fell")
    built = build({"index.md": MYST.text("# Title", TEXT, note, "Last words of the text.")})
    page = " ".join(built.body().text_content().split())
    assert page.index("Last words") < page.index("Words of the note.")
    (orphan,) = [element for element in built.body().iter() if element.get("id") == "ednote-n"]
    assert orphan is not None


def test_a_lemma_in_two_places_gets_the_words_that_settle_it(build: Build) -> None:
    """What the message offers, put into the note, anchors it."""
    note = MYST.block("ednote", "n", "Words of the note.", on="in the")
    (line,) = build({"index.md": MYST.text("# Title", TEXT, note)}).about("lemma_ambiguous")
    ((name, words),) = re.findall(r':(prefix|suffix): "([^"]+)"', line)
    settled = MYST.block("ednote", "n", "Words of the note.", on="in the", **{name: words})
    assert not build({"index.md": MYST.text("# Title", TEXT, settled)}).warnings


@pytest.mark.parametrize("markup", BOTH, ids=str)
@pytest.mark.parametrize("folder", ["", "src", "elsewhere"])
def test_a_problem_in_an_included_file_is_placed_in_that_file(
    project: Project, markup: Markup, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Docutils names an included file as it is seen from where the build was started."""
    shared = markup.text(TEXT, markup.span("cite", "nothing"))
    include = markup.directive("include", "/parts/shared.inc", {}, "")
    project.write(
        {f"index{markup.suffix}": markup.text(markup.heading("Title", 1), include), "parts/shared.inc": shared}
    )
    (project.root / folder).mkdir(exist_ok=True)
    monkeypatch.chdir(project.root / folder)
    (line,) = project.build().about("unknown")
    assert line.startswith("parts/shared.inc:3: ")


def test_problems_come_by_line_and_what_was_written_wrong_comes_first(build: Build) -> None:
    first = MYST.block("ednote", "n", "Words of the note.", on='"The mountain" fell')
    second = MYST.block("ednote", "m", "Words of the note.", on="the mountain fell", kind="glos")
    built = build({"index.md": MYST.text("# Title", TEXT, first, second, MYST.span("cite", "nothing"))})
    said = [line.rpartition("[annot.")[2] for line in built.reports]
    assert said == ["option]", "lemma_missing]", "option]", "lemma_missing]", "unknown]"]


@pytest.mark.parametrize("address", ["www.example.org/flood", "javascript:alert(1)"])
def test_an_address_that_leads_nowhere_is_no_link(build: Build, address: str) -> None:
    cited = f"{TEXT} {MYST.span('cite', 'flood')}"
    built = build({"index.md": MYST.text("# Title", cited, source(MYST, url=address))})
    (line,) = built.about("url")
    assert address in line
    assert address in built.body().text_content()
    assert not [link for link in built.body().iter("a") if link.get("href", "").endswith(address)]


@pytest.mark.core
def test_a_notice_fails_no_strict_build_and_is_counted(project: Project) -> None:
    project.write({"index.md": MYST.text("# Title", TEXT, source(MYST))})
    quiet = project.build(verbose=False)
    assert not quiet.warnings
    assert not quiet.about("uncited")
    (line,) = [line for line in quiet.status.splitlines() if line.startswith("annot:")]
    assert line.startswith("annot: 1 notice (1 annot.uncited)")


@pytest.mark.core
@pytest.mark.parametrize("builder", ["html", "text"])
def test_a_build_with_nothing_to_do_reports_all_again(project: Project, builder: str) -> None:
    missing = MYST.block("ednote", "n", "Words of the note.", on="the mountain fell")
    project.write({"index.md": MYST.text("# Title", TEXT, missing, source(MYST), MYST.toctree(["other"]))})
    project.write({"other.md": MYST.text("# Other", MYST.span("cite", "nothing"))})
    first = project.build(builder)
    assert len(first.reports) == 4
    assert project.build(builder).reports == first.reports


def test_suppress_warnings_silences_one_code(build: Build) -> None:
    text = MYST.text("# Title", TEXT + MYST.span("cite", "nothing"), MYST.block("ednote", "n", "x", kind="glos"))
    built = build({"index.md": text}, suppress_warnings=["annot.unknown"])
    assert not built.about("unknown")
    assert built.about("option")
