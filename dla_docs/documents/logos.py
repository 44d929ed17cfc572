"""The logos a document owes: which ones, from whom, and whether their files can be used."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from dla_docs.disk.listing import names
from dla_docs.disk.reading import IMAGE, Unreadable, read, read_ours
from dla_docs.documents.documents import Document, dossiers_of
from dla_docs.documents.types import ITEM
from dla_docs.engines.images import ImageFault
from dla_docs.load.corpus import Corpus
from dla_docs.load.pictures import ABSENT, cure_of, image_path
from dla_docs.load.places import TERRITORY
from dla_docs.load.references import position, records
from dla_docs.model.findings import Finding, Pointer, Severity
from dla_docs.model.paths import Path, at
from dla_docs.model.resources import package_data

EUROPE = "union_europeenne"
TARGETS = {"departements": "departement", "communes": "commune_insee", "secteurs": "secteur"}
"""What a funder may aim its support at, with the key of a structure that says so ([seed 002]).

« structures appartenant à un secteur d'activités spécifique ou localisées sur un territoire
délimité ».
"""
MAX_RATIO = 20
"""Width over height, or the other way round, past which a logo is a mistake.

Far beyond those of the demonstration (2 to 4.4): in a row that has one height, a longer one would
make all the others tiny.
"""


Place = Mapping[str, Any]
"""Where a document's structure is and what it does: the data of its file, or some of them."""


@dataclass(frozen=True)
class Logo:
    """An owed logo: its set (`dla`, `operateur`, `financeurs`), owner and file, as data name it.

    `pointer` is its place in `territoire.yaml`. `europe` marks the European Union's block, which
    must be at least as large as the largest other logo (annexe B, [P55]); `mention` goes with it.
    """

    ensemble: str
    owner: str
    alternative: str
    file: str
    pointer: Pointer
    mention: str = ""
    europe: bool = False


def owed_logos(document: Document, corpus: Corpus, day: date | None = None) -> tuple[Logo, ...]:
    """The logos due on a document, in order: DLA, operators, funders; a shared file once.

    They are the union over the operators and structures concerned, and the funders active the day
    the document is drawn up, or in the period that it counts, whose targets (`TARGETS`) hold one of
    those structures (R-PUB-01); the European Union's wherever logos are owed. `day` stands for that
    of a document without a date.
    """
    kept: dict[tuple[str, str], Logo] = {}
    for logo in _owed(document, corpus, day):
        # Of a shared file, that of the first who owns it: the lead operator.
        kept.setdefault((logo.ensemble, logo.file), logo)
    return tuple(kept.values())


def logo_owners(document: Document, corpus: Corpus, day: date | None = None) -> tuple[str, ...]:
    """Whose logos a document owes, in order: each who shares a file is one of them."""
    owed = _owed(document, corpus, day)
    return tuple(dict.fromkeys(_owner(logo, corpus) for logo in owed))


def _owed(document: Document, corpus: Corpus, day: date | None) -> list[Logo]:
    if not document.type.logos:
        return []
    operators = operators_of(document, corpus)
    logos: list[Logo] = []
    if "dla" in document.type.logos:
        logos += _of_operators(corpus, operators, "dla", "logo_dla")
    if "operateur" in document.type.logos:
        logos += _of_operators(corpus, operators, "operateur", "logo")
    everyone = "financeurs" in document.type.logos
    funders = [f for f in _of_funders(document, corpus, operators, day) if everyone or f.europe]
    # The European Union's block ends its row, whatever funders follow it in the territory.
    return logos + sorted(funders, key=lambda logo: logo.europe)


def logo_faults(document: Document, corpus: Corpus, day: date | None = None) -> Iterator[Finding]:
    """A finding for each owed logo whose file is absent, empty or unreadable.

    None where no rule demands logos: a lost one would hide a payment that is held up.
    """
    if not document.type.logos_regle:
        return
    for logo in owed_logos(document, corpus, day):
        if fault := logo_fault(logo, corpus):
            placed = f"mettez le fichier image dans dossiers/{logo.file}, ou corrigez ce chemin"
            code = "R-PUB-03" if logo.europe else document.type.logos_regle
            yield corpus.territory.finding(
                code,
                f"le logo de « {logo.owner} » est dû, mais le fichier {logo.file} {fault}",
                logo.pointer,
                hint=placed if fault in ABSENT else cure_of(fault),
                source=document.type.logos_source,
            )


def logo_fault(logo: Logo, corpus: Corpus) -> str:
    """Why a logo cannot be shown, to follow the name of its file; empty when it can."""
    try:
        corpus.listing.images.look(corpus.workspace.data, logo.file, MAX_RATIO)
    except ImageFault as fault:
        return str(fault)
    return ""


def placeholder_logos(corpus: Corpus) -> Iterator[Finding]:
    """An alerte for each logo of the territory that is still the one `dla init` put there."""
    told: set[str] = set()
    for logo in _every_logo(corpus):
        if logo.file not in told and provisional(logo, corpus):
            told.add(logo.file)
            yield corpus.territory.finding(
                "S-FICHIER",
                f"le logo de « {_owner(logo, corpus)} » est encore le logo provisoire de dla init",
                logo.pointer,
                Severity.ALERTE,
                hint=f"remplacez dossiers/{logo.file} par le vrai, avant d’envoyer un document",
            )


def logo_content(logo: Logo, corpus: Corpus) -> bytes:
    """The bytes of the file of a logo. Raises ImageFault or Unreadable."""
    root = corpus.workspace.root
    return read(image_path(root, corpus.workspace.data, logo.file), (root,), IMAGE)


def provisional(logo: Logo, corpus: Corpus) -> bool:
    """Whether a logo is one that `dla init` put there; not one that cannot be read."""
    try:
        # Git on Windows may have changed the ends of its lines.
        content = logo_content(logo, corpus)
        return content.replace(b"\r\n", b"\n") in _placeholders()
    except (ImageFault, Unreadable):
        # A file that cannot be read is told by the documents that owe it.
        return False


@cache
def _placeholders() -> frozenset[bytes]:
    folder = package_data("templates") / "_espace" / "fichiers" / "dossiers" / "logos"
    return frozenset(read_ours(folder / name) for name in names(folder, (folder,)))


def _owner(logo: Logo, corpus: Corpus) -> str:
    """Whose logo it is; its file while the territory does not name them yet."""
    named = at(corpus.territory.data, (*logo.pointer[:2], "nom"))
    return logo.owner if logo.owner != "None" else str(named or logo.file)


def _every_logo(corpus: Corpus) -> Iterator[Logo]:
    operators = tuple(range(len(at(corpus.territory.data, ("operateurs",)) or [])))
    yield from _of_operators(corpus, operators, "dla", "logo_dla")
    yield from _of_operators(corpus, operators, "operateur", "logo")
    for rank, funder in enumerate(at(corpus.territory.data, ("financeurs",)) or []):
        pointer: Pointer = ("financeurs", rank, "logo")
        if logo := _logo(corpus, "financeurs", pointer, funder.get("nom")):
            yield logo


def _of_operators(
    corpus: Corpus, operators: tuple[int, ...], ensemble: str, key: str
) -> Iterator[Logo]:
    for rank in operators:
        pointer: Pointer = ("operateurs", rank)
        owner = "nom_dla" if ensemble == "dla" else "nom"
        if logo := _logo(
            corpus, ensemble, (*pointer, key), at(corpus.territory.data, (*pointer, owner))
        ):
            yield logo


def _of_funders(
    document: Document, corpus: Corpus, operators: tuple[int, ...], day: date | None
) -> Iterator[Logo]:
    places = tuple(_places(document, corpus, operators))
    funders = at(corpus.territory.data, ("financeurs",)) or []
    for rank, funder in enumerate(funders):
        # Without a list, a funder is on every document.
        types = funder.get("documents") or [document.type.name]
        if (
            any(_reaches(funder, place) for place in places)
            and document.type.name in types
            and _active(funder, _days(document, day))
        ):
            europe = funder.get("type") == EUROPE
            mention = funder.get("mention") or ""
            pointer: Pointer = ("financeurs", rank, "logo")
            if logo := _logo(
                corpus, "financeurs", pointer, funder.get("nom"), mention=mention, europe=europe
            ):
                yield logo


def _reaches(funder: Mapping[str, Any], place: Place) -> bool:
    """Whether a funder supports what is at one place: each of its targets holds it.

    A target of which the place says nothing holds it: the document of no structure, and that of a
    structure whose sector is not written yet, thank every funder rather than forget one.
    """
    wanted = ((funder.get(targets), place.get(key)) for targets, key in TARGETS.items())
    return all(not among or here is None or here in among for among, here in wanted)


def _logo(
    corpus: Corpus,
    ensemble: str,
    pointer: Pointer,
    owner: object,
    mention: str = "",
    europe: bool = False,
) -> Logo | None:
    """The logo at a place of the territory; None where the data lacks it (a schema fault)."""
    data = at(corpus.territory.data, pointer) or {}
    file = data.get("fichier")
    if not isinstance(file, str):
        return None
    alternative = str(data.get("alternative", owner))
    place = (*pointer, "fichier")
    return Logo(ensemble, str(owner), alternative, file, place, mention, europe)


def operators_of(document: Document, corpus: Corpus) -> tuple[int, ...]:
    """Ranks of the operators concerned: those of the dossiers, else of its item, else all."""
    heads = [s.parts["dossier"] for s in dossiers_of(document, corpus) if "dossier" in s.parts]
    names = [n for head in heads for n in at(head.data, ("operateurs",)) or ()]
    own = _own(document, "operateur")
    names += [own] if own else []
    ranks = (position(corpus, "operateurs", name) for name in dict.fromkeys(names))
    known = tuple(rank for rank in ranks if rank is not None)
    every = range(len(at(corpus.territory.data, ("operateurs",)) or []))
    return known if heads or known else tuple(every)


def _places(document: Document, corpus: Corpus, operators: tuple[int, ...]) -> Iterator[Place]:
    """What a document is about: each of its structures, else the départements of the operators."""
    scopes = {s.path: s for s in (*document.scope.lineage(), *dossiers_of(document, corpus))}
    structures = {
        source.path: source.data
        for scope in scopes.values()
        for source in records(corpus, scope, "structure")
    }
    known = [place for place in structures.values() if at(place, ("departement",))]
    if known:
        yield from known
        return
    own = _own(document, "departement")
    every = (at(corpus.territory.data, ("operateurs", r, "departements")) for r in operators)
    listed = ([own],) if own else tuple(every)
    covered = tuple(dict.fromkeys(code for codes in listed for code in codes or ()))
    # A structure that says its sector before its département is where its operators are.
    for place in (*structures.values(),) or ({},):
        yield from ({**(place or {}), "departement": code} for code in covered)


def _own(document: Document, key: str) -> Any:
    """What an item of the territory says of its own perimeter; None where it is of all."""
    whole = document.scope.level == TERRITORY and document.item
    return document.first(Path(ITEM, (key,))) if whole else None


def _days(document: Document, day: date | None) -> tuple[str, str] | None:
    """The first and the last day on which a funder is owed; None where nothing says the day.

    A document that counts what was done thanks those who funded it then, whenever it is drawn up:
    its days are those of its period, and none after the figures stop.
    """
    drawn = document.date or day
    start, end = (document.first(Path(ITEM, (key,))) for key in ("debut", "fin"))
    if document.type.rassemble and start and end:
        last = min(str(end), drawn.isoformat()) if drawn else str(end)
        # Drawn up before it begins, it is of its first day.
        return str(start), max(str(start), last)
    return (drawn.isoformat(), drawn.isoformat()) if drawn else None


def _active(funder: dict[str, str], days: tuple[str, str] | None) -> bool:
    """Whether a funder is active on one of the days from one to another, both included."""
    if days is None:
        return True
    # Bounds that every day is within, for a funder without dates.
    starts, ends = funder.get("debut", "0001-01-01"), funder.get("fin", "9999-12-31")
    return starts <= days[1] and days[0] <= ends
