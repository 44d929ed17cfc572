"""What a form asks, read from settled blocks: fields, their keys, the rows one may add."""

from dla_docs.engines.pandoc import Pandoc
from dla_docs.forms.asked import asked
from dla_docs.forms.fields import MAX_KEY, Entry, Form, Keys, Kind
from dla_docs.tree.nodes import div, nodes, para, string
from dla_docs.tree.tables import tables

FICHE = """# Identité {#identite}

::: {.reponse lignes="1"}
SIRET :

quatorze chiffres
:::

::: {.reponse lignes="1" nature="date"}
Assuré jusqu’au :
:::

::: {.reponse lignes="3"}
Compétences :
:::
"""
EQUIPE = """# Équipe {#equipe}

::: {.reponse lignes="1"}
Nom :
:::

::: {.tableau largeurs="40,40,20"}
- - Nom
  - Années
  - DLA
- - Claire Montagut
  - …
  - oui / non
- - …
  - …
  - oui / non
:::
"""


def form(text: str) -> Form:
    with Pandoc() as pandoc:
        found = asked(tables(pandoc.read(text, [])[0]))
    assert found is not None
    return found


def test_a_document_that_asks_nothing_is_no_form() -> None:
    assert asked([para(string("☐ Oui"))]) is None


def test_a_key_is_that_of_the_heading_and_of_the_label() -> None:
    assert [*form(FICHE).fields] == [
        "identite_siret",
        "identite_assure_jusqu",
        "identite_competences",
    ]


def test_the_kind_of_an_answer_is_said_or_seen_from_its_lines() -> None:
    kinds = [field.kind for field in form(FICHE).fields.values()]
    assert kinds == [Kind.SHORT, Kind.DATE, Kind.LONG]


def test_a_label_loses_its_colon_and_keeps_its_help_apart() -> None:
    field = form(FICHE).fields["identite_siret"]
    assert (field.label, field.help) == ("SIRET", "quatorze chiffres")


def test_two_short_answers_stand_side_by_side() -> None:
    rows = [d for d in nodes(form(FICHE).blocks, "Div") if "champs" in d["c"][0][1]]
    assert [len(row["c"][1]) for row in rows] == [2]


def test_a_cell_is_named_by_its_table_its_row_and_its_column() -> None:
    fields = form(EQUIPE).fields
    assert fields["equipe_2_annees"].label == "Années, ligne 2"
    assert fields["equipe_1_annees"].label == "Années, Claire Montagut"
    assert fields["equipe_1_dla"].choices == ("oui", "non")


def test_only_the_blank_rows_of_a_table_may_be_added_to() -> None:
    assert [sheet.blank for sheet in form(EQUIPE).sheets.values()] == [(2,)]


def test_a_box_is_named_by_its_question_and_its_choice() -> None:
    question = "::: cases\nSuite donnée ?\n\n- [ ] Oui\n- [x] Non\n:::\n"
    fields = [f for f in form(FICHE + question).fields.values() if f.kind is Kind.TICK]
    assert [(f.label, f.ticked) for f in fields] == [
        ("Suite donnée : Oui", False),
        ("Suite donnée : Non", True),
    ]


def test_a_box_of_a_table_is_named_by_its_row_and_its_column() -> None:
    table = '::: {.tableau largeurs="60,40"}\n- - Thème\n  - Oui\n- - Résultats\n  - ☐\n:::\n'
    assert form(FICHE + table).fields["identite_1_oui"].label == "Résultats : Oui"


def test_exclusive_boxes_are_of_one_group_and_others_of_none() -> None:
    choices = "Suite ?\n\n- [ ] Oui\n- [ ] Non\n:::\n"
    one, free = (
        form(FICHE + '::: {.cases exclusif="oui"}\n' + choices),
        form(FICHE + "::: cases\n" + choices),
    )
    groups = [
        {f.group for f in found.fields.values() if f.kind is Kind.TICK} for found in (one, free)
    ]
    assert groups == [{"choix_suite"}, {""}]


def test_a_table_says_what_is_typed_in_its_columns() -> None:
    table = EQUIPE.replace('40,40,20"', '40,40,20" natures=",chiffres,"')
    fields = form(table).fields
    assert fields["equipe_2_annees"].entry is Entry.DIGITS
    assert fields["equipe_2_nom"].entry is None


def test_a_ticked_box_of_a_table_is_named_as_one_that_is_not() -> None:
    table = '::: {.tableau largeurs="60,40"}\n- - Thème\n  - Oui\n- - Résultats\n  - ☒\n:::\n'
    field = form(FICHE + table).fields["identite_1_oui"]
    assert (field.label, field.ticked) == ("Résultats : Oui", True)


def test_no_two_fields_have_the_same_key() -> None:
    keys = Keys()
    found = [keys.take("Première personne", "Références de la personne") for _ in range(12)]
    assert len(set(found)) == 12
    assert all(len(key) <= MAX_KEY for key in found)


def test_the_same_document_gives_the_same_keys() -> None:
    assert [*form(EQUIPE).fields] == [*form(EQUIPE).fields]


def test_an_answer_without_a_label_takes_that_of_its_heading() -> None:
    alone = '# Le travail fait {#travail}\n\n::: {.reponse lignes="4"}\n:::\n'
    (field,) = form(alone).fields.values()
    assert (field.key, field.label) == ("travail", "Le travail fait")


def test_a_table_that_computes_says_how() -> None:
    budget = (
        '::: {.tableau largeurs="40,20,20,20" cle="budget" calcul="4=2*3" total="oui"}\n'
        "- - Poste\n  - Jours\n  - Prix\n  - Montant\n"
        "- - …\n  - …\n  - …\n  - …\n- - Total\n  - \n  - \n  - …\n:::\n"
    )
    sheet = form(FICHE + budget).sheets["budget"]
    assert (sheet.product, sheet.total, sheet.blank) == ((4, 2, 3), "budget_total", (1,))


def test_a_division_within_another_is_seen() -> None:
    inside = div([div([para(string("Nom :"))], "reponse", lignes="1")], "couverture")
    found = asked([inside])
    assert found is not None and [*found.fields] == ["nom"]
