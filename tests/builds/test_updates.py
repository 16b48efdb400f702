"""One edit each, of a kind that leaves something stale elsewhere: an update equals a fresh build and writes no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builds.updates import Updates, site, with_layer
from tests.markup import BOTH, MYST, Markup

if TYPE_CHECKING:
    from tests.projects import Project

both = pytest.mark.parametrize("markup", BOTH, ids=str)


@pytest.fixture
def updates(project: Project) -> Updates:
    """An empty project."""
    return Updates(project)


@both
def test_the_words_of_a_note_without_a_place(updates: Updates, markup: Markup) -> None:
    before, after = (
        with_layer(markup, markup.block("ednote", "note", "A note.", on=on)) for on in ("nowhere", "nor here")
    )
    assert updates.edit(before, after) == {"text", "layer"}


@both
def test_a_footnote_that_a_note_of_a_layer_takes_along(updates: Updates, markup: Markup) -> None:
    note = markup.block("ednote", "note", f"A note {markup.mark('own')}.", on="first words")
    before, after = (with_layer(markup, note, markup.footnote("own", words)) for words in ("Old words.", "New words."))
    assert updates.edit(before, after) == {"text", "layer"}


@both
def test_an_address_behind_the_words_of_a_note(updates: Updates, markup: Markup) -> None:
    link, define = ("[site][s]", "[s]: {}") if markup is MYST else ("site_", ".. _site: {}")
    note = markup.block("ednote", "note", f"A note with a {link}.", on="first words")
    before, after = (
        with_layer(markup, note, define.format(url)) for url in ("https://example.org/", "https://example.net/")
    )
    assert updates.edit(before, after) == {"text", "layer"}


@both
@pytest.mark.parametrize("role", [("quote", "quoted words"), ("ednote", "note")], ids=["quote", "reference"])
def test_words_in_the_language_that_a_note_is_written_in(
    updates: Updates, markup: Markup, role: tuple[str, str]
) -> None:
    """Quotation marks, and what a cross-reference calls its target."""
    note = markup.block("ednote", "note", f"It says {markup.span(*role)}.", on="first words")
    before, after = (
        with_layer(markup, markup.block("edition", "layer", language=language), note) for language in ("en", "de")
    )
    assert updates.edit(before, after) == {"text", "layer"}


@both
def test_a_title_reads_the_same_in_every_language(updates: Updates, markup: Markup) -> None:
    note = markup.block("ednote", "note", f"See {markup.span('edition', 'layer')}.", on="first words")
    before, after = (
        with_layer(markup, markup.block("edition", "layer", title="A layer", language=language), note)
        for language in ("en", "de")
    )
    assert updates.edit(before, after) == {"layer"}


@both
def test_a_file_that_a_note_of_a_layer_leads_to(updates: Updates, markup: Markup) -> None:
    """The same words lead elsewhere once the layer stands in another folder."""
    link = "[there](other.md)" if markup is MYST else ":doc:`there <other>`"
    head = markup.directive("annot:layer", "", {"in": "/text"}, "")
    note = markup.block("ednote", "note", f"A note leads {link}.", on="first words")
    text = ["The first words of the text."]
    before = site(markup, text=text, a_layer=[head, note], a_other=["A."], b_other=["B."])
    after = site(markup, text=text, a_other=["A."], b_layer=[head, note], b_other=["B."])
    assert "text" in updates.edit(before, after)


@both
def test_a_note_that_moves_to_another_document_and_says_the_same(updates: Updates, markup: Markup) -> None:
    note = markup.block("ednote", "note", "A note.", on="first words", in_="/text")
    text = ["The first words of the text."]
    before = site(markup, text=text, one=["One.", note], two=["Two."])
    after = site(markup, text=text, one=["One."], two=["Two.", note])
    assert updates.edit(before, after) == {"one", "two"}


@both
def test_the_switch_of_a_layer_has_its_title(updates: Updates, markup: Markup) -> None:
    updates.project.configure(annot_reader_controls=True)
    before = with_layer(markup, markup.block("ednote", "note", "A note.", on="first words"))
    name = f"layer{markup.suffix}"
    after = {**before, name: before[name].replace("Title of layer", "Another title")}
    built, _ = updates.build(before)
    assert "Title of layer" in built.body("text").text_content()
    _, written = updates.build(after)
    assert {"text", "layer"} <= written


@both
def test_a_page_without_header_loses_its_numbers_to_the_first_edition(updates: Updates, markup: Markup) -> None:
    updates.project.configure(annot_paragraph_numbers=True)
    note = markup.block("ednote", "note", "A note.", on="words")
    header = markup.block("edition", "first", author="Ann Author")
    before = site(markup, one=["Some words.", note], two=["Two."])
    after = site(markup, one=["Some words.", note], two=[header, "Two."])
    built, _ = updates.build(before)
    assert built.body("one").find_class("annot-pnum")
    built, _ = updates.build(after)
    assert not built.body("one").find_class("annot-pnum")


@both
def test_what_only_other_outputs_showed(updates: Updates, markup: Markup) -> None:
    """A register of all sources is shown at last, and becomes the home of their entries."""
    source = markup.block("source", "book", title="The Book")
    cite = [f"Words {markup.span('cite', 'book')}."]
    register = markup.directive("annot:register", "", {"of": "sources", "in": "*"}, "")
    before = site(markup, one=cite, two=[source], three=[markup.directive("only", "text", {}, register)])
    after = site(markup, one=cite, two=[source], three=[register])
    updates.edit(before, after)


@both
def test_a_block_that_only_other_outputs_showed(updates: Updates, markup: Markup) -> None:
    """A note behind it is about it at last, and a register elsewhere has its words."""
    register = markup.directive("annot:register", "", {"of": "notes", "in": "/one"}, "")
    note = markup.block("ednote", "note", "A note.")
    before = site(markup, one=[markup.directive("only", "text", {}, "Hidden words."), note], two=[register])
    after = site(markup, one=["Hidden words.", note], two=[register])
    updates.edit(before, after)


@both
def test_a_remark_is_shown_where_its_source_has_its_home(updates: Updates, markup: Markup) -> None:
    """Where it is not shown, nothing changes, nor does it by what stands before it."""
    cite = markup.span("cite", "book")
    home = [f"Home {cite}."]
    before, after = (
        site(markup, one=[f"Words {cite}."], two=[*home, markup.block("source", "book", remark, title="The Book")])
        for remark in (f"A remark {cite}.", f"Another remark {cite}.")
    )
    assert updates.edit(before, after) == {"two"}
    home += ["More words."]
    later = site(
        markup,
        one=[f"Words {cite}."],
        two=[*home, markup.block("source", "book", f"Another remark {cite}.", title="The Book")],
    )
    assert updates.build(later)[1] == {"two"}


@both
def test_a_remark_on_an_edition_is_shown_elsewhere(updates: Updates, markup: Markup) -> None:
    register = markup.directive("annot:register", "", {"of": "sources", "in": "*"}, "")
    cite = markup.span("cite", "book")
    before, after = (
        site(markup, one=[f"Words {cite}."], two=[markup.block("source", "book", remark, title="B")], all=[register])
        for remark in ("A remark.", "Another remark.")
    )
    updates.edit(before, after)


@both
@pytest.mark.parametrize(
    ("was", "now", "written"),
    [
        ({"type": "webpage"}, {"type": "article"}, {"two"}),
        ({"type": "webpage"}, {"type": "book"}, {"one", "two"}),
        ({"number": "3"}, {"number": "4"}, {"two"}),
        ({"rights": "Free."}, {"rights": "Not free."}, {"one", "two"}),
    ],
    ids=["unseen type", "type", "number", "rights"],
)
def test_a_field_of_a_source(
    updates: Updates, markup: Markup, was: dict[str, str], now: dict[str, str], written: set[str]
) -> None:
    cite = f"Words {markup.span('cite', 'book')}."
    before, after = (
        site(markup, one=[cite], two=[cite, markup.block("source", "book", title="The Book", **fields)])
        for fields in (was, now)
    )
    assert updates.edit(before, after) == written


@both
def test_the_end_of_a_long_passage_is_not_shown_elsewhere(updates: Updates, markup: Markup) -> None:
    register = markup.directive("annot:register", "", {"of": "passages", "in": "/two"}, "")
    words = "words " * 30
    before, after = (
        site(
            markup,
            one=[f"See {markup.span('passage', 'long')}.", register],
            two=[markup.block("passage", "long", f"{words}{end}.")],
        )
        for end in ("one", "two")
    )
    assert updates.edit(before, after) == {"two"}


def test_the_translation_of_a_lemma_alone(updates: Updates) -> None:
    """Only the words that a note of a layer is about are translated anew; its own words are not."""
    markup = MYST
    files = with_layer(markup, markup.block("ednote", "note", "A note.", on="first words"))
    register = markup.directive("annot:register", "", {"of": "notes", "in": "/text"}, "")
    files |= {"all.md": markup.text("# All", register)}
    files["index.md"] = files["index.md"].replace("layer", "layer\nall")
    updates.project.configure(locale_dirs=["locales"], gettext_compact=False, language="de")

    def catalogues(lemma: str) -> dict[str, str]:
        text = "The first words of the text, and its last ones."
        words = {"text": {text: "Die ersten Worte des Textes und seine letzten."}, "layer": {"first words": lemma}}
        return {
            f"locales/de/LC_MESSAGES/{name}.po": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8"\n'
            + "".join(f'\nmsgid "{was}"\nmsgstr "{now}"\n' for was, now in messages.items())
            for name, messages in words.items()
        }

    built, _ = updates.build({**files, **catalogues("ersten Worte")})
    assert "ersten Worte" in {lemma.text_content() for lemma in built.body("text").find_class("annot-lemma")}
    for catalogue in (updates.project.src / "locales").rglob("*.mo"):
        catalogue.unlink()
    built, _ = updates.build({**files, **catalogues("seine letzten")})
    assert "seine letzten" in {lemma.text_content() for lemma in built.body("text").find_class("annot-lemma")}
    assert "seine letzten" in built.body("all").text_content()


@both
@pytest.mark.parametrize("place", ["note", "text", "register"])
def test_a_verdict_is_shown_where_its_quotation_is(updates: Updates, markup: Markup, place: str) -> None:
    """A quotation agrees no longer with its source; a register, which shows no more of it, says that it still does."""
    updates.project.configure(annot_quote_check="show")
    quote = markup.span("quote", "the river rose in the night <book>")
    note = markup.block("ednote", "note", f"It says {quote if place == 'note' else 'so'}.", on="first words")
    layer = {
        "note": [note],
        "text": [note, f"It says {quote}."],
        "register": [markup.block("passage", "long", "the river rose in the night", source="book")],
    }[place]
    files = with_layer(markup, markup.block("source", "book", title="The Book", snapshot="book.txt"), *layer)
    if place == "register":
        files[f"text{markup.suffix}"] += "\n" + markup.directive(
            "annot:register", "", {"of": "passages", "in": "/layer"}, ""
        )
    was, now = (
        {**files, "snapshots/book.txt": text}
        for text in (
            "Then the river rose in the night.",
            "Yet the river rose in the night." if place == "register" else "",
        )
    )
    assert updates.edit(was, now) == ({"text", "layer"} if place == "note" else {"layer"})


def test_two_marks_come_apart(updates: Updates) -> None:
    """At one point an author's mark comes first; the words that a lemma has are the same before and after."""
    register = MYST.directive("annot:register", "", {"of": "notes", "in": "/one"}, "")
    notes = [
        MYST.block("ednote", "second", "The second note."),
        MYST.block("ednote", "first", "The first note.", on="The word"),
    ]
    mark = MYST.span("noteref", "second")
    for words, first in ((f"{mark} and more", "second"), (f" and more {mark}", "first")):
        built, _ = updates.build(site(MYST, one=[f"The word{words} goes on.", *notes], two=[register]))
        rows = [str(row.text_content()) for row in built.body("two").iter("li")]
        assert [f"The {first} note." in row for row in rows] == [True, False]
