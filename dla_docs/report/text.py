"""How results read: findings, refusals and lists, as text for people or data for tools.

Nothing here prints: functions return lines or plain data, and `cli/` shows them. A line that holds
a name or a value is never joined to another here: the terminal makes each safe by itself.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

from dla_docs.check.examined import Examined
from dla_docs.check.standing import Choice, State, blocked
from dla_docs.documents.types import ITEM
from dla_docs.load.corpus import Corpus
from dla_docs.model.accounts import unbanked_line
from dla_docs.model.findings import Finding, Severity
from dla_docs.model.values import NARROW, NO_BREAK
from dla_docs.model.words import enumeration, number_of, visible
from dla_docs.produced import RECORD, Held, Kept, Outcome
from dla_docs.report.sources import in_words
from dla_docs.report.veil import Sight

Row = Mapping[str, Any]

TITLES = 4
"""How many titles of blocked documents are told: what reads at a glance, on one line."""

MENDS = "dla check --fix l’écrit"
"""What is said of a fault that is mended for certain."""

STATES = {
    State.READY: "prêt",
    State.LACKING: "incomplet",
    State.NOT_BEGUN: "non commencé",
    State.RECEIVED: "reçu",
}
"""How the state of a document reads in a table; tools read its name."""

HELD = {
    Held.CHANGED: "modifié à la main depuis que dla l’a écrit",
    Held.UNKNOWN: f"différent de ce que dla produit, et absent de la liste de ce qu’il a écrit "
    f"({RECORD}, à côté des documents)",
}
"""Why a file is not replaced, as people are told."""


def findings_lines(
    findings: Sequence[Finding], examined: Examined, outside: Sequence[Finding] = ()
) -> list[str]:
    """Every finding with its excerpt, advice and effect, then the count.

    `outside`: those that forbid documents of what was asked about, or tell of its structures,
    though they lie elsewhere.
    """
    elsewhere = f"Ailleurs, ce qui bloque des documents d’ici ou touche ses structures{NO_BREAK}:"

    def told(listed: Sequence[Finding]) -> list[str]:
        lines = (finding_lines(f, examined.corpus, blocked_text(f, examined)) for f in listed)
        return [line for finding in lines for line in finding]

    middle = [elsewhere, "", *told(outside)] if outside else []
    return [*told(findings), *middle, summary([*findings, *outside])]


UNSEEN = (
    "Les données sont tues : d’autres peuvent lire ce journal. Pour les voir, lancez « dla check » "
    "sur votre poste, ou ici « dla check --montrer »."
)
"""Why findings hold no datum in the log of a forge."""


def blocked_text(finding: Finding, examined: Examined) -> str:
    """The documents that a finding forbids in this workspace, as people call them.

    Of many, the first ones and how many more: a fault of the territory stops nearly all.
    """
    kinds = blocked(finding, examined.obstacles)
    titles = tuple(dict.fromkeys(examined.types[name].titre for name in kinds))
    if len(titles) <= TITLES:
        return ", ".join(titles)
    more = f"{len(titles) - TITLES + 1} autres types de documents"
    return f"{', '.join(titles[: TITLES - 1])} et {more}"


def finding_lines(finding: Finding, corpus: Corpus, stopped: str = "") -> list[str]:
    """`chemin:ligne:colonne: erreur [R-PRE-01] message`, the line at fault, what to do."""
    codes = ", ".join(finding.codes)
    place = f"{finding.path}:{finding.line}:{finding.column}"
    message, hint = finding.told
    lines = [f"{place}: {finding.severity} [{codes}] {message}"]
    lines += _excerpt(finding, corpus)
    if finding.cure:
        # What fits one line of the terminal: the command is the advice.
        hint = f"{hint}{'' if hint[-1:] in ('', '?', '.') else ' ;'} {MENDS}".strip()
    if hint:
        lines.append(f"  Conseil : {hint}")
    if finding.source:
        lines.append(f"  Source : {in_words(finding.source)}")
    if stopped:
        lines.append(f"  Bloque : {stopped}")
    return [*lines, ""]


def summary(findings: Sequence[Finding]) -> str:
    """`2 erreurs, 1 alerte`, or that all is well."""
    if not findings:
        return f"Aucun constat{NO_BREAK}: tout est en ordre."
    counts = [(s, sum(f.severity is s for f in findings)) for s in Severity]
    return ", ".join(number_of(n, s) for s, n in counts if n)


def fiches_text(findings: Sequence[Finding], fiches: Collection[str]) -> str:
    """How many of these fiches prestataires can be worked with, and which cannot."""
    faulty = {f.path for f in findings if f.severity is Severity.ERREUR} & set(fiches)
    names = ", ".join(sorted(PurePosixPath(path).stem for path in faulty))
    whole = len(fiches) - len(faulty)
    parts = [number_of(whole, "complète")] if whole else []
    parts += [f"{number_of(len(faulty), 'incomplète')} ({names})"] if faulty else []
    return f"Fiches prestataires{NO_BREAK}: {', '.join(parts)}"


def finding_data(finding: Finding, examined: Examined) -> Row:
    """A finding as `check --format json` gives it."""
    return {
        "code": finding.code,
        "aussi": list(finding.also),
        "severity": str(finding.severity),
        "message": finding.told[0],
        "hint": finding.told[1],
        "source": finding.source,
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "bloque": list(blocked(finding, examined.obstacles)),
        "correction": _correction(finding),
    }


def _correction(finding: Finding) -> Row | None:
    """What `dla check --fix` writes: at which place, a value or, for a key, its name."""
    cure = None if finding.veiled else finding.cure
    if cure is None:
        return None
    value = float(cure.value) if isinstance(cure.value, Decimal) else cure.value
    return {"place": list(cure.steps), **({"cle": cure.key} if cure.key else {"valeur": value})}


def refusals_lines(outcomes: Iterable[Outcome], sight: Sight) -> list[str]:
    """Why some documents were not written: each set of causes once, with what it forbids."""
    causes: dict[tuple[Finding, ...], list[str]] = {}
    for outcome in outcomes:
        if outcome.refused:
            causes.setdefault(outcome.refused, []).append(outcome.document.label)
    lines = []
    for findings, labels in causes.items():
        lines += [f"Refusé : {label}" for label in labels]
        seen = sight.of(findings)
        lines += [line for f in seen for line in finding_lines(f, sight.examined.corpus)]
    return lines


def kept_lines(files: Iterable[Kept], near: Callable[[Path], str], output: Path) -> list[str]:
    """Which files were not replaced, why, and how to have the new ones: each reason once.

    `near` shortens a path as the person would write it.
    """
    reasons: dict[Held, list[Path]] = {}
    for kept in files:
        reasons.setdefault(kept.reason, []).append(kept.path)
    lines = []
    for reason, paths in reasons.items():
        elsewhere = (Path("nouveaux") / paths[0].relative_to(output)).as_posix()
        lines += [f"Gardé : {near(path)}" for path in paths]
        lines.append(f"  {HELD[reason]}{NO_BREAK}: le nouveau n’a pas pris sa place")
        lines.append(
            "  Conseil : pour comparer, la même commande avec --output nouveaux écrit "
            f"{elsewhere}{NARROW}; avec --force, elle remplace et ce qui a été ajouté est perdu"
        )
        lines.append("")
    return lines


def unread_lines(outcomes: Iterable[Outcome]) -> list[str]:
    """Which documents were written without counting all: the fault once, with its dossiers."""
    partial = [outcome for outcome in outcomes if outcome.unread and outcome.written]
    if not partial:
        return []
    unread = {path: numbers for outcome in partial for path, numbers in outcome.unread.items()}
    dossiers = sorted({number for numbers in unread.values() for number in numbers})
    told = f" ({enumeration(dossiers)})" if dossiers else ""
    count = number_of(len(unread), "fichier fautif", "fichiers fautifs")
    return [
        *(f"Incomplet : {outcome.document.label}" for outcome in partial),
        f"  {count} à corriger{told} : ce qui y est fautif n’est pas compté, et le document le dit",
        "  Conseil : dla check dit quoi corriger ; puis relancez la même commande",
        "",
    ]


def failures_lines(outcomes: Iterable[Outcome]) -> list[str]:
    """The dead ends of some documents: each cause once, with the documents it stopped."""
    causes: dict[tuple[str, str], list[str]] = {}
    for outcome in outcomes:
        if failure := outcome.failure:
            stopped = causes.setdefault((failure.message, failure.hint), [])
            partial = " (en partie)" if outcome.written else ""
            stopped.append(outcome.document.label + partial)
    lines = []
    for (message, hint), stopped in causes.items():
        lines.append(f"Erreur : {message}")
        lines += [f"Conseil : {hint}"] if hint else []
        lines += [f"Non produit : {', '.join(stopped)}", ""]
    return lines


def not_begun_lines(choice: Choice) -> list[str]:
    """Why a document asked for by name is not there yet."""
    document, kind = choice.document, choice.document.type
    file = f"{kind.donnees[0]}.yaml"
    if document.starter is None:
        cause = f"{file} n’existe pas encore"
        scope, name = document.scope, f"{document.scope.reference}/{document.scope.name}"
        name = name if scope.level == "ingenierie" else scope.reference
        hint = f"créez ce fichier dans dossiers/{scope.path}/"
        hint = f"créez-le : dla new {kind.donnees[0]} {name}" if scope.reference else hint
    elif kind.condition and (document.item or document.file or not kind.pour_chaque):
        source, path = document.locate(kind.condition)
        name = source.path.rpartition("/")[2] if source else file
        cause, hint = f"{name} ne renseigne pas {path.told}", "renseignez-le s’il y a lieu"
        if kind.value:
            cause = f"dans {name}, {path.told} ne vaut pas « {kind.value} »"
    else:
        cause, hint = f"« {kind.pour_chaque} » n’a aucun élément", "ajoutez-en un"
        if kind.condition and kind.condition.part == ITEM:
            key = ".".join(map(str, kind.condition.steps))
            hint += f", et renseignez-y « {key} », qui commence ce document"
    why = f"ce document n’est pas commencé : {cause}"
    return [f"Refusé : {document.label}", f"  {why}", f"  Conseil : {hint}", ""]


def _excerpt(finding: Finding, corpus: Corpus) -> list[str]:
    # A line of a file holds the data.
    lines = () if finding.veiled else corpus.lines(finding.path)
    if not 0 < finding.line <= len(lines):
        return []
    # One letter for a tab, so that the caret stands under the fault.
    line = unbanked_line(lines[finding.line - 1].replace("\t", "→"))
    # 96 letters and « | » make a line of 100; 59 of them come before the fault of a longer one.
    fault = finding.column - 1
    start = max(0, fault - 59)
    before, after = (visible(line[a:b]) for a, b in ((start, fault), (fault, start + 96)))
    return [f"  | {before}{after}", f"  | {' ' * len(before)}^"]
