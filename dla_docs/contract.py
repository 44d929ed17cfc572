"""The contract of a document: what its manifest owes, seen first in the data, then in the text.

`dla check` applies what data alone shows; `dla render` applies all of it on the text about to be
written. Both give the same codes, so a fault seen twice is one finding.
"""

from collections.abc import Iterator

from dla_docs.catalogue import Document
from dla_docs.findings import Finding
from dla_docs.load import SHELVES, Corpus, Scope
from dla_docs.logos import Logo, logo_faults
from dla_docs.references import at
from dla_docs.sections import words_under
from dla_docs.source import Source
from dla_docs.walk import Node, Nodes, classes, div, nodes, text


def data_faults(document: Document, corpus: Corpus) -> Iterator[Finding]:
    """What a begun document owes and its data cannot give: parts, date, sections, logos."""
    yield from _absent_parts(document, corpus)
    if document.date is None:
        yield _absent_date(document)
    yield from _empty_sections(document)
    yield from logo_faults(document, corpus)


def text_faults(document: Document, blocks: Nodes, logos: tuple[Logo, ...]) -> Iterator[Finding]:
    """What the text about to be written lacks of what is owed, whatever the data said."""
    # A blank form has no data of its own yet: what holds its scope is named instead.
    starter = document.starter or next(document.scope.files())
    yield from _section_faults(document, starter, blocks)
    covers = (b for b in blocks if b["t"] == "Div" and "couverture" in classes(b))
    # A short document has no cover: its logos and mentions are anywhere in it.
    cover = next(covers, div(blocks))
    said = _folded(_before_funders(cover))
    for mention in document.type.mentions:
        if _folded(mention.texte) not in said:
            yield starter.finding(
                mention.regle,
                f"la page de garde ne porte pas, avant les logos des financeurs, la mention "
                f"« {mention.texte} »",
                hint=f"remettez-la dans le gabarit {document.type.name}",
                source=mention.source,
            )
    yield from _logos_left_out(document, starter, cover, logos)
    yield from _signature_faults(document, blocks)


def _section_faults(document: Document, starter: Source, blocks: Nodes) -> Iterator[Finding]:
    places = {b["c"][1][0]: rank for rank, b in enumerate(blocks) if b["t"] == "Header"}
    previous = -1
    for section in document.type.sections:
        rank = places.get(section.id)
        if rank is None:
            message = f"la section « {section.titre} » est absente"
        elif not words_under(blocks, rank):
            message = f"la section « {section.titre} » est vide"
        elif rank < previous:
            message = f"la section « {section.titre} » n’est pas à sa place"
        else:
            previous = rank
            continue
        hint = f"complétez le gabarit {document.type.name}, ou les données de la section"
        code = section.regle or "S-REQUIS"
        yield starter.finding(code, message, hint=hint, source=section.source)


def _logos_left_out(
    document: Document, starter: Source, cover: Node, logos: tuple[Logo, ...]
) -> Iterator[Finding]:
    shown = {str(image["c"][2][0]) for image in nodes(cover, "Image")}
    words = _folded(text(cover))
    for rank, logo in enumerate(logos):
        absent = f"logo:{rank}" not in shown
        if absent or _folded(logo.mention) not in words:
            what = "le logo" if absent else "la mention de cofinancement"
            yield starter.finding(
                "R-PUB-03" if logo.europe else document.type.logos_regle,
                f"la page de garde ne porte pas {what} de « {logo.owner} »",
                hint=f"remettez le bandeau des logos dans le gabarit {document.type.name}",
                source=document.type.logos_source,
            )


def _signature_faults(document: Document, blocks: Nodes) -> Iterator[Finding]:
    """As many cells to sign as signatories, whatever the number in each party."""
    if not document.type.signatures:
        return
    source, pointer = document.locate(document.type.signatures)
    parties = at(source.data, pointer) if source else None
    due = sum(len(signatories) for signatories in (parties or {}).values())
    divisions = [d for d in nodes(blocks, "Div") if "signatures" in classes(d)]
    cells = sum(len(b["c"]) for d in divisions for b in d["c"][1] if b["t"] == "BulletList")
    if source and cells != due:
        yield source.finding(
            "S-REQUIS",
            f"le document a {cells} case(s) de signature pour {due} signataire(s)",
            pointer,
            hint=f"corrigez le bloc des signatures du gabarit {document.type.name}",
        )


def _before_funders(cover: Node) -> str:
    """The words of a cover down to its last row of logos, which is the funders'."""
    content = cover["c"][1]
    bands = [i for i, b in enumerate(content) if "bandeau-logos" in classes(b)]
    return text(content[: bands[-1]]) if bands else ""


def _folded(words: str) -> str:
    """Text with every Unicode space as one ordinary space."""
    return " ".join(words.split())


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
    source, pointer = document.locate(document.type.dates[-1])
    place = source or document.starter
    assert place is not None, "a document without a starter is not begun"
    return place.finding(
        "S-REQUIS",
        f"il manque « {pointer[-1]} », le jour où « {document.type.titre} » est établi",
        pointer,
        hint="écrivez-la AAAA-MM-JJ",
    )


def _empty_sections(document: Document) -> Iterator[Finding]:
    for section in document.type.sections:
        places = [document.locate(path) for path in section.champs]
        if not places or any(source and _filled(at(source.data, p)) for source, p in places):
            continue
        source, pointer = places[0]
        if source:
            yield source.finding(
                section.regle or "S-REQUIS",
                f"la section « {section.titre} » serait vide",
                pointer,
                hint=f"renseignez {' ou '.join(section.champs)}",
                source=section.source,
            )


def _filled(data: object) -> bool:
    """Whether a datum gives at least one word to print."""
    if isinstance(data, str):
        return bool(data.strip())
    if isinstance(data, dict):
        return any(_filled(item) for item in data.values())
    if isinstance(data, list):
        return any(_filled(item) for item in data)
    return data is not None
