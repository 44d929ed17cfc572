"""What people type for what has another name here: commands, options, words of the trade.

Data and texts alone: `lazy.py` and the commands say them where Click, or a name that leads nowhere,
would only be refused.
"""

from collections.abc import Collection, Iterable

from dla_docs.disk.listing import names
from dla_docs.disk.reading import is_file
from dla_docs.model.file_formats import FILE_FORMATS
from dla_docs.model.likeness import bare, same_among
from dla_docs.model.resources import package_data
from dla_docs.model.schemas import SUFFIX

HELP_WORDS = frozenset({"help", "aide"})
"""Words that ask for help, without the dashes of the option."""

CHECK = "dla check, pour les dossiers"
_RENDER = "dla render 2026-001, pour produire les documents d’un dossier"
_NEW = "dla new PARTIE, pour créer un fichier à remplir"
_LIST = "dla list dossiers, documents, prestataires ou regles"
_STATUS = "dla status, pour voir où en est chaque dossier"

_KIT = "dla kit 2026-001, pour ce qu’un prestataire reçoit"

TYPED = {
    "verifier": f"{CHECK}, ou dla verify FICHIER, pour un document reçu ou envoyé",
    "verification": f"{CHECK}, ou dla verify FICHIER, pour un document reçu ou envoyé",
    **dict.fromkeys(("controler", "controle", "valider", "tester", "test", "lint"), CHECK),
    **dict.fromkeys(("validate", "erreurs", "corriger"), CHECK),
    **dict.fromkeys(("produire", "generer", "imprimer", "rendre", "print", "build"), _RENDER),
    **dict.fromkeys(("document", "generate"), _RENDER),
    **dict.fromkeys(FILE_FORMATS, "dla render 2026-001 -t pdf, pour un format (docx, odt, html…)"),
    "creer": _NEW,
    **dict.fromkeys(("nouveau", "nouvelle", "ajouter", "add", "create"), _NEW),
    **dict.fromkeys(("lister", "liste", "ls", "enumerer", "dossiers", "documents"), _LIST),
    **dict.fromkeys(("prestataires", "regles"), _LIST),
    **dict.fromkeys(
        ("chercher", "search", "recherche"), "dla list prestataires --competence MOT --zone MOT"
    ),
    **dict.fromkeys(("statut", "etat", "avancement", "bilan", "retards"), _STATUS),
    **dict.fromkeys(("expliquer", "explique", "regle", "code"), "dla explain CODE"),
    **dict.fromkeys(("initialiser", "demarrer", "commencer", "start"), "dla init"),
    **dict.fromkeys(("nettoyer", "purger", "supprimer", "ranger", "prune"), "dla clean"),
    **dict.fromkeys(("guide", "trousse", "logos"), _KIT),
    **dict.fromkeys(("exporter", "tableau", "csv", "extraire"), "dla export dossiers"),
    **dict.fromkeys(
        ("importer", "lire", "charger", "excel", "load"),
        "dla import prestataires FICHIER, pour lire une liste tenue dans un classeur",
    ),
    **dict.fromkeys(("modele", "modeles"), "dla export prestataires --modele"),
    "version": "dla --version",
}
"""By a word typed as a command, what to type."""

_JSON = "--json"
_ARGUMENT = "le dossier se nomme sans option : dla {command} 2026-001"
_TYPES_OF = "dla list documents 2026-001, pour leur état, ou dla render -d TYPE, pour les produire"
_BEFORE = "cette option se met avant la commande : dla {option} … {command}"

OPTIONS = {
    "render": {
        **dict.fromkeys(("--format", "-f", "--formats"), "dla render -t pdf (ou --to pdf)"),
        **{f"--{name}": f"dla render -t {name}" for name in FILE_FORMATS},
        **dict.fromkeys(("--type", "--types", "--documents", "--doc"), "dla render -d TYPE"),
        **dict.fromkeys(("--sortie", "--out", "--dossier-de-sortie"), "dla render -o DOSSIER"),
        **dict.fromkeys(("--brouillon", "--projet"), "dla render --draft"),
        **dict.fromkeys(("--ecraser", "--remplacer", "--overwrite"), "dla render --force"),
        **dict.fromkeys(("--blank", "--vide", "--formulaire"), "dla render --vierge"),
        **dict.fromkeys(
            ("--all", "--tout", "--tous"), "dla render, sans DOSSIER, pour tout produire"
        ),
    },
    "check": {
        "--json": "dla check --format json",
        **dict.fromkeys(("-f", "--output", "-o"), "dla check --format json > constats.json"),
        **dict.fromkeys(
            ("--all", "--tout", "--tous"), "dla check, sans CHEMIN, pour tout regarder"
        ),
    },
    "kit": {
        **dict.fromkeys(("--sortie", "--out", "--dossier-de-sortie"), "dla kit -o DOSSIER"),
        **dict.fromkeys(("--ecraser", "--remplacer", "--overwrite"), "dla kit --force"),
        **dict.fromkeys(("-t", "--to"), "dla render -t, pour un document et un format"),
    },
    "import": {
        **dict.fromkeys(("--ecrire", "--force", "--oui"), "dla import LISTE FICHIER --write"),
        **dict.fromkeys(("--sheet", "--onglet"), "dla import LISTE FICHIER --feuille NOM"),
        **dict.fromkeys(("--dry-run", "--simuler"), "dla import n’écrit rien sans --write"),
    },
    "": {
        **dict.fromkeys(("--date", "--workspace", "--version"), _BEFORE),
        **dict.fromkeys(("--dossier", "--dossiers"), _ARGUMENT),
        **dict.fromkeys(("-d", "--document", "--documents", "--type"), _TYPES_OF),
        **dict.fromkeys(("--format", "-f"), _JSON),
        "--aide": "--help",
    },
}
"""By command (empty: any), then by option that it has not, what to type."""


FORMATS = {
    **dict.fromkeys(("word", "doc", "microsoft word"), "docx"),
    **dict.fromkeys(("libreoffice", "writer", "openoffice", "opendocument"), "odt"),
    **dict.fromkeys(("excel", "xls", "calc", "ods", "tableur"), "xlsx"),
    **dict.fromkeys(("powerpoint", "ppt", "impress", "odp", "diapositives"), "pptx"),
    **dict.fromkeys(("web", "htm", "navigateur", "page"), "html"),
}
"""By another name of a format, its own."""


def format_advice(word: str) -> str:
    """The format that a word means; empty where nothing is known."""
    name = bare(word.strip().removeprefix("."))
    return name if name in FILE_FORMATS else FORMATS.get(name, "")


def option_advice(command: str, option: str) -> str:
    """What to type for an option that a command has not; empty where nothing is known.

    `command` is its path, as `list documents`.
    """
    for name in (command.split(" ")[0], ""):
        if advice := OPTIONS.get(name, {}).get(option):
            return advice.format(command=command, option=option)
    return ""


def written(advice: str) -> str:
    """An advice as the sentence that ends a message: a command is to be written, words are said."""
    if advice.startswith(("dla ", "--")):
        return f"Écrivez : {advice}"
    return f"{advice[:1].upper()}{advice[1:]}"


def command_advice(word: str) -> str:
    """What to type for a word that is no command; empty where nothing is known."""
    name = bare(word)
    if word[:2].upper() in {"R-", "S-"}:
        return f"dla explain {word.upper()}"
    if name[:4].isdigit() and name[4:5] == "-":
        return f"dla status {word}, ou dla check {word}"
    if name in TYPED:
        return TYPED[name]
    kind, document = same_among(word, _kinds()), same_among(word, _documents())
    advice = [f"dla new {kind}, pour créer ce fichier"] if kind else []
    advice += [f"dla render -d {document}, pour produire ce document"] if document else []
    return " ; ".join(advice)


def list_advice(word: str) -> str:
    """What to type for a word that `dla list` does not list; empty where nothing is known."""
    name = bare(word)
    if name in {"ingenierie", "ingenieries", "mission", "missions"}:
        return "dla list dossiers, qui donne celles de chaque dossier"
    if name in {"structure", "structures", "comite", "comites"}:
        shelf = name.rstrip("s") + "s"
        return f"une fiche par fichier, dans dossiers/{shelf}/"
    if name in {"erreur", "erreurs", "constats", "alertes"}:
        return CHECK
    if document := same_among(word, _documents()):
        return f"dla list documents 2026-001, pour leur état, ou dla render -d {document}"
    if same_among(word, _kinds()):
        return "dla status 2026-001, pour voir où en est un dossier"
    return ""


def document_advice(words: Iterable[str], types: Collection[str]) -> str:
    """How to ask for a type of document given where a dossier is due; empty if none is one."""
    given = tuple(words)
    named = {word: same_among(word, types) for word in given}
    if not any(named.values()):
        return ""
    scopes = [word for word in given if not named[word]]
    asked = [f"-d {name}" for name in named.values() if name]
    return " ".join(["dla render", *scopes, *asked])


def _documents() -> list[str]:
    """The types of documents of the package: nothing of the workspace is read for an advice."""
    folder = package_data("templates")
    return [n for n in names(folder, (folder,)) if is_file(folder / n / "document.yaml", (folder,))]


def _kinds() -> list[str]:
    folder = package_data("schemas")
    return [n.removesuffix(SUFFIX) for n in names(folder, (folder,)) if n.endswith(SUFFIX)]
