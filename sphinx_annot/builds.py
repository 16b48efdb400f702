"""A build from beginning to end: what it needs, what it reports, and which pages it has to write again."""

from __future__ import annotations

import fnmatch
import hashlib
import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx import addnodes

from sphinx_annot import freshness, reporting
from sphinx_annot.checking import Check
from sphinx_annot.config import read_config
from sphinx_annot.domain import annot_domain, reading_order
from sphinx_annot.model.problems import Code, Place, Problem
from sphinx_annot.model.values import near_names

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from sphinx_annot.domain import AnnotDomain
    from sphinx_annot.freshness import Kept
    from sphinx_annot.model.records import Reference


def prepare(_app: Sphinx, config: Config) -> None:
    """Keep the snapshots out of the build: they are no documents, and their text is not to be published."""
    folder = read_config(config).snapshots
    if folder:
        config.exclude_patterns = [*config.exclude_patterns, folder, f"{folder}/**"]


def assemble(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Put the edition together, report its problems, and return the documents whose page has changed.

    What the last build has kept is taken over as far as nothing else can have come of it.
    """
    domain = annot_domain(env)
    domain.start(app.builder, app.registry)
    domain.before = before = freshness.load(_kept_file(app))
    order = reading_order(env)
    basis = freshness.basis(domain.settings, env.config.language, order=order, tags=app.tags)
    changed = before.changed(basis, domain.docs)
    domain.assemble(
        order,
        lambda only: all(app.tags.eval_condition(expression) for expression in only),
        None if changed is None else before.index,
    )
    assert domain.index is not None  # noqa: S101 (it was known, or has just been made)
    domain.check = Check(app, domain)
    problems, asked = _problems(app, domain, before, changed)
    domain.kept = kept = freshness.Kept(
        basis=basis,
        stamps=dict(domain.docs.stamps),
        index=domain.index,
        problems=problems,
        asked=asked,
        findings=domain.check.findings(before.findings, changed),
        written=before.written,
    )
    kept.pages = _pages(app, domain, before, kept, changed)
    domain.problems = tuple(dict.fromkeys([*_configuration(domain, env), *kept.all_problems()]))
    _withdraw_sources(app, domain)
    reporting.report(domain.problems, env, verbose=app.verbosity > 0)
    return [docname for docname, page in kept.pages.items() if kept.written.get(docname) != page]


def _problems(
    app: Sphinx, domain: AnnotDomain, before: Kept, changed: list[str] | None
) -> tuple[dict[str, tuple[Problem, ...]], frozenset[str]]:
    """Return what is wrong with each document, and those whose references other projects were asked about.

    It is known of documents that have not ``changed`` (None: of none), unless other projects have a say.
    """
    again = domain.docs.stamps.keys() if changed is None else {*changed, *before.asked}
    if not again:
        return before.problems, before.asked
    from sphinx_annot.model.check import check  # noqa: PLC0415 (in many builds nothing has changed)

    assert domain.edition is not None  # noqa: S101 (it has been assembled)
    problems = {} if changed is None else dict(before.problems)
    asked: set[str] = set()
    for docname in again:
        problems[docname] = tuple(check(domain.edition, docname, partial(_elsewhere, app, docname, asked)))
    return {docname: found for docname, found in problems.items() if found}, frozenset(asked)


def _pages(app: Sphinx, domain: AnnotDomain, before: Kept, now: Kept, changed: list[str] | None) -> dict[str, str]:
    """Return the digests of all pages; those are known of documents that have not ``changed`` (None: of none)."""
    if domain.check.is_shown and (changed or now.findings is not before.findings):
        # where verdicts are shown, a page depends on more than documents tell each other
        changed = None
    if changed == []:
        return before.pages
    from sphinx_annot.model.digests import Digests  # noqa: PLC0415 (in many builds nothing has changed)

    assert domain.edition is not None  # noqa: S101 (it has been assembled)
    settings, edition = domain.settings, domain.edition
    digests = Digests(
        edition,
        links=app.builder.name != "text",
        settings=repr((settings, app.config.language)),
        verdicts=domain.check.checked if domain.check.is_shown else (),
        switches=settings.reader_controls,
        framed=settings.reader_controls or settings.paragraph_numbers,
    )
    again = edition.order if changed is None else changed
    return {**(before.pages if changed else {}), **{name: digests.page(edition.pages[name]) for name in again}}


def note_written(app: Sphinx, _doctree: nodes.document, docname: str) -> None:
    """Remember that a page is being written."""
    annot_domain(app.env).written.add(docname)


def remember(app: Sphinx, exception: Exception | None) -> None:
    """After a build without error, keep what the written pages depended on, for this builder and output."""
    if exception is not None or app.env is None:
        return
    domain = annot_domain(app.env)
    if domain.kept is None:
        return
    # others may have resolved a tree of a name that is no document's
    written = {docname: page for docname, page in domain.kept.pages.items() if docname in domain.written}
    domain.kept.written = {**domain.kept.written, **written}
    if domain.kept != domain.before:
        freshness.save(_kept_file(app), domain.kept)


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
    if settings.exclude_notes and env.config.html_copy_source and domain.index and domain.index.excluded:
        message = "html_copy_source publishes the notes that annot_exclude_notes leaves out; set it to False"
        problems.append((Code.CONFIG, message))
    for what, name in settings.exclude_notes:
        # a misspelt name would publish what was to be left out
        if what == "layer" and not fnmatch.filter(env.all_docs, name):
            message = f'annot_exclude_notes: "layer:{name}" matches no document; write its name, or a pattern'
            problems.append((Code.CONFIG, message))
        elif what == "by" and domain.index and name not in domain.index.excluded_by:
            near = near_names(name, {note.by for doc in domain.docs.values() for note in doc.notes if note.by})
            hint = f'did you mean "by:{near[0]}"?' if near else "write the name as the notes have it"
            problems.append((Code.CONFIG, f'annot_exclude_notes: there is no note by "{name}"; {hint}'))
    place = Place(docname=env.config.root_doc, file="conf.py")
    return [Problem(code=code, message=message, place=place) for code, message in problems]


def _withdraw_sources(app: Sphinx, domain: AnnotDomain) -> None:
    """Take away the copies of sources that an earlier build has put into the output, with the notes now left out."""
    if app.builder.format == "html" and domain.index and domain.index.excluded and not app.config.html_copy_source:
        shutil.rmtree(Path(app.outdir, "_sources"), ignore_errors=True)


def _elsewhere(app: Sphinx, docname: str, asked: set[str], reference: Reference) -> bool:
    """Ask all extensions whether another project has the target of a document's reference."""
    domain = annot_domain(app.env)
    asked.add(docname)
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


def _kept_file(app: Sphinx) -> Path:
    """Return the file for this builder and output: doctrees may be shared by several."""
    name = f"{app.builder.name}\0{Path(app.outdir).resolve()}"
    short = hashlib.blake2b(name.encode(), digest_size=8).hexdigest()
    return Path(app.doctreedir) / f"annot-{short}.pickle"
