"""Option values: what MyST does to them is said aloud, and both markups give one value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.markup import BOTH, MYST, RST

if TYPE_CHECKING:
    from tests.conftest import Build


PITFALLS = {
    "cut at a number sign": (":on: chapter #4 of the book", "on"),
    "emptied by a number sign": (":by: #b", "by"),
    "quotation mark, and words after it": (':on: "Islands of salt" as printed', "on"),
    "apostrophe first": (":on: 'tis the season", "on"),
    "greater-than sign first": (":by: > somebody", "by"),
    "bar first": (":by: | somebody", "by"),
    "tab": (":on: one\ttab", "on"),
    "unknown escape": (r':on: "a \quill"', "on"),
    "value that goes on in the next line": (":on: chapter four\n  of the book\n:kind: gloss", "on"),
}
PITFALL_TEXT = "In chapter #4 of the book Islands of salt as printed, 'tis the season of one tab and a quill."


@pytest.mark.parametrize("pitfall", PITFALLS)
def test_a_pitfall_of_myst_is_named_with_its_remedy(build: Build, pitfall: str) -> None:
    options, name = PITFALLS[pitfall]
    note = f":::{{annot:ednote}} n\n{options}\nWords of the note.\n:::"
    files = {"index.md": MYST.text("# Title", PITFALL_TEXT, note)}
    built = build(files)
    lines = built.about("option")
    assert lines, built.warnings
    assert any(re.search(rf"\W{name}\W", line.split("WARNING:")[1]) for line in lines)
    assert any(re.match(rf"index\.md:{number}\b", line) for line in lines for number in range(5, 10)), lines
    assert "Words of the note." in built.body().text_content()
    if "next line" not in pitfall:
        assert "single quot" in " ".join(lines).lower()


@pytest.mark.parametrize(
    "pitfall", [name for name in PITFALLS if "#" in PITFALLS[name][0] or "salt" in PITFALLS[name][0]]
)
def test_the_remedy_helps(build: Build, pitfall: str) -> None:
    options, _ = PITFALLS[pitfall]
    name, value = re.fullmatch(r":(\w+): (.*)", options).groups()  # type: ignore[union-attr]
    text = PITFALL_TEXT.replace("Islands of salt", '"Islands of salt"')
    note = MYST.block("ednote", "n", "Words of the note.", **{name: f"'{value}'"})
    assert not build({"index.md": MYST.text("# Title", text, note)}).warnings


@pytest.mark.parametrize("value", ["chapter #4 of the book", '"Islands of salt" as printed', "'tis the season"])
def test_restructuredtext_takes_the_value_as_it_is(build: Build, value: str) -> None:
    text = PITFALL_TEXT.replace("Islands of salt", '"Islands of salt"')
    note = RST.block("ednote", "n", "Words of the note.", on=value)
    built = build({"index.rst": RST.text(RST.heading("Title", 1), text, note)})
    assert not built.warnings


VALUES = {
    "plain": ("salt of the earth", "salt of the earth"),
    "double": ('"salt of the earth"', "salt of the earth"),
    "single": ("'salt of the earth'", "salt of the earth"),
    "quotation inside": ("'the \"salt\" of the earth'", 'the "salt" of the earth'),
    "apostrophe doubled": ("'the earth''s salt'", "the earth's salt"),
    "escape": (r'"the \"salt\" of the earth"', 'the "salt" of the earth'),
    "letter by number": (r'"the caf\xe9 of salt"', "the café of salt"),
    "two quotations": ('\'"salt" and "earth"\'', '"salt" and "earth"'),
    "colon": ("'salt: of the earth'", "salt: of the earth"),
}


@pytest.mark.parametrize("case", VALUES)
def test_both_markups_give_one_value(build: Build, case: str) -> None:
    """A lemma in quotation marks finds the words without them."""
    typed, meant = VALUES[case]
    for markup in BOTH:
        note = markup.block("ednote", "n", "Words of the note.", on=typed)
        text = f"Words before, {meant}, and words after."
        built = build({f"index{markup.suffix}": markup.text(markup.heading("Title", 1), text, note)})
        assert not built.warnings
        (lemma,) = built.body().find_class("annot-lemma")
        plain = str(lemma.text_content()).translate(str.maketrans("“”’‘", "\"\"''"))
        assert plain == meant


CLOSE = {
    "options": (".. annot:ednote:: n\n   :on: salt\n   Words of the note.", '".. annot:ednote:: n"'),
    "options, in a list": (
        "- A point.\n\n  .. annot:ednote:: n\n     :on: salt\n     Words of the note.",
        "annot:ednote",
    ),
    "id": (".. annot:ednote:: n\n   Words of the note.", '"n"'),
    "key": ("Salt :annot:cite:`salt`.\n\n.. annot:source:: salt\n   Words of the note.", '"salt"'),
    "nothing": (".. annot:ednote:: Words of the note.", '"Words of the note."'),
}


@pytest.mark.parametrize("case", CLOSE)
def test_text_that_follows_too_closely_in_restructuredtext_is_named_and_shown(build: Build, case: str) -> None:
    block, name = CLOSE[case]
    built = build({"index.rst": RST.text(RST.heading("Title", 1), "The salt of the earth.", block)})
    (line,) = built.about("option")
    assert name in line
    assert "leave an empty line" in line
    number = RST.text(RST.heading("Title", 1), "The salt of the earth.", block).splitlines().index
    first = next(part for part in block.splitlines() if "annot:" in part and ".." in part)
    assert line.startswith(f"index.rst:{number(first) + 1}: ")
    assert "Words of the note." in " ".join(str(built.body().text_content()).split())
