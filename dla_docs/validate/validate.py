"""Stage 2, validate: each file against its schema, and each reference against what it names.

A constraint that carries `x-regle` is that rule, not the schema: the finding takes its code.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from dla_docs.disk.reading import DATA, Unreadable, read
from dla_docs.engines.fonts import name_of, unprintable
from dla_docs.load.corpus import Corpus
from dla_docs.load.texts import TextFault, markdown_text
from dla_docs.load.yaml_reader import Source, parse
from dla_docs.model.errors import TemplateError
from dla_docs.model.findings import Finding, Severity
from dla_docs.model.paths import at
from dla_docs.model.readings import doubtful
from dla_docs.model.schemas import Kind, Schema, field_at, holder, leaves, marked
from dla_docs.model.values import to_the_cent
from dla_docs.model.words import enumeration, mixed, turning
from dla_docs.validate.branches import Breach, meant
from dla_docs.validate.conditions import Condition, broken_conditions, condition_of
from dla_docs.validate.fast import breaks
from dla_docs.validate.messages import CODES, told
from dla_docs.validate.references import reference_faults

MANY = 200
"""Faults of form told of one file: beyond, the first ones say enough, and nothing of it is kept."""
_OTHERS = (
    f"ce fichier a plus de {MANY} défauts : les autres ne sont pas dits",
    (),
    Severity.ERREUR,
    "corrigez ceux-ci, puis relancez : dla check",
)


def validate(corpus: Corpus) -> tuple[Finding, ...]:
    """All schema faults of a workspace; a file that cannot be read has only its own fault."""
    findings: list[Finding] = list(corpus.misplaced)
    for path, source in corpus.sources.items():
        faults = list(source.faults)
        if source.data is not None or not source.faults:
            kind = corpus.kind_of[path]
            broken = breaks(source.data, kind)
            forms = _form_faults(source, kind.schema) if broken else ()
            led = (*reference_faults(source, kind, corpus), *_amount_faults(source, kind))
            faults += _form_or_reference(forms, led, kind.schema)
            findings += _conditions(source, kind.schema, faults) if broken else ()
        findings += faults
    return tuple(findings)


def _amount_faults(source: Source, kind: Kind) -> Iterator[Finding]:
    """Amounts of more than two decimals: what is printed would not be what is typed.

    JSON Schema has only `multipleOf` to say so, which does not read our decimals.
    """
    for pointer, data, field in marked(source.data, kind.marks):
        if field.get("x-unite") == "euros" and isinstance(data, Decimal):
            cents, both = to_the_cent(data), doubtful(f"{data:f}")
            # Zeros hide three decimals: 3.600 may be 3600, and 3600.000 may be nothing else.
            if cents != data or both:
                told = f"« {data} » a plus de deux décimales : un montant s’écrit au centime"
                hint = f"écrivez {both[0]}, ou {cents}" if both else f"écrivez {cents}"
                yield source.finding("S-VALEUR", told, pointer, hint=hint)


def _form_or_reference(
    forms: Sequence[Finding], lost: Sequence[Finding], schema: Schema
) -> Iterator[Finding]:
    """One of the two for each datum: its form or, for a name, what it leads to.

    A name that is neither well formed nor known is told by the known ones: they are the cure.
    """
    named = {f.pointer for f in lost if "x-reference" in field_at(schema, f.pointer)}
    unnamed = {fault.pointer for fault in forms} & named
    known = {fault.pointer for fault in forms} - unnamed
    yield from (fault for fault in forms if fault.pointer not in unnamed)
    yield from (fault for fault in lost if fault.pointer not in known)


def against_schema(source: Source, schema: Schema) -> tuple[Finding, ...]:
    """What is wrong in one file by one schema: its faults of form, then the broken conditions."""
    forms = _form_faults(source, schema)
    return (*forms, *_conditions(source, schema, forms))


def _breaches(data: Any, schema: Schema) -> Iterator[tuple[Condition | None, Breach]]:
    """What breaks a schema, each with the condition that it is part of, if it is of one."""
    # jsonschema takes longer to import than all the rest of `dla list`: most often nothing breaks.
    from dla_docs.validate.breaches import breaches

    for path, breach in breaches(data, schema):
        yield condition_of(schema, path, breach.pointer), breach


def _conditions(source: Source, schema: Schema, faults: Sequence[Finding]) -> tuple[Finding, ...]:
    """The conditions that do not hold in a file, once what has a fault of form is left out."""
    well_formed = _sound(source, schema, faults)
    breaches = ((c, breach) for c, breach in _breaches(well_formed.data, schema) if c)
    return tuple(broken_conditions(well_formed, schema, breaches, faults))


def _form_faults(source: Source, schema: Schema) -> tuple[Finding, ...]:
    """The faults of one file against one schema, each at its key or value."""
    if source.data is None:
        hint = f"écrivez-y : {schema.get('description', '')}"
        return (source.finding("S-TYPE", "le fichier est vide", hint=hint),)
    broken = (breach for condition, breach in _breaches(source.data, schema) if not condition)
    every = (finding for breach in broken for finding in _findings(source, schema, breach))
    found = list(islice(every, MANY))
    if next(every, None):
        found.append(source.finding("S-YAML", *_OTHERS))
    mistyped = {f.pointer for f in found if f.code == CODES["type"]}
    # What has the wrong type breaks every other constraint on it too: one fault is enough.
    kept = [f for f in found if f.code == CODES["type"] or f.pointer not in mistyped]
    return _without_misspelt(list(dict.fromkeys(kept)))


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


def _findings(source: Source, schema: Schema, broken: Breach) -> Iterator[Finding]:
    """One finding per absent key, unknown key or wrong value that a broken keyword covers."""
    if any(isinstance(step, str) and step.startswith("x-") for step in broken.pointer):
        return
    for breach in meant(broken):
        yield from told(source, schema, breach)


def read_checked(path: Path, kind: Kind, within: tuple[Path, ...]) -> Source:
    """Read a manifest, a charter or a file of records, inside one of some roots.

    Raises TemplateError with the place of the first fault.
    """
    try:
        content = read(path, within, DATA)
    except Unreadable as error:
        raise TemplateError(f"{path} : ce qui porte ce nom {error}") from error
    source = parse(str(path), content)
    wrong = [fault for fault in source.faults if fault.severity is Severity.ERREUR]
    broken = not wrong and breaks(source.data, kind)
    for fault in against_schema(source, kind.schema) if broken else wrong:
        raise TemplateError(
            f"{fault.path}:{fault.line}:{fault.column}: {fault.message}", fault.hint
        )
    return source


def sound(corpus: Corpus, findings: tuple[Finding, ...]) -> Corpus:
    """The corpus without what breaks its schema: from here on, a faulty field reads as absent.

    A field that carries a rule is absent as a whole when a part of it is faulty. What breaks a
    condition is well formed: it stays.
    """
    faulty: dict[str, list[Finding]] = {}
    for finding in findings:
        if not finding.condition:
            faulty.setdefault(finding.path, []).append(finding)
    return corpus.replacing(
        {
            path: _sound(source, corpus.kind_of[path].schema, faulty.get(path, ()))
            for path, source in corpus.sources.items()
            if path in faulty or not isinstance(source.data, dict)
        },
        (f for f in findings if f.severity is Severity.ERREUR and not f.condition),
    )


def _sound(source: Source, schema: Schema, faults: Sequence[Finding]) -> Source:
    """A file without the data at fault; what is only to be looked at stays."""
    # What was not looked at to its end may hold anything.
    unseen = any(fault.code == "S-YAML" and not fault.pointer for fault in faults)
    data = deepcopy(source.data) if isinstance(source.data, dict) and not unseen else {}
    wrong = (fault.pointer for fault in faults if fault.severity is Severity.ERREUR)
    for pointer in (holder(schema, pointer, "x-regle") for pointer in wrong):
        keys = [i for i, step in enumerate(pointer) if isinstance(step, str)]
        if not keys:
            continue
        mapping = at(data, pointer[: keys[-1]])
        if isinstance(mapping, dict):
            mapping.pop(str(pointer[keys[-1]]), None)
    return replace(source, data=data)


def unprintable_texts(corpus: Corpus, families: tuple[str, ...]) -> Iterator[Finding]:
    """Characters that the PDF cannot print; the other formats leave them to the reader's fonts."""
    for path, source in corpus.sources.items():
        kind = corpus.kind_of[path]
        # A text that a file names is looked at through its field, whatever the file itself holds.
        text = "".join(source.lines)
        odd = unprintable(text, families) or turning(text) or mixed(text)
        plain = not (source.escapes or odd)
        walk = marked(source.data, kind.marks) if plain else leaves(source.data, kind.schema)
        for pointer, data, _ in walk:
            if fault := _unlike(_words(corpus, source, data), families):
                message, hint = fault
                yield source.finding("S-GLYPHE", message, pointer, Severity.ALERTE, hint)


def _unlike(words: str, families: tuple[str, ...]) -> tuple[str, str] | None:
    """Why a text will not be what one sees of it, and what to do."""
    if turned := turning(words):
        return (
            f"des signes invisibles ({enumeration(turned)}) changent le sens de lecture : "
            "le texte imprimé ne serait pas celui que vous voyez",
            "retapez ce texte",
        )
    if missing := sorted(unprintable(words, families)):
        told = ", ".join(f"« {c} » ({name_of(c)})" for c in missing[:3])
        more = f" et {len(missing) - 3} autres" if len(missing) > 3 else ""
        return (
            f"les polices du PDF n’ont pas {told}{more} : un signe de remplacement en tiendra lieu",
            "remplacez-le par un mot, ou gardez-le pour les autres formats",
        )
    if strange := mixed(words):
        told = enumeration([f"« {word} »" for word in strange[:3]])
        return (
            f"{told} : une lettre d’un autre alphabet y tient la place d’une des nôtres, et rien "
            "ne retrouverait ce mot",
            "retapez-le au clavier",
        )
    return None


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
