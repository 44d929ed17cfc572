"""`dla new`: a file to fill in, with what is already known."""

from functools import partial

import click

from dla_docs.cli import terminal
from dla_docs.cli.common import Options, near
from dla_docs.cli.questions import run
from dla_docs.create.init import schema_files
from dla_docs.create.new import before_it, known_names, level_of, new_file
from dla_docs.create.words import known_kind
from dla_docs.disk.reading import is_taken
from dla_docs.disk.writing import save
from dla_docs.documents.manifests import load_types
from dla_docs.flow import examine
from dla_docs.model.errors import RequestError
from dla_docs.model.schemas import load_kinds

HELP = """Créer un fichier à remplir, avec ce qui est déjà connu.

PARTIE est une sorte de fichier ; selon elle, il faut un DOSSIER ou une ingénierie, un NOM, ou les
deux. N’écrase jamais un fichier.

\b
  structure, prestataire, dossier            un NOM
  comite                                     une date, AAAA-MM-JJ
  activite                                   une année
  accueil, diagnostic, parcours, suivi       un DOSSIER
  ingenierie                                 un DOSSIER et un NOM
  cahier-des-charges, consultation, choix,
  convention, realisation, rapport-final,
  restitution, reglement, evaluation         une ingénierie
  proposition                                une ingénierie et un prestataire

Une ingénierie se nomme AAAA-NNN/nom, ou AAAA-NNN s’il n’y en a qu’une dans le dossier.

Avec --questions, ce qui manque est demandé dans le terminal, une question après l’autre, et chaque
réponse est écrite dans le fichier ; la même commande reprend où l’on s’est arrêté.

dla new structure "Les Jardins du Lien"

dla new dossier "Consolider l’emploi" --structure les-jardins-du-lien

dla new ingenierie 2026-001 "Gouvernance"

dla new convention 2026-001/gouvernance

dla new comite 2026-03-12

dla new dossier --questions
"""


@click.command(help=HELP)
@click.argument("partie", metavar="PARTIE")
@click.argument("mots", metavar="[DOSSIER] [NOM]", nargs=-1)
@click.option(
    "--structure", "structures", metavar="NOM", multiple=True, help="Structure accompagnée."
)
@click.option(
    "--operateur", "operateurs", metavar="NOM", multiple=True, help="Opérateur qui conduit."
)
@click.option(
    "--charge-mission",
    "charges_mission",
    metavar="NOM",
    multiple=True,
    help="Personne chargée de mission qui suit.",
)
@click.option(
    "--questions",
    is_flag=True,
    help="Poser les questions une à une ; chaque réponse est enregistrée, et l’on peut reprendre.",
)
@click.pass_obj
def new(
    options: Options,
    /,
    partie: str,
    mots: tuple[str, ...],
    questions: bool,
    **named: tuple[str, ...],
) -> None:
    """Create one file; see `HELP`."""
    workspace = options.find()
    root = workspace.root
    kinds = load_kinds(workspace)
    kind = known_kind(partie, kinds, partial(load_types, workspace, kinds), mots)
    scopes = mots[:1] if level_of(kind) and not questions else ()
    # A comité is offered the dossiers that none has seen: all of them are read.
    all_of_them = kind.place == "comites" and not questions
    asked = () if all_of_them else scopes or ("territoire",)
    examined = examine(workspace, options.day, asked)
    corpus, types = examined.corpus, examined.types.values()
    given = {key: known_names(key, words, kind, corpus) for key, words in named.items() if words}
    if questions:
        run(options, kind, mots, given)
        return
    if before := before_it(kind, given, corpus.listing):
        corpus = examine(workspace, options.day, before).corpus
    relative, content = new_file(kind, mots, given, corpus, types, options.day)
    path = root / relative
    if is_taken(path):
        raise RequestError(f"{near(path)} existe déjà", "dla n’écrase rien : ouvrez-le")
    # `.dla/schemas/` is not in git: after a clone, the editor would look for them in vain.
    schemas = {root / place: text for place, text in schema_files(workspace).items()}
    absent = {place: text for place, text in schemas.items() if not is_taken(place)}
    save({path: content, **absent}, root)
    terminal.out(near(path))
    terminal.err(f"Ensuite : remplissez ce fichier, puis : dla check {near(path)}")
