"""Whatever is typed stays text: no page gets an element, attribute or link from it, and LaTeX compiles."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING
from urllib.parse import unquote

import html5lib  # type: ignore[import-untyped,unused-ignore]
import lxml.etree
import pytest

from tests.hostile.cases import (
    ADDRESSES,
    EDITION_TEXTS,
    NOTE_TEXTS,
    PASSAGE_TEXTS,
    PAYLOADS,
    PROOF,
    REGISTER_TEXTS,
    SOURCE_TEXTS,
)
from tests.markup import BOTH, MYST, RST, Markup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from tests.conftest import Build
    from tests.projects import Built

ADDRESS_ATTRIBUTES = {"href", "src", "cite", "action", "data"}
LOADING = {"img", "iframe", "object", "embed", "base", "meta"}
SAFE_SCHEMES = ("http:", "https:", "mailto:", "ftp:", "doi:")


def _elements(path: Path) -> Iterator[Element]:
    """The elements that a browser would make of a page."""
    yield from html5lib.parse(path.read_bytes(), treebuilder="etree", namespaceHTMLElements=False).iter()


def _live(path: Path) -> list[str]:
    """All that would run or lead outside, with the proof in it or with a scheme that no source may have."""
    found = []
    for element in _elements(path):
        tag = str(element.tag)
        if tag == "script" and PROOF in (element.text or ""):
            found.append(f"script: {element.text}")
        for name, value in element.attrib.items():
            scheme = value.strip().lower().split("/")[0]
            runs = name.startswith("on")
            leads = name in ADDRESS_ATTRIBUTES and ":" in scheme and not scheme.startswith(SAFE_SCHEMES)
            loads = tag in LOADING and PROOF in value and name != "content"
            if runs or leads or loads:
                found.append(f"{tag} {name}={value}")
    return found


def _check_pages(built: Built) -> None:
    for path in built.out.rglob("*.html"):
        assert not _live(path), path.name


def _quoted(markup: Markup, text: str) -> str:
    """A value that begins with or holds what the markup would read, as a careful author types it."""
    if markup is MYST:
        return "'" + text.replace("'", "''") + "'"
    return text


def _words(markup: Markup, text: str) -> str:
    """Text in which no character is markup."""
    escaped = {"\\": "\\\\"} | {character: f"\\{character}" for character in "`*_|<>[]{}:#&"}
    return "".join(escaped.get(character, character) for character in text) if markup is RST else _myst(text)


def _myst(text: str) -> str:
    return "".join(f"\\{character}" if character in "\\`*_{}[]()<>#+-.!|&:$" else character for character in text)


def _options(markup: Markup, names: tuple[str, ...], text: str, **fixed: str) -> dict[str, str]:
    return {name: _quoted(markup, text) for name in names} | fixed


def _document(markup: Markup, payload: str) -> dict[str, str]:
    """The payload in every option, body and role; then words on which a note can hang."""
    words = _words(markup, payload)
    text = f"Before {words} after, and more words to hang a note on."
    blocks = [
        markup.heading(f"Title {words}", 1),
        markup.directive("annot:edition", "text", _options(markup, EDITION_TEXTS, payload), ""),
        text,
        markup.directive("annot:ednote", "n0", {"on": "more words to hang"}, f"A note: {words}"),
        *(
            markup.directive("annot:ednote", f"n-{name}", {name: _quoted(markup, payload)}, f"A note: {words}")
            for name in NOTE_TEXTS
        ),
        f"See {markup.span('cite', 'safe')}, {markup.span('quote', 'some words <safe, p. 3>')}.",
        *(
            markup.directive("annot:passage", f"p-{name}", {"source": "safe"} | {name: _quoted(markup, payload)}, words)
            for name in PASSAGE_TEXTS
        ),
        *(
            markup.directive("annot:register", "", {"of": "sources", name: _quoted(markup, payload)}, "")
            for name in REGISTER_TEXTS
        ),
        markup.directive("annot:layer", "", {"by": _quoted(markup, payload)}, ""),
        markup.directive("annot:source", "safe", _options(markup, SOURCE_TEXTS, payload), f"A remark: {words}"),
    ]
    return {f"index{markup.suffix}": markup.text(*blocks)}


def test_what_looks_for_live_markup_finds_it(tmp_path: Path) -> None:
    """The other tests rest on this one."""
    page = tmp_path / "page.html"
    live = f"<script>{PROOF}()</script><p onclick={PROOF}()><a href=' javascript:x'></a><img src='{PROOF}'>"
    page.write_text(f"<!DOCTYPE html><title>x</title>{live}", encoding="utf-8")
    assert len(_live(page)) == 4
    page.write_text("<!DOCTYPE html><title>x</title><a href='https://example.org/'>x</a>", encoding="utf-8")
    assert _live(page) == []


@pytest.mark.parametrize("markup", BOTH, ids=str)
@pytest.mark.parametrize("name", PAYLOADS)
def test_a_payload_everywhere_stays_text(build: Build, name: str, markup: Markup) -> None:
    built = build(_document(markup, PAYLOADS[name]), smartquotes=False)
    _check_pages(built)
    page = " ".join(built.body().text_content().split())
    assert "more words to hang" in page
    assert page.count(" ".join(PAYLOADS[name].split())[:12]) >= 4


@pytest.mark.parametrize("markup", BOTH, ids=str)
def test_payloads_as_keys_and_ids_stay_text(build: Build, markup: Markup) -> None:
    blocks = [markup.heading("Title", 1), "Words."]
    for payload in PAYLOADS.values():
        line = " ".join(payload.split()).replace("`", "")
        blocks += [
            markup.block("source", line, title="A title"),
            markup.block("ednote", line, "A note."),
            markup.block("passage", line, "Words.", source=_quoted(markup, line)),
            f"See {markup.span('cite', line)} and {markup.span('ednote', line)} and {markup.span('noteref', line)}.",
        ]
    built = build({f"index{markup.suffix}": markup.text(*blocks)})
    _check_pages(built)
    assert "Words." in built.body().text_content()


@pytest.mark.parametrize("markup", BOTH, ids=str)
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_runs_anything(build: Build, address: str, markup: Markup) -> None:
    fields = {name: _quoted(markup, address) for name in ("url", "archive-url", "doi")}
    source = markup.directive("annot:source", "flood", {"title": "The Flood", **fields}, "")
    blocks = [markup.heading("Title", 1), f"Words {markup.span('cite', 'flood')}.", source]
    passage = markup.block("passage", "p", "The river rose.", source="flood")
    built = build({f"index{markup.suffix}": markup.text(*blocks, passage)})
    _check_pages(built)
    assert "The Flood" in built.body().text_content()


@pytest.mark.parametrize("markup", BOTH, ids=str)
def test_good_addresses_are_links(build: Build, markup: Markup) -> None:
    """The counterpart: what is refused above is refused for its scheme."""
    addresses = (
        "https://example.org/a?b=1&c=2",
        "http://example.org/",
        "mailto:a@example.org",
        "ftp://example.org/x",
        "a/b.pdf",
    )
    sources = [markup.block("source", f"s{number}", title="T", url=url) for number, url in enumerate(addresses)]
    cites = markup.span("cite", "; ".join(f"s{number}" for number in range(len(addresses))))
    built = build({f"index{markup.suffix}": markup.text(markup.heading("Title", 1), cites, *sources)})
    assert set(addresses) <= {unquote(link.get("href", "")) for link in built.body().iter("a")}


@pytest.mark.parametrize("markup", BOTH, ids=str)
@pytest.mark.parametrize("number", [0, 1, 7, 8, 11, 12, 27, 31, 127, 0x85, 0x2028, 0xFEFF, 0xFFFE])
def test_control_characters_break_no_page(build: Build, number: int, markup: Markup) -> None:
    text = f"a{chr(number)}b"
    blocks = [
        markup.heading("Title", 1),
        f"Words {text} and more {markup.span('cite', 'flood')}.",
        markup.block("ednote", "n", f"A note {text}.", on="and more", by=text),
        markup.block("source", "flood", title=text, author=text, url=f"https://example.org/{text}"),
        markup.block("passage", "p", f"Words {text}.", source="flood", speaker=text, locator=text),
    ]
    files = {f"index{markup.suffix}": markup.text(*blocks)}
    for builder in ("html", "epub", "xml"):
        build(files, builder)
    built = build(files)
    _check_pages(built)
    assert "A note" in built.body().text_content()


@pytest.mark.parametrize("markup", BOTH, ids=str)
@pytest.mark.parametrize("builder", ["epub", "xml"])
def test_options_leave_xml_well_formed(build: Build, builder: str, markup: Markup) -> None:
    """Control characters have no place in XML at all; what a body holds of them is left to Sphinx.

    A form feed and a vertical tab end a line, and what follows them is body.
    """
    controls = "".join(map(chr, (0, 1, 7, 8, 27, 31, 127, 0xFFFE)))
    files = {}
    for number, payload in enumerate(PAYLOADS.values()):
        (text,) = _document(markup, payload).values()
        files[f"page{number}{markup.suffix}"] = text.replace("safe", f"safe{number}")
    options = {"title": f"a{controls}b", "author": controls, "url": f"https://example.org/{controls}"}
    files[f"controls{markup.suffix}"] = markup.text(
        markup.heading("Controls", 1),
        markup.span("cite", "controls"),
        markup.directive("annot:source", "controls", options, ""),
        markup.block("ednote", "n", "A note.", by=f"a{controls}b"),
        markup.block("passage", "p", "Words.", source="controls", speaker=controls, locator=f"p. {controls}"),
    )
    names = [name.rsplit(".", 1)[0] for name in files]
    files[f"index{markup.suffix}"] = markup.text(markup.heading("All", 1), markup.toctree(names))
    built = build(files, builder)
    pages = [path for path in built.out.rglob("*") if path.suffix in {".xhtml", ".xml", ".opf", ".ncx"}]
    assert len(pages) > len(PAYLOADS)
    for path in pages:
        lxml.etree.parse(path)


@pytest.mark.parametrize("markup", BOTH, ids=str)
def test_very_long_values_are_printed_whole(build: Build, markup: Markup) -> None:
    long = "word " * 20_000
    blocks = [
        markup.heading("Title", 1),
        f"The river rose {markup.span('cite', 'flood')}.",
        long,
        markup.block("ednote", "n", "A note.", on=long, by=long, prefix=long),
        markup.block("ednote", "o", "A note.", on="The river", suffix=long, kind=long),
        markup.block("passage", "p", long, source="flood", speaker=long, locator=long),
        markup.block("source", "flood", title=long, author="; ".join(["A Person"] * 10_000)),
        markup.block("register", of="notes", in_=long),
    ]
    built = build({f"index{markup.suffix}": markup.text(*blocks)})
    assert built.body().text_content().count("word word") > 30_000
    assert max(map(len, built.reports)) < 2000, "a message is for a person to read"


@pytest.mark.parametrize("markup", BOTH, ids=str)
def test_a_note_may_refer_to_itself(build: Build, markup: Markup) -> None:
    loop = f"See {markup.span('ednote', 'loop')} {markup.span('noteref', 'loop')} {markup.span('cite', 'text')}."
    blocks = [
        markup.heading("Title", 1),
        markup.block("edition", "text"),
        "The river rose.",
        markup.block("ednote", "loop", loop, on="river"),
        markup.block("ednote", "one", markup.span("noteref", "two")),
        markup.block("ednote", "two", markup.span("noteref", "one")),
        markup.block("ednote", "in", "On itself.", in_="index", on="On itself"),
        markup.block("passage", "p", "The river rose.", source="text"),
    ]
    built = build({f"index{markup.suffix}": markup.text(*blocks)})
    (note,) = [element for element in built.body().iter() if element.get("id") == "ednote-loop"]
    assert "#ednote-loop" in {link.get("href") for link in note.iter("a")}


@pytest.mark.core
@pytest.mark.parametrize("builder", ["html", "text", "latex"])
@pytest.mark.parametrize("markup", BOTH, ids=str)
def test_two_documents_may_quote_each_other(build: Build, markup: Markup, builder: str) -> None:
    files = {}
    for name, other in (("one", "two"), ("two", "one")):
        files[f"{name}{markup.suffix}"] = markup.text(
            markup.heading(name.title(), 1),
            markup.block("edition", name, author=f"Author {name}"),
            f"Words that {name} alone has, and {markup.span('quote', f'Words that {other} alone <{other}>')}.",
            markup.block("passage", f"from-{other}", f"Words that {other} alone has", source=other),
            markup.block("layer", in_=other),
            markup.block(
                "ednote",
                f"note-{name}",
                f"See {markup.span('ednote', f'note-{other}')}.",
                on=f"Words that {other} alone",
            ),
            markup.block("register", of="notes", in_="*"),
        )
    contents = markup.text(markup.heading("Both", 1), markup.toctree(["one", "two"]))
    built = build({f"index{markup.suffix}": contents, **files}, builder, nitpicky=True)
    assert not built.warnings


def _compile(folder: Path) -> None:
    (file,) = folder.glob("*.tex")
    command = ["xelatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", file.name]
    run = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    log = file.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
    assert run.returncode == 0, log[-3000:]


def test_hostile_words_compile_in_latex(build: Build) -> None:
    """All payloads and addresses in one book: a run of LaTeX costs seconds."""
    if not shutil.which("xelatex"):
        pytest.skip("xelatex is not installed")
    files: dict[str, str] = {}
    for markup in BOTH:
        for number, payload in enumerate(PAYLOADS.values()):
            (text,) = _document(markup, payload).values()
            files[f"{markup}{number}{markup.suffix}"] = text.replace("safe", f"safe{markup}{number}")
        fields = [
            markup.directive("annot:source", f"a{markup}{n}", {"title": "T", "url": _quoted(markup, address)}, "")
            for n, address in enumerate(ADDRESSES)
        ]
        cites = " ".join(markup.span("cite", f"a{markup}{n}") for n in range(len(ADDRESSES)))
        files[f"addresses{markup}{markup.suffix}"] = markup.text(markup.heading("A", 1), cites, *fields)
    controls = "a" + "".join(map(chr, (0, 1, 7, 8, 11, 12, 27, 127, 0x85, 0xFFFE))) + "b"
    files["controls.rst"] = RST.text(
        RST.heading("Controls", 1),
        f"Words {RST.span('cite', 'controls')}.",
        RST.block("ednote", "controls", "A note.", by=controls),
        RST.block("source", "controls", title=controls, author=controls, url=f"https://example.org/{controls}"),
    )
    names = [name.rsplit(".", 1)[0] for name in files]
    files["index.md"] = MYST.text("# All", MYST.toctree(names))
    built = build(files, "latex", latex_engine="xelatex")
    _compile(built.out)
    if shutil.which("pdftotext"):
        command = ["pdftotext", "project.pdf", "-"]
        text = subprocess.run(command, cwd=built.out, capture_output=True, check=True, text=True).stdout
        assert "root:" not in text, "a file of the machine was read into the book"
        assert "A remark:" in text
