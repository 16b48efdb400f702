"""A book that has a mark or a note wherever one can stand, typeset by each engine."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tests.latex.printing import Printed, print_book
from tests.projects import Project

ROOT = Path(__file__).parent / "roots" / "book"
TOKEN = re.compile(r"\b[QS][A-Z]\w*?Z\b")
MANY = 30


def _has(package: str) -> bool:
    finder = shutil.which("kpsewhich")
    return finder is not None and subprocess.run([finder, package], capture_output=True, check=False).returncode == 0


#: Sphinx needs a package for LuaLaTeX that not every TeX has.
ENGINES = ["xelatex", "pdflatex", *(["lualatex"] if _has("luatex85.sty") else [])]


@pytest.fixture(scope="module", params=ENGINES)
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    project = Project(tmp_path_factory.mktemp(request.param))
    shutil.copytree(ROOT, project.src, dirs_exist_ok=True)
    words = "The keeper wrote down the wind and the ships that passed, and those that did not. " * 3
    paragraphs = (
        f"Night {number} begins {words} Night {number} ends{{annot:noteref}}`night-{number}`.\n\n"
        f":::{{annot:ednote}} night-{number}\nQNight{number}Z.\n:::\n"
        for number in range(MANY)
    )
    project.write({"nights.md": "# Nights\n\n" + "\n".join(paragraphs)})
    index = project.src / "index.md"
    index.write_text(index.read_text().replace("plain\nletters", "plain\nnights\nletters"))
    built = project.build("latex", overrides={"latex_engine": request.param, "nitpicky": True})
    assert [line.rpartition(" ")[2] for line in built.warnings.splitlines()] == ["[annot.lemma_missing]"], (
        built.warnings
    )
    return print_book(built.out, request.param)


def test_latex_has_nothing_to_complain_of(printed: Printed) -> None:
    assert not printed.faults


def test_every_note_and_every_part_of_it_is_once_in_print(printed: Printed) -> None:
    sources = "".join(path.read_text() for path in ROOT.rglob("*") if path.suffix in {".md", ".rst"})
    tokens = set(TOKEN.findall(sources)) | {f"QNight{number}Z" for number in range(MANY)}
    counts = Counter({token: printed.text.count(token) for token in tokens})
    again = {"SSurveyZ", "SLogRemarkZ"}  # what several lists and attributions show
    again |= {"QAllPassageZ", "QPassageZ"}  # the register of passages begins with their words
    assert {token: number for token, number in counts.items() if number != 1 and token not in again} == {}
    assert all(counts[token] for token in again)


def test_a_note_is_on_the_page_of_its_mark(printed: Printed) -> None:
    for number in range(MANY):
        assert printed.page_of(f"Night {number} ends") == printed.page_of(f"QNight{number}Z")
    assert printed.page_of("The first") <= printed.page_of("QHeadingZ")
    assert printed.page_of("The light on the rocka") == printed.page_of("QTitleZ")


def test_letters_go_on_after_z(printed: Printed) -> None:
    assert "Night25endsz." in printed.text
    assert "Night26endsaa." in printed.text


def test_marks_in_headings_keep_their_letters_and_stay_there(printed: Printed) -> None:
    """The style of headings turns letters into capitals; contents and bookmarks have no marks."""
    assert "LETTERSFROMTHEROCK[1]" in printed.text
    assert "ThelightontherockaI" not in printed.text
    for titles in (printed.contents, printed.bookmarks):
        assert "The first" in titles
        assert "annot" not in titles
    assert "Letters from the rock\nThe first\nOf the boat" in printed.bookmarks


def test_words_that_look_like_markup_are_printed(printed: Printed) -> None:
    assert "\\input{/etc/passwd}}{%$#^&_~" in printed.text
    assert "words\\input{x}}%$#thatstandnowhere]" in printed.text
    assert "R.&A._{Q}100%" in printed.text


def test_the_dash_of_an_attribution_is_a_dash(printed: Printed) -> None:
    assert "—Theinspector" in printed.text
    assert "---" not in "".join(printed.pages)
