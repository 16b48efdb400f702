"""A project as the command line sees it: read once by Sphinx, into folders that are thrown away."""

from __future__ import annotations

import io
import os
import re
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docutils.utils import SystemMessage
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.console import nocolor
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sphinx_annot.config import CHECKS
from sphinx_annot.domain import annot_domain
from sphinx_annot.model.report import InputError, Spot, make_report
from sphinx_annot.undeclared import undeclared

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.environment import BuildEnvironment

    from sphinx_annot.domain import AnnotDomain
    from sphinx_annot.model.edition import Edition
    from sphinx_annot.model.problems import Place, Problem
    from sphinx_annot.model.quotations import Checked
    from sphinx_annot.model.report import Report

#: The tags of the output that is published: ``only:: html`` shows here what it shows there.
_TAGS = ("html", "format_html", "builder_html")


@dataclass(frozen=True, kw_only=True)
class Project:
    """What was read. ``messages`` are what Sphinx and other extensions had to say."""

    folder: Path
    env: BuildEnvironment
    domain: AnnotDomain
    edition: Edition
    checked: Sequence[Checked]
    problems: Sequence[Problem]
    messages: str

    def spot(self, place: Place) -> Spot:
        """Return where a place is, as seen from the working folder."""
        path = self.env.srcdir / place.file if place.file else Path(self.env.doc2path(place.docname))
        try:
            file = os.path.relpath(path)
        except ValueError:  # on another drive
            file = str(path)
        return Spot(Path(file).as_posix(), place.line)

    def report(self) -> Report:
        """Return the report on the project, with the quotations that are not declared as such."""
        found = [problem for docname in self.edition.order for problem in undeclared(self.env, docname)]
        silenced = set(self.env.config.suppress_warnings)
        shown = [
            problem
            for problem in [*self.problems, *found]
            if not silenced & {"annot", "annot.*", f"annot.{problem.code}"}
        ]
        return make_report(str(self.env.config.project), self.edition, self.checked, shown, self.spot)


@contextmanager
def read_project(folder: Path) -> Iterator[Project]:
    """Read the project in a folder with a ``conf.py``."""
    if not (folder / "conf.py").is_file():
        raise InputError(f"{folder}: there is no conf.py; name the folder of a Sphinx project")
    warnings = io.StringIO()
    nocolor()
    with (
        tempfile.TemporaryDirectory(prefix="sphinx-annot-") as scratch,
        patch_docutils(folder),
        docutils_namespace(),
        _one_line_errors(folder),
    ):
        app = Sphinx(
            folder, folder, Path(scratch, "out"), Path(scratch, "doctrees"), "dummy",
            status=None, warning=warnings, tags=_TAGS,
        )  # fmt: skip
        if "sphinx_annot" not in app.extensions:
            raise InputError(f'{folder / "conf.py"}: add "sphinx_annot" to extensions')
        if app.config.annot_quote_check in CHECKS:
            # who asks is answered, whatever a build does; with the words around, to be shown
            app.config.annot_quote_check = "show"
        app.build()
        domain = annot_domain(app.env)
        if domain.edition is None:
            raise InputError(f"{folder}: there is no document")
        yield Project(
            folder=folder,
            env=app.env,
            domain=domain,
            edition=domain.edition,
            checked=domain.check.checked,
            problems=domain.problems,
            messages=_others(warnings.getvalue()),
        )


@contextmanager
def _one_line_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except (SphinxError, SystemMessage, OSError) as error:
        raise InputError(f"{folder}: {' '.join(str(error).split())}") from error


def _others(text: str) -> str:
    """Return the messages that are not ours."""
    return "".join(line for line in text.splitlines(keepends=True) if not re.search(r"\[annot\.\w+\]$", line))
