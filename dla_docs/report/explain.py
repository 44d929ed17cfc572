"""What a code means: the rule, its source, what it blocks, an example right and one wrong.

Rules speak by their records, and by the examples that the tests draw from the cases of these
records, played on the demonstration workspace. Nothing here prints.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dla_docs.check.rules import Rule, load_rules
from dla_docs.disk.reading import DATA, Unreadable, read, read_ours
from dla_docs.documents.manifests import load_types
from dla_docs.documents.types import DocumentType
from dla_docs.load.places import path_of
from dla_docs.load.yaml_reader import parse
from dla_docs.model.errors import RequestError
from dla_docs.model.likeness import did_you_mean, nearest_word
from dla_docs.model.paths import at
from dla_docs.model.resources import package_data
from dla_docs.model.schemas import Kind, load_kinds
from dla_docs.model.values import NO_BREAK
from dla_docs.model.workspace import MARKER, Workspace
from dla_docs.report.sources import in_words
from dla_docs.validate.faults import Form, load_forms

EXAMPLES = package_data("schemas") / "regles" / "exemples.json"
"""By code of a rule, passages of data files that keep it and that break it."""

APPLIED = {
    "fiche": "en comparant les données que nomme sa fiche",
    "schema": "par le schéma du fichier",
    "controle": "en comparant les dates, les montants ou les noms des fichiers",
    "document": "en relisant le document à produire : ses sections, logos et mentions dus",
    "diffusion": "en refusant qu’un document lise ce que ses destinataires ne peuvent pas voir",
}


@dataclass(frozen=True)
class Explanation:
    """A code explained: facts by name, in order, and passages right and wrong."""

    code: str
    titre: str
    facts: Mapping[str, str]
    juste: tuple[str, ...] = ()
    faux: tuple[str, ...] = ()


_WHOLE_CODE = re.compile(r"R-[A-Z]+-\d\d")


def explain(name: str, workspace: Workspace) -> Explanation:
    """Explain a code, in capitals or not. Raises RequestError with the nearest when unknown."""
    kinds = load_kinds(workspace)
    rules, code = load_rules(workspace, kinds), name.strip().upper()
    forms = load_forms()
    if code in forms:
        return _form(forms[code], kinds)
    if code in rules:
        types = load_types(workspace, kinds)
        facts = dict(_facts(rules[code], types, kinds, _softening(code, workspace)))
        shown = json.loads(read_ours(EXAMPLES)).get(code, {})
        right, wrong = tuple(shown.get("juste", ())), tuple(shown.get("faux", ()))
        return Explanation(code, rules[code].titre, facts, right, wrong)
    # Codes are short: one wrong letter and one that lacks leave less than 0.6 in common.
    near = nearest_word(code, [*rules, *forms], cutoff=0.5)
    # A whole code whose number alone is unknown is nearest to one by chance.
    whole = _WHOLE_CODE.fullmatch(code) and near.rpartition("-")[0] == code.rpartition("-")[0]
    meant = "" if whole else did_you_mean(near)
    hint = f"{meant} dla list regles les donne tous".strip()
    raise RequestError(f"le code « {name} » n’existe pas", hint)


def explanation_lines(explained: Explanation) -> list[str]:
    """An explanation as people read it."""
    lines = [f"{explained.code} – {explained.titre}", ""]
    lines += [f"{name}{NO_BREAK}: {fact}" for name, fact in explained.facts.items()]
    for title, passages in (("Juste", explained.juste), ("Faux", explained.faux)):
        if passages:
            lines += ["", f"{title}{NO_BREAK}:"]
            lines += [f"  {line}".rstrip() for text in passages for line in text.splitlines()]
    return lines


def _form(form: Form, kinds: Mapping[str, Kind]) -> Explanation:
    place = f"# {path_of(kinds[form.fichier])}\n"
    facts = {
        "Gravité": str(form.gravite),
        "Que faire": form.conseil,
        "Bloque": "les documents qui se font avec ce fichier" if form.blocks else "rien",
    }
    return Explanation(form.code, form.titre, facts, (place + form.juste,), (place + form.faux,))


def _facts(
    rule: Rule, types: Mapping[str, DocumentType], kinds: Mapping[str, Kind], softened: Any
) -> Iterator[tuple[str, str]]:
    yield "Gravité", str(rule.gravite)
    if isinstance(softened, dict):
        since = f", depuis le {softened['depuis']}" if "depuis" in softened else ""
        told_by = f"{softened.get('gravite')} ({softened.get('motif')}{since})"
        yield "Dans votre territoire", told_by
    yield "Source", in_words(rule.source)
    files = [str(path_of(kinds[name])) if name in kinds else name for name in rule.quand]
    yield "Joue dès qu’existe", ", ".join(files)
    yield "Vérifiée", APPLIED[rule.par]
    titles = [types[name].titre for name in rule.bloque if name in types]
    unnamed = "le document qui la doit" if rule.par == "document" else "rien"
    yield "Bloque", ", ".join(titles) or unnamed
    if rule.couvre:
        yield "Signale aussi", ", ".join(rule.couvre)


def _softening(code: str, workspace: Workspace) -> Any:
    """What the territory says of a rule; nothing outside of a workspace."""
    path = workspace.root / MARKER
    try:
        content = read(path, (workspace.root,), DATA)
    except Unreadable:
        return None
    return at(parse(workspace.relative(path), content).data, ("regles", code))
