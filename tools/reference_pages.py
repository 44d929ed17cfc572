"""Write `docs/reference/`: what the code, schemas, manifests and rule records say of themselves.

`python -m tools.reference_pages` rewrites the pages; a test compares them with a fresh run, so
that the reference cannot lie.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dla_docs.check.rules import Rule
from dla_docs.cli import main as command_line
from dla_docs.documents.types import DocumentType
from dla_docs.load.places import template
from dla_docs.model.examples import calculation, example
from dla_docs.model.file_formats import FILE_FORMATS
from dla_docs.model.paths import Every, Path
from dla_docs.model.resources import package_data
from dla_docs.model.schemas import Kind, Schema, fields, owed_keys
from dla_docs.model.words import filled
from dla_docs.model.workspace import Workspace
from dla_docs.report.sources import in_words
from dla_docs.validate.faults import load_forms
from dla_docs.validate.formats import FORMATS
from dla_docs.validate.meanings import TYPES
from tools.markdown import table
from tools.sources_page import sources_page
from tools.sources_targets import Targets

NOTE = "<!-- Page engendrée par « make docs » : modifiez sa source, non cette page. -->"

AUDIENCES = {
    "operateur": "opérateurs du DLA",
    "structure": "structures accompagnées",
    "prestataire": "prestataire retenu",
    "consultes": "prestataires consultés",
    "comite": "comité d’appui",
    "financeurs": "financeurs",
    "public": "public",
}

PATHS = (
    ("convention.date", "une clé d’un fichier"),
    ("realisation.notes[].date", "de chaque élément d’une liste, ou de chaque valeur"),
    ("choix.evaluations[0].prestataire", "d’un élément d’après son rang ; le premier a le rang 0"),
    (
        "reglement.versements[libelle=solde].date_paiement",
        "des éléments qui portent cette valeur",
    ),
    ("accueil[decision=ajourner]", "un ensemble de clés, s’il porte cette valeur"),
    (
        "choix.retenu/proposition.budget.jours",
        "dans le fichier qu’une autre donnée nomme",
    ),
    ("element.date", "dans un manifeste : de l’élément dont `pour_chaque` fait un document"),
)
"""Each form of a path, with what it means."""

APPLIED = {
    "fiche": "ce que dit `verifie` dans sa fiche",
    "schema": "une contrainte ou une condition d’un schéma, marquée `x-regle`",
    "controle": "une fonction de `dla_docs/check/controles/`",
    "document": "le contrat des documents (sections, logos et mentions dus)",
    "diffusion": "le public des documents (`x-diffusion`)",
}


def pages(workspace: Workspace) -> dict[str, str]:
    """Every generated page, by file name."""
    targets = Targets.of(workspace, command_line)
    kinds, types = targets.kinds, targets.types
    return {
        "commandes.md": _joined(_commands_page()),
        "donnees.md": _joined(_data_page(kinds, types)),
        "documents.md": _joined(_documents_page(types)),
        "regles.md": _joined(_rules_page(targets.rules)),
        "sources.md": _joined(sources_page(targets)),
    }


def main() -> None:
    """Rewrite the reference pages of the checkout."""
    root = package_data("schemas").parent
    for name, text in pages(Workspace(root)).items():
        (root / "docs" / "reference" / name).write_text(text, encoding="utf-8", newline="\n")


def _joined(blocks: Iterable[str]) -> str:
    title, *rest = blocks
    return "\n\n".join([title, NOTE, *(block for block in rest if block)]) + "\n"


def _commands_page() -> Iterator[str]:
    yield "# Les commandes"
    yield (
        "Chaque commande accepte `-h` et `--help`. Les options communes se placent avant la "
        "commande : `dla --workspace ../alpes check`."
    )
    yield "## Options communes : `dla`"
    yield from _options(command_line)
    yield from _commands("dla", command_line)


def _commands(path: str, group: Any) -> Iterator[str]:
    """The sections of a group's commands; commands are click's, whose import is `cli/`'s."""
    for name in group.list_commands(None):
        full, command = f"{path} {name}", group.get_command(None, name)
        if hasattr(command, "commands"):
            yield from _commands(full, command)
            continue
        arguments = [p.metavar for p in command.params if p.param_type_name == "argument"]
        yield f"## `{full}`"
        yield f"```text\n{' '.join([full, '[OPTIONS]', *arguments])}\n```"
        yield from map(_paragraph, str(command.help).split("\n\n"))
        yield from _options(command)


def _options(command: Any) -> Iterator[str]:
    listed = [p for p in command.params if p.param_type_name == "option"]
    rows = [[_option_names(p), _effect(p), _code(p.envvar)] for p in listed]
    yield table(["Option", "Effet", "Variable d’environnement"], rows)


def _option_names(option: Any) -> str:
    names = ", ".join(f"`{name}`" for name in option.opts)
    choices = getattr(option.type, "choices", None)
    value = f"`{'` ou `'.join(choices)}`" if choices else _code(option.metavar or option.type.name)
    repeated = ", répétable" if option.multiple else ""
    return names if option.is_flag else f"{names} {value}{repeated}"


def _effect(option: Any) -> str:
    default = f" Par défaut : `{option.default}`." if option.show_default else ""
    return _sentence(option.help) + default


def _data_page(kinds: Mapping[str, Kind], types: Mapping[str, DocumentType]) -> Iterator[str]:
    yield "# Les données"
    yield (
        "Un fichier par chose, à la place que son schéma lui donne. Une clé qui commence par `x-` "
        "est à vous : elle n’est ni contrôlée ni imprimée. Une clé en **gras** est obligatoire là "
        "où ce qui la contient est présent."
    )
    yield table(
        ["Fichier", "Ce qu’il décrit", "Documents qu’il fait naître"],
        [[f"`{_place(k)}`", f"[{k.title}](#{k.name})", _born(k, types)] for k in kinds.values()],
    )
    yield "## Nommer une donnée"
    yield (
        "Règles, manifestes, accords et `dla status` nomment une donnée par son chemin : le nom du "
        "fichier, puis ses clés. Dans les tableaux qui suivent, le nom du fichier est omis."
    )
    yield table(["Chemin", "Ce qu’il désigne"], [[f"`{path}`", told] for path, told in PATHS])
    for kind in kinds.values():
        yield f'<a id="{kind.name}"></a>\n\n## {kind.title}'
        yield f"`{_place(kind)}`\n\n{kind.schema['description']}"
        audience = tuple(kind.schema.get("x-diffusion", ("operateur", "structure")))
        yield f"Public, sauf mention contraire : {_audience(audience)}."
        header = ["Clé", "Sens", "Valeur", "Public", "Règle", "Exemple"]
        yield table(header, list(_field_rows(kind.schema, Path(kind.name), audience)))
        if told := list(dict.fromkeys(_conditions(kind.schema))):
            yield "Conditions d’une clé à l’autre :"
            yield "\n".join(told)
    yield from _formats()


def _conditions(schema: Any, rule: str = "") -> Iterator[str]:
    """What a schema says of well-formed data: one line a message, with its rule."""
    if isinstance(schema, Mapping):
        rule = schema.get("x-regle", rule)
        if "x-message" in schema:
            code = f" ([{rule}](regles.md#{rule.lower()}))" if rule else ""
            yield f"- {filled(schema['x-message'], lambda name: '…')}{code}"
        schema = list(schema.values())
    for inner in schema if isinstance(schema, list) else ():
        yield from _conditions(inner, rule)


def _place(kind: Kind) -> str:
    return template(kind)


def _born(kind: Kind, types: Mapping[str, DocumentType]) -> str:
    started = [t for t in types.values() if t.donnees[0] == kind.name]
    return ", ".join(f"[{t.titre}](documents.md#{t.name})" for t in started)


def _field_rows(schema: Schema, path: Path, audience: tuple[str, ...]) -> Iterator[list[str]]:
    required = owed_keys(schema)
    for key, field in fields(schema):
        told = calculation(field)
        own = tuple(field.get("x-diffusion", audience))
        name = f"`{path.down(key).inside}`"
        yield [
            f"**{name}**" if key in required else name,
            f"{field.get('title', key)}. {_sentence(field.get('description'))}"
            + (f" {told} ; à écrire s’il en diffère." if told else ""),
            _value(field),
            _audience(own) if own != audience else "",
            _code(_rule(field)),
            _code(example(field) or example(field.get("items", {}))),
        ]
        yield from _inside(field, path.down(key), own)


def _inside(field: Schema, path: Path, audience: tuple[str, ...]) -> Iterator[list[str]]:
    """The rows of what a field holds: keys of a mapping, of each item of a list or mapping."""
    if "contentMediaType" in field:
        return
    yield from _field_rows(field, path, audience)
    yield from _field_rows(field.get("items", {}), path.down(Every()), audience)
    for entry in field.get("patternProperties", {}).values():
        if isinstance(entry, Mapping):
            yield from _field_rows(entry, path.down(Every()), audience)


def _value(field: Schema) -> str:
    """What a field may be, in words."""
    if "contentMediaType" in field:
        return "texte en Markdown, ou `fichier:` d’un texte voisin"
    if labels := field.get("x-libelles"):
        return "<br>".join(f"`{code}` : {label}" for code, label in labels.items())
    if target := field.get("x-reference"):
        return f"un nom de `{target}`"
    if name := field.get("format"):
        return f"[{name}](#formats)"
    if item := field.get("items"):
        return (
            "une liste" if "properties" in item else f"une liste ; chaque élément : {_value(item)}"
        )
    asked = field.get("type", ())
    words = " ou ".join(TYPES[t] for t in ([asked] if isinstance(asked, str) else asked))
    unit = {"euros": ", en euros", "jours": ", en jours", "pourcent": ", 20 pour 20 %"}
    low = f", au moins {field['minimum']}" if "minimum" in field else ""
    return f"{words}{unit.get(str(field.get('x-unite')), '')}{low}"


def _rule(field: Schema) -> str:
    name = field.get("format") or field.get("items", {}).get("format")
    return str(field.get("x-regle") or (FORMATS[name].rule if name else ""))


def _formats() -> Iterator[str]:
    yield "## Formats"
    yield "Tous s’écrivent entre guillemets, sauf la date et l’adresse électronique."
    yield table(
        ["Format", "Ce qui est attendu", "Règle", "Admis", "Refusé"],
        [
            [f"`{f.name}`", f.expected, _code(f.rule), _codes(f.passing), _codes(f.failing)]
            for f in FORMATS.values()
        ],
    )


def _documents_page(types: Mapping[str, DocumentType]) -> Iterator[str]:
    yield "# Les documents"
    yield (
        "Un type de document est un dossier de `templates/` ; son `document.yaml` déclare ce qui "
        "suit. Un document naît quand le fichier de sa première donnée existe."
    )
    formats = ", ".join(f"{f.name} ({f.title})" for f in FILE_FORMATS.values())
    yield f"Formats : {formats}."
    ordered = sorted(types.values(), key=lambda t: (t.identifiant, t.name))
    rows = [
        [t.identifiant, f"[{t.titre}](#{t.name})", t.etape, _code(t.portee), ", ".join(t.formats)]
        for t in ordered
    ]
    yield table(["N°", "Document", "Étape", "Portée", "Formats"], rows)
    for kind in ordered:
        yield f'<a id="{kind.name}"></a>\n\n## {kind.identifiant} – {kind.titre}'
        yield table(["Propriété", "Valeur"], list(_type_rows(kind)))
        owed = [
            [s.titre, in_words(s.source), _code(s.regle), _codes(s.champs)] for s in kind.sections
        ]
        yield table(["Section due", "Source", "Règle", "Données"], owed)


def _paragraph(text: str) -> str:
    """A paragraph of a help; what Click is told not to wrap is a block of text."""
    table = text.removeprefix("\b\n")
    return f"```text\n{table}\n```" if table != text else " ".join(text.split())


def _type_rows(kind: DocumentType) -> Iterator[list[str]]:
    yield ["Type", f"`{kind.name}`"]
    yield ["Destinataires", _audience(kind.destinataires)]
    yield ["Données", f"{_codes(kind.donnees)} ; la première le fait naître"]
    yield ["Daté par", f"{_codes(kind.dates)}"]
    if kind.pour_chaque:
        yield ["Un par élément de", f"`{kind.pour_chaque}`"]
    if kind.logos:
        yield [
            "Logos",
            f"{_codes(kind.logos)} ({kind.logos_regle}) ; {in_words(kind.logos_source)}",
        ]
    for mention in kind.mentions:
        yield ["Mention", f"« {mention.texte} » ({mention.regle}) ; {in_words(mention.source)}"]
    if kind.signatures:
        yield ["Signatures", f"autant de cases que de signataires dans `{kind.signatures}`"]


def _rules_page(rules: Mapping[str, Rule]) -> Iterator[str]:
    sources = "[les règles et leurs sources](../explications/les-regles-et-leurs-sources.md)"
    yield "# Les règles"
    yield f"Ce que veulent dire les sources : {sources}."
    yield table(
        ["Règle", "Gravité", "Ce qu’elle demande"],
        [[f"[{r.code}](#{r.code.lower()})", str(r.gravite), r.titre] for r in rules.values()],
    )
    for rule in rules.values():
        unnamed = "le document qui la doit" if rule.par == "document" else "rien"
        yield f"## {rule.code}\n\n{rule.titre}."
        rows = [
            ["Gravité", str(rule.gravite)],
            ["Source", in_words(rule.source)],
            ["Appliquée par", APPLIED[rule.par]],
            ["Joue dès que ce fichier existe", _codes(rule.quand)],
            ["Interdit de produire", _codes(rule.bloque) or unnamed],
            ["Couvre aussi", _codes(rule.couvre) or "rien"],
        ]
        yield table(["Propriété", "Valeur"], rows)
    yield "## Les défauts de forme"
    yield "`dla explain` donne pour chaque code, règle ou défaut, un exemple juste et un faux."
    forms = [[_code(f.code), f.titre, str(f.gravite), f.conseil] for f in load_forms().values()]
    yield table(["Code", "Sens", "Gravité", "Que faire"], forms)


def _audience(names: Iterable[str]) -> str:
    return ", ".join(AUDIENCES[name] for name in names)


def _code(value: object) -> str:
    return f"`{value}`" if value not in (None, "", ()) else ""


def _codes(values: Iterable[object]) -> str:
    return ", ".join(_code(value) for value in values if value != "")


def _sentence(text: object) -> str:
    words = str(text or "").strip()
    return words if not words or words.endswith((".", "…")) else f"{words}."


if __name__ == "__main__":
    main()
