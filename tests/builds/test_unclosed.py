"""Fences of MyST that nothing closes: the page still comes out, and the line of the fence is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_annot.transforms.unclosed import unclosed

if TYPE_CHECKING:
    from tests.conftest import Build

OPEN = """\
# A Ford

The river froze.

:::{annot:ednote} ice
:on: froze

For a week.

## The Mill

It stood still.
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (OPEN, [(5, 'nothing closes ":::{annot:ednote}", and all that follows')]),
        (f"{OPEN}\n:::{{annot:ednote}} b\n:::\n", [(5, 'nothing closes ":::{annot:ednote}" before line 14')]),
        ("::::{annot:ednote}\n:::{annot:passage} p\nWords.\n::::\n", [(2, 'nothing closes ":::{annot:passage}"')]),
        (":::{note}\n```{annot:ednote} a\nWords.\n:::\n", [(2, 'nothing closes "```{annot:ednote}"')]),
        ("::::{annot:ednote}\n:::{annot:passage} p\nWords.\n:::\n::::\n", []),
        ("- One\n\n  :::{annot:ednote} a\n  Words.\n  :::\n\nTwo.\n", []),
        ("```md\n:::{annot:ednote} a\n```\n", []),
        ("````{code-block} md\n:::{annot:ednote}\n````\n", []),
        (":::{note}\nWords.\n", []),
        ("A line.\n:::\n", []),
    ],
)
def test_what_nothing_closes(text: str, found: list[tuple[int, str]]) -> None:
    said = list(unclosed(text))
    assert [line for line, _ in said] == [line for line, _ in found]
    for (_, message), (_, words) in zip(said, found, strict=True):
        assert message.startswith(words)


def test_an_open_fence_is_reported_at_its_line(build: Build) -> None:
    built = build({"index.md": OPEN})
    (report,) = built.about("option")
    assert "index.md:5" in report
    assert "It stood still." in built.body().text_content()
