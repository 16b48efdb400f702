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

REFERENCE = Path(__file__).parent.parent / "docs" / "reference"


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
    assert described == {name: set(directive.option_spec) - common for name, directive in directives.items()}


def test_every_role_is_described(project: Project) -> None:
    project.write({"index.md": "# Title\n"})
    roles = project.build("dummy").env.domains["annot"].roles
    assert set(re.findall(r"^:::\{rst:role\} annot:(\w+)$", _page("roles"), re.MULTILINE)) == set(roles)
