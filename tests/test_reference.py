"""The reference names everything that there is: settings, problem codes, directives with their options, roles."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sphinx_annot.config import VALUES
from sphinx_annot.model.problems import Code

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
