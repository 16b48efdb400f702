"""The reference names everything that there is: settings, problem codes, directives with their options, roles."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_annot.config import VALUES
from sphinx_annot.model.problems import Code

if TYPE_CHECKING:
    from tests.projects import Project

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "docs" / "reference"


def _page(name: str) -> str:
    return (REFERENCE / f"{name}.md").read_text(encoding="utf-8")


def test_every_setting_is_described_with_its_default() -> None:
    page = _page("configuration")
    described = dict(re.findall(r"\{confval\} (\w+)\n(?:.*\n)*?:default: `(.*)`", page))
    defaults = {name: repr(default).replace("'", '"') for name, default, *_ in VALUES}
    assert described == defaults


@pytest.mark.parametrize("code", list(Code))
def test_every_problem_has_a_cause_and_a_remedy(code: Code) -> None:
    page = _page("problems")
    severity = "notice" if code.is_notice else "warning"
    assert re.search(rf"^\| \[`annot\.{code}`\]\(#annot-[\w-]+\) \| {severity} \|", page, re.MULTILINE)
    section = page.split(f"## annot.{code}\n")[1].split("\n## ")[0]
    assert section.count("**Remedy**") == 1


def test_no_problem_is_described_that_does_not_exist() -> None:
    assert set(re.findall(r"^## annot\.(\w+)$", _page("problems"), re.MULTILINE)) == {str(code) for code in Code}


def test_every_directive_is_described_with_its_options(project: Project) -> None:
    project.write({"index.md": "# Title\n"})
    directives = project.build("dummy").env.domains["annot"].directives
    described = {}
    for path in REFERENCE.glob("*.md"):
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r"\{rst:directive\} \.\. annot:(\w+)::", text):
            described[name] = set(re.findall(r"\{rst:directive:option\} ([\w-]+)", text))
    described["edition"] |= described["source"]
    common = {"class", "name"}
    # what stands for names that do not exist has none itself
    assert described == {name: set(item.option_spec) - common for name, item in directives.items() if name}


def test_every_role_is_described(project: Project) -> None:
    project.write({"index.md": "# Title\n"})
    roles = project.build("dummy").env.domains["annot"].roles
    assert set(re.findall(r"^:::\{rst:role\} annot:(\w+)$", _page("roles"), re.MULTILINE)) == set(roles) - {""}


def test_every_custom_property_and_no_other_is_described() -> None:
    style = (ROOT / "sphinx_annot" / "static" / "annot.css").read_text(encoding="utf-8")
    (first,) = re.findall(r"\A(?:/\*.*?\*/\s*)?\.annot-edition[^{]*\{([^}]*)\}", style)
    described = re.findall(r"^\| `(--annot-[\w-]+)` \|", _page("css"), re.MULTILINE)
    assert sorted(described) == sorted(re.findall(r"(--annot-[\w-]+):", first))


def test_every_class_that_is_described_is_written() -> None:
    files = [path for path in (ROOT / "sphinx_annot").rglob("*") if path.suffix in {".py", ".js"}]
    code = "".join(path.read_text(encoding="utf-8") for path in files)
    rows = re.findall(r"^\| (`annot-.*?) \|", _page("css"), re.MULTILINE)
    described = [name for row in rows for name in re.findall(r"`(annot-[\w-]+)`", row)]
    assert described
    assert not [name for name in described if name not in code and name.replace("-", "_") not in code]
