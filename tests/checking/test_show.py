"""Where a project shows verdicts, a reader sees a quiet sign, and on demand the words of the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import html5lib
import pytest

from tests.checking.texts import FALSE, HIDING, LETTER, STRANGE, TRUE, passage, quoting
from tests.markup import BOTH, MYST

if TYPE_CHECKING:
    import lxml.html

    from tests.conftest import Build
    from tests.markup import Markup
    from tests.projects import Built, Project

both = pytest.mark.parametrize("markup", BOTH, ids=str)


def _blocks(markup: Markup) -> list[str]:
    return [
        passage(markup, HIDING, "hiding"),
        passage(markup, FALSE, "wrong"),
        passage(markup, STRANGE, "heard", unchecked="only heard, & <never> read"),
        "They say: " + markup.span("quote", "came up before the frost and left nothing behind <letter>") + " is true.",
        f"- An item with {markup.span('quote', 'we did not open the upper gate, because nobody <letter>')}\n- another",
        markup.block("ednote", "beside", "Also " + markup.span("quote", "two feet over the sill <letter, p. 1>") + "."),
        markup.block("register", of="passages"),
    ]


def _verdicts(page: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    return list(page.find_class("annot-verdict"))


def _text(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture(params=BOTH, ids=str)
def shown(request: pytest.FixtureRequest, build: Build) -> Built:
    """A page with verdicts."""
    return build(quoting(request.param, *_blocks(request.param)), annot_quote_check="show")


def test_by_default_nothing_is_shown(build: Build) -> None:
    page = build(quoting(MYST, *_blocks(MYST))).read("index.html")
    assert "verdict" not in page
    assert "annot-badge" not in page


def test_a_passage_has_its_verdict_below_its_attribution(shown: Built) -> None:
    figure = shown.page().get_element_by_id("passage-hiding")
    (verdict,) = _verdicts(figure)
    assert verdict.tag == "details"
    assert verdict.getparent().tag == "figcaption"
    assert "shortened as marked" in _text(verdict.find("summary"))
    words = _text(verdict.find("p"))
    assert "We did [left out: not] open the upper gate" in words
    assert "The inn was full all that winter." in words
    assert "letter.txt, line 4" in _text(verdict)
    quoted = [mark.text for mark in verdict.iter("mark")]
    assert quoted == ["We did", "open the upper gate, because nobody had paid for the oil."]


def test_a_difference_is_shown_word_by_word(shown: Built) -> None:
    (verdict,) = _verdicts(shown.page().get_element_by_id("passage-wrong"))
    assert [element.text for element in verdict.iter("del")] == ["after"]
    assert [element.text for element in verdict.iter("ins")] == ["before"]


def test_the_reason_of_what_is_not_checked_is_said(shown: Built) -> None:
    (verdict,) = _verdicts(shown.page().get_element_by_id("passage-heard"))
    assert verdict.tag == "div"
    assert _text(verdict) == "? not checked (only heard, & <never> read)"


def test_the_text_of_a_paragraph_stays_the_authors(shown: Built) -> None:
    (badge, *_) = shown.page().find_class("annot-badge")
    paragraph = badge.getparent()
    assert paragraph.tag == "p"
    assert badge.text_content() == ""
    assert _text(paragraph).startswith("They say: “came up before the frost and left nothing behind”")
    assert _text(paragraph).endswith("is true.")


def test_each_badge_leads_to_its_verdict_and_says_it(shown: Built) -> None:
    page = shown.page()
    badges = page.find_class("annot-badge")
    assert len(badges) == 3
    for badge in badges:
        # inside, so that the link opens it
        (verdict,) = page.get_element_by_id(badge.get("href")[1:]).iterancestors("details")
        assert badge.get("aria-label") in _text(verdict)
        assert badge.get("data-annot-verdict") == verdict.get("data-annot-verdict")
        assert badge.get("data-annot-sign") == "✓"
    first, in_item, in_note = (page.get_element_by_id(badge.get("href")[1:]).getparent() for badge in badges)
    assert _text(first.find("summary")).startswith("✓ “came up before the frost")
    assert first.getprevious() is badges[0].getparent()
    assert in_item.getparent().tag == "li"
    assert next(in_note.iterancestors("aside")).get("id") == "ednote-beside"


def test_ids_are_unique_and_the_page_is_valid(shown: Built) -> None:
    html5lib.HTMLParser(strict=True).parse(shown.read("index.html"))
    ids = [element.get("id") for element in shown.page().iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_a_register_of_passages_has_the_verdicts(shown: Built) -> None:
    (register,) = shown.page().find_class("annot-passages")
    labels = [_text(label) for label in register.find_class("annot-verdict-label")]
    assert labels == ["(in the source, shortened as marked)", "(differs from the source)", "(not checked)"]


def test_the_stylesheet_comes_along_only_where_verdicts_are_shown(project: Project) -> None:
    project.configure()
    project.write(quoting(MYST, *_blocks(MYST)))
    assert "annot-verdicts.css" not in project.build().read("index.html")
    shown = project.build(overrides={"annot_quote_check": "show"}, out="shown")
    assert "annot-verdicts.css" in shown.read("index.html")
    assert (shown.out / "_static/annot-verdicts.css").is_file()


@pytest.mark.parametrize("builder", ["epub", "singlehtml", "text", "latex", "man", "texinfo"])
def test_other_outputs(builder: str, project: Project) -> None:
    project.configure(annot_quote_check="show", epub_show_urls="no")
    project.write(quoting(MYST, *_blocks(MYST)))
    built = project.build(builder)
    assert "[annot.quote_mismatch]" in built.warnings
    assert "Error" not in built.warnings


def test_a_changed_snapshot_rewrites_the_pages_that_show_it_and_no_others(project: Project) -> None:
    project.configure(annot_quote_check="show")
    files = quoting(MYST, MYST.toctree(["other"]), passage(MYST, TRUE, "right"))
    files["other.md"] = MYST.text(MYST.heading("Other", 1), "Nothing.", MYST.block("source", "own", title="Own"))
    project.write(files)
    built = project.build()
    pages = {name: (built.out / f"{name}.html").stat().st_mtime_ns for name in ("index", "other")}
    assert "word for word in the source" in built.read("index.html")
    project.write({"snapshots/letter.txt": LETTER.replace("The inn was full", "The inn was shut")})
    built = project.build()
    assert "The inn was shut" in built.read("index.html")
    assert (built.out / "other.html").stat().st_mtime_ns == pages["other"]
    project.write({"snapshots/letter.txt": LETTER.replace("barges", "boats")})
    assert "differs from the source" in project.build().read("index.html")


def test_a_note_of_a_layer_shows_the_verdict_where_it_stands(build: Build) -> None:
    files = quoting(MYST, "The gate was painted in spring.", MYST.toctree(["layer"]))
    note = MYST.block("ednote", "n", MYST.span("quote", f"{TRUE} <letter>"), on="painted in spring")
    files["layer.md"] = MYST.text(MYST.heading("Layer", 1), MYST.block("layer", in_="index", by="A. B."), note)
    page = build(files, annot_quote_check="show").page()
    (verdict,) = _verdicts(page.get_element_by_id("ednote-n"))
    assert verdict.get("data-annot-verdict") == "verbatim"


def test_what_anybody_types_is_escaped(build: Build) -> None:
    page = "<script>alert(1)</script><p>The tide &lt;b&gt;did&lt;/b&gt; turn. "
    page += "The boats &amp; the nets were lost that night."
    files = quoting(
        MYST,
        passage(MYST, "The boats & the nets were [...] that night.", "elided"),
        passage(MYST, "The boats & the nets were found that night.", "wrong"),
        passage(MYST, "Heard only.", "heard", unchecked="<script>alert(2)</script>"),
        snapshot="<i>&.html",
    )
    built = build({**files, "snapshots/<i>&.html": page}, annot_quote_check="show")
    (elided,) = _verdicts(built.page().get_element_by_id("passage-elided"))
    assert "The tide <b>did</b> turn. The boats & the nets were [left out: lost] that night." in _text(elided)
    assert "<i>&.html, line 1" in _text(elided)
    assert "alert(1)" not in built.read("index.html")
    assert "<script>alert(2)" not in built.read("index.html")
    html5lib.HTMLParser(strict=True).parse(built.read("index.html"))


@pytest.mark.parametrize("language", ["de", "ar", "he", "zh"])
def test_in_the_language_of_the_document(language: str, build: Build) -> None:
    built = build(quoting(MYST, passage(MYST, HIDING, "hiding")), annot_quote_check="show", language=language)
    (verdict,) = _verdicts(built.page().get_element_by_id("passage-hiding"))
    assert "left out" not in _text(verdict)
    assert "in the source" not in _text(verdict)
