"""Stage 6, markdown: a template and a context give Pandoc Markdown. Alone knows Jinja2.

Templates are sandboxed and strict. Every value is escaped so that it prints as itself; Markdown
texts of the data are set aside and replaced by a mark, so that no text becomes markup by accident.
"""

import re
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import jinja2
import jinja2.sandbox
from markupsafe import Markup

from dla_docs.context.context import Context
from dla_docs.context.views import Bundle, TemplateFault, View
from dla_docs.documents.logos import Logo
from dla_docs.model.errors import TemplateError
from dla_docs.model.values import Euros, Missing, Riche, count, printed
from dla_docs.model.workspace import Workspace

TEMPLATE = "document.md.j2"
BLANK = "vierge.md.j2"
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_NEWLINE = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class Text:
    """Pandoc Markdown, and what its marks stand for: texts of the data and logos, by rank."""

    markdown: str
    riches: tuple[Riche, ...]
    logos: tuple[Logo, ...]


class Templates:
    """The templates of a workspace; one Jinja environment for all documents of a run."""

    def __init__(self, workspace: Workspace) -> None:
        self._folders = workspace.template_folders
        self._printer = _Printer()
        self._environment = jinja2.sandbox.SandboxedEnvironment(
            loader=jinja2.FileSystemLoader([str(f) for f in self._folders]),
            undefined=_Unknown,
            finalize=self._printer,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters |= {
            "compte": _count,
            "ou": lambda value, other: other if value is None else value,
            "enumere": _enumerate,
            "euros": Euros,
            "phrase": _sentence,
            "sum": _total,
        }

    def fill(self, context: Context, blank: bool = False) -> Text:
        """Fill the template of a document, or its blank form.

        Raises TemplateError with the template's line.
        """
        riches: list[Riche] = []
        self._printer.riches = riches
        name = self._blank_form(context) if blank else f"{context.document.type.name}/{TEMPLATE}"
        extras = {
            "section": _section(context),
            "sections": context.document.type.sections,
            "logos": context.logos,
        }
        try:
            markdown = self._environment.get_template(name).render({**context.names, **extras})
        except jinja2.TemplateSyntaxError as error:
            raise TemplateError(
                f"{self._path(error.name or name)}:{error.lineno}: {_syntax(error)}"
            ) from error
        except jinja2.TemplateNotFound as error:
            raise TemplateError(f"le gabarit {error.name} est introuvable") from error
        except Exception as error:
            raise self._fault(error, name) from error
        return Text(markdown, tuple(riches), context.logos)

    def _blank_form(self, context: Context) -> str:
        """The type's own blank form where it has one, else the form that all share."""
        own = f"{context.document.type.name}/{BLANK}"
        return own if self._path(own).exists() else f"_mise-en-page/{BLANK}"

    def _fault(self, error: Exception, name: str) -> TemplateError:
        """A fault met while filling, with the template's line and, for a name, its column."""
        frames = [
            f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith(".j2")
        ]
        place = str(self._path(name))
        if frames:
            path, line = Path(frames[-1].filename), frames[-1].lineno or 1
            place = f"{path}:{line}:{_column(path, line, error)}"
        message = (
            str(error)
            if isinstance(error, TemplateFault)
            else f"calcul impossible ({type(error).__name__})"
        )
        return TemplateError(f"{place}: {message}", "corrigez le gabarit à cet endroit")

    def _path(self, name: str) -> Path:
        return next((f / name for f in self._folders if (f / name).exists()), Path(name))


class _Unknown(jinja2.Undefined):
    """A name the template should not use: raises at once, `is defined` and `default` included."""

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = jinja2.utils.missing,
        name: str | None = None,
        exc: type[jinja2.TemplateRuntimeError] = jinja2.UndefinedError,
    ) -> None:
        raise TemplateFault(f"« {name} » n’existe pas" if name else str(hint))


class _Printer:
    """Turns each printed value into Markdown that shows it as it is.

    `riches` collects the Markdown texts met in the document being filled.
    """

    def __init__(self) -> None:
        self.riches: list[Riche] = []

    def __call__(self, value: Any) -> Markup:
        if isinstance(value, Markup):
            return value
        if isinstance(value, Missing):
            return Markup(f"[{escape(f'à compléter : {value!s}')}]{{.a-completer}}")
        if isinstance(value, Riche):
            self.riches.append(value)
            return Markup(f"[]{{.riche n={len(self.riches) - 1}}}")
        if value is None:
            raise TemplateFault("une donnée facultative est imprimée sans être testée")
        if isinstance(value, View | Bundle):
            raise TemplateFault("un ensemble de champs ne s’imprime pas : nommez le champ voulu")
        try:
            return Markup(escape(printed(value)))
        except TypeError as error:
            raise TemplateFault(f"cette valeur ne s’imprime pas ({error})") from error


def escape(text: str) -> str:
    """A plain text as Markdown that prints it: punctuation escaped, a mark for a line break."""
    escaped = _PUNCTUATION.sub(r"\\\1", text.strip())
    return _NEWLINE.sub("[]{.saut}", escaped).replace("\t", " ")


def _section(context: Context) -> Any:
    """The function `section('rappel')` of templates: the heading that the manifest declares."""
    known = {section.id: section for section in context.document.type.sections}

    def section(name: str) -> Markup:
        if name not in known:
            raise TemplateFault(f"la section « {name} » n’est pas déclarée dans document.yaml")
        return Markup(f"# {escape(known[name].titre)} {{#{name}}}")

    return section


def _count(quantity: Any, one: str, many: str = "") -> Any:
    """`2 jours`; in a draft, the mark of a number to come."""
    return quantity if isinstance(quantity, Missing) else Markup(escape(count(quantity, one, many)))


def _total(rows: Iterable[Any], field: str) -> Decimal:
    """The sum of one field over some views."""
    terms = (row[field] for row in rows)
    return sum((term for term in terms if not isinstance(term, Missing)), Decimal(0))


def _enumerate(values: Iterable[Any], last: str = "et") -> Markup:
    """`a, b et c`, each value printed and escaped."""
    words = [escape(printed(value)) for value in values]
    if len(words) < 2:
        return Markup("".join(words))
    return Markup(f"{', '.join(words[:-1])} {last} {words[-1]}")


def _sentence(value: Any) -> str:
    """A printed value with its first letter in capital."""
    if isinstance(value, Missing):
        return value
    text = printed(value)
    capital = text[:1].upper() + text[1:]
    return Markup(capital) if isinstance(value, Markup) else capital


def _column(path: Path, line: int, error: Exception) -> int:
    """Column of the name a message quotes, in its line; 1 where it is not found there."""
    quoted = re.search(r"« (?:[\w.]*\.)?([\w-]+) »", str(error))
    text = path.read_text(encoding="utf-8").splitlines()[line - 1 : line]
    found = text[0].find(quoted[1]) if quoted and text else -1
    return found + 1 if found >= 0 else 1


_SYNTAX = (
    (r"Unexpected end of template.*'(\w+)'", "il manque « {% {0} %} »"),
    (r"Encountered unknown tag '(\w+)'", "« {% {0} %} » n’existe pas ou n’est pas à sa place"),
    (r"No filter named '(\w+)'", "le filtre « {0} » n’existe pas"),
    (r"No test named '(\w+)'", "le test « {0} » n’existe pas"),
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
    for pattern, sentence in _SYNTAX:
        if found := re.search(pattern, error.message or "", re.S):
            for rank, word in enumerate(found.groups()):
                sentence = sentence.replace(f"{{{rank}}}", _TOKENS.get(word, word))
            return f"le gabarit n’est pas lisible : {sentence}"
    return "le gabarit n’est pas lisible"
