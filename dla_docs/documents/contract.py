"""The contract of a document, seen in its data: what its manifest owes and they cannot give.

`tree.contract` is its other half, on the text about to be written. Both give the same codes, so a
fault seen twice is one finding.
"""

from collections.abc import Iterator

from dla_docs.documents.documents import Document
from dla_docs.documents.logos import logo_faults
from dla_docs.load.corpus import Corpus
from dla_docs.load.places import SHELVES
from dla_docs.load.scopes import Scope
from dla_docs.model.findings import Finding, Pointer


def data_faults(document: Document, corpus: Corpus, untold: bool = False) -> Iterator[Finding]:
    """What a begun document owes and its data cannot give: parts, date, sections, logos.

    `untold`: without the sections that would come from what the schemas refuse, told there.
    """
    yield from _absent_parts(document, corpus)
    # What is drawn up on the day it is asked for, as a message is, says no date.
    if document.date is None and document.type.dates:
        yield _absent_date(document)
    if document.received:
        # What it owes is read in the file, point by point: no data of ours would show it.
        return
    for fault, places in _empty_sections(document):
        if not untold or not any(corpus.refuses(*place) for place in places):
            yield fault
    yield from logo_faults(document, corpus)


def _absent_parts(document: Document, corpus: Corpus) -> Iterator[Finding]:
    starter = document.starter
    for kind, sources in document.sources(corpus).items():
        # A record that is not there is a reference that leads nowhere, told where it is written.
        if sources or not starter or kind in SHELVES.values():
            continue
        if kind == "dossier":
            yield _absent_dossier(document.scope, corpus)
        else:
            yield starter.finding(
                "S-FICHIER",
                f"il manque le fichier {kind}.yaml dont « {document.type.titre} » a besoin",
                (f"{kind}.yaml",),
                hint=f"créez {kind}.yaml à sa place dans le dossier",
            )


def _absent_dossier(scope: Scope, corpus: Corpus) -> Finding:
    """The file that everything in a dossier needs: told once, at the first file that is there."""
    inside = (s for s in corpus.scopes.values() if s.unit == scope.unit)
    first = min((f for s in inside for f in s.files()), key=lambda source: source.path)
    return first.finding(
        "S-FICHIER",
        f"il manque le fichier dossier.yaml de {scope.unit}, dont tous ses documents ont besoin",
        ("dossier.yaml",),
        hint=f"créez dossiers/{scope.unit}/dossier.yaml",
    )


def _absent_date(document: Document) -> Finding:
    source, path = document.locate(document.type.dates[-1])
    pointer = path.pointer
    place = source or document.starter
    assert place is not None, "a document without a starter is not begun"
    return place.finding(
        "S-REQUIS",
        f"il manque « {pointer[-1]} », le jour où « {document.type.titre} » est établi",
        pointer,
        hint="écrivez-la AAAA-MM-JJ",
    )


def _empty_sections(document: Document) -> Iterator[tuple[Finding, list[tuple[str, Pointer]]]]:
    """What each empty section lacks, with the places it could have been taken from."""
    for section in document.sections:
        data = (data for path in section.champs for _, data in document.of(path))
        if not section.champs or any(map(_filled, data)):
            continue
        places = [document.locate(path) for path in section.champs]
        rests = [(source.path, path.pointer) for source, path in places if source]
        source, path = places[0]
        if source:
            fault = source.finding(
                section.regle or "S-REQUIS",
                f"la section « {section.titre} » serait vide",
                path.pointer,
                hint=f"renseignez {' ou '.join(map(str, section.champs))}",
                source=section.source,
            )
            yield fault, rests


def _filled(data: object) -> bool:
    """Whether a datum gives at least one word to print."""
    if isinstance(data, str):
        return bool(data.strip())
    if isinstance(data, dict):
        return any(_filled(item) for item in data.values())
    if isinstance(data, list):
        return any(_filled(item) for item in data)
    return data is not None
