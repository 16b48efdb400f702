"""Garbage collection, left out of builds that make little garbage.

Python's collector goes through all that a project has loaded, again and again: a good part of what a build costs in
which one page is read and written. As long as the sources of what is read and written are short, nothing is collected.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from sphinx_annot.domain import annot_domain

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_LITTLE = 256 * 1024
"""Bytes of source text. What is made of them, and is garbage by the end, takes tens of megabytes."""


def begin(_app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Stop collecting if little is read (event ``env-before-read-docs``)."""
    domain = annot_domain(env)
    domain.spared = 0
    left = _LITTLE - sum(_size(env, docname) for docname in docnames)
    if left > 0 and gc.isenabled():
        gc.disable()
        domain.spared = left


def spend(app: Sphinx, _doctree: nodes.document, docname: str) -> None:
    """Collect again if much is written, whoever asked for that (event ``doctree-resolved``)."""
    domain = annot_domain(app.env)
    if domain.spared:
        domain.spared = max(0, domain.spared - _size(app.env, docname))
        if not domain.spared:
            gc.enable()


def end(app: Sphinx, _exception: Exception | None) -> None:
    """Collect again (event ``build-finished``)."""
    if app.env is not None and annot_domain(app.env).spared:
        annot_domain(app.env).spared = 0
        gc.enable()


def _size(env: BuildEnvironment, docname: str) -> int:
    try:
        return env.doc2path(docname).stat().st_size
    except OSError:  # it was taken away while it was read
        return 0
