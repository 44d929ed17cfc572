"""Stage 6, markdown: a template and a context give Pandoc Markdown.

Alone knows Jinja2, with `compiled.py`, which keeps what it compiles.

Templates are sandboxed and strict. Every value is escaped so that it prints as itself; Markdown
texts of the data are set aside and replaced by a mark, so that no text becomes markup by accident.
"""

import re
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path, PurePosixPath
from typing import Any

import jinja2

from dla_docs.context.context import Context
from dla_docs.context.views import TemplateFault
from dla_docs.disk.reading import TEMPLATE as MOST
from dla_docs.disk.reading import Unreadable, is_taken, located, read
from dla_docs.documents.documents import BLANK
from dla_docs.documents.logos import Logo
from dla_docs.model.errors import Defect, TemplateError
from dla_docs.model.values import Riche
from dla_docs.model.workspace import Workspace
from dla_docs.tree.compiled import compiled_templates
from dla_docs.tree.filters import Printer, headings, model_function, section_function
from dla_docs.tree.sandbox import Forbidden, Sandbox

BLANK_TEMPLATE = "vierge.md.j2"
_PACKAGE = located(Path(__file__)).parents[1]
_GUARDS = frozenset({"adapted.py", "operations.py", "sandbox.py"})


@dataclass(frozen=True)
class Text:
    """Pandoc Markdown, and what its marks stand for: texts of the data and logos, by rank."""

    markdown: str
    riches: tuple[Riche, ...]
    logos: tuple[Logo, ...]


class Templates:
    """The templates of a workspace; one Jinja environment for all documents of a run."""

    def __init__(self, workspace: Workspace) -> None:
        self._folders, self._roots = workspace.template_folders, workspace.roots
        self._printer = Printer()
        # Every printed value is escaped by `finalize`, and the sandbox makes macros return Markup
        # that is not escaped again: a filter to write at each value would be forgotten.
        self._environment = Sandbox(
            loader=jinja2.FunctionLoader(self._source),
            finalize=self._printer,
            # A line that holds a statement alone leaves none: Markdown would end a paragraph there.
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            bytecode_cache=compiled_templates(Path(__file__)),
        )

    def fill(self, context: Context) -> Text:
        """Fill the template of a document, or its blank form where it is one.

        Raises TemplateError with the template's line, and Defect for a fault of ours.
        """
        riches: list[Riche] = []
        self._printer.riches = riches
        self._printer.cents = context.document.type.centimes
        self._environment.allowance.renew(context.lines)
        blank = context.document.variant == BLANK
        name = (
            self._blank_form(context)
            if blank
            else f"{context.document.type.name}/{context.document.type.gabarit}"
        )
        try:
            markdown = self._template(name).render(handed(context))
        except jinja2.TemplateSyntaxError as error:
            place = error.filename or self._path(error.name or name)
            raise TemplateError(f"{place}:{error.lineno}: {_syntax(error)}") from error
        except jinja2.TemplateNotFound as error:
            raise TemplateError(f"le gabarit {error.name} est introuvable") from error
        except TemplateError:
            raise
        except Exception as error:
            raise self._fault(error, name) from error
        return Text(markdown, tuple(riches), context.logos)

    def _template(self, name: str) -> jinja2.Template:
        try:
            return self._environment.get_template(name)
        except UnicodeDecodeError as error:
            raise TemplateError(f"{self._path(name)} : le gabarit n’est pas en UTF-8") from error
        except (ValueError, SyntaxError, RecursionError, MemoryError) as error:
            # Python refuses what is nested too deep, such as twenty loops, and endless figures.
            raise TemplateError(
                f"{self._path(name)} : le gabarit n’est pas lisible : des boucles ou des calculs y "
                "sont imbriqués trop profond, ou un nombre y est démesuré"
            ) from error

    def _blank_form(self, context: Context) -> str:
        """The type's own blank form where it has one, else the form that all share."""
        own = f"{context.document.type.name}/{BLANK_TEMPLATE}"
        return own if self._known(own) else f"_mise-en-page/{BLANK_TEMPLATE}"

    def _fault(self, error: Exception, name: str) -> TemplateError | Defect:
        """A fault met while filling, with the template's line and, for a name, its column."""
        frames = traceback.extract_tb(error.__traceback__)
        lines = [frame for frame in frames if _is_template(frame)]
        place = str(self._path(name))
        if lines:
            path, line = Path(lines[-1].filename), lines[-1].lineno or 1
            place = f"{path}:{line}:{_column(self._text(path), line, error)}"
        if _is_ours(error, frames):
            return Defect.of(error, f"en remplissant {place}")
        message = str(error) if isinstance(error, TemplateFault) else _impossible(error)
        return TemplateError(f"{place}: {message}", "corrigez le gabarit à cet endroit")

    def _path(self, name: str) -> Path:
        return self._known(name) or Path(name)

    def _known(self, name: str) -> Path | None:
        """Where a template is, in its folders and no other; None where it is nowhere."""
        # A name that goes up would be another folder's, inside the workspace or not.
        plain = PurePosixPath(name)
        if ".." in plain.parts or plain.is_absolute():
            return None
        return next((f / name for f in self._folders if is_taken(f / name)), None)

    def _source(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        """What Jinja loads: a text, its file, and whether it still is what the file holds.

        Raises TemplateFault for what a template includes by something else than a name.
        """
        if not isinstance(name, str):
            raise TemplateFault("un gabarit se nomme par un texte : « _mise-en-page/macros.md.j2 »")
        path = self._known(name)
        return (self._text(path), str(path), lambda: True) if path else None

    def _text(self, path: Path) -> str:
        """The text of a template. Raises TemplateError for what must not or cannot be read."""
        try:
            content = read(path, self._roots, MOST)
        except Unreadable as error:
            raise TemplateError(f"{path} : le gabarit {error}") from error
        # The ends of lines of every system are one.
        return StringIO(content.decode("utf-8"), None).read()


def handed(context: Context) -> dict[str, Any]:
    """Everything that a template finds by its name, besides the globals of the sandbox."""
    return {
        **context.names,
        "section": section_function(context),
        "modele": model_function(context),
        "sections": headings(context.document.type),
        "logos": context.logos,
    }


def _impossible(error: Exception) -> str:
    """What cannot be filled, of what Python and Jinja say in English."""
    if isinstance(error, RecursionError):
        return "ce gabarit, ou une de ses macros, s’appelle sans fin"
    return "calcul impossible : ces valeurs ne vont pas ensemble"


def _is_template(frame: traceback.FrameSummary) -> bool:
    return frame.filename.endswith(".j2")


def _is_ours(error: Exception, frames: Iterable[traceback.FrameSummary]) -> bool:
    """Whether an exception comes from our code rather than from what a template asks of it.

    The innermost frame tells, those of libraries aside: our views and filters refuse what is asked
    wrong by TemplateFault, so that they raise nothing else unless they are wrong themselves.
    """
    if isinstance(error, TemplateFault | jinja2.TemplateError | RecursionError):
        # A template that calls itself without end stops anywhere, in our code too.
        return False
    ours = [f for f in frames if _is_template(f) or _is_of_package(f)]
    # The templates of an installed package are inside it.
    return bool(ours) and not _is_template(ours[-1])


def _is_of_package(frame: traceback.FrameSummary) -> bool:
    # What guards templates computes what they ask for: its faults are theirs.
    path = Path(frame.filename)
    return path.is_relative_to(_PACKAGE) and path.name not in _GUARDS


def _column(source: str, line: int, error: Exception) -> int:
    """Column of the name a message quotes, in its line; 1 where it is not found there."""
    quoted = re.search(r"« ([\w.-]++) »", str(error))
    text = source.splitlines()[line - 1 : line]
    start = text[0].find(quoted[1].rpartition(".")[2]) if quoted and text else -1
    return start + 1 if start >= 0 else 1


# By the sentence of Jinja, which has no code; the first that fits, from the most telling on.
_SYNTAX = (
    (r"Unexpected end of template.*'(\w+)'", "il manque « {% {0} %} »"),
    (r"Encountered unknown tag '(\w+)'", "« {% {0} %} » n’existe pas ou n’est pas à sa place"),
    (r"expected token '(.+?)', got '(.+?)'", "« {1} » est écrit là où « {0} » est attendu"),
    (r"unexpected '(.+?)'", "« {0} » n’est pas à sa place"),
    (r"unexpected char '(.+?)'", "le caractère « {0} » n’est pas à sa place"),
)


_TOKENS = {
    "end of print statement": "}}",
    "end of statement block": "%}",
    "end of template": "la fin du gabarit",
    "name": "un nom",
    "string": "un texte",
    "integer": "un nombre",
}


def _syntax(error: jinja2.TemplateSyntaxError) -> str:
    """What Jinja could not read, in French."""
    if isinstance(error, Forbidden):
        return f"le gabarit n’est pas lisible : {error.message}"
    for pattern, sentence in _SYNTAX:
        if words := re.search(pattern, error.message or "", re.S):
            for rank, word in enumerate(words.groups()):
                sentence = sentence.replace(f"{{{rank}}}", _TOKENS.get(word, word))
            return f"le gabarit n’est pas lisible : {sentence}"
    return "le gabarit n’est pas lisible"
