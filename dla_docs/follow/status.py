"""Where each dossier stands: computed from its files and their dates, never stored.

An event has taken place when the datum that tells it is there and, if it is a date, is not after
the day asked for. The last event that took place gives the state; the next one is what to do.
States are those of `domaine.md` §2.4 for a dossier, E10 for an ingénierie.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from dla_docs.load.corpus import Corpus, Scope
from dla_docs.load.names import find_scope
from dla_docs.load.yaml_reader import Source
from dla_docs.model.errors import RequestError
from dla_docs.model.findings import Finding, Severity


@dataclass(frozen=True)
class Event:
    """What brings a state: a part that exists, or a datum of it.

    In `path`, `*` is every element and `cle=valeur` the elements that hold a value. `every`: all
    the data of that path must be there, not one. `owed`: the ordinary next step, not an accident.
    """

    state: str
    path: str
    every: bool = False
    owed: bool = True


DOSSIER = (
    Event("demande", "dossier"),
    Event("accueil", "accueil"),
    Event("accueil", "accueil.decision"),
    Event("ajourne", "accueil.decision=ajourner", owed=False),
    Event("reoriente", "accueil.decision=reorienter", owed=False),
    Event("abandonne", "accueil.decision=abandon", owed=False),
    Event("diagnostic", "diagnostic"),
    Event("diagnostic_valide", "diagnostic.validation.date"),
    Event("parcours", "parcours"),
    Event("parcours_valide", "parcours.validation.date"),
    Event("comite_appui", "comite", owed=False),
    Event("coordination", "ingenierie"),
    Event("suivi", "suivi"),
    Event("clos", "suivi.synthese.date"),
)
"""The events of a dossier, in order."""

INGENIERIE = (
    Event("redaction", "ingenierie"),
    Event("redaction", "cahier-des-charges"),
    Event("consultation", "consultation.date_envoi"),
    Event("selection", "proposition"),
    Event("selection", "choix.date"),
    Event("infructueuse", "choix.infructueux=true", owed=False),
    Event("selection", "convention"),
    Event("conventionnee", "convention.parties.*.*.signature.date", every=True),
    Event("lancee", "realisation.lancement.date"),
    Event("mi_parcours", "realisation.notes.*.date"),
    Event("rapport_remis", "rapport-final.date"),
    Event("restituee", "restitution.date"),
    Event("soldee", "reglement.versements.libelle=solde.date_paiement"),
    Event("evaluee", "evaluation.beneficiaires.*.date_reponse"),
)
"""The events of an ingénierie, in order; an alerte may suspend or stop it at any time."""

LABELS = {
    "ajourne": "ajourné",
    "reoriente": "réorienté",
    "abandonne": "abandonné",
    "diagnostic_valide": "diagnostic validé",
    "parcours_valide": "parcours validé",
    "comite_appui": "comité d’appui",
    "redaction": "rédaction",
    "selection": "sélection",
    "conventionnee": "conventionnée",
    "lancee": "lancée",
    "mi_parcours": "mi-parcours",
    "rapport_remis": "rapport remis",
    "restituee": "restituée",
    "soldee": "soldée",
    "evaluee": "évaluée",
    "suspendue": "suspendue",
    "arretee": "arrêtée",
}
"""How a state reads, where its name is not already so."""

FINISHED = {"evaluee", "infructueuse", "arretee"}
"""States of an ingénierie from which nothing more comes: the follow-up of its dossier may begin."""

ENDS = {"ajourne", "reoriente", "abandonne", "clos", "infructueuse", "suspendue", "arretee"}
"""States after which nothing is owed until somebody decides."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Next:
    """What to do: a command that creates a part, or a datum to fill in a file.

    `mends`: the command shows errors, to be corrected before anything else.
    """

    command: str = ""
    mends: bool = False
    path: str = ""
    datum: str = ""


@dataclass(frozen=True)
class Progress:
    """Where a dossier or an ingénierie stands, what comes next, and what its files lack."""

    scope: Scope
    state: str
    next: Next | None
    findings: tuple[Finding, ...]
    inside: tuple["Progress", ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings of a severity its files have."""
        return sum(finding.severity is severity for finding in self.findings)


def progress(scope: Scope, corpus: Corpus, findings: Iterable[Finding], day: date) -> Progress:
    """Where a dossier stands at a day, with each of its ingénieries."""
    own = tuple(f for f in findings if f.path.startswith(f"dossiers/{scope.path}/"))
    inside = tuple(
        _ingenierie(s, corpus, own, day)
        for s in corpus.level("ingenierie")
        if s.parent and s.parent.path == scope.path
    )
    reached = _last(DOSSIER, scope, corpus, day).state
    running = any(one.state not in FINISHED for one in inside)
    if running and reached in {"suivi", "clos"}:
        reached = "coordination"
    owed = (e for e in DOSSIER if e.owed and not _took_place(e, scope, corpus, day))
    following = next(owed, None) if reached not in ENDS else None
    # The follow-up comes once every ingénierie has come to its end.
    if following and following.state in {"suivi", "clos"} and running:
        following = None
    return Progress(scope, reached, _next(following, scope, corpus, own, day), own, inside)


def dossier_of(name: str, corpus: Corpus) -> Scope:
    """The dossier that a name or a path leads to, or that holds it. Raises RequestError."""
    for scope in find_scope(name, corpus).lineage():
        if scope.level == "dossier":
            return scope
    raise RequestError(f"« {name} » n’est pas un dossier", "dla list dossiers les énumère")


def _ingenierie(scope: Scope, corpus: Corpus, findings: tuple[Finding, ...], day: date) -> Progress:
    own = tuple(f for f in findings if f.path.startswith(f"dossiers/{scope.path}/"))
    last = _last(INGENIERIE, scope, corpus, day)
    state = _halted(scope, day) or last.state
    rest = INGENIERIE[INGENIERIE.index(last) + 1 :] if state not in ENDS else ()
    following = next((event for event in rest if event.owed), None)
    return Progress(scope, state, _next(following, scope, corpus, own, day), own)


def _last(events: tuple[Event, ...], scope: Scope, corpus: Corpus, day: date) -> Event:
    """The last event that took place: it gives the state."""
    taken = [event for event in events if _took_place(event, scope, corpus, day)]
    return taken[-1] if taken else events[0]


def _took_place(event: Event, scope: Scope, corpus: Corpus, day: date) -> bool:
    part, *steps = event.path.split(".")
    name, _, _ = part.partition("=")
    found = [v for source in _files(name, scope, corpus) for v in _values(source.data, steps)]
    done = [v is not None and not (_is_day(v) and v > day.isoformat()) for v in found]
    return bool(done) and (all(done) if event.every else any(done))


def _files(kind: str, scope: Scope, corpus: Corpus) -> Iterator[Source]:
    """The files of a kind that tell of a scope: its part, those inside it, the comités about it."""
    if source := scope.parts.get(kind):
        yield source
        return
    inside = f"dossiers/{scope.path}/"
    for path, known in corpus.kind_of.items():
        if known.name == kind and path.startswith(inside):
            yield corpus.sources[path]
    for comite in corpus.level(kind) if kind == "comite" else ():
        source = comite.parts["comite"]
        presented = _values(source.data, ["dossiers", "*", "dossier"])
        if any(isinstance(p, str) and p[:8] == scope.reference for p in presented):
            yield source


def _values(data: Any, steps: list[str]) -> list[Any]:
    """The data at a path with `*` and `cle=valeur`; None where an element lacks it."""
    if not steps:
        return [data]
    step, rest = steps[0], steps[1:]
    if step == "*":
        items = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
        return [value for item in items for value in _values(item, rest)]
    key, _, wanted = step.partition("=")
    if isinstance(data, list):
        kept = [i for i in data if isinstance(i, dict) and _text(i.get(key)) == wanted]
        return [value for item in kept for value in _values(item, rest)]
    found = data.get(key) if isinstance(data, dict) else None
    if wanted:
        return [True] if _text(found) == wanted else []
    return _values(found, rest) if found is not None else [None]


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and bool(_DAY.fullmatch(value))


def _halted(scope: Scope, day: date) -> str:
    """`suspendue` or `arretee` when the last decision on an alerte says so; empty otherwise."""
    source = scope.parts.get("realisation")
    alertes = _values(source.data, ["alertes", "*"]) if source else []
    decided = {
        str(a.get("date_decision", a.get("date", ""))): a
        for a in alertes
        if isinstance(a, dict) and "decision" in a
    }
    today = day.isoformat()
    last = decided.get(max((d for d in decided if d <= today), default=""), {})
    resumed = str(last.get("date_reprise", "9999")) <= today
    if last.get("decision") == "suspension" and not resumed:
        return "suspendue"
    return "arretee" if last.get("decision") == "arret" else ""


def _next(
    event: Event | None, scope: Scope, corpus: Corpus, findings: Iterable[Finding], day: date
) -> Next | None:
    """Errors to correct first; else how to make an event happen: a file, or a datum, to write."""
    if any(finding.severity is Severity.ERREUR for finding in findings):
        return Next(command=f"dla check dossiers/{scope.path}", mends=True)
    if event is None:
        return None
    part, *steps = event.path.split(".")
    source = scope.parts.get(part)
    if source and steps:
        return Next(path=source.path, datum=_missing(source.data, steps, day) or ".".join(steps))
    reference = scope.reference
    if scope.level == "ingenierie":
        reference = f"{reference}/{scope.name}"
    kind = corpus.kinds[part]
    names = {"propositions": "PRESTATAIRE", "ingenierie": '"Intitulé de la mission"'}
    asked = kind.place == "propositions" or kind.name == kind.place
    words = ("dla new", part, reference, names.get(kind.place, "") if asked else "")
    return Next(command=" ".join(word for word in words if word))


def _missing(data: Any, steps: list[str], day: date, place: str = "") -> str:
    """The first datum to write on a path with `*` and `cle=valeur`: `notes[0].date`.

    Empty when nothing is missing. An element that does not exist yet is told by what it holds.
    """
    if not steps:
        absent = data is None or (_is_day(data) and data > day.isoformat())
        return place if absent else ""
    step, rest = steps[0], steps[1:]
    key, _, wanted = step.partition("=")
    if step == "*" and isinstance(data, dict):
        inside = [(f"{place}.{name}", item) for name, item in data.items()]
    elif isinstance(data, list):
        kept = [(f"{place}[{rank}]", item) for rank, item in enumerate(data)]
        inside = [e for e in kept if not wanted or _values(e[1], [step])]
        if not inside:
            return f"{place} ({key} : {wanted})" if wanted else f"{place}[0].{'.'.join(rest)}"
    elif step == "*" or wanted:
        return f"{place}[0].{'.'.join(rest)}" if step == "*" else f"{place} ({key} : {wanted})"
    else:
        below = data.get(key) if isinstance(data, dict) else None
        return _missing(below, rest, day, f"{place}.{key}".lstrip("."))
    found = (_missing(item, rest, day, where) for where, item in inside)
    return next((where for where in found if where), "")
