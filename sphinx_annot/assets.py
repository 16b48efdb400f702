"""The stylesheet and the script, on the pages that need them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_annot.domain import annot_domain

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

_STATIC = Path(__file__).parent / "static"
_LATEX = Path(__file__).parent / "latex" / "sphinxannot.sty"


def register(app: Sphinx) -> None:
    """Let HTML builders copy our static files, and LaTeX builders our macros."""
    if app.builder.format == "html":
        app.config.html_static_path.append(str(_STATIC))
    elif app.builder.format == "latex":
        app.config.latex_additional_files = [*app.config.latex_additional_files, str(_LATEX)]
        app.add_latex_package(_LATEX.stem, after_hyperref=True)


def place(app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Put the stylesheet and the script on a page that shows something of ours."""
    edition = annot_domain(app.env).edition
    if doctree is None or edition is None:
        return
    page = edition.pages.get(pagename)
    if page is None or not (
        page.notes or page.footnotes or page.entries or page.registers or page.commentary
        or edition.docs[pagename].passages or edition.docs[pagename].header
    ):  # fmt: skip
        return
    app.add_css_file("annot.css")
    app.add_js_file("annot.js", loading_method="defer")
