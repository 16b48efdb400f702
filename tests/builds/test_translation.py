"""A round trip through message catalogues: extract, translate, build. Every note keeps its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po, write_po

from tests.markup import BOTH, Markup

if TYPE_CHECKING:
    from collections.abc import Mapping

    import lxml.html

    from tests.projects import Built, Project

GERMAN = {
    "The river": "Der Fluss",
    "On the river": "Am Fluss",
    "The river rose in the night.": "In der Nacht stieg der Fluss.",
    "rose in the night": "In der Nacht stieg",
    "It fell again before noon, and the mill stood still.": "Vor Mittag sank er, und die Mühle stand.",
    "All was dry by the evening, and all was said.": "Am Abend war es trocken, und alles war gesagt.",
    "all": "alles",
    "was said.": "war gesagt.",
    "A note on the night.": "Eine Anmerkung zur Nacht.",
    "A note on the mill.": "Eine Anmerkung zur Mühle.",
    "A note of a second reader.": "Anmerkung eines zweiten Lesers.",
    "the mill": "die Mühle",
    "A footnote of the author.": "Eine Fußnote der Autorin.",
}


def _files(markup: Markup) -> dict[str, str]:
    text = markup.text(
        markup.heading("The river", 1),
        markup.block("edition", "river", title="On the river", author="Ann Author"),
        "The river rose in the night.",
        markup.block("ednote", "night", "A note on the night.", on="rose in the night"),
        "It fell again before noon, and the mill stood still.",
        markup.block("ednote", "noon", "A note on a lemma translated away.", on="before noon"),
        "All was dry by the evening, and all was said.",
        markup.block("ednote", "all", "A note on one of two.", on="all", suffix="was said."),
        f"Left as it was{markup.mark('own') if markup.name == 'myst' else ' ' + markup.mark('own')}.",
        markup.footnote("own", "A footnote of the author."),
        markup.block("ednote", "left", "A note on words not translated.", on="Left as it was"),
        markup.toctree(["layer"]),
    )
    layer = markup.text(
        markup.heading("Second", 1),
        markup.block("layer", in_="index", by="CD"),
        markup.block("ednote", "mill", "A note of a second reader.", on="the mill"),
    )
    return {f"index{markup.suffix}": text, f"layer{markup.suffix}": layer}


def _translate(project: Project, translations: Mapping[str, str]) -> set[str]:
    """Extract all messages and translate those that are known; the messages."""
    messages = set()
    out = project.build("gettext", doctrees="gettext-doctrees").out
    for template in out.rglob("*.pot"):
        with template.open("rb") as file:
            catalogue = read_po(file)
        for message in catalogue:
            if message.id:
                messages.add(str(message.id))
                message.string = translations.get(str(message.id), "")
        path = project.src / "locales/de/LC_MESSAGES" / template.relative_to(out).with_suffix(".po")
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue)
    return messages


@pytest.fixture(params=BOTH, ids=str)
def translated(request: pytest.FixtureRequest, project: Project) -> Project:
    """A project with its German catalogues."""
    project.write(_files(request.param))
    project.configure(locale_dirs=["locales"], gettext_compact=False)
    messages = _translate(project, GERMAN)
    assert set(GERMAN) - {"A note on the mill."} <= messages
    return project


def _block_of(element: lxml.html.HtmlElement) -> str:
    parent = element
    while parent.tag != "p":
        parent = parent.getparent()
    return " ".join(str(parent.text_content()).split())


def _mark(built: Built, note: str) -> lxml.html.HtmlElement:
    (mark,) = [element for element in built.body().iter() if element.get("id") == f"mark-{note}"]
    return mark


@pytest.mark.core
def test_notes_keep_their_places(translated: Project) -> None:
    built = translated.build(overrides={"language": "de"})
    assert not built.warnings
    page = " ".join(built.body().text_content().split())
    assert "Eine Anmerkung zur Nacht." in page
    assert "Am Fluss" in page
    assert "Eine Fußnote der Autorin." in page
    assert _block_of(_mark(built, "night")).startswith("In der Nacht stieg")
    assert _block_of(_mark(built, "all")).startswith("Am Abend")
    assert _block_of(_mark(built, "left")).startswith("Left as it was")
    lemmas = {lemma.text_content() for lemma in built.body().find_class("annot-lemma")}
    assert {"In der Nacht stieg", "alles", "die Mühle", "Left as it was"} <= lemmas


@pytest.mark.core
def test_a_lemma_translated_away_leaves_its_mark_at_the_end_of_the_block(translated: Project) -> None:
    built = translated.build(overrides={"language": "de"})
    mark = _mark(built, "noon")
    text = _block_of(mark)
    assert text.startswith("Vor Mittag sank er")
    assert text.rstrip("¶ ").endswith(str(mark.text_content()).strip())
    assert not built.about("lemma_missing")


@pytest.mark.parametrize("builder", ["text", "latex", "epub"])
def test_other_builders_keep_them_too(translated: Project, builder: str) -> None:
    built = translated.build(builder, overrides={"language": "de"})
    assert not built.about("lemma_missing")
    suffix = {"text": ".txt", "latex": ".tex", "epub": ".xhtml"}[builder]
    text = " ".join(" ".join(path.read_text().split()) for path in built.out.rglob(f"*{suffix}"))
    for words in ("Eine Anmerkung zur Nacht.", "Anmerkung eines zweiten Lesers.", "A note on a lemma translated away."):
        assert words in text


def test_the_original_language_is_untouched(translated: Project) -> None:
    built = translated.build(out="english", doctrees="english-doctrees", overrides={"language": "en"})
    assert not built.warnings
    assert {"rose in the night", "before noon", "all", "the mill"} <= {
        lemma.text_content() for lemma in built.body().find_class("annot-lemma")
    }


def test_a_new_translation_is_taken_up_by_an_update(translated: Project) -> None:
    translated.build(overrides={"language": "de"})
    changed = {**GERMAN, "A note of a second reader.": "Ganz neue Worte.", "the mill": "Mühle stand"}
    for catalogue in (translated.src / "locales").rglob("*.mo"):
        catalogue.unlink()
    _translate(translated, changed)
    built = translated.build(overrides={"language": "de"})
    assert "Ganz neue Worte." in built.body().text_content()
    assert "Mühle stand" in {lemma.text_content() for lemma in built.body().find_class("annot-lemma")}
