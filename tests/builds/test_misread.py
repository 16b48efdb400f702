"""Directives and roles that are not quite written as a markup asks: it prints or drops them, and we say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.markup import MYST, RST

if TYPE_CHECKING:
    from tests.conftest import Build

MISREAD = {
    "colons without braces": (MYST, ":::annot:ednote n\nWords.\n:::", "{annot:ednote}"),
    "no space behind the braces": (MYST, ":::{annot:ednote}n\nWords.\n:::", "{annot:ednote}"),
    "brace that is not closed": (MYST, ":::{annot:ednote\nWords.\n:::", "{annot:ednote}"),
    "backquotes without braces": (MYST, "```annot:passage\nWords.\n```", "{annot:passage}"),
    "space before the words": (MYST, "It rose {annot:cite} `flood`.", "{annot:cite}`words`"),
    "no backquotes": (MYST, "It rose {annot:cite}flood.", "{annot:cite}`words`"),
    "one colon": (RST, ".. annot:ednote: n\n\n   Words.", '".. annot:ednote::"'),
    "no space behind the dots": (RST, "..annot:ednote:: n\n\n   Words.", '".. annot:ednote::"'),
    "no dots": (RST, "annot:ednote:: n\n\n   Words.", '".. annot:ednote::"'),
    "space before the words of a role": (RST, "It rose :annot:cite: `flood`.", ":annot:cite:`words`"),
    "letters before a role": (RST, "It rose:annot:cite:`flood`.", ":annot:cite:`words`"),
}


@pytest.mark.parametrize("case", MISREAD)
def test_what_is_not_read_as_ours_is_named_with_its_remedy(build: Build, case: str) -> None:
    markup, block, remedy = MISREAD[case]
    text = markup.text(markup.heading("Title", 1), "The river.", block, markup.block("ednote", "m", block))
    built = build({f"index{markup.suffix}": text}, suppress_warnings=["misc.highlighting_failure"])
    lines = built.about("option")
    assert len(lines) == len(built.warnings.splitlines()), built.warnings
    assert all(remedy in line for line in lines)
    first = text.splitlines().index(block.splitlines()[0]) + 1
    assert lines[0].startswith(f"index{markup.suffix}:{first}: ")
    if "one colon" not in case:
        assert len(lines) == 2, "one of the text, one of the note"


def test_what_speaks_of_the_markup_is_left_alone(build: Build) -> None:
    words = "Write ``{annot:cite}`key` `` or `annot:ednote::`, see annot:ednote, annot: a note and `:annot:cite:`."
    code = "```text\n.. annot:ednote:: n\n{annot:cite} x\n```"
    comment = "% annot:ednote: words"
    assert not build({"index.md": MYST.text("# Title", words, code, "```{eval-rst}\n.. annot is a word\n```")}).warnings
    assert not build({"index.md": MYST.text("# Title", words, comment)}).warnings
