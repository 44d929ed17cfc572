"""One YAML file, as plain data with the place of every key and value. Alone knows PyYAML.

Unquoted scalars are read by our own rules, narrower than YAML 1.1: null, true, false, decimal
integers and decimals with a point; everything else stays text, so `01000`, `no`, `12:30:00` and
`2026-01-02` lose nothing. Numbers with a point are `Decimal`: money must add up.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml

from dla_docs.findings import Finding, Pointer, Severity

MAX_DEPTH = 100
MAX_NODES = 50_000

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
_CONSTANTS: dict[str, object] = {"": None, "~": None, "null": None, "true": True, "false": False}
ILLEGAL_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

_ENDLESS = (
    "le fichier s’emboîte ou se répète sans fin raisonnable "
    f"(plus de {MAX_DEPTH} niveaux ou de {MAX_NODES} valeurs)",
    "écrivez les valeurs sans ancres (&) ni renvois (*)",
)
_NESTING = re.compile(rf"[\[{{]|^ {{{MAX_DEPTH}}}|(?:[-?] ){{4}}", re.M)

_TAB = ("une tabulation sert de retrait", "remplacez-la par des espaces")

_FRENCH_PROBLEMS = {
    "mapping values are not allowed in this context": (
        "un « : » inattendu",
        "mettez la valeur entre guillemets si elle contient « : », et vérifiez le retrait",
    ),
    "could not find expected ':'": (
        "il manque « : » après une clé",
        "écrivez « clé: valeur », ou mettez le retrait qui rattache la ligne à la précédente",
    ),
    "did not find expected key": (
        "une clé était attendue",
        "vérifiez le retrait de cette ligne et les guillemets de la précédente",
    ),
    "did not find expected '-' indicator": (
        "un élément de liste « - » était attendu",
        "vérifiez le retrait : une liste et des clés ne se mélangent pas",
    ),
    "did not find expected <document start>": (
        "le retrait de cette ligne ne correspond à aucun niveau ouvert",
        "alignez la ligne sur ses voisines",
    ),
    "did not find expected ',' or ']'": (
        "une liste entre crochets n’est pas fermée",
        "ajoutez « ] », ou écrivez un élément par ligne, précédé de « - »",
    ),
    "did not find expected ',' or '}'": ("une accolade n’est pas fermée", "ajoutez « } »"),
    "found character that cannot start any token": (
        "un caractère ne peut pas commencer une valeur (tabulation, @, ` ou %)",
        "remplacez la tabulation par des espaces, ou mettez la valeur entre guillemets",
    ),
    "found a tab character that violates indentation": _TAB,
    "found a tab character where an indentation space is expected": _TAB,
    "found undefined alias": (
        "« * » renvoie à une ancre qui n’existe pas",
        "mettez la valeur entre guillemets",
    ),
    "found unexpected end of stream": (
        "des guillemets ouverts ne sont jamais fermés",
        "fermez les guillemets",
    ),
    "found unknown escape character": (
        "une barre oblique inverse précède un caractère inattendu",
        "employez des apostrophes simples, ou doublez la barre : \\\\",
    ),
    "but found another document": (
        "le fichier contient plusieurs documents séparés par « --- »",
        "gardez un seul document par fichier",
    ),
}


_SHOWN_AT_START = frozenset({"found unexpected end of stream", "could not find expected ':'"})


@dataclass(frozen=True)
class Span:
    """A place in a file; lines and columns count from 1, `end` is just past the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class Source:
    """A file read: its data, and where each key and value stands.

    `path` is relative to the workspace. `data` is None for an empty or unreadable file; then
    `faults` says why. `lines` serve the excerpts of messages.
    """

    path: str
    data: Any
    faults: tuple[Finding, ...] = ()
    keys: dict[Pointer, Span] = field(default_factory=dict, repr=False)
    values: dict[Pointer, Span] = field(default_factory=dict, repr=False)
    lines: tuple[str, ...] = field(default=(), repr=False)

    def place(self, pointer: Pointer) -> Span:
        """Where a datum is; for an absent one, the key of the nearest mapping that lacks it."""
        if pointer in self.values:
            return self.values[pointer]
        for size in range(len(pointer) - 1, 0, -1):
            parent = pointer[:size]
            if parent in self.keys:
                return self.keys[parent]
            if parent in self.values:
                return self.values[parent]
        return Span(1, 1, 1, 1)

    def key_place(self, pointer: Pointer) -> Span:
        """Where the key of a datum is written."""
        return self.keys.get(pointer) or self.place(pointer)

    def finding(
        self,
        code: str,
        message: str,
        pointer: Pointer = (),
        severity: Severity = Severity.ERREUR,
        hint: str = "",
        source: str = "",
        also: tuple[str, ...] = (),
        at_key: bool = False,
    ) -> Finding:
        """A finding about a datum of this file, at its place."""
        span = self.key_place(pointer) if at_key else self.place(pointer)
        return Finding(
            code, severity, message, self.path, span.line, span.column, hint, source, pointer, also
        )


def parse(path: str, content: bytes) -> Source:
    """Read one YAML file. Never raises for what the file holds: faults are findings."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        return _unreadable(
            path, (), line, column, "le fichier n’est pas en UTF-8", "enregistrez-le en UTF-8"
        )
    lines = tuple(text.splitlines())
    if illegal := ILLEGAL_IN_XML.search(text):
        return _illegal(path, lines, text, illegal)
    if _too_deep(text):
        return _unreadable(path, lines, 1, 1, *_ENDLESS)
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        return _Reader(path, lines).read(node)
    except yaml.MarkedYAMLError as error:
        return _syntax_fault(path, lines, error)
    except (yaml.YAMLError, RecursionError):
        return _unreadable(path, lines, 1, 1, "le fichier n’est pas du YAML lisible", "")


class _Reader:
    """One walk over the node tree, building data and places together."""

    def __init__(self, path: str, lines: tuple[str, ...]) -> None:
        self.path = path
        self.lines = lines
        self.keys: dict[Pointer, Span] = {}
        self.values: dict[Pointer, Span] = {}
        self.faults: list[Finding] = []
        self.visited = 0

    def read(self, node: yaml.Node | None) -> Source:
        data = self._value(node, ()) if node is not None else None
        return Source(self.path, data, tuple(self.faults), self.keys, self.values, lines=self.lines)

    def _value(self, node: yaml.Node, pointer: Pointer) -> Any:
        self.visited += 1
        span = self.values[pointer] = _span(node)
        if len(pointer) > MAX_DEPTH or self.visited > MAX_NODES:
            if not any(f.code == "S-YAML" for f in self.faults):
                self._fault("S-YAML", span, pointer, *_ENDLESS)
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, pointer)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, (*pointer, i)) for i, item in enumerate(node.value)]
        return self._scalar(node, pointer, span)

    def _mapping(self, node: yaml.MappingNode, pointer: Pointer) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            span = _span(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self._fault("S-YAML", span, pointer, "une clé doit être un mot", "corrigez la clé")
                continue
            key = key_node.value
            place = (*pointer, key)
            if key in data:
                first = self.keys[place].line
                self._fault(
                    "S-DOUBLON",
                    span,
                    place,
                    f"la clé « {key} » est déjà écrite à la ligne {first}",
                    "gardez une seule des deux",
                )
                continue
            self.keys[place] = span
            data[key] = self._value(value_node, place)
        return data

    def _scalar(self, node: yaml.Node, pointer: Pointer, span: Span) -> Any:
        text: str = node.value
        if illegal := ILLEGAL_IN_XML.search(text):
            self._fault(
                "S-GLYPHE",
                span,
                pointer,
                f"la valeur contient un caractère de commande (U+{ord(illegal[0]):04X}) "
                "qu’aucun document ne peut contenir",
                "retirez ce caractère",
            )
            return ILLEGAL_IN_XML.sub("", text)
        if getattr(node, "style", None) not in {None, ""}:
            return text
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if _INTEGER.fullmatch(text) and len(text) < 300:
            return int(text)
        if _DECIMAL.fullmatch(text):
            return Decimal(text)
        return text

    def _fault(self, code: str, span: Span, pointer: Pointer, message: str, hint: str) -> None:
        self.faults.append(
            Finding(
                code,
                Severity.ERREUR,
                message,
                self.path,
                span.line,
                span.column,
                hint,
                pointer=pointer,
            )
        )


def _too_deep(text: str) -> bool:
    """Whether a text nests past the limit: libyaml would overflow its stack (measured).

    Events are counted only where something may nest that far, which no ordinary file does.
    """
    if sum(1 for _ in _NESTING.finditer(text)) < MAX_DEPTH:
        return False
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                return True
    except yaml.YAMLError:
        # A broken file is told by the reading that follows.
        return False
    return False


def _span(node: yaml.Node) -> Span:
    start, end = node.start_mark, node.end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def _syntax_fault(path: str, lines: tuple[str, ...], error: yaml.MarkedYAMLError) -> Source:
    # What lacks its end is shown where it begins, not where the reader gave up.
    begun = error.context_mark if str(error.problem) in _SHOWN_AT_START else None
    mark = begun or error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    message, hint = _FRENCH_PROBLEMS.get(
        error.problem or "", ("la syntaxe YAML n’est pas respectée", "vérifiez cette ligne")
    )
    return _unreadable(path, lines, line, column, message, hint)


def _illegal(path: str, lines: tuple[str, ...], text: str, found: re.Match[str]) -> Source:
    line = text.count("\n", 0, found.start()) + 1
    column = found.start() - text.rfind("\n", 0, found.start())
    fault = Finding(
        "S-GLYPHE",
        Severity.ERREUR,
        f"le fichier contient un caractère de commande (U+{ord(found[0]):04X}) "
        "qu’aucun document ne peut contenir",
        path,
        line,
        column,
        "retirez ce caractère",
    )
    return Source(path, None, (fault,), lines=lines)


def _unreadable(
    path: str, lines: tuple[str, ...], line: int, column: int, message: str, hint: str
) -> Source:
    fault = Finding("S-YAML", Severity.ERREUR, message, path, line, column, hint)
    return Source(path, None, (fault,), lines=lines)
