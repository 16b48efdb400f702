"""The command ``sphinx-annot``: a thin face, one function a command."""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

INSTALL = 'sphinx-annot needs more packages; install them with: pip install "sphinx-annot[app]"'
BAD_INPUT = 2
_SHOWN = 20

try:
    import typer
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table
except ModuleNotFoundError:
    sys.stderr.write(f"{INSTALL}\n")
    raise SystemExit(BAD_INPUT) from None

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx_annot.importing.article import Article
    from sphinx_annot.importing.project import Written

application = typer.Typer(
    help="Annotated reading editions.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)

ArticleFile = Annotated[Path, typer.Argument(help="The article: text, Markdown or HTML.", show_default=False)]
MarkupName = Annotated[str, typer.Option(help="Markup to write: myst or rest.")]
DropBackMatter = Annotated[
    bool, typer.Option("--drop-backmatter", help="Leave out what belongs to the page, not to the text.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print everything as JSON.")]


def main() -> None:
    """Run the command line."""
    application()


# -- commands ------------------------------------------------------------------------------------------------------


@application.command()
def build(
    article: ArticleFile,
    site: Annotated[Path, typer.Argument(help="The folder for the finished edition.", show_default=False)],
    markup: MarkupName = "myst",
    drop_backmatter: DropBackMatter = False,  # noqa: FBT002 - an option of the command line
    report: Annotated[Path | None, typer.Option(help="Write the import report to this file, too.")] = None,
) -> None:
    """Make a finished HTML edition of an article."""
    with tempfile.TemporaryDirectory(prefix="sphinx-annot-") as scratch:
        project = Path(scratch) / "edition"
        with _one_line_errors(), _progress() as progress:
            found = _read(article, progress)
            progress("writing")
            _write(found, project, article, name="index", markup=markup, drop_backmatter=drop_backmatter, force=False)
            progress("building")
        status = _sphinx(project, site, Path(scratch) / "doctrees")
        if report is not None:
            report.write_text((project / "import-report.md").read_text(encoding="utf-8"), encoding="utf-8")
    if status:
        raise SystemExit(status)
    _say(f"The edition is in [bold]{_escaped(site / 'index.html')}[/]. {_counted(found)}")


@application.command(name="import")
def import_article(  # noqa: PLR0917 - each is an option of the command line
    article: ArticleFile,
    project: Annotated[Path, typer.Argument(help="A new folder, or an existing Sphinx project.", show_default=False)],
    name: Annotated[str, typer.Option(help="Name of the document; the file's name otherwise.")] = "",
    markup: MarkupName = "myst",
    drop_backmatter: DropBackMatter = False,  # noqa: FBT002 - an option of the command line
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that exist.")] = False,  # noqa: FBT002
    as_json: AsJson = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Make a Sphinx project of an article, ready to edit."""
    with _one_line_errors(), _progress() as progress:
        found = _read(article, progress)
        progress("writing")
        written = _write(
            found, project, article, name=name, markup=markup, drop_backmatter=drop_backmatter, force=force
        )
    if as_json:
        from sphinx_annot.importing.report import report_data

        _print_json(report_data(found))
    else:
        _say(f"Wrote [bold]{_escaped(written.documents[0])}[/]. {_counted(found)}")
        _say(f"What was mended and what is doubtful: {_escaped(written.report)}")
        for line in written.conf_lines:
            _say(f"Add to conf.py: {_escaped(line)}")


@application.command()
def inspect(article: ArticleFile, as_json: AsJson = False) -> None:  # noqa: FBT002 - an option of the command line
    """Show what the importer sees in an article; nothing is written."""
    with _one_line_errors(), _progress() as progress:
        found = _read(article, progress)
    if as_json:
        from sphinx_annot.importing.summary import summary

        _print_json(summary(found))
    else:
        _show(found)


# -- what the commands share ----------------------------------------------------------------------------------------


def _read(path: Path, progress: Callable[[str], None]) -> Article:
    from sphinx_annot.importing.reading import open_article, read_article

    return read_article(open_article(path), progress)


def _write(
    article: Article, folder: Path, given: Path, *, name: str, markup: str, drop_backmatter: bool, force: bool
) -> Written:
    from sphinx_annot.importing.article import ArticleError
    from sphinx_annot.importing.project import write_project

    if markup not in ("myst", "rest"):
        raise ArticleError(f'there is no markup "{markup}"; use myst or rest')
    return write_project(
        article, folder, given, name=name, markup=markup, drop_back_matter=drop_backmatter, force=force
    )


def _sphinx(project: Path, site: Path, doctrees: Path) -> int:
    """Build the project; Sphinx speaks for itself about what is wrong."""
    from sphinx.cmd.build import main as sphinx_build

    return sphinx_build(["-q", "-b", "html", "-d", str(doctrees), str(project), str(site)])


@contextlib.contextmanager
def _one_line_errors() -> Iterator[None]:
    """Say in one line what is wrong with the input, and exit with 2."""
    from sphinx_annot.importing.article import ArticleError

    try:
        yield
    except ArticleError as error:
        sys.stderr.write(f"sphinx-annot: {error}\n")
        raise SystemExit(BAD_INPUT) from None
    except ModuleNotFoundError as error:
        sys.stderr.write(f"{INSTALL} (missing: {error.name})\n")
        raise SystemExit(BAD_INPUT) from None


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Show on a terminal what is going on; in a pipe, nothing."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status("reading") as status:
        yield status.update


def _say(text: str) -> None:
    Console(soft_wrap=True, highlight=False).print(text)


def _escaped(value: object) -> str:
    return escape(str(value))


def _print_json(data: dict[str, Any]) -> None:
    sys.stdout.buffer.write((json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace"))


def _counted(article: Article) -> str:
    from sphinx_annot.importing.report import counts

    return (
        ", ".join(f"{count} {name if count != 1 else name[:-1]}" for name, count in counts(article).items() if count)
        or "Nothing was found but text."
    )


def _show(article: Article) -> None:
    """Print what was found, for a person."""
    from sphinx_annot.importing.report import report_lines

    console = Console(highlight=False)
    table = Table(show_header=False, box=None, pad_edge=False)
    for label, value in report_lines(article):
        table.add_row(f"[bold]{_escaped(label)}[/]", _escaped(value))
    console.print(table)
    for doubt in article.doubts[:_SHOWN]:
        place = f"line {doubt.line}: " if doubt.line else ""
        console.print(f"[yellow]doubtful[/] {_escaped(place + doubt.message)}")
    if len(article.doubts) > _SHOWN:
        console.print(f"... and {len(article.doubts) - _SHOWN} more; --json lists all")


if __name__ == "__main__":
    main()
