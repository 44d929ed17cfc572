"""The page of the sources: each sentence that asks something, and where it lives."""

from collections.abc import Iterable, Iterator
from textwrap import shorten

from dla_docs.report.sources import names
from tools.markdown import table
from tools.sources_table import SEEDS, Asked, Quote, functions, living, obligations, quotes
from tools.sources_targets import SECTION, Targets

WIDTH = 70
"""Signs of a quote that the page shows: about ten words."""
MEANING = "../explications/les-regles-et-leurs-sources.md#lire-une-source"


def sources_page(targets: Targets) -> Iterator[str]:
    """The blocks of `docs/reference/sources.md`."""
    asked, named = obligations(), functions()
    found = tuple(quotes(targets.types.values(), targets.rules.values()))
    yield "# Les sources"
    yield (
        f"Cinq textes disent ce que le dispositif demande ({len(asked)} phrases) et nomment "
        f"{len(named)} fonctions. Cette page dit où chacune vit : un document et sa section, une "
        "règle, une donnée, une commande, ou une page de cette documentation. Les mots cités "
        "servent de repère : la phrase entière est dans la source. Un test vérifie que tout ce "
        "qui est nommé ici existe, et que les mots que citent règles et sections s’y retrouvent."
    )
    yield f"Ce que sont ces textes : [lire une source]({MEANING})."
    for seed in SEEDS:
        title = names()[f"[seed {seed}]"]
        yield f"## {title[:1].upper()}{title[1:]}"
        yield table(
            ["N°", "Ce qui est demandé", "Mots de la source", "Où cela vit"],
            [
                [one.code, one.dit, f"« {_short(one.cite)} »", _places(one, found, targets)]
                for one in asked
                if one.seed == seed
            ],
        )
    yield f"## Les {len(named)} fonctions"
    yield (
        "Ce que les sources nomment ou supposent qu’un DLA sait faire, dans l’ordre de "
        "l’accompagnement. Le numéro est celui du dossier métier du projet."
    )
    yield table(
        ["N°", "Fonction", "Source", "Où elle vit"],
        [[one.code, one.dit, f"[seed {one.seed}]", _places(one, found, targets)] for one in named],
    )


def _places(one: Asked, found: Iterable[Quote], targets: Targets) -> str:
    """Where a sentence lives; a target that does not exist is shown bare, and a test refuses it."""
    if one.hors:
        return f"Hors périmètre : {one.hors}."
    links = [targets.link(place) or f"`{place}`" for place in living(one, found)]
    # Sections of one document follow each other under its name.
    grouped: dict[str, list[str]] = {}
    for link in links:
        name, _, section = link.partition(SECTION)
        grouped.setdefault(name, []).extend([section] if section else [])
    told = (
        name + (SECTION + ", ".join(within) if within else "") for name, within in grouped.items()
    )
    return "<br>".join(told)


def _short(cite: str) -> str:
    """The first words of a quote: enough to find the sentence, no more."""
    return shorten(cite, WIDTH, placeholder=" …")
