"""Cross-references to our objects, by every way that Sphinx and MyST have, within a project and between two."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

import pytest

from tests.builds import pages
from tests.markup import BOTH, MYST, RST, Markup
from tests.projects import Project

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Build
    from tests.projects import Built

OBJECTS = {"source": "flood", "passage": "night", "ednote": "mill", "edition": "river"}
READS = {"source": "Writer 1999", "passage": "The river rose in the night", "ednote": "note a", "edition": "The river"}


def _river(markup: Markup) -> str:
    return markup.text(
        markup.heading("The river", 1),
        markup.block("edition", "river", author="Ann Author"),
        f"Words about the mill {markup.span('cite', 'flood')}.",
        markup.block("ednote", "mill", "A note.", on="the mill"),
        markup.block("passage", "night", "The river rose in the night.", source="flood"),
        markup.block("source", "flood", title="The Flood", author="Bea Writer", issued="1999"),
    )


def _links(built: Built, docname: str = "index") -> dict[str, str]:
    """Address to words, of the links in a page's article."""
    return {
        link.get("href", ""): " ".join(str(link.text_content()).split())
        for link in built.body(docname).iter("a")
        if "headerlink" not in link.get("class", "")
    }


@pytest.mark.core
@pytest.mark.parametrize("markup", BOTH, ids=str)
def test_roles_and_any_lead_there_and_read_well(build: Build, markup: Markup) -> None:
    roles = [markup.span(role, id_) for role, id_ in OBJECTS.items()]
    titled = [markup.span(role, f"these words <{id_}>") for role, id_ in OBJECTS.items()]
    any_ = [markup.role("any", f"of any <{id_}>") for id_ in OBJECTS.values()]
    prefixed = [markup.role("any", f"by prefix <{role}-{id_}>") for role, id_ in OBJECTS.items()]
    for spans, read in ((roles, None), (titled, "these words"), (any_, "of any"), (prefixed, "by prefix")):
        text = markup.text(markup.heading("Index", 1), *spans, markup.toctree(["part/river"]))
        files = {f"index{markup.suffix}": text, f"part/river{markup.suffix}": _river(markup)}
        built = build(files, nitpicky=True)
        assert not built.warnings
        links = _links(built)
        for role, id_ in OBJECTS.items():
            assert links[f"part/river.html#{role}-{id_}"].startswith(read or READS[role])


@pytest.mark.core
def test_links_of_myst_lead_there(build: Build) -> None:
    plain = [f"[in brackets](#{id_})" for id_ in OBJECTS.values()]
    prefixed = [f"[in brackets](#{role}-{id_})" for role, id_ in OBJECTS.items()]
    for spans in (plain, prefixed):
        text = MYST.text("# Index", *spans, MYST.toctree(["part/river"]))
        built = build({"index.md": text, "part/river.md": _river(MYST)}, nitpicky=True)
        assert not built.warnings
        links = _links(built)
        for role, id_ in OBJECTS.items():
            assert links[f"part/river.html#{role}-{id_}"] == "in brackets"


def test_links_of_myst_into_a_document_lead_there(build: Build) -> None:
    """Those in a layer's note too."""
    links = [f"[into it](part/river.md#{role}-{id_})" for role, id_ in OBJECTS.items()]
    untitled = "[](part/river.md#ednote-mill)"
    notes = [MYST.block("layer", in_="part/river"), MYST.block("ednote", "far", f"See {untitled}.", on="Words")]
    text = MYST.text("# Index", *links, "[heading](#source-flood)", *notes, MYST.toctree(["part/river"]))
    built = build({"index.md": text, "part/river.md": _river(MYST)}, nitpicky=True)
    assert not built.warnings
    found = _links(built)
    for role, id_ in OBJECTS.items():
        assert found[f"part/river.html#{role}-{id_}"]
    assert _links(built, "part/river")["#ednote-mill"] == "note b"


def test_a_heading_within_a_document_is_none_of_ours(build: Build) -> None:
    text = MYST.text("# Index", "[the heading](other.md#source-code)", MYST.toctree(["other"], depth=1))
    other = MYST.text("# Other", "## Source code")
    built = build({"index.md": text, "other.md": other}, nitpicky=True, myst_heading_anchors=2)
    assert not built.warnings
    assert _links(built)["other.html#source-code"] == "the heading"


def test_a_link_into_a_document_follows_its_note(project: Project) -> None:
    text = MYST.text("# Index", "[](river.md#ednote-mill)", MYST.toctree(["river"]))
    project.write({"index.md": text, "river.md": _river(MYST)})
    assert _links(project.build())["river.html#ednote-mill"] == "note a"
    first = MYST.block("ednote", "first", "The first.", on="Words")
    project.write({"river.md": MYST.text(_river(MYST), first)})
    assert _links(project.build())["river.html#ednote-mill"] == "note b"
    # nothing that other pages show: no other document is looked at
    project.write({"index.md": f"{text}\nMore words.\n"})
    assert _links(project.build())["river.html#ednote-mill"] == "note b"


@pytest.mark.parametrize("markup", BOTH, ids=str)
def test_a_label_or_document_of_that_name_wins(build: Build, markup: Markup) -> None:
    label = "(flood)=" if markup is MYST else ".. _flood:"
    heading = markup.heading("A section of that name", 2)
    plain = markup.role("any", "plain <flood>")
    prefixed = markup.role("any", "prefixed <source-flood>")
    text = markup.text(markup.heading("Index", 1), plain, prefixed, markup.toctree(["river"]), label, heading)
    built = build({f"index{markup.suffix}": text, f"river{markup.suffix}": _river(markup)}, nitpicky=True)
    assert not built.warnings
    links = _links(built)
    assert links["#flood"] == "plain"
    assert links["river.html#source-flood"] == "prefixed"


@pytest.mark.core
def test_the_inventory_has_every_object_once(build: Build) -> None:
    built = build({"index.md": _river(MYST)})
    data = (built.out / "objects.inv").read_bytes().split(b"zlib.\n", 1)[1]
    lines = [line for line in zlib.decompress(data).decode().splitlines() if " annot:" in line]
    for role, id_ in OBJECTS.items():
        assert (
            len([line for line in lines if f"index.html#{role}-{id_}" in line or line.split()[3].endswith("-$")]) >= 1
        )
        assert len([line for line in lines if line.split()[:2] == [id_, f"annot:{role}"]]) == 1


@pytest.mark.core
@pytest.mark.parametrize("markup", BOTH, ids=str)
def test_another_project_can_refer_to_them(tmp_path: Path, markup: Markup) -> None:
    other, here = Project(tmp_path / "other"), Project(tmp_path / "here")
    other.write({f"index{markup.suffix}": _river(markup)})
    inventory = other.build().out / "objects.inv"
    here.configure(
        extensions=["myst_parser", "sphinx_annot", "sphinx.ext.intersphinx"],
        intersphinx_mapping={"other": ("https://example.org/", str(inventory))},
    )
    spans = [markup.span(role, f"other words <{id_}>") for role, id_ in OBJECTS.items()]
    spans += [markup.role(f"external:annot:{role}", f"outer words <{id_}>") for role, id_ in OBJECTS.items()]
    here.write({f"index{markup.suffix}": markup.text(markup.heading("Index", 1), *spans)})
    built = here.build(overrides={"nitpicky": True})
    assert not built.warnings
    addresses = [link.get("href") for link in built.body().iter("a")]
    for role, id_ in OBJECTS.items():
        assert addresses.count(f"https://example.org/index.html#{role}-{id_}") == 2


def test_cross_references_are_no_citations(build: Build) -> None:
    """A source that is only referred to is not cited: it stands in no list, and the words stand without a link."""
    text = RST.text(
        RST.heading("Index", 1),
        f"See {RST.span('source', 'flood')}.",
        RST.block("source", "flood", title="The Flood", author="Bea Writer", issued="1999"),
    )
    built = build({"index.rst": text}, nitpicky=True)
    assert not built.warnings
    assert built.about("uncited")
    assert "See Writer 1999." in " ".join(built.body().text_content().split())
    assert "#source-flood" not in _links(built)


@pytest.mark.parametrize("markup", BOTH, ids=str)
def test_a_reference_of_a_layer_that_leads_nowhere_is_reported_once(build: Build, markup: Markup) -> None:
    """The note is on two pages."""
    note = markup.block("ednote", "far", f"See {markup.role('ref', 'that <nowhere>')}.", on="mill")
    layer = markup.text(markup.heading("Layer", 1), markup.block("layer", in_="river"), note)
    index = markup.text(markup.heading("Index", 1), markup.toctree(["river", "layer"]))
    files = {"index": index, "river": _river(markup), "layer": layer}
    built = build({f"{name}{markup.suffix}": text for name, text in files.items()})
    (line,) = built.warnings.splitlines()
    assert line.startswith(f"layer{markup.suffix}:")
    assert "nowhere" in line


@pytest.mark.parametrize("markup", BOTH, ids=str)
@pytest.mark.parametrize("builder", ["html", "singlehtml", "latex"])
@pytest.mark.parametrize("way", ["name", "label"])
def test_names_and_labels_of_our_directives_lead_to_them(build: Build, markup: Markup, builder: str, way: str) -> None:
    """Whatever else they are called."""
    called: list[str] = []

    def block(kind: str, argument: str = "", body: str = "", /, **options: str) -> str:
        name = f"called-{kind}-{len(called)}"
        called.append(name)
        if way == "name":
            return markup.block(kind, argument, body, **options, name=name)
        label = f"({name})=" if markup is MYST else f".. _{name}:"
        return f"{label}\n\n{markup.block(kind, argument, body, **options)}"

    text = [
        block("edition", "river"),
        f"Words {markup.span('cite', 'flood')} and more.",
        block("ednote", "mill", "A note.", on="Words"),
        block("ednote", "lost", "A note.", placement="end"),
        block("passage", "night", "The river rose.", source="flood"),
        block("backmatter", "", "About."),
        block("register", of="notes"),
        block("source", "flood", title="The Flood"),
    ]
    layer = [block("layer", in_="text"), block("ednote", "far", "A far note.", on="more")]
    links = [markup.role("ref", f"these words <{name}>") for name in called]
    files = {
        "index": markup.text(markup.heading("Index", 1), *links, markup.toctree(["text", "layer"])),
        "text": markup.text(markup.heading("Text", 1), *text),
        "layer": markup.text(markup.heading("Layer", 1), *layer),
    }
    built = build({f"{name}{markup.suffix}": words for name, words in files.items()}, builder)
    assert not built.warnings
    name = {"html": "*.html", "singlehtml": "index.html", "latex": "project.tex"}[builder]
    output = "".join(path.read_text(encoding="utf-8") for path in built.out.glob(name))
    for item in called:
        place = rf'id="{item}"' if builder != "latex" else rf"\\label\{{\\detokenize\{{\w+:{item}\}}\}}"
        assert len(re.findall(place, output)) == 1, item


@pytest.mark.parametrize("markup", BOTH, ids=str)
@pytest.mark.parametrize("builder", ["html", "singlehtml"])
def test_headings_and_labels_have_no_id_of_ours(build: Build, markup: Markup, builder: str) -> None:
    """Links to them, and to the notes and sources, lead where they should."""
    label = "(ednote-mill)=" if markup is MYST else ".. _ednote-mill:"
    names = (
        "Source flood",
        "Cite flood",
        "Mark mill",
        "Edition river",
        "Passage night",
        "Footnote 1",
        "Mark footnote 1",
    )
    text = [
        label,
        *(f"{markup.heading(name, 2)}\n\nAbout {name}." for name in names),
        f"A footnote {markup.mark('own')}.",
        markup.footnote("own", "Its words."),
        f"See {markup.role('ref', 'this place <ednote-mill>')}.",
    ]
    contents = markup.toctree(["river"])
    files = {"index": markup.text(markup.heading("Index", 1), contents), "river": markup.text(_river(markup), *text)}
    built = build({f"{name}{markup.suffix}": words for name, words in files.items()}, builder)
    assert not built.warnings
    page = "river" if builder == "html" else "index"
    assert not pages.faults(built.out)
    (link,) = [link for link in built.body(page).iter("a") if link.text_content() == "this place"]
    section = built.page(page).get_element_by_id(link.get("href", "").partition("#")[2])
    assert section.tag in {"section", "span"}
    entry = built.page(page).get_element_by_id("source-flood")
    assert entry.tag == "li"


def test_a_link_of_myst_to_a_renamed_heading_leads_there(build: Build) -> None:
    text = MYST.text(_river(MYST), "## Cite flood", "Words.", "[there](#cite-flood) and [](#cite-flood)")
    built = build({"index.md": text}, myst_heading_anchors=2)
    assert not built.warnings
    links = [link.get("href") for link in built.body().iter("a") if link.text_content() in {"there", "Cite flood"}]
    assert links == ["#cite-flood-2"] * 2
    assert not pages.faults(built.out)


def test_no_slug_of_myst_is_an_id_of_ours(build: Build) -> None:
    """Slugs keep the letters that docutils' ids lose."""
    note = MYST.block("ednote", "über", "A note.", on="Words")
    built = build({"index.md": MYST.text("# Title", "Words.", note, "## Ednote über", "More.")}, myst_heading_anchors=2)
    assert not built.warnings
    assert not pages.faults(built.out)
    assert built.page().get_element_by_id("ednote-über").tag == "aside"


@pytest.mark.parametrize("markup", BOTH, ids=str)
@pytest.mark.parametrize("builder", ["html", "epub"])
def test_links_to_ids_with_colons_lead_there(build: Build, markup: Markup, builder: str) -> None:
    """Keys often have them; Sphinx takes them out of the links of EPUB."""
    text = [
        f"Words {markup.span('cite', 'doe:1999; doe:2001')} and {markup.span('noteref', 'a:b')} and more.",
        markup.block("ednote", "a:b", f"A note {markup.span('cite', 'doe:1999')}, see {markup.span('ednote', 'c:d')}."),
        markup.block("ednote", "c:d", "Another.", on="more"),
        markup.block("passage", "p:q", "The river rose.", source="doe:1999"),
        markup.block("source", "doe:1999", f"See {markup.span('passage', 'p:q')}.", title="The Flood"),
        markup.block("source", "doe:2001", title="The Ford"),
    ]
    other = [
        f"Words {markup.span('cite', 'doe:1999')}, {markup.span('noteref', 'a:b')}.",
        markup.block("register", of="notes", in_="text"),
    ]
    files = {
        "index": markup.text(markup.heading("Index", 1), markup.toctree(["text", "other"])),
        "text": markup.text(markup.heading("Text", 1), *text),
        "other": markup.text(markup.heading("Other", 1), *other),
    }
    built = build({f"{name}{markup.suffix}": words for name, words in files.items()}, builder)
    assert not built.warnings
    suffix = ".xhtml" if builder == "epub" else ".html"
    assert not pages.faults(built.out, suffix)
    page = (built.out / f"text{suffix}").read_text(encoding="utf-8")
    described = set(re.findall(r'aria-details="([^"]+)"', page))
    assert described <= set(re.findall(r' id="([^"]+)"', page))
    assert described
