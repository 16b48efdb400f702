"""What a message says to do helps: it names what was written, where it was looked for, and what would be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.markup import MYST, RST

if TYPE_CHECKING:
    from tests.conftest import Build
    from tests.projects import Project

TEXT = "The glass broke. The clear glass was dear."


def test_a_document_in_another_folder_is_named_from_the_root(build: Build) -> None:
    layer = MYST.block("layer", in_="texts/lantern")
    note = MYST.block("ednote", "n", "Words.", on="glass", nth="1")
    files = {"index.md": "# Root", "texts/lantern.md": f"# Lantern\n\n{TEXT}"}
    (line, *_) = build({**files, "notes/layer.md": MYST.text("# Notes", layer, note)}).about("unknown")
    assert 'did you mean "/texts/lantern"?' in line
    layer = MYST.block("layer", in_="/texts/lantern")
    assert not build({**files, "notes/layer.md": MYST.text("# Notes", layer, note)}).about("unknown")


def test_words_that_stand_twice_are_counted_where_they_were_looked_for(build: Build) -> None:
    note = MYST.block("ednote", "n", "Words.", on="glass")
    (line,) = build({"index.md": MYST.text("# Glass", TEXT, note)}).about("lemma_ambiguous")
    assert '"glass" stands 2 times right before the note in "index"; if the first is meant, add :' in line


def test_words_of_another_block_are_counted_in_the_document(build: Build) -> None:
    note = MYST.block("ednote", "n", "Words.", on="glass")
    (line,) = build({"index.md": MYST.text("# Title", TEXT, "Nothing here.", note)}).about("lemma_ambiguous")
    assert '"glass" stands 2 times in "index"' in line


def test_a_range_without_its_end_is_told_so(build: Build) -> None:
    note = MYST.block("ednote", "n", "Words.", on="The glass ... was cheap")
    (line,) = build({"index.md": MYST.text("# Title", TEXT, note)}).about("lemma_missing")
    assert 'it has no "was cheap"' in line


def test_a_note_whose_words_are_not_indented_is_told_so(build: Build) -> None:
    text = RST.text("Title\n=====", TEXT, ".. annot:ednote:: n\n   :on: clear", "Words of the note.")
    (line,) = build({"index.rst": text}).about("option")
    assert "after an empty line and indented as they are" in line


def test_copies_of_sources_of_an_earlier_build_are_taken_away(project: Project) -> None:
    note = MYST.block("ednote", "n", "The secret.", on="clear", kind="gloss")
    project.write({"index.md": MYST.text("# Title", TEXT, note)})
    project.configure()
    copy = project.build().out / "_sources/index.md.txt"
    assert "The secret." in copy.read_text(encoding="utf-8")
    project.configure(annot_exclude_notes=["kind:gloss"], html_copy_source=False)
    built = project.build()
    assert not copy.exists()
    assert not [path for path in built.out.rglob("*.txt") if "The secret." in path.read_text(encoding="utf-8")]
