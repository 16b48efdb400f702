"""What happens to a project between two builds: each leaves the outputs as a build from nothing makes them."""

from __future__ import annotations

import pickle
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.builds.updates import Updates, site, with_layer
from tests.markup import MYST, RST, Markup
from tests.projects import CONFIG

if TYPE_CHECKING:
    from tests.projects import Project

BUILDERS = ("html", "text", "epub", "dirhtml", "singlehtml", "latex")
SERIES = {
    "annot_kinds": {"gloss": {"title": "Word", "series": "words"}},
    "annot_series": {"words": {"style": "decimal"}},
}


@pytest.fixture
def updates(project: Project) -> Updates:
    """An empty project."""
    return Updates(project)


def edition(markup: Markup, title: str = "The Old Book", *, order: tuple[str, ...] = ()) -> dict[str, str]:
    """Three documents that show much of one another."""
    cite, source = markup.span("cite", "book"), markup.span("source", "book")
    text = [
        markup.block("edition", "first", author="Ann Author"),
        f"The river rose {cite} in the night, and fell {markup.span('quote', 'in the morning <book>')}.",
        markup.block("ednote", "night", f"At night {cite}.", on="night", kind="gloss"),
        markup.block("ednote", "rose", "It rose.", on="rose", by="AB"),
        markup.block("passage", "long", "The mill stood still in the morning.", source="book"),
    ]
    layer = [
        markup.block("layer", in_="text", by="CD"),
        markup.block("ednote", "fell", f"It fell, see {source} and {markup.span('ednote', 'night')}.", on="fell"),
        markup.block("ednote", "again", f"Again {cite}.", on="in the", nth="1", kind="gloss"),
    ]
    books = [
        markup.block("source", "book", "A remark.", title=title, snapshot="book.txt"),
        f"See {cite}, {markup.span('edition', 'first')} and {markup.span('passage', 'long')}.",
        *(markup.directive("annot:register", "", {"of": of, "in": "*"}, "") for of in ("sources", "notes", "passages")),
    ]
    documents = {"text": text, "layer": layer, "books": books}
    files = site(markup, **{name: documents[name] for name in order or documents})
    return {**files, "snapshots/book.txt": "It fell in the morning. The mill stood still in the morning."}


def test_every_output_sees_an_edit(updates: Updates) -> None:
    """The outputs share their doctrees, and only the first of them reads the documents."""
    for title in ("The Old Book", "The New Book"):
        for builder in BUILDERS:
            updates.build(edition(MYST, title), builder)


def test_nothing_changed(updates: Updates) -> None:
    """Nothing is written, but all problems are reported."""
    files = edition(MYST)
    files["text.md"] += f"\n{MYST.span('cite', 'nothing')}\n"
    for builder in BUILDERS:
        built, _ = updates.build(files, builder)
        assert built.about("unknown")
    for builder in BUILDERS:
        built, written = updates.build(files, builder)
        assert not written
        assert built.about("unknown")


def test_a_layer_is_deleted(updates: Updates) -> None:
    files = edition(MYST)
    name = "layer.md"
    less = {**files, "index.md": files["index.md"].replace("layer", "")}
    del less[name]
    for state in (files, less, files):
        for builder in ("html", "text", "singlehtml"):
            updates.build(state, builder)


@pytest.mark.parametrize("name", ["text", "layer", "books"])
def test_a_document_is_renamed(updates: Updates, name: str) -> None:
    files = edition(MYST)
    renamed = {path.replace(name, "other"): text.replace(f"\n{name}", "\nother") for path, text in files.items()}
    renamed = {
        path: text.replace(f":in: {name}", ":in: other").replace(f"   {name}", "   other")
        for path, text in renamed.items()
    }
    for builder in ("html", "text"):
        updates.build(files, builder)
    for builder in ("html", "text"):
        updates.build(renamed, builder)


def test_the_reading_order_changes(updates: Updates) -> None:
    """Another document is the first to cite a source, and becomes the home of its entry."""
    cite = [f"Words {MYST.span('cite', 'book')}."]
    source = [MYST.block("edition", "book", title="The Book"), "Words of the book."]
    first = site(MYST, one=cite, two=cite, three=source)
    second = site(MYST, two=cite, one=cite, three=source)
    assert updates.edit(first, second) == {"one", "two"}
    for order in (("books", "layer", "text"), ("layer", "text", "books"), ()):
        for builder in ("html", "text"):
            updates.build(edition(MYST, order=order), builder)


@pytest.mark.parametrize(
    "settings",
    [
        SERIES,
        {"annot_exclude_notes": ["kind:gloss"]},
        {"annot_exclude_notes": ["layer:layer"]},
        {"annot_placement": "end"},
        {"annot_paragraph_numbers": True, "annot_reader_controls": True},
        {"annot_quote_check": "show"},
        {"annot_snapshots": "texts"},
        {"language": "de"},
    ],
    ids="-".join,
)
def test_the_configuration_changes(updates: Updates, settings: dict[str, object]) -> None:
    """Only the first of the outputs is built when all documents are read again."""
    for config in ({}, settings):
        updates.project.configure(html_copy_source=False, **config)
        for builder in ("html", "dirhtml", "text"):
            updates.build(edition(MYST), builder)


def test_notes_are_excluded_on_the_command_line(updates: Updates) -> None:
    """Two copies from one source and one folder of doctrees, in two output folders."""
    updates.project.configure(html_copy_source=False)
    for title in ("The Old Book", "The New Book"):
        for out, notes in (("teacher", ""), ("student", "kind:gloss"), ("teacher", "")):
            updates.build(edition(MYST, title), out=out, overrides={"annot_exclude_notes": notes})


def test_an_included_file_is_edited(updates: Updates) -> None:
    cite = f"Words {MYST.span('cite', 'book')}."
    include = MYST.directive("include", "/shared.inc", {}, "")
    files = site(MYST, one=[cite], two=[include], three=["Words.", include])
    for title in ("The Old Book", "The New Book"):
        note = MYST.block("ednote", "note", f"On {title}.", on="Shared")
        shared = MYST.text("Shared words.", note, MYST.block("source", "book", title=title))
        for builder in ("html", "epub", "text"):
            updates.build({**files, "shared.inc": shared}, builder)


@pytest.mark.parametrize("check", ["warn", "show"])
def test_a_snapshot_is_edited(updates: Updates, check: str) -> None:
    """No document is read, but what the pages and reports say of quotations changes."""
    updates.project.configure(annot_quote_check=check)
    files = edition(MYST)
    texts = (files["snapshots/book.txt"], "It fell at noon. The mill stood still in the evening.", None)
    for text in (*texts, texts[0]):
        now = {**files, "snapshots/book.txt": text}
        for builder in ("html", "text", "dirhtml"):
            built, _ = updates.build({name: words for name, words in now.items() if words is not None}, builder)
            assert bool(built.about("quote_mismatch") or built.about("quote_missing")) == (text == texts[1])
            assert bool(built.about("file")) == (text is None)


def test_a_tag_changes(updates: Updates) -> None:
    """What a page shows of others changes with it in every output; its own words do where Sphinx writes them again."""
    cite = MYST.span("cite", "book")
    hidden = MYST.directive("only", "draft", {}, f"Hidden {cite}.")
    source = MYST.directive("only", "draft", {}, MYST.block("source", "book", title="The Book"))
    note = MYST.directive("only", "draft", {}, MYST.block("ednote", "note", "A note.", on="Words", in_="/one"))
    register = MYST.directive("annot:register", "", {"of": "sources", "in": "*"}, "")
    files = site(MYST, one=[f"Words {cite}.", hidden], two=[source, note], three=[register, f"Words {cite}."])
    for tags in ((), ("draft",), ()):
        for builder in ("html", "epub", "latex"):
            updates.build(files, builder, tags=tags)


def test_two_folders_of_one_builder(updates: Updates) -> None:
    """Each knows by itself what it has."""
    for title in ("The Old Book", "The New Book"):
        for out in ("one", "two"):
            _, written = updates.build(edition(MYST, title), out=out)
            assert written == {"text", "layer", "books"}
    for out in ("one", "two"):
        assert not updates.build(edition(MYST, "The New Book"), out=out)[1]


def test_all_is_written_on_demand(updates: Updates) -> None:
    files = edition(MYST)
    updates.build(files)
    assert updates.build(files, force=True)[1] == {"text", "layer", "books"}
    assert not updates.build(files)[1]


@pytest.mark.parametrize("event", ["source-read", "env-updated", "doctree-resolved", "html-page-context"])
def test_a_build_breaks_off(updates: Updates, event: str) -> None:
    """Wherever it does, the next build makes good what it left undone, in every output."""
    breaks = "lambda app, *_: 1 // (not app.tags.has('broken')) and None"
    updates.project.configure()
    config = (updates.project.src / "conf.py").read_text()
    config += f"\ndef setup(app):\n    app.connect('{event}', {breaks}, priority=900)\n"
    updates.project.write({"conf.py": config})
    for builder in ("html", "text"):
        updates.build(edition(MYST), builder)
    updates.project.write(edition(MYST, "The New Book"))
    with pytest.raises(Exception, match="division"):
        updates.project.build(tags=["broken"])
    for builder in ("html", "text"):
        updates.build(edition(MYST, "The New Book"), builder)


def test_only_some_documents_are_asked_for(updates: Updates) -> None:
    """What a build of one document leaves stale on others is written by the next build of all."""
    updates.build(edition(MYST))
    updates.project.write(edition(MYST, "The New Book"))
    updates.project.build(only=["books.md"])
    updates.build(edition(MYST, "The New Book"))
    updates.project.write(edition(MYST, "The Old Book"))
    updates.project.build(only=["text.md"])
    updates.build(edition(MYST, "The Old Book"))


@pytest.mark.parametrize(
    "broken", [None, b"", b"\x80\x04.", pickle.dumps(("", {}))], ids=["lost", "empty", "cut", "old"]
)
def test_what_was_kept_is_lost_or_broken(updates: Updates, broken: bytes | None) -> None:
    updates.build(edition(MYST))
    kept = [path for path in updates.project.root.glob("doctrees/annot-*") if path.is_file()]
    assert kept
    for path in kept:
        if broken is None:
            path.unlink()
        else:
            path.write_bytes(broken)
    updates.build(edition(MYST, "The New Book"))


def test_a_page_and_an_output_folder_are_deleted(updates: Updates) -> None:
    built, _ = updates.build(edition(MYST))
    (built.out / "text.html").unlink()
    updates.build(edition(MYST))
    shutil.rmtree(built.out)
    updates.build(edition(MYST, "The New Book"))


def test_the_markup_of_a_document_changes(updates: Updates) -> None:
    files = edition(MYST)
    updates.build(files)
    other = {**files, **{name: text for name, text in edition(RST).items() if name == "text.rst"}}
    del other["text.md"]
    updates.build(other)
    updates.build(files)


def test_a_note_goes_from_the_text_to_a_layer(updates: Updates) -> None:
    note = MYST.block("ednote", "note", "A note.", on="first words")
    apart = with_layer(MYST, note)
    together = site(MYST, text=["The first words of the text, and its last ones.", note], layer=["Nothing."])
    updates.build(together)
    updates.build(apart)
    updates.build(together)


def test_what_is_wrong_changes_and_nothing_else(updates: Updates) -> None:
    """Problems stand at other lines, or come and go, on pages that look as they did before."""
    option = MYST.block("ednote", "note", "A note.", on="Words", kin="gloss")
    quotation = MYST.block("passage", "said", "Not the words of the book at all.", source="book")
    twice = MYST.block("source", "book", title="The Book", snapshot="book.txt")
    one = [f"Words {MYST.span('cite', 'nothing')}.", option, quotation, twice]
    two = [MYST.block("layer", in_="nowhere"), twice]
    book = {"snapshots/book.txt": "Other words that stand in the book."}
    updates.build({**site(MYST, one=one, two=two), **book})
    one[1] = option.replace(":kin: gloss\n", "")
    updates.build({**site(MYST, one=one, two=two), **book})
    one.insert(0, "%")
    updates.build({**site(MYST, one=one, two=two), **book})
    one[3] = quotation.replace(":source: book", ":source: book\n:unchecked: It is lost.")
    updates.build({**site(MYST, one=one, two=two), **book})
    two[0] = MYST.block("layer", in_="one")
    updates.build({**site(MYST, one=one, two=two), **book})
    one[4] = ""
    two.insert(0, "%")
    built, _ = updates.build({**site(MYST, one=one, two=two), **book})
    assert not built.about("duplicate")
    updates.build({**site(MYST, one=one, two=["%", *two]), **book})


def test_a_tree_of_no_document_is_left_alone(project: Project) -> None:
    resolving = """
def setup(app):
    from sphinx.util.docutils import new_document as tree

    def resolve(app, env):
        env.resolve_references(tree("nowhere"), "nowhere", app.builder)

    app.connect("env-updated", resolve, priority=990)
"""
    values = "".join(f"{name} = {value!r}\n" for name, value in CONFIG.items())
    project.write({"conf.py": values + resolving, "index.md": "# One\n\nWords.\n\n:::{annot:ednote}\nA note.\n:::\n"})
    assert project.build().reports == []
    assert "A note." in project.build().body().text_content()
