"""Derogations: which faults of a dossier somebody has accepted, and nothing beside them.

`vise` names what a derogation covers: a file of the dossier, a datum of that file
(`ingenieries/bilan/cahier-des-charges.yaml:criteres`), or the word `dossier` for all of it. It is
a path as people write it: from the dossier, ranks counted from one.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from dla_docs.load.corpus import Corpus
from dla_docs.load.places import DATA
from dla_docs.load.scopes import Scope
from dla_docs.load.yaml_reader import Source
from dla_docs.model.findings import Finding, Pointer, Severity
from dla_docs.model.likeness import did_you_mean, nearest_word
from dla_docs.model.paths import Every, Path, Step, at
from dla_docs.model.schemas import Schema

CODE = "R-DER-01"
"""The rule that a derogation says what it covers, and covers something."""
WHOLE = "dossier"
"""What `vise` holds when a derogation covers the whole dossier."""

_SUFFIX = ".yaml"
_LINE = re.compile(r"\d+(:\d+)?")
"""The line of a finding, which `vise` does not take: lines move."""


@dataclass(frozen=True)
class Derogation:
    """An element of `derogations`, at its place in `dossier.yaml`."""

    source: Source
    pointer: Pointer
    regle: str
    motif: str
    vise: str

    @property
    def folder(self) -> str:
        """The folder of its dossier, from the workspace, with a last `/`."""
        return self.source.path.rpartition("/")[0] + "/"

    @property
    def file(self) -> str:
        """The file that it covers or that holds what it covers, from the workspace."""
        name = self.vise.partition(":")[0].strip().removeprefix("./")
        return name if name.startswith(DATA) else f"{self.folder}{name}"

    @property
    def words(self) -> str:
        """The datum that it covers, as written; empty for a whole file."""
        return self.vise.partition(":")[2].strip()

    @property
    def steps(self) -> tuple[Step, ...] | None:
        """The steps to that datum, ranks from zero as data count them; None if they are none."""
        if not self.words:
            return ()
        try:
            steps = Path.parse(f"{WHOLE}.{self.words}").steps
        except ValueError:
            return None
        if 0 in steps:
            return None
        return tuple(step - 1 if isinstance(step, int) else step for step in steps)

    def covers(self, finding: Finding, corpus: Corpus) -> bool:
        """Whether it names the place of a finding, whatever the rule."""
        if self.vise == WHOLE:
            return finding.path.startswith(self.folder)
        steps = self.steps
        if steps is None or not self.vise:
            return False
        if self.file == finding.missing_file:
            return not steps
        source = corpus.sources.get(finding.path)
        data = source.data if source else None
        return finding.path == self.file and _leads(steps, finding.pointer, data)


def derogations_of(scope: Scope) -> Iterator[Derogation]:
    """The derogations of a dossier."""
    source = scope.parts.get("dossier")
    listed = at(source.data, ("derogations",)) if source else None
    for rank, item in enumerate(listed if isinstance(listed, list) else ()):
        if source and isinstance(item, dict):
            texts = (str(item.get(key) or "").strip() for key in ("regle", "motif", "vise"))
            yield Derogation(source, ("derogations", rank), *texts)


def derogation_from(finding: Finding, corpus: Corpus) -> Derogation | None:
    """The derogation of the dossier that holds the file at fault, if one covers that finding."""
    steps = finding.path.split("/")
    scope = corpus.scopes.get(steps[1]) if len(steps) > 2 else None
    listed = derogations_of(scope) if scope else ()
    fitting = (d for d in listed if d.regle == finding.code and d.covers(finding, corpus))
    return next(fitting, None)


def misplaced(corpus: Corpus) -> Iterator[Finding]:
    """The derogations whose `vise` names no file, or no datum of it, with the nearest name."""
    for derogation in _own(corpus):
        if derogation.vise and derogation.vise != WHOLE and (wrong := _wrong(derogation, corpus)):
            message, hint = wrong
            place = (*derogation.pointer, "vise")
            yield derogation.source.finding("S-REF", message, place, hint=hint)


def idle(corpus: Corpus, found: Iterable[Finding], seen: Collection[str]) -> Iterator[Finding]:
    """The derogations that cover no finding, though they say well what they cover.

    `seen`: the rules whose breaches the data alone show; of the others, nothing is known here.
    """
    findings = tuple(found)
    for derogation in _own(corpus):
        said = derogation.vise == WHOLE or (derogation.vise and not _wrong(derogation, corpus))
        if not said or derogation.regle not in seen:
            continue
        if not any(derogation.regle in f.codes and derogation.covers(f, corpus) for f in findings):
            yield derogation.source.finding(
                CODE,
                f"la dérogation à {derogation.regle} ne couvre rien : "
                f"rien n’enfreint cette règle dans « {derogation.vise} »",
                derogation.pointer,
                Severity.ALERTE,
                hint="retirez-la, ou corrigez ce qu’elle vise",
            )


def _own(corpus: Corpus) -> Iterator[Derogation]:
    for scope in filter(corpus.owns, corpus.level("dossier")):
        yield from derogations_of(scope)


def _wrong(derogation: Derogation, corpus: Corpus) -> tuple[str, str] | None:
    """What is wrong with what a derogation names, and what to do; None when it leads somewhere."""
    name, known = derogation.file.removeprefix(derogation.folder), _known(derogation, corpus)
    if name not in known:
        same = [path for path in known if path.rpartition("/")[2] == name]
        near = same or [nearest_word(name, (*known, WHOLE))]
        hint = did_you_mean(*near) or f"fichiers du dossier : {', '.join(sorted(known))}"
        return f"« {name} » n’est pas un fichier de ce dossier", hint
    if _LINE.fullmatch(derogation.words):
        hint = "nommez la donnée, comme montant.tva : les lignes changent"
        return f"« {derogation.words} » est une ligne, non une donnée", hint
    written = f"« {derogation.words} » n’est pas une donnée de {name}"
    if derogation.steps is None:
        return written, "écrivez montant.tva, criteres, ou criteres[1] pour le premier"
    near_key = _unknown(known[name], derogation.steps)
    return None if near_key is None else (written, near_key)


def _known(derogation: Derogation, corpus: Corpus) -> dict[str, Schema]:
    """The files that a dossier has or may have, from its folder, each with its schema.

    A file that is not there may be what is accepted: its absence is then the fault.
    """
    folder = derogation.folder
    here = {p: k for p, k in corpus.kind_of.items() if p.startswith(folder)}
    scopes = {path.rpartition("/")[0] for path, kind in here.items() if kind.place == "ingenierie"}
    known = {path.removeprefix(folder): kind.schema for path, kind in here.items()}
    for kind in corpus.kinds.values():
        places = {"dossier": {folder[:-1]}, "ingenierie": scopes}.get(kind.place, set())
        for place in places:
            name = f"{place}/{kind.name}{_SUFFIX}".removeprefix(folder)
            known.setdefault(name, kind.schema)
    return known


def _unknown(schema: Schema, steps: tuple[Step, ...]) -> str | None:
    """What to do about the first step that a schema does not know; None when it knows them all."""
    for size in range(1, len(steps) + 1):
        path = Path(WHOLE, steps[:size])
        if path.of_schema(schema) is None:
            held = replace(path, steps=steps[: size - 1]).of_schema(schema) or {}
            keys = held.get("properties") or held.get("items", {}).get("properties", {})
            before = Path(
                WHOLE, tuple(s + 1 if isinstance(s, int) else s for s in steps[: size - 1])
            )
            above = f"{before.inside}{'[]' if 'items' in held else ''}"
            names = [f"{above}.{key}".removeprefix(".") for key in keys]
            near = did_you_mean(nearest_word(path.inside, names))
            return near or f"données connues : {', '.join(names) or 'aucune'}"
    return None


def _leads(steps: tuple[Step, ...], pointer: Pointer, data: Any) -> bool:
    """Whether the datum at a pointer is what steps name, a part of it, or the list of them all."""
    for step, met in zip(steps, pointer, strict=False):
        inner = at(data, (met,))
        fits = step.keeps(inner) if isinstance(step, Every) else step == met
        if not fits:
            return False
        data = inner
    rest = steps[len(pointer) :]
    # What is told of a list as a whole is told of what all its elements hold.
    return not rest or rest[0] == Every()
