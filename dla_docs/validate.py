"""Stage 2, validate: each file against its schema, and each reference against what it names.

Alone knows jsonschema. A constraint that carries `x-regle` is that rule, not the schema: the
finding takes its code. Files named by the data (Markdown texts) are looked for here too.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from dla_docs.findings import Finding, Pointer, Severity
from dla_docs.glyphs import name_of, unprintable
from dla_docs.identifiers import FORMATS
from dla_docs.load import SHELVES, Corpus
from dla_docs.phrases import SENTENCES
from dla_docs.references import at, names
from dla_docs.schemas import Schema, field_at, holder, leaves, nearest
from dla_docs.source import Source
from dla_docs.texts import TextFault, markdown_text, text_faults

CODES = {
    "required": "S-REQUIS",
    "type": "S-TYPE",
    "format": "S-FORMAT",
    "additionalProperties": "S-CLE",
}
"""The code of a broken keyword; S-VALEUR for the others."""


def _format_checker() -> FormatChecker:
    checker = FormatChecker(formats=())
    for entry in FORMATS.values():
        # A format says nothing of what is not text: `type` does.
        checker.checks(entry.name)(
            lambda data, test=entry.test: not isinstance(data, str) or test(data)
        )
    return checker


_CHECKER = _format_checker()


def validate(corpus: Corpus) -> tuple[Finding, ...]:
    """All schema faults of a workspace; a file that cannot be read has only its own fault."""
    findings: list[Finding] = list(corpus.misplaced)
    for path, source in corpus.sources.items():
        findings.extend(source.faults)
        if source.data is not None or not source.faults:
            schema = corpus.kind_of[path].schema
            faults = against_schema(source, schema)
            told = {fault.pointer for fault in faults}
            findings.extend(faults)
            findings.extend(f for f in _references(source, schema, corpus) if f.pointer not in told)
    return tuple(findings)


def against_schema(source: Source, schema: Schema) -> tuple[Finding, ...]:
    """The faults of one file against one schema, each at its key or value."""
    if source.data is None:
        hint = f"écrivez-y : {schema.get('description', '')}"
        return (source.finding("S-TYPE", "le fichier est vide", hint=hint),)
    validator = Draft202012Validator(schema, format_checker=_CHECKER)
    errors = validator.iter_errors(source.data)
    found = [finding for error in errors for finding in _findings(source, schema, error)]
    mistyped = {f.pointer for f in found if f.code == CODES["type"]}
    # What has the wrong type breaks every other constraint on it too: one fault is enough.
    kept = [f for f in found if f.code == CODES["type"] or f.pointer not in mistyped]
    return _without_misspelt(kept)


def _without_misspelt(findings: list[Finding]) -> tuple[Finding, ...]:
    """A misspelt key and the absent key it stood for are one fault, told at the misspelt one."""
    unknown = [f for f in findings if f.code == CODES["additionalProperties"]]
    absent = {f.pointer: f for f in findings if f not in unknown}
    meant = {f.pointer for f in unknown}
    kept = []
    for finding in findings:
        if finding in unknown and finding.pointer in absent:
            codes = (c for c in absent[finding.pointer].codes if c.startswith("R-"))
            kept.append(replace(finding, also=(*codes, *finding.also)))
        elif finding in unknown or finding.pointer not in meant:
            kept.append(finding)
    return tuple(kept)


def _findings(source: Source, schema: Schema, error: ValidationError) -> Iterator[Finding]:
    """One finding per absent key, unknown key or wrong value that a jsonschema error covers."""
    keyword, asked, data = str(error.validator), error.validator_value, error.instance
    pointer: Pointer = tuple(error.absolute_path)
    broken: Any = error.schema
    if any(isinstance(step, str) and step.startswith("x-") for step in pointer):
        return
    if isinstance(data, dict) and isinstance(asked, list) and keyword == "required":
        for key in (k for k in asked if k not in data):
            field = field_at(schema, (*pointer, key))
            yield _finding(source, schema, keyword, (*pointer, key), (key, asked, field))
    elif isinstance(data, dict) and keyword == "additionalProperties":
        for key in _unknown_keys(data, broken):
            near = get_close_matches(key, broken.get("properties", {}), n=1)
            meant = near[0] if near and near[0] not in data else None
            unknown = (key, near[0] if near else None, broken)
            finding = _finding(source, schema, keyword, (*pointer, key), unknown)
            yield replace(finding, pointer=(*pointer, meant)) if meant else finding
    else:
        yield _finding(source, schema, keyword, pointer, (data, asked, broken))


def _finding(
    source: Source, schema: Schema, keyword: str, pointer: Pointer, broken: tuple[Any, Any, Any]
) -> Finding:
    message, hint = SENTENCES[keyword](*broken)
    code = CODES.get(keyword, "S-VALEUR")
    also: tuple[str, ...] = ()
    rule = nearest(schema, pointer, "x-regle") if keyword != "additionalProperties" else None
    own_rule = FORMATS[broken[1]].rule if keyword == "format" else ""
    if rule or own_rule:
        code = rule or own_rule
        also = (own_rule,) if rule and own_rule else ()
    label = field_at(schema, pointer).get("title")
    if keyword not in {"required", "additionalProperties"} and label:
        message = f"{label} : {message}"
    at_key = keyword == "additionalProperties"
    return source.finding(code, message, pointer, hint=hint, also=also, at_key=at_key)


def _unknown_keys(data: dict[str, Any], schema: Schema) -> Iterator[str]:
    patterns = schema.get("patternProperties", {})
    for key in data:
        if key not in schema.get("properties", {}) and not any(re.search(p, key) for p in patterns):
            yield key


def _references(source: Source, schema: Schema, corpus: Corpus) -> Iterator[Finding]:
    """A finding (S-REF) for each name, text or image that leads nowhere."""
    for pointer, data, field in leaves(source.data, schema):
        target = field.get("x-reference")
        if target and isinstance(data, str) and _unknown_name(data, target, corpus):
            known = names(corpus, target)
            where = f"dossiers/{target}/" if target in SHELVES else f"{target} de territoire.yaml"
            near = get_close_matches(data, known, n=1)
            hint = f"vouliez-vous dire « {near[0]} » ?" if near else f"noms connus : {_list(known)}"
            yield source.finding(
                "S-REF", f"« {data} » n’existe pas dans {where}", pointer, hint=hint
            )
        is_text = isinstance(data, str) or (isinstance(data, dict) and "fichier" in data)
        if field.get("contentMediaType") == "text/markdown" and is_text:
            yield from text_faults(corpus.workspace.root, source, pointer, data)
    if source is corpus.territory:
        yield from _repeated_ids(source)


def _unknown_name(name: str, target: str, corpus: Corpus) -> bool:
    """Whether a name leads nowhere; a list that the territory lacks is its fault, told there."""
    if target not in SHELVES and not isinstance(at(corpus.territory.data, (target,)), list):
        return False
    return name not in names(corpus, target)


def _repeated_ids(territory: Source) -> Iterator[Finding]:
    for key, items in territory.data.items() if isinstance(territory.data, dict) else ():
        seen: set[str] = set()
        for rank, item in enumerate(items if isinstance(items, list) else ()):
            name = item.get("id") if isinstance(item, dict) else None
            if not isinstance(name, str):
                continue
            if name in seen:
                message = f"deux éléments de « {key} » portent l’identifiant « {name} »"
                hint = "donnez à chacun le sien : les autres fichiers les nomment ainsi"
                yield territory.finding("S-DOUBLON", message, (key, rank, "id"), hint=hint)
            seen.add(name)


def _list(known: tuple[str, ...]) -> str:
    return ", ".join(known[:8]) + ("…" if len(known) > 8 else "") if known else "aucun"


def sound(corpus: Corpus, findings: tuple[Finding, ...]) -> Corpus:
    """The corpus without what breaks its schema: from here on, a faulty field reads as absent.

    A field that carries a rule is absent as a whole when a part of it is faulty.
    """
    faulty: dict[str, list[Pointer]] = {}
    for finding in findings:
        kind = corpus.kind_of.get(finding.path)
        pointer = holder(kind.schema, finding.pointer, "x-regle") if kind else finding.pointer
        faulty.setdefault(finding.path, []).append(pointer)
    return corpus.replacing(
        {
            path: _without(source, faulty[path])
            for path, source in corpus.sources.items()
            if path in faulty or not isinstance(source.data, dict)
        }
    )


def _without(source: Source, pointers: list[Pointer]) -> Source:
    data = deepcopy(source.data) if isinstance(source.data, dict) else {}
    for pointer in pointers:
        keys = [i for i, step in enumerate(pointer) if isinstance(step, str)]
        if not keys:
            continue
        holder = at(data, pointer[: keys[-1]])
        if isinstance(holder, dict):
            holder.pop(str(pointer[keys[-1]]), None)
    return replace(source, data=data)


def unprintable_texts(corpus: Corpus, families: tuple[str, ...]) -> Iterator[Finding]:
    """Characters that the PDF cannot print; the other formats leave them to the reader's fonts."""
    for path, source in corpus.sources.items():
        for pointer, data, _ in leaves(source.data, corpus.kind_of[path].schema):
            missing = sorted(unprintable(_words(corpus, source, data), families))
            if missing:
                told = ", ".join(f"« {c} » ({name_of(c)})" for c in missing[:3])
                more = f" et {len(missing) - 3} autres" if len(missing) > 3 else ""
                yield source.finding(
                    "S-GLYPHE",
                    f"les polices du PDF n’ont pas {told}{more} : "
                    "un signe de remplacement en tiendra lieu",
                    pointer,
                    Severity.ALERTE,
                    hint="remplacez-le par un mot, ou gardez-le pour les autres formats",
                )


def _words(corpus: Corpus, source: Source, data: Any) -> str:
    """A text of the data, or of the file it names; nothing for another kind of datum."""
    if isinstance(data, str):
        return data
    if not isinstance(data, dict) or set(data) != {"fichier"}:
        return ""
    try:
        return markdown_text(corpus.workspace.root, source, data)[0]
    except TextFault:
        return ""
