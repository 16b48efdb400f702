"""Settings that cannot be used are reported, and the pages still come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builds.problem_cases import TEXT
from tests.markup import MYST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import Build


CONFIGS: Mapping[str, tuple[Mapping[str, object], tuple[str, ...]]] = {
    "placement": ({"annot_placement": "ceiling"}, ("annot_placement", "ceiling", "margin")),
    "footnotes": ({"annot_footnotes": "never"}, ("annot_footnotes", "never", "native")),
    "quote check": ({"annot_quote_check": "loud"}, ("annot_quote_check", "loud", "show")),
    "kinds of a wrong type": ({"annot_kinds": ["answer"]}, ("annot_kinds",)),
    "kind of an unknown series": ({"annot_kinds": {"answer": {"title": "A", "series": "x"}}}, ("annot_kinds", '"x"')),
    "unknown style": ({"annot_series": {"teacher": {"style": "lower-roma"}}}, ("annot_series", "lower-roma")),
    "selection of nothing": ({"annot_exclude_notes": ["answer"]}, ("annot_exclude_notes", "answer", "kind:")),
    "selection of an unknown kind": ({"annot_exclude_notes": ["kind:glos"]}, ("kind:glos", '"kind:gloss"')),
    "selection of no document": ({"annot_exclude_notes": ["layer:notes/*"]}, ("layer:notes/*",)),
    "selection of nobody": ({"annot_exclude_notes": ["by:A. Berk"]}, ('"A. Berk"', '"by:A. Berg"')),
    "setting misspelt": ({"annot_exclude_note": ["kind:gloss"]}, ("annot_exclude_note is", "annot_exclude_notes?")),
    "raw text published": ({"annot_exclude_notes": ["kind:gloss"]}, ("html_copy_source",)),
}


@pytest.mark.parametrize("case", CONFIGS)
def test_a_wrong_setting_is_reported_and_the_page_comes_out(build: Build, case: str) -> None:
    config, says = CONFIGS[case]
    notes = [
        MYST.block("ednote", "n", "Words of the note.", on="The river rose", by="A. Berg"),
        MYST.block("ednote", "left-out", "Another note.", on="The river rose", kind="gloss"),
    ]
    built = build({"index.md": MYST.text("# Title", TEXT, *notes)}, "html", **config)
    lines = built.about("config")
    assert len(lines) == 1, built.warnings
    for words in says:
        assert words in lines[0]
    assert "Words of the note." in built.body().text_content()


def test_a_selection_that_is_no_list_is_one_of_its_item(build: Build) -> None:
    """Sphinx complains of its type, too."""
    note = MYST.block("ednote", "n", "The secret.", on="The river rose", kind="gloss")
    text = {"index.md": MYST.text("# Title", TEXT, note)}
    built = build(text, annot_exclude_notes="kind:gloss", html_copy_source=False)
    assert "annot_exclude_notes = ['kind:gloss']" in " ".join(built.about("config"))
    assert "The secret." not in built.body().text_content()


def test_a_selection_of_somebody_and_a_name_like_no_setting_are_right(build: Build) -> None:
    notes = [
        MYST.block("ednote", "n", "Words of the note.", on="The river rose", by="A. Berg"),
        MYST.block("ednote", "m", "Another note.", on="The river rose", by="J. Okoro", kind="gloss"),
    ]
    selections = ["kind:gloss", "by:J. Okoro"]
    text = {"index.md": MYST.text("# Title", TEXT, *notes)}
    built = build(text, annot_exclude_notes=selections, html_copy_source=False, annot_house_style="ours")
    assert not built.warnings
    assert "Another note." not in built.body().text_content()


def test_a_project_without_colon_fences_is_told(build: Build) -> None:
    text = MYST.text("# Title", TEXT, MYST.block("ednote", "n", "Words of the note."))
    built = build({"index.md": text}, myst_enable_extensions=[])
    assert "myst_enable_extensions" in " ".join(built.about("config"))
    assert "colon_fence" in " ".join(built.about("config"))
    assert "Words of the note." in built.body().text_content()


def test_backticks_need_no_colon_fences(build: Build) -> None:
    text = MYST.text("# Title", TEXT, "```{annot:ednote} n\n:on: The river rose\nWords of the note.\n```")
    assert not build({"index.md": text}, myst_enable_extensions=[]).warnings
