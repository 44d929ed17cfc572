"""A data file changed: only the lines concerned, whatever the way it is written."""

from decimal import Decimal
from typing import Any

import pytest

from dla_docs.create.skeleton import skeleton
from dla_docs.edit.edit import Append, Change, Edit, Remove, Rename, changed
from dla_docs.load.yaml_reader import parse
from dla_docs.model.errors import EditError

TEXT: dict[str, Any] = {"type": "string", "title": "Texte", "description": "Texte."}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "title": "Mission",
    "description": "Ce qui est commandé.",
    "required": ["objet"],
    "properties": {
        "objet": TEXT,
        "jours": {"type": "number"},
        "contexte": {**TEXT, "contentMediaType": "text/markdown"},
        "reponse": {
            "type": "object",
            "title": "Réponse",
            "description": "Comment répondre.",
            "required": ["date"],
            "properties": {
                "date": {"type": "string", "format": "date"},
                "heure": {"type": "string", "format": "heure"},
                "lieu": {"type": "object", "properties": {"nom": TEXT}},
            },
        },
        "axes": {"type": "array", "items": {"type": "string"}},
        "livrables": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["libelle"],
                "properties": {"libelle": TEXT, "echeance": {"type": "string", "format": "date"}},
            },
        },
        "contact": TEXT,
    },
}


def edited(text: str, *edits: Edit) -> str:
    return changed(text, edits, SCHEMA)


def refused(text: str, *edits: Edit) -> str:
    with pytest.raises(EditError) as caught:
        edited(text, *edits)
    assert caught.value.hint
    return caught.value.message


REPLACED: tuple[tuple[str, str, Any, str], ...] = (
    ("un commentaire après", "jours: 4   # à revoir\n", 5, "jours: 5   # à revoir\n"),
    ("une clé vide", "jours:\nobjet: x\n", Decimal("4.5"), "jours: 4.5\nobjet: x\n"),
    ("une clé vide commentée", "jours:   # à dire\n", 4, "jours: 4   # à dire\n"),
    ("des guillemets vides", 'jours: ""  # à dire\n', 4, "jours: 4  # à dire\n"),
    ("une clé entre guillemets", '"jours" : "4"\n', 4, '"jours" : 4\n'),
    ("sans dernière fin de ligne", "objet: x\njours: 4", 5, "objet: x\njours: 5"),
    ("des fins de ligne de Windows", "jours: 4\r\n# fin\r\n", 5, "jours: 5\r\n# fin\r\n"),
    ("un texte replié", "jours: >-\n  un\n  deux\n\n# fin\n", 4, "jours: 4\n\n# fin\n"),
    (
        "un bloc commenté",
        "jours: |  # combien\n  un\n\nobjet: x\n",
        4,
        "jours: 4  # combien\n\nobjet: x\n",
    ),
    ("des guillemets sur deux lignes", 'jours: "un\n  deux" # n\n', 4, "jours: 4 # n\n"),
    ("une liste à la place d’une valeur", "jours: 4 # n\n", ["un"], "jours: # n\n  - un\n"),
    ("une valeur à la place d’une liste", "jours: # n\n- 1\n- 2\n", 4, "jours: 4 # n\n"),
    ("une valeur qui serait lue autrement", "jours: 4\n", "no", 'jours: "no"\n'),
    ("ce qui semble une clé", "jours: 4\n", "a: b", 'jours: "a: b"\n'),
    ("des zéros de tête", "jours: 4\n", "01000", 'jours: "01000"\n'),
    ("rien", "jours: 4 # n\n", None, "jours: # n\n"),
    ("entre accolades", "{jours: 4, objet: x}\n", "5, 6", '{jours: "5, 6", objet: x}\n'),
    ("la marque de Notepad", "\ufeffjours: 4\n", 5, "\ufeffjours: 5\n"),
)


@pytest.mark.parametrize("case", REPLACED, ids=lambda case: case[0])
def test_une_valeur_est_remplacee_a_sa_place(case: tuple[str, str, Any, str]) -> None:
    _, before, value, after = case
    assert edited(before, Change(("jours",), value)) == after


def test_un_texte_en_markdown_est_ecrit_en_bloc() -> None:
    before = 'contexte: "court"  # dire\njours: 4\n'
    after = "contexte: |  # dire\n  Un début.\n\n  - un point\njours: 4\n"
    assert edited(before, Change(("contexte",), "Un début.\n\n- un point\n")) == after


def test_une_valeur_egale_ne_change_rien() -> None:
    text = "reponse: {date: '2026-03-12'}\ncontexte: >\n  un\naxes: [ a,b ]\n"
    same = Change(("reponse",), {"date": "2026-03-12"}), Change(("contexte",), "un")
    assert edited(text, *same, Change(("axes",), ["a", "b"])) == text


def test_une_cle_prend_sa_place_parmi_celles_du_schema() -> None:
    before = "objet: x\n\n# La réponse\nreponse:\n  heure: '17:00'\n\ncontact: y\n"
    after = before.replace("x\n", "x\n\njours: 4\n").replace("  h", "  date: 2026-03-12\n  h")
    assert edited(before, Change(("jours",), 4), Change(("reponse", "date"), "2026-03-12")) == after


def test_une_cle_prend_la_place_que_le_squelette_lui_laisse() -> None:
    text = skeleton(SCHEMA, {"objet": "x"}, "x", lambda target: ())
    lines = edited(text, Change(("axes",), ["a"]), Change(("jours",), 4)).splitlines()
    expected = text.splitlines()
    expected[expected.index("#jours:")] = "jours: 4"
    expected[expected.index("#axes:")] = "axes:\n  - a"
    assert lines == "\n".join(expected).splitlines()


def test_ce_qui_est_dans_une_cle_reprise_du_squelette_garde_ses_explications() -> None:
    text = skeleton(SCHEMA, {"objet": "x"}, "x", lambda target: ())
    after = edited(text, Change(("reponse", "lieu", "nom"), "Gap"))
    start = text.splitlines().index("#reponse:")
    former, new = text.splitlines()[start:], after.splitlines()[start:]
    assert [line.replace("#", "").strip() for line in former[1:]] == [
        line.replace("#", "").removesuffix(' "Gap"').strip() for line in new[1:]
    ]
    assert {"reponse:", "  date:", "  #heure:", "  lieu:", '    nom: "Gap"'} <= {*new}


def test_ce_qu_une_personne_a_mis_de_cote_reste() -> None:
    before = "objet: x\n#jours: 12\ncontact: y\n"
    assert edited(before, Change(("jours",), 4)) == "objet: x\n#jours: 12\njours: 4\ncontact: y\n"


def test_un_diese_dans_un_texte_n_est_pas_une_place() -> None:
    before = 'objet: "un\n#jours:\n  deux"\n'
    assert edited(before, Change(("jours",), 4)) == f"{before}jours: 4\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "reponse:\n  heure: \"17:00\"\n"),
        ("# vide", "# vide\nreponse:\n  heure: \"17:00\""),
        ("{}\n", "reponse:\n  heure: \"17:00\"\n"),
        ("reponse:\n  # dire\n  #heure:\n", "reponse:\n  # dire\n  heure: \"17:00\"\n"),
        ("reponse: # dire\nobjet: x\n", "reponse: # dire\n  heure: \"17:00\"\nobjet: x\n"),
        ("reponse: {}\n", "reponse:\n  heure: \"17:00\"\n"),
        ("reponse: {date: x}\n", "reponse: {date: x, heure: \"17:00\"}\n"),
        ("reponse:\n    date: x\n", "reponse:\n    date: x\n    heure: \"17:00\"\n"),
    ],
)  # fmt: skip
def test_ce_qui_tient_une_cle_est_ecrit_ou_ouvert(before: str, after: str) -> None:
    assert edited(before, Change(("reponse", "heure"), "17:00")) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("axes:\n- a\n# fin\n", "axes:\n- a\n- b\n# fin\n"),
        ("axes:\n  - a  # n\n\njours: 4\n", "axes:\n  - a  # n\n  - b\n\njours: 4\n"),
        ("axes: [a]  # n\n", "axes: [a, b]  # n\n"),
        ("axes: []  # n\n", "axes:  # n\n  - b\n"),
        ("axes:\n", "axes:\n  - b\n"),
        ("objet: x\n", "objet: x\naxes:\n  - b\n"),
        ("axes:\n  - a\n  -   # à dire\n", "axes:\n  - a\n  - b   # à dire\n"),
        ("axes:\r\n- a\r\n", "axes:\r\n- a\r\n- b\r\n"),
        ("axes:\n- a", "axes:\n- a\n- b"),
    ],
)
def test_un_element_s_ajoute(before: str, after: str) -> None:
    assert edited(before, Append(("axes",), "b")) == after


def test_un_element_laisse_vide_par_le_squelette_est_rempli() -> None:
    before = "livrables:\n  - libelle:\n    #echeance:\n"
    note = {"libelle": "note", "echeance": "2026-03-12"}
    filled = edited(before, Append(("livrables",), note))
    assert filled == "livrables:\n  - libelle: note\n    echeance: 2026-03-12\n"
    assert edited(filled, Append(("livrables",), {"libelle": "rapport"})).endswith(
        "  - libelle: rapport\n"
    )


def test_une_liste_ne_change_que_la_ou_elle_differe() -> None:
    before = "axes:\n  - a # un\n  # deux\n  - b # deux\n  - c # trois\n"
    after = "axes:\n  - a # un\n  # deux\n  - d # deux\n  - e\n  - c # trois\n"
    assert edited(before, Change(("axes",), ["a", "d", "e", "c"])) == after
    assert edited(after, Change(("axes",), ["a", "c"])) == (
        "axes:\n  - a # un\n  # deux\n  - c # trois\n"
    )


@pytest.mark.parametrize(
    ("before", "steps", "after"),
    [
        ("objet: x # n\n# de jours\njours: 4 # n\n\n", ("jours",), "objet: x # n\n# de jours\n\n"),
        ("objet: x\njours: 4", ("jours",), "objet: x"),
        ("reponse:\n  date: x\n  #heure:\n", ("reponse", "date"), "reponse: {}\n  #heure:\n"),
        ("{objet: x, jours: 4}\n", ("jours",), "{objet: x}\n"),
        ("{objet: x, jours: 4}\n", ("objet",), "{jours: 4}\n"),
        ("axes:\n  - a # n\n  # b\n  - b\n", ("axes", 0), "axes:\n  # b\n  - b\n"),
        ("axes: # n\n  - a\nobjet: x\n", ("axes", 0), "axes: [] # n\nobjet: x\n"),
        ("livrables:\n  - libelle: x\n    echeance: y\n", ("livrables", 0, "libelle"),
         "livrables:\n  - echeance: y\n"),
        ("livrables:\n  - libelle: x\n    # dire\n    echeance: y\n", ("livrables", 0, "libelle"),
         "livrables:\n  -\n    # dire\n    echeance: y\n"),
        ("livrables:\n  - libelle: x # n\n", ("livrables", 0, "libelle"),
         "livrables:\n  - {} # n\n"),
    ],
)  # fmt: skip
def test_une_cle_ou_un_element_se_retire(
    before: str, steps: tuple[str | int, ...], after: str
) -> None:
    assert edited(before, Remove(steps)) == after


def test_une_cle_change_de_nom_a_sa_place() -> None:
    before = "# un\nduree : # n\n  - a\nobjet: x\n"
    assert edited(before, Rename(("duree",), "axes")) == "# un\naxes : # n\n  - a\nobjet: x\n"


@pytest.mark.parametrize(
    ("text", "edit", "said"),
    [
        ("jours: &n 4\ncontact: *n\n", Change(("jours",), 5), "sans toucher au reste"),
        ("reponse: &n {date: x}\naxes: *n\n", Change(("axes", "date"), "y"), "toucher au reste"),
        ("? jours\n: 4\n", Change(("jours",), 5), "ne sait pas changer"),
        ("jours: 4\njours: 5\n", Change(("jours",), 6), "déjà écrite à la ligne 1"),
        ("jours: [4\n", Change(("jours",), 6), "ligne 1"),
        ("jours: 4\n", Change(("jours", "x"), 5), "rien n’est à cette place"),
        ("axes: [a]\n", Change(("axes", 1), "b"), "rien n’est à cette place"),
        ("objet: x\n", Remove(("jours",)), "rien n’est à cette place"),
        ("objet: x\njours: 4\n", Rename(("jours",), "objet"), "« objet » est déjà là"),
        ("- - a\n  - b\n", Remove((0, 0)), "sur la ligne d’un autre"),
    ],
)
def test_ce_qui_toucherait_au_reste_est_refuse(text: str, edit: Edit, said: str) -> None:
    assert said in refused(text, edit)


def test_un_renvoi_seul_se_remplace() -> None:
    text = "jours: &n 4\ncontact: *n\nobjet: *n\n"
    assert edited(text, Change(("contact",), "x")) == "jours: &n 4\ncontact: x\nobjet: *n\n"


def test_ce_qui_est_ecrit_se_relit_comme_il_a_ete_donne() -> None:
    value = {
        "livrables": [{"libelle": "# x\n\n  é", "echeance": "2026-03-12"}, {"libelle": "- a"}],
        "axes": ["no", "", "{", "\u2028", "12:30"],
        "hors schéma": {"R-CDC-07": [[1, "a"], {"b": Decimal("3.50")}]},
        "jours": True,
    }
    text = edited("", *(Change((k,), v) for k, v in value.items()))
    assert parse("x", text.encode()).data == value


@pytest.mark.parametrize(
    "edit",
    [Change(("jours",), 4), Change(("objet",), "y"), Append(("axes",), "b"), Remove(("axes",))],
    ids=str,
)
@pytest.mark.parametrize(
    "text",
    [
        "# modele\nx: 1\n# sur le contact\ncontact: c\n",
        "objet: x\n\n# les axes\naxes:\n  - a\n\ncontact: c\n",
        "objet: x\naxes:\n  - a\n",
    ],
)
def test_un_fichier_de_windows_change_aux_memes_lignes(text: str, edit: Edit) -> None:
    if isinstance(edit, Remove) and "axes" not in text:
        text += "axes: [a]\n"
    assert edited(text.replace("\n", "\r\n"), edit) == edited(text, edit).replace("\n", "\r\n")
