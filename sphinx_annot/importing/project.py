"""An edition -> files: a new Sphinx project, or a new document in an existing one."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sphinx_annot.formats.markup import markup_writer
from sphinx_annot.importing.article import Article, ArticleError, Doubt, slug
from sphinx_annot.importing.edition import Edition, EditionMaker
from sphinx_annot.importing.report import report_text
from sphinx_annot.importing.sources import with_keys

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_annot.formats.pieces import Piece

_SOURCE = re.compile(r"(?:\{annot:source\}|\.\. annot:source::)[ \t]+(\S+)(.*?)(?=\n\s*\n|\n:::|\n```|\Z)", re.DOTALL)
_URL = re.compile(r"^\s*:url:\s*['\"]?(\S+?)['\"]?\s*$", re.MULTILINE)
_EDITION = re.compile(r"(?:\{annot:edition\}|\.\. annot:edition::)[ \t]+(\S+)")
_LANGUAGES = {"zh": "zh_CN", "pt": "pt_PT", "no": "nb"}

CONF = '''"""Configuration of an annotated reading edition; see the documentation of sphinx-annot."""

project = {title!r}
author = {author!r}
copyright = {rights!r}
version = "1"
language = {language!r}

extensions = ["myst_parser", "sphinx_annot"]
myst_enable_extensions = ["colon_fence"]
annot_footnotes = "all"

smartquotes = False  # the text keeps the quotation marks and dashes it has
exclude_patterns = ["_build", "import-report*.md"]

html_theme = "furo"
html_title = project
html_show_sphinx = False
'''


@dataclass(slots=True)
class Written:
    """What an import wrote: the documents, the report, and the lines an existing ``conf.py`` needs (or none)."""

    documents: list[Path]
    report: Path
    conf_lines: list[str] = field(default_factory=list)


def write_project(
    article: Article,
    folder: Path,
    given: Path,
    *,
    name: str = "",
    markup: str = "myst",
    drop_back_matter: bool = False,
    force: bool = False,
) -> Written:
    """Write ``article`` as a project into ``folder``, or as a document into the project that is there.

    ``given`` is the file it came from, ``name`` what its document is called. Raises ``ArticleError`` if a file
    would be overwritten without ``force``, or cannot be written.
    """
    existing = (folder / "conf.py").exists()
    taken = _taken(folder) if existing else _Taken()
    _rename_sources(article, taken)
    edition = EditionMaker(
        article, _free_name(slug(name or given.stem) or "article", taken), drop_back_matter=drop_back_matter
    ).make()
    edition = _without_known_sources(edition, taken)
    writer = markup_writer(markup)
    files = {f"{document.name}{writer.suffix}": writer.document(document.pieces) for document in edition.documents}
    _copy_images(edition, given.parent, folder, article, files)
    report = f"import-report-{edition.id}.md" if existing else "import-report.md"
    files[report] = report_text(article, given.name)
    if not existing:
        files["conf.py"] = conf_text(edition, article)
        if "index.md" not in files and "index.rst" not in files:
            files["index.md"] = index_text(edition)
    _write(folder, files, force=force)
    lines = _missing_lines(folder) if existing else []
    return Written(
        [folder / f"{document.name}{writer.suffix}" for document in edition.documents], folder / report, lines
    )


def conf_text(edition: Edition, article: Article) -> str:
    """Return the ``conf.py`` of a new project."""
    primary = article.heading.language.partition("-")[0].lower()
    people = ", ".join(article.heading.author)
    rights = re.sub(r"^(?:copyright\s*)?(?:©|\(c\))?\s*", "", article.heading.copyright, flags=re.IGNORECASE)
    language = _LANGUAGES.get(primary, primary) or "en"
    return CONF.format(
        title=edition.title,
        author=people or article.heading.publication or "Anonymous",
        rights=rights or people or edition.title,
        language=language,
    )


def index_text(edition: Edition) -> str:
    """Return the root document of a new project."""
    writer = markup_writer("myst")
    title = re.sub(r"([\\`*_\[\]<>{}])", r"\\\1", edition.title)
    return f"{writer.title(title, 1)}\n\n```{{toctree}}\n{edition.documents[0].name}\n```\n"


@dataclass(slots=True)
class _Taken:
    keys: set[str] = field(default_factory=set)
    by_url: dict[str, str] = field(default_factory=dict)
    editions: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


def _taken(folder: Path) -> _Taken:
    """Read which keys, ids and addresses the documents of a project already have."""
    taken = _Taken()
    for path in sorted([*folder.rglob("*.md"), *folder.rglob("*.rst")]):
        if any(part.startswith(("_build", ".")) for part in path.relative_to(folder).parts):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        taken.editions |= {found.casefold() for found in _EDITION.findall(text)}
        for key, body in _SOURCE.findall(text):
            taken.keys.add(key.casefold())
            url = _URL.search(body)
            if url:
                taken.by_url.setdefault(url[1], key)
    return taken


def _free_name(name: str, taken: _Taken) -> str:
    free, letter = name, 0
    while free.casefold() in taken.editions:
        letter += 1
        free = name + chr(96 + letter) if letter < 27 else f"{name}-{letter}"
    return free


def _rename_sources(article: Article, taken: _Taken) -> None:
    """Give keys anew where they are taken; a source with an address that is known keeps the known key."""
    fresh = [note for note in article.notes if note.source is not None and note.source.url not in taken.by_url]
    for note in article.notes:
        if note.source is not None and note.source.url in taken.by_url:
            note.source = note.source._replace(key=taken.by_url[note.source.url])
    with_keys(fresh, taken.keys)


def _without_known_sources(edition: Edition, taken: _Taken) -> Edition:
    known = set(taken.by_url.values())
    for document in edition.documents:
        document.pieces = [
            piece for piece in document.pieces if not (piece.info == "annot:source" and piece.id in known)
        ]
    return edition


def _copy_images(edition: Edition, origin: Path, folder: Path, article: Article, files: dict[str, str]) -> None:
    """Copy the images that stand beside the article; one that is missing or elsewhere leaves its alternative text."""
    for address in edition.images:
        source = (origin / address).resolve()
        inside = (
            source.is_relative_to(origin.resolve())
            and source.is_file()
            and re.fullmatch(r"[\w./ -]+\.(?:png|jpe?g|gif|svg|webp)", address)
        )
        if inside:
            target = folder / address
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            continue
        article.doubts.append(
            Doubt(
                line=0,
                message=(
                    f'the image "{address[:160]}" does not lie beside the article; its alternative text '
                    f"stands in its place"
                ),
            )
        )
        for document in edition.documents:
            document.pieces = [without_image(piece, address) for piece in document.pieces]
        suffix = ".rst" if any(name.endswith(".rst") for name in files) else ".md"
        writer = markup_writer("rest" if suffix == ".rst" else "myst")
        files.update({f"{document.name}{suffix}": writer.document(document.pieces) for document in edition.documents})


def without_image(piece: Piece, address: str) -> Piece:
    """Return a piece in which an image has become its alternative text."""
    words = tuple(replace(item, image="") if item.image == address else item for item in piece.words)
    return replace(piece, words=words, children=tuple(without_image(child, address) for child in piece.children))


def _write(folder: Path, files: dict[str, str], *, force: bool) -> None:
    standing = [name for name in files if (folder / name).exists()]
    if standing and not force:
        raise ArticleError(f"{folder / standing[0]} exists; give another folder or name, or --force to overwrite it")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ArticleError(f"{folder} cannot be written: {error.strerror or error}") from error


def _missing_lines(folder: Path) -> list[str]:
    """Return the lines that an existing ``conf.py`` still needs."""
    text = (folder / "conf.py").read_text(encoding="utf-8", errors="replace")
    lines = []
    if "sphinx_annot" not in text or "myst_parser" not in text:
        lines.append('extensions += ["myst_parser", "sphinx_annot"]')
    if "colon_fence" not in text:
        lines.append('myst_enable_extensions = ["colon_fence"]')
    return lines
