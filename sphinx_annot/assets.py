"""The stylesheet and the script, on the pages that need them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_annot import nodes as annot
from sphinx_annot.domain import annot_domain, settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes
    from sphinx.application import Sphinx

_STATIC = Path(__file__).parent / "static"
#: What is switched off: its notes and marks, and the line under its words. The stylesheet reads the properties.
_OFF = (
    (":is(.annot-note,.annot-mark)", "{--annot-show:none;--annot-seen:hidden}"),
    (".annot-lemma", "{text-decoration:none;background:none!important;box-shadow:none!important}"),
)
#: The state of the switches: as the address says, else as remembered.
_BEFORE = (
    'try{let s=new URLSearchParams(location.search).get("notes-off")??localStorage.getItem("annot-off");'
    "if(s)document.documentElement.dataset.annotOff=s}catch{}"
)
_LATEX = Path(__file__).parent / "latex" / "sphinxannot.sty"


def register(app: Sphinx) -> None:
    """Let HTML builders copy our static files, and LaTeX builders our macros."""
    if app.builder.format == "html":
        app.config.html_static_path.append(str(_STATIC))
    elif app.builder.format == "latex":
        app.config.latex_additional_files = [*app.config.latex_additional_files, str(_LATEX)]
        app.add_latex_package(_LATEX.stem, after_hyperref=True)


def place(app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Put the stylesheet and the script on a page that shows something of ours."""
    # an index or a page of search has no document, and nothing to ask the edition for
    edition = annot_domain(app.env).edition if doctree is not None else None
    if doctree is None or edition is None:
        return
    page = edition.pages.get(pagename)
    if page is None or not (
        page.notes or page.footnotes or page.entries or page.registers or page.commentary
        or edition.docs[pagename].passages or edition.docs[pagename].header
    ):  # fmt: skip
        return
    app.add_css_file("annot.css")
    if settings(app.env).quote_check == "show":
        app.add_css_file("annot-verdicts.css")
    if app.builder.name == "epub":
        return
    app.add_js_file("annot.js", loading_method="defer")
    if not settings(app.env).reader_controls:
        return
    switches = [switch for node in doctree.findall(annot.annot_controls) for switch in node["switches"]]
    if switches:
        context["metatags"] = f"{context.get('metatags', '')}\n{_switching(switches)}"


def _switching(switches: Iterable[tuple[str, str, str, str]]) -> str:
    """Return what keeps switched-off notes from showing before the script runs: a style, and a script of one line."""
    rules = "".join(
        f"[data-annot-off~={_quoted(token)}] {{part}}[data-annot-{what}={_quoted(name)}]{{look}}"
        .replace("{part}", part).replace("{look}", look)
        for what, name, _, token in dict.fromkeys(switches)
        for part, look in _OFF
    )  # fmt: skip
    return f"<style>{rules}</style>\n<script>{_BEFORE}</script>"


def _quoted(text: str) -> str:
    """Return a text as a string of CSS that is safe inside HTML."""
    return '"' + "".join(char if char.isalnum() else f"\\{ord(char):x} " for char in text) + '"'
