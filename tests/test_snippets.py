"""Every complete example of the documentation builds, in both markups, to one and the same page.

An example is a pair of files in ``docs/snippets``, or a folder of pairs with whatever else they need. Its page is
kept in ``tests/snippets``; ``pytest --regenerate`` writes these anew, to be read before they are committed.
"""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import lxml.html
import pytest

from tests.markup import BOTH, MYST, RST, Markup
from tests.projects import Project

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = Path(__file__).parent.parent / "docs"
SNIPPETS = DOCS / "snippets"
GOLDENS = Path(__file__).parent / "snippets"
#: A strict build, in a theme that adds nothing of its own and belongs to Sphinx itself.
STRICT = {"nitpicky": True, "html_theme": "basic"}
NAMES = sorted(path.name.removesuffix(".md") for path in SNIPPETS.iterdir() if path.is_dir() or path.suffix == ".md")


def _files(name: str, markup: Markup) -> dict[str, bytes]:
    folder = SNIPPETS / name
    if not folder.is_dir():
        text = folder.with_suffix(markup.suffix).read_text(encoding="utf-8")
        title = "" if folder.with_suffix(MYST.suffix).read_text(encoding="utf-8").startswith("# ") else "Example"
        snapshots = {f"snapshots/{path.name}": path.read_bytes() for path in (DOCS / "snapshots").iterdir()}
        return {f"index{markup.suffix}": markup.text(title and markup.heading(title, 1), text).encode(), **snapshots}
    other = RST if markup is MYST else MYST
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix not in {other.suffix, ".mo"}]
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    if f"index{markup.suffix}" not in files:
        names = [file.removesuffix(markup.suffix) for file in files if file.endswith(markup.suffix)]
        index = markup.text(markup.heading("Example", 1), markup.toctree(names))
        files[f"index{markup.suffix}"] = index.encode()
    return files


def _body(project: Project, name: str, markup: Markup) -> str:
    """The articles of all pages, one after another; the build has to be without a warning."""
    files = _files(name, markup)
    project.write(files)
    built = project.build(overrides=STRICT)
    assert built.warnings == ""
    assert not built.about("quote_unchecked")
    documents = sorted(file.removesuffix(markup.suffix) for file in files if file.endswith(markup.suffix))
    return "\n".join(_article(built.body(document), document) for document in documents)


def _article(body: lxml.html.HtmlElement, document: str) -> str:
    for element in body.iter():
        # where the margin puts a note, and the order of attributes, are no part of what an example shows
        attributes = sorted((name, value) for name, value in element.attrib.items() if name != "style")
        element.attrib.clear()
        element.attrib.update(attributes)
    return f"<!-- {document} -->\n{lxml.html.tostring(body, encoding='unicode').strip()}\n"


@pytest.mark.parametrize("name", NAMES)
def test_both_markups_give_the_page_that_the_documentation_shows(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    bodies = {markup.name: _body(Project(tmp_path / markup.name), name, markup) for markup in BOTH}
    assert bodies[MYST.name] == bodies[RST.name], _difference(bodies[MYST.name], bodies[RST.name])
    golden = GOLDENS / f"{name}.html"
    if request.config.getoption("--regenerate"):
        GOLDENS.mkdir(exist_ok=True)
        golden.write_text(bodies[MYST.name], encoding="utf-8")
    expected = golden.read_text(encoding="utf-8")
    assert bodies[MYST.name] == expected, _difference(expected, bodies[MYST.name])


@pytest.mark.parametrize(
    ("right", "wrong"), [("come by return", "come by the next post"), ("for nine weeks is", "for ten weeks is")]
)
def test_mistakes_in_the_tutorial_give_the_messages_that_it_shows(right: str, wrong: str, project: Project) -> None:
    files = _files("tutorial", MYST)
    files["letters.md"] = files["letters.md"].replace(right.encode(), wrong.encode())
    project.write(files)
    warnings = project.build(overrides=STRICT).warnings
    assert warnings.strip()
    assert warnings.strip() in (DOCS / "tutorial" / "index.md").read_text(encoding="utf-8")


def test_the_example_of_the_readme_builds_with_the_three_lines_that_it_gives(project: Project) -> None:
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"^```md\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    (conf,) = re.findall(r"^```python\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    project.write({"conf.py": conf, "index.md": f"# Title\n\n{text}"})
    built = project.build(overrides=STRICT)
    assert built.warnings == ""
    assert built.body().xpath("//aside[@role='doc-footnote']")
    assert built.body().xpath("//li[@id='source-holm1921']")


def _difference(first: str, second: str) -> str:
    return "\n".join(difflib.unified_diff(first.splitlines(), second.splitlines(), lineterm="", n=1))


def test_every_page_that_is_kept_has_an_example() -> None:
    assert sorted(path.stem for path in GOLDENS.glob("*.html")) == NAMES


def _pages() -> Iterator[str]:
    for path in DOCS.rglob("*.md"):
        if SNIPPETS not in path.parents:
            yield path.read_text(encoding="utf-8")


def test_every_example_is_shown_somewhere() -> None:
    pages = "".join(_pages())
    files = [path.relative_to(SNIPPETS) for name in NAMES for path in SNIPPETS.glob(f"{name}*") if path.is_file()]
    unused = [str(path) for path in files if path.suffix == ".md" and f"snippets/{path.as_posix()}" not in pages]
    folders = [name for name in NAMES if (SNIPPETS / name).is_dir() and f"snippets/{name}/" not in pages]
    assert not unused
    assert not folders
