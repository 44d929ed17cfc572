"""From a template to Markdown: any text prints as itself, and a faulty template says where."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes as parsed

from dla_docs.context.context import build_context
from dla_docs.documents.documents import Document, documents
from dla_docs.engines.pandoc import Pandoc
from dla_docs.flow import examine
from dla_docs.load.yaml_reader import parse
from dla_docs.model.errors import Defect, TemplateError
from dla_docs.model.resources import package_data
from dla_docs.model.workspace import Workspace
from dla_docs.tree.nodes import Nodes, nodes, text
from dla_docs.tree.passes import build_blocks
from dla_docs.tree.template import Templates, Text
from tests.scenes import JOUR

DOSSIER = "dossiers/2025-003-calades-jabron/dossier.yaml"
MANIFEST = """\
identifiant: D06
titre: Essai
sujet: dossier.titre
etape: accueil
auteur: charge_mission
destinataires: [operateur]
formats: [html]
portee: dossier
donnees: [dossier]
date: dossier.demande.date
sections:
  - {id: rappel, titre: "Rappel & *suite*", source: essai}
"""
HOSTILE = [
    "*a* **b** _c_ __d__ ~~e~~ H~2~O x^2^",
    "<b>gras</b> & &amp; &nbsp; <script>alert(1)</script> <!-- x -->",
    "a | b | c",
    "# titre",
    "## titre {.classe #id}",
    "\\ \\* \\n C:\\Temp\\dossier",
    "{{ x }} {% if x %} {# x #}",
    "$y$ $$z$$ \\(a\\) \\LaTeX{} \\textbf{x}",
    "« é » é — … ’ “ ” œ Œ € ½",
    "[l](u) [l][r] [^1] ![i](u) [r]: u",
    "- un",
    "* un",
    "+ un",
    "1. un",
    "2) deux",
    "(a) trois",
    "(@exemple) x",
    "::: note",
    "::: {.tableau largeurs='1'}",
    "{.c} {#i} {=html} `x`{=html}",
    "contact@exemple.fr <contact@exemple.fr> @cle [@cle]",
    "http://exemple.fr/a_b_c?d=*e* <http://exemple.fr>",
    "`code` ``deux`` ```trois",
    "~~~",
    "```",
    "> cité",
    "---",
    "***",
    "===",
    "| a | b |",
    "+---+",
    ": définition",
    "~ définition",
    "%  x",
    "a  b   c",
    "\"droits\" 'simples' -- --- ...",
    "un\ndeux",
    "un\n\ntrois",
    "un\n- deux\n- trois",
    "un\n===\ndeux\n---",
    "fin en barre \\",
    "=> -> <- <= :) :-/",
    "12. rue des Lices",
    "2026. Une année",
    "[]{.riche n=0}",
    "[]{.saut}",
    "logo:0 ![x](logo:0)",
    "a\tb",
    "\u200bzéro\u00adtiret\u202fespace\u00a0fixe",
    "𝒳 😀 漢字",
    "x" * 3000,
]
# Markdown already written, beside which a plain text stays plain.
MIXED = "{% set b %}mot ICI {% endset %}"
PLACES = {
    "paragraphe": "Avant {{ dossier.titre }} après\n",
    "seul": "{{ dossier.titre }}\n",
    "gras": "**{{ dossier.titre }}**\n",
    "titre": "# {{ dossier.titre }}\n\nAprès\n",
    "puce": "- {{ dossier.titre }}\n",
    "définition": "Mot\n:   {{ dossier.titre }}\n",
    "case": '::: {.tableau largeurs="1,1"}\n- - A\n  - B\n- - {{ dossier.titre }}\n  - x\n:::\n',
    "division": "::: encadre\n{{ dossier.titre }}\n:::\n",
    "macro": "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(dossier.titre) }}\n",
    "bloc": "{% set b %}{{ dossier.titre }}{% endset %}{{ b }}\n",
    "filtre": "{{ [dossier.titre] | enumere }}\n",
    "jointure": "{{ [dossier.titre] | join(', ') }}\n",
    "phrase": "{{ dossier.titre | phrase }}\n",
    "concaténation": "{{ dossier.titre ~ '' }}\n",
    "défaut": "{{ dossier.titre | ou('x') }}\n",
    "jointure mêlée": MIXED + "{{ [b, dossier.titre] | join(', ') }}\n",
    "méthode mêlée": MIXED + "{{ ', '.join([b, dossier.titre]) }}\n",
    "séparateur mêlé": MIXED + "{{ ['mot', dossier.titre] | join(b) }}\n",
    "concaténation mêlée": MIXED + "{{ b ~ dossier.titre }}\n",
    "somme mêlée": MIXED + "{{ b + (dossier.titre ~ '') }}\n",
    "remplacement mêlé": MIXED + "{{ b | replace('ICI', dossier.titre) }}\n",
    "remplacé mêlé": MIXED + "{{ b.replace('ICI', dossier.titre ~ '') }}\n",
}

Remplir = Callable[..., Text]


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as worker:
        yield worker


@pytest.fixture
def gabarit(espace: Path) -> Path:
    """The template of the type `essai`, which belongs to the workspace."""
    folder = espace / "templates" / "essai"
    folder.mkdir(parents=True)
    (folder / "document.yaml").write_text(MANIFEST, encoding="utf-8")
    return folder / "document.md.j2"


def document(root: Path, **fields: object) -> tuple[Document, Text]:
    """The document `essai` of one dossier, once some fields of the dossier are replaced."""
    workspace, source = Workspace(root), parse(DOSSIER, (root / DOSSIER).read_bytes())
    text = json.dumps({**source.data, **fields}, default=float, ensure_ascii=False)
    (root / DOSSIER).write_text(text, encoding="utf-8")
    examined = examine(workspace, JOUR, ("2025-003",))
    every = documents(examined.corpus, {"essai": examined.types["essai"]})
    found = next(d for d in every if d.scope.path == "2025-003-calades-jabron")
    return found, Templates(workspace).fill(build_context(found, examined.corpus))


def blocks_of(root: Path, pandoc: Pandoc, **fields: object) -> Nodes:
    found, filled = document(root, **fields)
    return build_blocks(filled, found.sections, pandoc)


def sollicitation(value: str) -> dict[str, str]:
    return {"date": "2025-01-14", "canal": "email", "sollicitation": value}


def folded(words: str) -> str:
    """Ordinary white space folded; special spaces are kept."""
    return " ".join(word for word in words.replace("\n", " ").replace("\t", " ").split(" ") if word)


@pytest.mark.parametrize("place", PLACES)
def test_any_text_prints_as_itself(place: str, espace: Path, gabarit: Path, pandoc: Pandoc) -> None:
    template = "\n\n@@@\n\n".join(
        PLACES[place].replace("dossier.titre", f"textes[{rank}]") for rank in range(len(HOSTILE))
    )
    lines = [f"{{% set textes = {HOSTILE!r} %}}\n", template]
    gabarit.write_text("".join(lines), encoding="utf-8")
    parts = text(blocks_of(espace, pandoc)).split("@@@")
    shown = [folded(part) for part in parts]
    missing = [t for t, part in zip(HOSTILE, shown, strict=True) if same(t, place) not in part]
    assert missing == []


def same(hostile: str, place: str) -> str:
    """The words expected: the filter `phrase` gives a capital to the first letter."""
    words = folded(hostile)
    return words[:1].upper() + words[1:] if place == "phrase" else words


def test_inside_a_sentence_an_acronym_keeps_its_capital(
    espace: Path, gabarit: Path, pandoc: Pandoc
) -> None:
    words = ["DLA inscrit", "Expertise", "À la fin"]
    gabarit.write_text(f"{{{{ {words!r} | map('minuscule') | join(' ; ') }}}}\n", encoding="utf-8")
    assert folded(text(blocks_of(espace, pandoc))) == "DLA inscrit ; expertise ; à la fin"


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_a_field_prints_as_itself_and_nothing_else(
    hostile: str, espace: Path, gabarit: Path, pandoc: Pandoc
) -> None:
    gabarit.write_text("{{ dossier.titre }}\n", encoding="utf-8")
    blocks = blocks_of(espace, pandoc, titre=hostile)
    assert folded(hostile) == folded(text(blocks))
    assert [block["t"] for block in blocks] == ["Para"]
    assert {"Str", "Space", "LineBreak", "SoftBreak"} >= {n["t"] for n in blocks[0]["c"]}


def test_the_lines_of_a_field_stay_lines(espace: Path, gabarit: Path, pandoc: Pandoc) -> None:
    gabarit.write_text("{{ dossier.titre }}\n", encoding="utf-8")
    blocks = blocks_of(espace, pandoc, titre="un\ndeux\n\ntrois\n")
    assert [n["t"] for n in blocks[0]["c"]] == ["Str", "LineBreak", "Str", "LineBreak", "Str"]


def test_a_section_title_prints_as_itself(espace: Path, gabarit: Path, pandoc: Pandoc) -> None:
    gabarit.write_text("{{ section('rappel') }}\n\nTexte.\n", encoding="utf-8")
    heading = blocks_of(espace, pandoc)[0]
    assert (heading["c"][0], heading["c"][1][0]) == (1, "rappel")
    assert text(heading).strip() == "Rappel & *suite*"


RAW = [
    "<b>gras</b>",
    "<div class='couverture'>x</div>",
    "```{=html}\n<b>x</b>\n```",
    "`<b>`{=html}",
    "\\newpage",
    "::: signatures\nx\n:::",
    "::: {.couverture}\nx\n:::",
    "[x]{.a-completer}",
    "[]{.riche n=0}",
    "# Titre {#rappel}",
    "x{.c}",
    "![x](a.png){.europe}",
    "$x$",
    "@cle",
    "---\ntitle: x\n---",
    "% titre",
    "\\def\\x{y}",
    "<!-- x -->",
]


@pytest.mark.parametrize("words", RAW)
def test_markdown_of_the_data_opens_no_raw_markup(
    words: str, espace: Path, gabarit: Path, pandoc: Pandoc
) -> None:
    gabarit.write_text("{{ dossier.demande.sollicitation }}\n", encoding="utf-8")
    words = words.replace("a.png", "../logos/dla.svg")
    blocks = blocks_of(espace, pandoc, demande=sollicitation(f"Avant\n\n{words}\n\nAprès"))
    assert list(nodes(blocks, "RawBlock", "RawInline", "Div", "Span", "Math", "Cite")) == []
    headers = [header["c"][1] for header in nodes(blocks, "Header")]
    # The one class is ours: it says that the heading was typed.
    assert [attributes for attributes in headers if attributes != ["", ["saisi"], []]] == []
    assert text(blocks).strip().startswith("Avant")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("**gras**", "Strong"),
        ("*italique*", "Emph"),
        ("- un\n- deux", "BulletList"),
        ("1. un", "OrderedList"),
        ("> cité", "BlockQuote"),
        ("`code`", "Code"),
        ("[lien](https://exemple.fr)", "Link"),
        ("## Titre\n\nx", "Header"),
        ("a[^1]\n\n[^1]: b", "Note"),
    ],
)
def test_markdown_of_the_data_keeps_its_shape(
    words: str, kind: str, espace: Path, gabarit: Path, pandoc: Pandoc
) -> None:
    gabarit.write_text("{{ dossier.demande.sollicitation }}\n", encoding="utf-8")
    assert list(nodes(blocks_of(espace, pandoc, demande=sollicitation(words)), kind))


def test_two_markdown_texts_do_not_mix(espace: Path, gabarit: Path, pandoc: Pandoc) -> None:
    line = "{{ dossier.demande.sollicitation }}"
    gabarit.write_text(f"{line}\n\nEntre deux.\n\n{line}\n", encoding="utf-8")
    hostile = "[a][b] et [^1] `ouvert *encore"
    blocks = blocks_of(espace, pandoc, demande=sollicitation(hostile))
    assert [block["t"] for block in blocks] == ["Para"] * 3
    assert text(blocks[1]).strip() == "Entre deux."


@pytest.mark.parametrize(
    ("template", "place", "words"),
    [
        ("Bon.\n\n  {{ dosier.titre }}\n", "3:6", "« dosier » n’existe pas"),
        ("{{ dossier.titres }}\n", "1:12", "« dossier.titres » n’existe pas"),
        ("\n{{ dossier.derogations.motif }}\n", "2:24", "« motif » n’existe pas"),
        ("Bon.\n{% for x in %}\n{% endfor %}\n", "2", "n’est pas lisible"),
        ("Bon.\n{% if x %}\n", "2", "n’est pas lisible"),
        ("Bon.\n\n{{ dossier.titre\n", "3", "n’est pas lisible"),
        ("{{ dossier.titre | majuscules }}\n", "1", "n’est pas lisible"),
        ("\n{% set x = none %}\n{{ x }}\n", "3:1", "facultative"),
        ("\n{{ dossier.demande.orienteur }}\n", "2:", "facultative"),
        ("\n{{ dossier }}\n", "2:", "ne s’imprime pas"),
        ("{% set x = [1] %}\n{{ x }}\n", "2:", "ne s’imprime pas"),
        ("\n\n{{ section('absente') }}\n", "3:", "« absente » n’est pas déclarée"),
        ("\n{{ 1 / 0 }}\n", "2:", "calcul impossible"),
        ("\n{% include 'essai/absent.md.j2' %}\n", "", "essai/absent.md.j2 est introuvable"),
        ("{{ ''.__class__.__mro__ }}\n", "1:", ""),
    ],
)
def test_a_faulty_template_is_told_at_its_place(
    espace: Path, gabarit: Path, template: str, place: str, words: str
) -> None:
    gabarit.write_text(template, encoding="utf-8")
    demande = {"date": "2025-01-14", "canal": "email", "sollicitation": "x"}
    with pytest.raises(TemplateError) as caught:
        document(espace, demande=demande)
    assert words in caught.value.message
    assert f"{gabarit}:{place}" in caught.value.message or not place
    assert "\n" not in caught.value.message


@pytest.mark.parametrize(
    "template", ["{% for x in %}", "{% if x %}", "{{ x | majuscules }}", "{{ 1 / 0 }}", "{{ 'a' }"]
)
def test_a_fault_is_told_in_french(espace: Path, gabarit: Path, template: str) -> None:
    gabarit.write_text(f"{template}\n", encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        document(espace)
    english = {"expected", "unexpected", "got", "no", "filter", "division", "by", "looking", "end"}
    assert set() == english & set(re.findall(r"\w+", caught.value.message.lower()))


def test_a_fault_in_a_shared_piece_is_told_there(espace: Path, gabarit: Path) -> None:
    piece = gabarit.with_name("morceau.md.j2")
    piece.write_text("Bon.\n{{ dossier.titres }}\n", encoding="utf-8")
    gabarit.write_text("\n\n{% include 'essai/morceau.md.j2' %}\n", encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        document(espace)
    assert f"{piece}:2:12: " in caught.value.message


def test_a_template_cannot_change_the_data(espace: Path, gabarit: Path) -> None:
    gabarit.write_text("{{ dossier.structures.append('x') }}\n", encoding="utf-8")
    with pytest.raises(TemplateError):
        document(espace)


def test_one_environment_fills_documents_one_after_the_other(espace: Path, gabarit: Path) -> None:
    gabarit.write_text("{{ dossier.demande.sollicitation }}\n", encoding="utf-8")
    workspace = Workspace(espace)
    examined = examine(workspace, JOUR)
    templates = Templates(workspace)
    every = documents(examined.corpus, {"essai": examined.types["essai"]})
    filled = [templates.fill(build_context(d, examined.corpus)) for d in every]
    assert {len(one.riches) for one in filled} == {1}
    assert len({one.riches[0] for one in filled}) == len(filled) > 1


@pytest.mark.parametrize(
    "call",
    [
        "dossier.titre | compte('jour')",
        "none | compte('jour')",
        "dossier.titre | enumere",
        "none | enumere",
        "[none] | enumere",
        "dossier | enumere",
        "dossier | phrase",
        "none | au",
        "dossier | au",
        "none | phrase",
        "dossier.titre | euros",
        "dossier | euros",
        "dossier.titre | sum('ttc')",
        "[1] | sum('ttc')",
        "[dossier] | sum('titre')",
        "dossier.titre | compte",
        "dossier[[1]]",
        "section([1])",
        "dossier.titre + 1",
        "dossier | length",
        "[dossier, 1] | sort",
    ],
)
def test_what_a_template_asks_wrong_is_its_own_fault(
    call: str, espace: Path, gabarit: Path
) -> None:
    gabarit.write_text(f"\n{{{{ {call} }}}}\n", encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        document(espace)
    assert f"{gabarit}:2:" in caught.value.message


def test_the_article_of_a_place_joins_what_leads_to_it(espace: Path, gabarit: Path) -> None:
    places = ("Gap", "Le Poët", "Les Mées", "La Saulce", "L’Escale", "Lesneven")
    said = "à Gap, au Poët, aux Mées, à La Saulce, à L’Escale, à Lesneven"
    listed = ", ".join(f"{{{{ '{place}' | au }}}}" for place in places)
    gabarit.write_text(f"{listed}\n", encoding="utf-8")
    assert said in document(espace)[1].markdown


def test_a_template_without_end_is_its_own_fault(espace: Path, gabarit: Path) -> None:
    gabarit.write_text("{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}\n", encoding="utf-8")
    with pytest.raises(TemplateError):
        document(espace)


@pytest.mark.parametrize(
    "template",
    [
        "{{ " + "(" * 999 + "1" + ")" * 999 + " }}",
        "{{ 1" + ".a" * 9999 + " }}",
        "{% for i in [1] %}" * 25 + "{% endfor %}" * 25,
        "{{ 0x" + "f" * 9999 + " * 2 }}",
        "{{ " + "9" * 9999 + " }}",
    ],
    ids=range(5),
)
def test_what_cannot_be_compiled_is_its_own_fault(
    template: str, espace: Path, gabarit: Path
) -> None:
    gabarit.write_text(template, encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        document(espace)
    assert f"{gabarit} : le gabarit n’est pas lisible" in caught.value.message


def test_a_bug_of_ours_is_not_told_as_one_of_the_template(espace: Path, gabarit: Path) -> None:
    gabarit.write_text("\n{{ dossier.demande.accord_instance.date }}\n", encoding="utf-8")
    examined = examine(Workspace(espace), JOUR)
    source = examined.corpus.sources[DOSSIER]
    # The schema lets no such day through: a view that meets it was given what it should not.
    demande = {**source.data["demande"], "accord_instance": {"date": "hier"}}
    faulty = replace(source, data={**source.data, "demande": demande})
    corpus = examined.corpus.replacing({DOSSIER: faulty})
    found = documents(corpus, {"essai": examined.types["essai"]})
    meant = next(d for d in found if d.scope.path == "2025-003-calades-jabron")
    with pytest.raises(Defect) as caught:
        Templates(Workspace(espace)).fill(build_context(meant, corpus))
    assert f"en remplissant {gabarit}:2:" in caught.value.message
    assert "erreur de dla, non de votre gabarit" in caught.value.hint


@pytest.mark.parametrize("path", sorted(package_data("templates").rglob("*.j2")), ids=str)
def test_what_prints_on_a_condition_says_what_it_prints_otherwise(path: Path) -> None:
    # Without « else », what prints when the condition fails is a value that does not print.
    read = jinja2.Environment(extensions=["jinja2.ext.do"]).parse(path.read_text("utf-8"))
    printed = [node for output in read.find_all(parsed.Output) for node in output.nodes]
    halves = [n.lineno for n in printed if isinstance(n, parsed.CondExpr) and n.expr2 is None]
    assert halves == []
