"""The contract of a document, seen in its text: what its manifest owes and the text lacks.

`dla check` applies what data alone shows (`documents.contract`); `dla render` applies all of it.
"""

from collections.abc import Iterator, Mapping

from dla_docs.check.rules import Rule, apply_records
from dla_docs.context.context import Context
from dla_docs.documents.documents import DRAFT, Document
from dla_docs.documents.logos import Logo, logo_faults
from dla_docs.load.corpus import Corpus
from dla_docs.load.yaml_reader import Source
from dla_docs.model.findings import Finding, Refused
from dla_docs.tree.divisions import FUNDERS_FOOT, HEAD, LOGOS, SIGNATURES
from dla_docs.tree.head import OF_LETTER, model_of
from dla_docs.tree.nodes import (
    Node,
    Nodes,
    div,
    identifier,
    inner,
    is_div,
    items,
    nodes,
    target,
    text,
)
from dla_docs.tree.sections import with_marks, words_under


def hold_to_contract(
    blocks: Nodes, context: Context, rules: Mapping[str, Rule], corpus: Corpus
) -> Nodes:
    """The blocks of a document that owes nothing more; of a draft, with marks to fill in.

    Raises Refused for what the text lacks of what is owed.
    """
    document = context.document
    if document.variant == DRAFT:
        return with_marks(blocks, {section.id for section in document.sections})
    # A blank form has passed no check: its logos are looked at here.
    bad_logos = logo_faults(document, corpus, context.names["document"].date)
    owed = (*bad_logos, *text_faults(document, blocks, context.logos))
    # What a territory or a dossier has accepted goes out as it is.
    if refused := tuple(f for f in apply_records(owed, rules, corpus) if f.errors):
        raise Refused(refused)
    return blocks


def text_faults(document: Document, blocks: Nodes, logos: tuple[Logo, ...]) -> Iterator[Finding]:
    """What the text about to be written lacks of what is owed, whatever the data said."""
    # A blank form has no data of its own yet: what holds its scope is named instead.
    starter = document.starter or next(document.scope.files())
    yield from _section_faults(document, starter, blocks)
    covers = (b for b in blocks if is_div(b, HEAD) and model_of(b) != OF_LETTER)
    # Without a head, or in a letter, logos and mentions are anywhere.
    cover = next(covers, div(blocks))
    said = _evenly_spaced(_before_funders(cover))
    for mention in document.type.mentions:
        if _evenly_spaced(mention.texte) not in said:
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
    places = {identifier(b): rank for rank, b in enumerate(blocks) if b["t"] == "Header"}
    previous = -1
    for section in document.sections:
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
    if not document.type.logos_regle:
        return
    shown = {target(image) for image in nodes(cover, "Image")}
    words = _evenly_spaced(text(cover))
    for rank, logo in enumerate(logos):
        absent = f"logo:{rank}" not in shown
        # A picture may bear the sentence: what is heard in its place then says it.
        if absent or _evenly_spaced(logo.mention) not in f"{words} {logo.alternative}":
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
    source, path = document.locate(document.type.signatures)
    parties = document.first(document.type.signatures)
    due = sum(len(signatories) for signatories in (parties or {}).values())
    divisions = [d for d in nodes(blocks, "Div") if is_div(d, SIGNATURES)]
    cells = sum(len(items(inner(division))) for division in divisions)
    if source and cells != due:
        yield source.finding(
            "S-REQUIS",
            f"le document a {cells} case(s) de signature pour {due} signataire(s)",
            path.pointer,
            hint=f"corrigez le bloc des signatures du gabarit {document.type.name}",
        )


def _before_funders(cover: Node) -> str:
    """The words of a cover down to its last row of logos, which is the funders'."""
    held = inner(cover)
    content = [n for b in held for n in (inner(b) if is_div(b, FUNDERS_FOOT) else [b])]
    bands = [i for i, b in enumerate(content) if is_div(b, LOGOS)]
    return text(content[: bands[-1]]) if bands else ""


def _evenly_spaced(words: str) -> str:
    """Text with every Unicode space as one ordinary space: templates cut mentions."""
    return " ".join(words.split())
