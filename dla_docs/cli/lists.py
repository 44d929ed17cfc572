"""`dla list`: documents, dossiers, prestataires, rules."""

from typing import Any

import click

from dla_docs.cli import terminal
from dla_docs.cli.common import FIRST, Options, json_option
from dla_docs.cli.guesses import list_advice, written
from dla_docs.flow import choose, examine, sound_of
from dla_docs.follow.sample import FOLLOWED, Sample, sample
from dla_docs.follow.search import ADDRESSES, known_sectors, known_towns, known_words, matching
from dla_docs.model.likeness import same_among
from dla_docs.report import followed, tabular, text
from dla_docs.select import Request

KNOWN = {
    "competences": "Compétences connues",
    "secteurs": "Secteurs des fiches",
    "zones": "Zones connues",
}
"""What is said of each key of a search that finds nobody, before what the fiches hold."""


class Lists(click.Group):
    """What may be listed, in the singular or without its accents too."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The list of that name, or where what is asked for is."""
        name = same_among(args[0], list(self.commands))
        if not name and (advice := list_advice(args[0])):
            told = (
                f"« {args[0]} » n’est pas une liste : dla list énumère {', '.join(self.commands)}."
            )
            raise click.UsageError(f"{told} {written(advice)}", ctx)
        return super().resolve_command(ctx, [name or args[0], *args[1:]])


@click.group("list", cls=Lists, subcommand_metavar="COMMANDE [ARGUMENTS]...")
def list_() -> None:
    """Énumérer documents, dossiers, prestataires ou règles."""


@list_.command("documents", short_help="Les types de documents, ou ceux d’un dossier.")
@click.argument("dossiers", metavar="[DOSSIER]...", nargs=-1)
@json_option
@click.pass_obj
def list_documents(options: Options, dossiers: tuple[str, ...], as_json: bool) -> None:
    """Les types de documents ; avec DOSSIER, ses documents et leur état."""
    # Types are the same whatever the dossiers: the territory alone is read for them.
    examined = examine(options.find(), options.day, dossiers or ("territoire",))
    if dossiers:
        rows = tabular.documents_data(choose(Request(dossiers), examined), examined)
        if not as_json:
            rows = [{**row, "etat": text.STATES[row["etat"]]} for row in rows]
        columns = {"identifiant": "N°", "chemin": "Document", "etat": "État"}
    else:
        rows = tabular.types_data(examined)
        columns = {"identifiant": "N°", "type": "Type", "titre": "Titre", "portee": "Portée"}
    _print_list(rows, columns, as_json)


@list_.command("dossiers")
@click.option(
    "--a-suivre", is_flag=True, help="Les structures dont le suivi post-accompagnement est dû."
)
@json_option
@click.pass_obj
def list_dossiers(options: Options, a_suivre: bool, as_json: bool) -> None:
    """Les dossiers et leurs ingénieries.

    Avec --a-suivre, les structures dont la période de suivi est ouverte ou passée, et combien
    d’entre elles le territoire demande de suivre (« suivi_min_mois », « suivi_max_mois » et
    « suivi_taux » de ses paramètres). --date compte.
    """
    if a_suivre:
        _print_sample(sample(sound_of(options.find(), FOLLOWED), options.day), as_json)
        return
    rows = tabular.dossiers_data(sound_of(options.find(), {"dossier"}))
    columns = {"dossier": "Dossier", "titre": "Titre", "ingenieries": "Ingénieries"}
    _print_list(rows, columns, as_json)
    if not rows:
        terminal.err(FIRST)


@list_.command("prestataires")
@click.option("--competence", "competences", metavar="MOT", multiple=True, help="Ce qu’il sait.")
@click.option("--secteur", "secteurs", metavar="SECTEUR", multiple=True, help="Pour qui.")
@click.option(
    "--zone",
    "zones",
    metavar="MOT",
    multiple=True,
    help="Où il intervient : ville, département, région.",
)
@json_option
@click.pass_obj
def list_prestataires(
    options: Options, /, as_json: bool, secteurs: tuple[str, ...], **words: tuple[str, ...]
) -> None:
    """Les prestataires et ce qu’ils savent faire.

    Les options cherchent un mot ou un morceau de mot, sans regarder accents ni majuscules ; un
    secteur est l’un de ceux des fiches. Répétées ou ensemble, toutes doivent convenir. Une
    zone peut être une ville de vos adresses ou un code postal : qui travaille dans son département
    ou sa région convient.
    """
    corpus = sound_of(options.find(), {"prestataire", *(ADDRESSES if words["zones"] else ())})
    sectors = known_sectors(secteurs, corpus.kinds["prestataire"].schema)
    everyone = tabular.prestataires_data(corpus)
    wanted = {**words, "secteurs": sectors}
    rows = matching(everyone, wanted, known_towns(corpus))
    columns = {"prestataire": "Prestataire", "raison_sociale": "Nom", "zones": "Zones"}
    _print_list(rows, columns, as_json)
    if not rows and not as_json:
        for key in (key for key, those in wanted.items() if those and everyone):
            terminal.err(f"{KNOWN[key]} : {', '.join(known_words(everyone, key))}")
        if not everyone:
            terminal.err('Ensuite : dla new prestataire "Raison sociale"')


@list_.command("regles")
@json_option
@click.pass_obj
def list_rules(options: Options, as_json: bool) -> None:
    """Les règles du dispositif."""
    rows = tabular.rules_data(examine(options.find(), options.day, ("territoire",)))
    _print_list(rows, {"code": "Règle", "gravite": "Gravité", "titre": "Titre"}, as_json)


def _print_sample(found: Sample, as_json: bool) -> None:
    """Who is to be followed after their accompaniment, and how many are asked for."""
    if as_json:
        terminal.data(followed.sample_data(found))
        return
    if found.dues:
        terminal.out(*tabular.table(followed.sample_rows(found), followed.SAMPLE), "")
    terminal.out(followed.sample_text(found))


def _print_list(rows: list[Any], columns: dict[str, str], as_json: bool) -> None:
    """A list as a table for people, or as JSON for tools."""
    if as_json:
        terminal.data(rows)
    elif not rows:
        terminal.out("Aucun.")
    else:
        terminal.out(*tabular.table(rows, columns))
