"""Where each dossier stands: computed from its files and their dates, never stored.

An event has taken place when the datum that tells it is there and, if it is a date, is not after
the day asked for. The last event that took place gives the state; the next one is what to do.
States are the steps of an accompaniment ([seed 000] to [seed 003]) and of a mission ([seed 002]).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dla_docs.check.examined import Examined
from dla_docs.check.facts import Facts
from dla_docs.check.mission import halted
from dla_docs.check.standing import Obstacle, same_fault
from dla_docs.documents.documents import PRESENTED
from dla_docs.load.corpus import Corpus
from dla_docs.load.names import find_scope, near_dossiers
from dla_docs.load.places import DATA, REFERENCE
from dla_docs.load.scopes import Scope
from dla_docs.load.yaml_reader import Source
from dla_docs.model.errors import RequestError
from dla_docs.model.findings import Finding, Severity
from dla_docs.model.paths import Path


@dataclass(frozen=True)
class Event:
    """What brings a state: a part that exists, or a datum of it.

    `every`: all the data of that path must be there, not one. `owed`: the ordinary next step, not
    an accident.
    """

    state: str
    path: Path
    every: bool = False
    owed: bool = True


def _event(state: str, path: str, every: bool = False, owed: bool = True) -> Event:
    return Event(state, Path.parse(path), every, owed)


DOSSIER = (
    _event("demande", "dossier"),
    _event("accueil", "accueil"),
    _event("accueil", "accueil.decision"),
    _event("ajourne", "accueil[decision=ajourner]", owed=False),
    _event("reoriente", "accueil[decision=reorienter]", owed=False),
    _event("abandonne", "accueil[decision=abandon]", owed=False),
    _event("diagnostic", "diagnostic"),
    _event("diagnostic_valide", "diagnostic.validation.date"),
    _event("parcours", "parcours"),
    _event("parcours_valide", "parcours.validation.date"),
    _event("comite_appui", "comite"),
    _event("coordination", "ingenierie"),
    _event("suivi", "suivi"),
    _event("clos", "suivi.synthese.date"),
)
"""The events of a dossier, in order."""

COMITE = next(event for event in DOSSIER if event.state == "comite_appui")
"""What is shown to a comité before the missions: once one of them is there, it is no next step."""

INGENIERIE = (
    _event("redaction", "ingenierie"),
    _event("redaction", "cahier-des-charges"),
    _event("consultation", "consultation.date_envoi"),
    _event("selection", "proposition"),
    _event("selection", "choix.date"),
    _event("infructueuse", "choix[infructueux=true]", owed=False),
    _event("selection", "convention"),
    _event("conventionnee", "convention.parties[][].signature.date", every=True),
    _event("lancee", "realisation.lancement.date"),
    _event("mi_parcours", "realisation.notes[].date"),
    _event("rapport_remis", "rapport-final.date"),
    _event("restituee", "restitution.date"),
    _event("soldee", "reglement.versements[libelle=solde].date_paiement"),
    _event("evaluee", "evaluation.beneficiaires[].date_reponse"),
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

    `mends`: the command shows errors, to be corrected before anything else. `told`: the datum as
    people say it.
    """

    command: str = ""
    mends: bool = False
    path: str = ""
    datum: str = ""
    told: str = ""


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


def progress(scope: Scope, examined: Examined) -> Progress:
    """Where a dossier stands on the day of the examination, with each of its ingénieries."""
    corpus, day, own = examined.corpus, examined.day, _about(scope, examined)
    inside = tuple(
        _ingenierie(s, examined)
        for s in corpus.level("ingenierie")
        if s.parent and s.parent.path == scope.path
    )
    reached = _last(DOSSIER, scope, corpus, day).state
    running = any(one.state not in FINISHED for one in inside)
    # Files of the follow-up may be there already: the state is what still runs.
    if running and reached in {"suivi", "clos"}:
        reached = "coordination"
    due = (event for event in DOSSIER if event.owed and not (inside and event is COMITE))
    owed = (event for event in due if not _took_place(event, scope, corpus, day))
    following = next(owed, None) if reached not in ENDS else None
    # The follow-up comes once every ingénierie has come to its end.
    if following and following.state in {"suivi", "clos"} and running:
        following = None
    return Progress(scope, reached, _next(following, scope, corpus, own, day), own, inside)


def dossier_of(name: str, corpus: Corpus) -> Scope:
    """The dossier that a name or a path leads to, or that holds it. Raises RequestError."""
    found = find_scope(name, corpus)
    for scope in found.lineage():
        if scope.level == "dossier":
            return scope
    hint = near_dossiers(found.name, corpus.listing) or "dla list dossiers les énumère"
    raise RequestError(f"« {name} » n’est pas un dossier", hint)


def _about(scope: Scope, examined: Examined) -> tuple[Finding, ...]:
    """The findings in the folder of a scope, and those out of its dossier that forbid documents."""
    folder, unit = f"{DATA}{scope.path}", f"{DATA}{scope.unit}/"
    met = [o.finding for o in examined.obstacles if f"{o.place}/".startswith(f"{folder}/")]
    return tuple(
        f
        for f in examined.findings
        if f.path.startswith(f"{folder}/") or (not f.path.startswith(unit) and f in met)
    )


def with_comites(one: Progress, met: Iterable[Obstacle]) -> Progress:
    """The same once told what comités say of their documents about a dossier: errors, all."""
    folder = f"{DATA}{one.scope.path}"
    told = list(one.findings)
    for obstacle in met:
        found = obstacle.finding
        here = obstacle.place == folder and not found.path.startswith(f"{folder}/")
        if here and not any(same_fault(found, known) for known in told):
            told.append(found)
    if len(told) == len(one.findings):
        return one
    mends = Next(command=f"dla check {folder}", mends=True)
    return replace(one, findings=tuple(told), next=mends)


def _ingenierie(scope: Scope, examined: Examined) -> Progress:
    corpus, day, own = examined.corpus, examined.day, _about(scope, examined)
    last = _last(INGENIERIE, scope, corpus, day)
    state = _halted(scope, corpus, day) or last.state
    rest = INGENIERIE[INGENIERIE.index(last) + 1 :] if state not in ENDS else ()
    following = next((event for event in rest if event.owed), None)
    return Progress(scope, state, _next(following, scope, corpus, own, day), own)


def _last(events: tuple[Event, ...], scope: Scope, corpus: Corpus, day: date) -> Event:
    """The last event that took place: it gives the state."""
    taken = [event for event in events if _took_place(event, scope, corpus, day)]
    return taken[-1] if taken else events[0]


def _took_place(event: Event, scope: Scope, corpus: Corpus, day: date) -> bool:
    data = (source.data for source in _files(event.path.part, scope, corpus))
    done = [_done(value, day) for datum in data for _, value in event.path.each(datum)]
    return bool(done) and (all(done) if event.every else any(done))


def _done(value: Any, day: date) -> bool:
    """Whether a datum is there and, if it is a date, not after a day."""
    later = isinstance(value, str) and _DAY.fullmatch(value) and value > day.isoformat()
    return value is not None and not later


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
        presented = (name for _, name in PRESENTED.of(source.data))
        if any(isinstance(name, str) and name[:REFERENCE] == scope.reference for name in presented):
            yield source


def _halted(scope: Scope, corpus: Corpus, day: date) -> str:
    """`suspendue` or `arretee` when a decision on an alerte interrupts it; empty otherwise."""
    halt = halted(Facts(scope, corpus, day))
    if halt is None:
        return ""
    return "arretee" if halt.stops else "suspendue"


def _next(
    event: Event | None, scope: Scope, corpus: Corpus, findings: Iterable[Finding], day: date
) -> Next | None:
    """Errors to correct first; else how to make an event happen: a file, or a datum, to write."""
    if any(finding.severity is Severity.ERREUR for finding in findings):
        return Next(command=f"dla check dossiers/{scope.path}", mends=True)
    if event is None:
        return None
    part = event.path.part
    source = scope.parts.get(part)
    if source and event.path.steps:
        datum = _to_write(event.path, source.data, day)
        return Next(path=source.path, datum=datum.inside, told=datum.told)
    if event is COMITE:
        return _presentation(corpus, day)
    reference = scope.reference
    if scope.level == "ingenierie":
        reference = f"{reference}/{scope.name}"
    kind = corpus.kinds[part]
    names = {"propositions": "PRESTATAIRE", "ingenierie": '"Intitulé de la mission"'}
    has_name = kind.place == "propositions" or kind.name == kind.place
    words = ("dla new", part, reference, names.get(kind.place, "") if has_name else "")
    return Next(command=" ".join(word for word in words if word))


def _presentation(corpus: Corpus, day: date) -> Next:
    """Where a dossier is shown: in the first comité to come, else in one to convene."""
    to_come = (c for c in corpus.listing.level("comite") if c.name >= day.isoformat())
    for comite in to_come:
        listed = "dossiers"
        return Next(path=f"{DATA}{comite.path}.yaml", datum=listed, told=listed)
    return Next(command="dla new comite AAAA-MM-JJ")


def _to_write(path: Path, data: Any, day: date) -> Path:
    """The first datum to write on a path; the path itself where no element is there to hold it."""
    for place, value in path.each(data):
        if not _done(value, day) and place[-1:] == path.steps[-1:]:
            return Path.to(path.part, place)
    return path
