"""A build from beginning to end: what it needs, what it reports, and which pages it has to write again."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx import addnodes

from sphinx_annot import freshness, reporting
from sphinx_annot.checking import check_edition, shown_verdicts
from sphinx_annot.config import read_config
from sphinx_annot.domain import annot_domain
from sphinx_annot.model.check import check
from sphinx_annot.model.problems import Code, Place, Problem

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from sphinx_annot.domain import AnnotDomain
    from sphinx_annot.model.records import Reference


def prepare(_app: Sphinx, config: Config) -> None:
    """Keep the snapshots out of the build: they are no documents, and their text is not to be published."""
    folder = read_config(config).snapshots
    if folder:
        config.exclude_patterns = [*config.exclude_patterns, folder, f"{folder}/**"]


def assemble(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Put the edition together, report its problems, and return the documents whose page has changed."""
    domain = annot_domain(env)
    domain.start(app.builder, app.registry)
    edition = domain.assemble(lambda only: all(app.builder.tags.eval_condition(expression) for expression in only))
    problems = [*_configuration(domain, env), *check(edition, lambda *item: _elsewhere(app, domain, *item))]
    domain.checked, found = check_edition(
        edition,
        domain.settings,
        srcdir=Path(app.srcdir),
        confdir=Path(app.confdir),
        doctreedir=Path(app.doctreedir),
        language=str(env.config.language or "en"),
    )
    domain.problems = tuple(dict.fromkeys([*problems, *found]))
    reporting.report(domain.problems, env, verbose=app.verbosity > 0)
    before = freshness.load(_state_file(app))
    links, verdicts = app.builder.name != "text", shown_verdicts(domain.checked, domain.settings)
    domain.state = freshness.now(edition, domain.settings, before, links=links, verdicts=verdicts)
    return [docname for docname, page in domain.state.pages.items() if before.pages.get(docname) != page]


def note_written(app: Sphinx, _doctree: nodes.document, docname: str) -> None:
    """Remember that a page is being written."""
    annot_domain(app.env).written.add(docname)


def remember(app: Sphinx, exception: Exception | None) -> None:
    """After a build without error, keep what the written pages depended on, for this builder and output."""
    if exception is not None or app.env is None:
        return
    domain = annot_domain(app.env)
    if domain.edition is None or not domain.written:
        return
    freshness.save(_state_file(app), domain.state, domain.written)


def leave_unknown(
    _app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, contnode: nodes.Element
) -> nodes.Element | None:
    """Print the words of a reference to an object that nobody has; the problem has been reported by us."""
    if node.get("refdomain") != "annot" or annot_domain(env).asking:
        return None
    return contnode


def _configuration(domain: AnnotDomain, env: BuildEnvironment) -> list[Problem]:
    settings = domain.settings
    problems = list(settings.problems)
    if settings.exclude_notes and env.config.html_copy_source and any(doc.excluded for doc in domain.docs.values()):
        message = "html_copy_source publishes the notes that annot_exclude_notes leaves out; set it to False"
        problems.append((Code.CONFIG, message))
    place = Place(docname=env.config.root_doc, file="conf.py")
    return [Problem(code=code, message=message, place=place) for code, message in problems]


def _elsewhere(app: Sphinx, domain: AnnotDomain, reference: Reference, docname: str) -> bool:
    """Ask all extensions whether another project has the target of a reference."""
    node = addnodes.pending_xref(
        "",
        refdomain="annot",
        reftype=reference.role,
        reftarget=reference.target,
        refexplicit=reference.titled,
        refdoc=docname,
    )
    domain.asking = True
    try:
        found = app.emit_firstresult("missing-reference", app.env, node, addnodes.literal_emphasis("", "x"))
    finally:
        domain.asking = False
    return found is not None


def _state_file(app: Sphinx) -> Path:
    """Return the file for this builder and output: doctrees may be shared by several."""
    name = f"{app.builder.name}\0{Path(app.outdir).resolve()}"
    short = hashlib.blake2b(name.encode(), digest_size=8).hexdigest()
    return Path(app.doctreedir) / f"annot-{short}.json"
