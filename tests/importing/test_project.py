"""An article goes in and a project comes out that builds without a warning and holds every word."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sphinx_annot.importing.article import ArticleError
from sphinx_annot.importing.project import write_project
from sphinx_annot.importing.reading import open_article, read_article
from tests.importing.pages import differences, page_words, words
from tests.importing.reading import read

EXAMPLES = sorted((Path(__file__).parents[2] / "docs/examples").glob("the-*.*")) + sorted(
    (Path(__file__).parents[2] / "docs/examples").glob("bread*.*")
)
WINTER = next(path for path in EXAMPLES if path.suffix == ".txt")
HARD = """# 1. A *hard* text: `code` & <tags>

# not a heading

1\\. no list, - no bullet, + nor this

\\- a dash, \\> a sign, \\# a number, \\| a bar, \\: a colon, \\.. dots, \\=== and \\:::{note}

snake_case and _emphasis_ and trailing_ and `a`_ and *one***two** and f(x)*y*z and 2*3*4

An {role}`of sorts`, {{a substitution}}, a $sum$, ~~gone~~, |bar|, ::

[link](https://example.org/a_(b)?c=d&e=f#g_) and <https://example.org/x_y> and [rel](../away) and [^nothing]

[a]: not a target. [b][c] and [d](e) and ![no image](missing.png)

* one
* two

1. three
2. four

   > quoted in a list

| a | b |
|---|---|
| c |

```python
def f(:  # [1] not valid
```

Term: a colon at the end::

&amp; and &lt; and \\* and \\_ and \\\\ and "quotes" and 'more' -- dashes --- and ... dots
"""


def build(project: Path, out: Path, builder: str = "html") -> str:
    """Build ``project`` and return its warnings."""
    warnings = io.StringIO()
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            str(project), str(project), str(out / builder), str(out / "doctrees"), builder,
            status=None, warning=warnings, freshenv=True, confoverrides={"html_theme": "alabaster"},
        )  # fmt: skip
        app.build()
    return re.sub(r"\x1b\[[0-9;]*m", "", warnings.getvalue())


@pytest.mark.parametrize("markup", ["myst", "rest"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_article_builds_with_all_its_words(path: Path, markup: str, tmp_path: Path) -> None:
    article = read_article(open_article(path))
    written = write_project(article, tmp_path / "project", path, markup=markup)
    assert build(tmp_path / "project", tmp_path) == ""
    page = tmp_path / "html" / f"{written.documents[0].stem}.html"
    left_out = {" ".join(words(mend.text)) for mend in article.mends if mend.kind in ("notes-heading", "attribution")}
    assert [pair for pair in differences(article, page) if pair[0] not in left_out] == []
    assert len(page_words(page)) > 40


@pytest.mark.parametrize("builder", ["epub", "latex", "text"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_article_builds_in_other_formats(path: Path, builder: str, tmp_path: Path) -> None:
    write_project(read_article(open_article(path)), tmp_path / "project", path)
    assert build(tmp_path / "project", tmp_path, builder) == ""


@pytest.mark.parametrize("markup", ["myst", "rest"])
def test_what_would_be_markup_by_accident_stays_words(markup: str, tmp_path: Path) -> None:
    article = read(HARD, "hard.md")
    written = write_project(article, tmp_path / "project", tmp_path / "hard.md", markup=markup)
    assert build(tmp_path / "project", tmp_path) == ""
    page = tmp_path / "html" / f"{written.documents[0].stem}.html"
    # A mark without a note is printed as it was, and an image that is not there leaves its alternative text.
    assert differences(article, page) == [("", "nothing"), ("", "no image")]


@pytest.mark.parametrize("markup", ["myst", "rest"])
def test_what_would_be_markup_in_plain_text_stays_words(markup: str, tmp_path: Path) -> None:
    text = HARD.replace("**", "").replace("](", "] (").replace("# ", "#. ").replace("> ", ">. ").replace("```", "")
    article = read(text, "hard.txt")
    written = write_project(article, tmp_path / "project", tmp_path / "hard.txt", markup=markup)
    assert build(tmp_path / "project", tmp_path) == ""
    shown = differences(article, tmp_path / "html" / f"{written.documents[0].stem}.html")
    assert shown in ([], [("", "nothing")])


def test_importing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_project(read_article(open_article(WINTER)), tmp_path / name, WINTER)
    files = [{path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two")]
    assert files[0] == files[1]
    assert {"conf.py", "index.md", "import-report.md"} < set(files[0])


def test_nothing_is_overwritten_without_force(tmp_path: Path) -> None:
    article = read_article(open_article(WINTER))
    write_project(article, tmp_path, WINTER)
    page = tmp_path / f"{WINTER.stem}.md"
    (tmp_path / "conf.py").unlink()
    page.write_text("mine", encoding="utf-8")
    with pytest.raises(ArticleError, match="--force"):
        write_project(article, tmp_path, WINTER)
    assert page.read_text(encoding="utf-8") == "mine"
    write_project(article, tmp_path, WINTER, force=True)
    assert page.read_text(encoding="utf-8") != "mine"


def test_a_document_joins_a_project_without_taking_its_names(tmp_path: Path) -> None:
    listed = "[1] {}: https://example.org/2011/a\n\n[2] {}: https://example.org/2011/b\n"
    text = f"Mill\n\nIt stood.[1] It fell.[2]\n\nNotes\n\n{listed}"
    conf = (
        'project = "P"\nauthor = "A"\nextensions = ["myst_parser", "sphinx_annot"]\n'
        'myst_enable_extensions = ["colon_fence"]\n'
    )
    (tmp_path / "conf.py").write_text(conf, encoding="utf-8")
    (tmp_path / "index.md").write_text("# P\n\n```{toctree}\n:glob:\n*\n```\n", encoding="utf-8")
    write_project(read(text.format("One", "Two")), tmp_path, tmp_path / "mill.txt")
    again = text.format("One", "Three").replace("2011/b", "2011/c")
    written = write_project(read(again), tmp_path, tmp_path / "second.txt")
    second = written.documents[0].read_text(encoding="utf-8")
    assert "{annot:cite}`example2011`" in second
    assert "{annot:source} example2011\n" not in second
    assert "{annot:source} example2011b" in second
    assert written.conf_lines == []
    assert build(tmp_path, tmp_path / "out") == ""


def test_the_lines_that_a_project_lacks_are_told(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text("extensions = []\n", encoding="utf-8")
    written = write_project(read("Mill\n\nIt stood by the river.\n"), tmp_path, tmp_path / "mill.txt")
    assert len(written.conf_lines) == 2
    assert (tmp_path / "conf.py").read_text(encoding="utf-8") == "extensions = []\n"


def test_an_image_beside_the_article_comes_along(tmp_path: Path) -> None:
    (tmp_path / "wheel.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    text = "# Mill\n\n![The wheel](wheel.png)\n\n![Away](https://example.org/a.png) and ![Gone](../gone.png)\n"
    article = read(text, "mill.md")
    written = write_project(article, tmp_path / "project", tmp_path / "mill.md")
    source = written.documents[0].read_text(encoding="utf-8")
    assert (tmp_path / "project/wheel.png").is_file()
    assert "![The wheel](wheel.png)" in source
    assert "[Away](https://example.org/a.png)" in source
    assert "Gone" in source
    assert "../gone.png" not in source
    report = written.report.read_text(encoding="utf-8")
    assert "not fetched" in report
    assert "gone.png" in report


def test_back_matter_can_be_left_out(tmp_path: Path) -> None:
    article = read_article(open_article(WINTER))
    kept = write_project(article, tmp_path / "kept", WINTER)
    dropped = write_project(article, tmp_path / "dropped", WINTER, drop_back_matter=True)
    assert "annot:backmatter" in kept.documents[0].read_text(encoding="utf-8")
    assert "annot:backmatter" not in dropped.documents[0].read_text(encoding="utf-8")


def test_a_long_text_is_split_at_its_chapters(tmp_path: Path) -> None:
    lines = "\n".join(["So it went on and on and on."] * 30)
    paragraphs = "".join(f"{lines}\nIn year {year} too.\n\n" for year in range(70))
    chapter = "\n\n\n\nCHAPTER {n}\n\n\nIt stood by the river.[{n}]\n\n" + paragraphs
    listed = "\n\nNOTES\n\n" + "\n\n".join(f"[{n}] Note number {n}, in words." for n in range(1, 9))
    article = read("THE MILL\n" + "".join(chapter.format(n=n) for n in range(1, 9)) + listed)
    written = write_project(article, tmp_path / "project", tmp_path / "mill.txt")
    assert len(written.documents) > 3
    assert build(tmp_path / "project", tmp_path) == ""
    pages = [page_words(tmp_path / "html" / f"{path.stem}.html") for path in written.documents[1:]]
    assert sum(map(len, pages)) > 8 * 70 * 30 * 8


def test_the_guide_shows_what_the_import_really_gives(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs/how-to/import-an-article.md").read_text(encoding="utf-8")
    shown = re.findall(r"```md\n(.*?)```", guide, re.DOTALL)
    written = write_project(read_article(open_article(WINTER)), tmp_path, WINTER)
    source = " ".join(written.documents[0].read_text(encoding="utf-8").split())
    assert len(shown) == 2
    for part in shown:
        assert " ".join(part.split()) in source


def test_the_line_that_signs_a_quotation_is_kept_whole(tmp_path: Path) -> None:
    text = (
        "THE HARBOUR\n\nBY ANNA TEAL\n\nThe town has always sung of its water, and nobody knows who began.\n\n"
        "La Grande Tide.\n\n"
        "    And at the farm on the lochside the tide comes in,\n    Hark, there is music and it will not end.\n\n"
        "                     --“The Tide of Ellersund,” by A. H. Marsh.\n\n"
        "The song is still sung on the quay in the winter.\n"
    )
    written = write_project(read(text), tmp_path, tmp_path / "harbour.txt")
    page = "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("*.md") if "report" not in path.name)
    assert written
    assert "“The Tide of Ellersund,” by A. H. Marsh" in page
