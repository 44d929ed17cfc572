"""`dla new … --questions`: what is asked, how answers are read, and how many a dossier takes."""

from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from dla_docs.create.asking.answers import read_answer, read_cell, read_row, read_value
from dla_docs.create.asking.closed import Refused
from dla_docs.create.asking.free_keys import with_free_keys
from dla_docs.create.asking.interview import answered, edits_of, trimmed, with_values
from dla_docs.create.asking.questions import ERASED, Form, Progress, Question, next_question
from dla_docs.create.asking.wording import Known, heading, lines, proposed, shown
from dla_docs.create.known import Known as Facts
from dla_docs.edit.edit import changed
from dla_docs.load.yaml_reader import parse
from dla_docs.model.paths import at
from dla_docs.model.schemas import Schema, field_at, load_kinds
from dla_docs.model.workspace import Workspace
from tests.create.scripted import PARTS, Played, differences, play
from tests.scenes import ROOT, demonstration

KINDS = load_kinds(Workspace(ROOT))
PEOPLE = {"lise-carrouge": ("Lise Carrouge",), "karim-belloumi": ("Karim Belloumi",)}
MOST = 360
"""Answers that the whole dossier of the demonstration takes, at most; some 890 values are in it. An
action is at the price of its convention, which no other file told before it; each key result may
be drawn by its parts, which is asked."""


def names(target: str) -> dict[str, tuple[str, ...]]:
    return PEOPLE if target == "charges_mission" else {}


def field(kind: str, *place: str | int) -> Schema:
    return field_at(KINDS[kind].schema, place)


def value(text: str, kind: str, *place: str | int) -> Any:
    return read_value(text, field(kind, *place), names)


def first(kind: str, data: dict[str, Any], progress: Progress | None = None) -> Question:
    question = next_question(KINDS[kind].schema, data, progress or Progress())
    assert question is not None
    return question


@cache
def every() -> tuple[Played, ...]:
    return tuple(play(*part, demonstration()) for part in PARTS)


def test_a_dossier_is_typed_whole_from_the_demande_to_the_follow_up() -> None:
    wrong = [(one.path, p) for one in every() for p in differences(one.data, one.meant)]
    assert wrong == []


def test_a_dossier_takes_less_than_half_the_answers_that_it_holds_values() -> None:
    assert sum(one.given for one in every()) <= MOST


def test_nobody_is_asked_twice_for_the_same_thing() -> None:
    for one in every():
        # Once an element is taken out, the next one has its place.
        kept = (q for q, said in one.answers if said != "-")
        asked = [(q.form, q.pointer, q.columns, q.places) for q in kept]
        assert len(asked) == len(set(asked)), one.kind


@pytest.mark.parametrize("kind", ["convention", "cahier-des-charges"])
def test_each_answer_leaves_a_file_that_reads_back(kind: str) -> None:
    part = next(p for p in PARTS if p[0] == kind)
    played = play(*part, demonstration(), written=True)
    source = parse("x.yaml", played.text.encode())
    assert source.faults == ()
    assert trimmed(source.data) == played.data
    assert "# yaml-language-server" in played.text


@pytest.mark.parametrize(
    ("text", "kind", "place", "meant"),
    [
        ("12 mars 2025", "dossier", ("demande", "date"), "2025-03-12"),
        ("12/3/25", "dossier", ("demande", "date"), "2025-03-12"),
        ("4 440,50", "cahier-des-charges", ("budget_max_ttc",), Decimal("4440.50")),
        ("3 600 € TTC", "cahier-des-charges", ("budget_max_ttc",), 3600),
        ("4,5 jours", "cahier-des-charges", ("jours", "max"), Decimal("4.5")),
        ("oui", "accueil", ("cadre_presente",), True),
        ("Faux", "accueil", ("cadre_presente",), False),
        ("2", "dossier", ("demande", "canal"), "email"),
        ("orient", "dossier", ("demande", "canal"), "orientation"),
        ("Téléphone", "dossier", ("demande", "canal"), "telephone"),
        ("carrouge", "diagnostic", ("auteur",), "lise-carrouge"),
        ("2", "diagnostic", ("auteur",), "karim-belloumi"),
        ("14h30", "cahier-des-charges", ("reponse", "heure_limite"), "14:30"),
        ("011 690 534 00026", "structure", ("siret",), "01169053400026"),
        ("4", "diagnostic", ("axes", 0, "priorite"), 4),
    ],
)
def test_an_answer_is_read_as_people_write_it(
    text: str, kind: str, place: tuple[str | int, ...], meant: Any
) -> None:
    assert value(text, kind, *place) == meant


@pytest.mark.parametrize(
    ("text", "kind", "place", "told"),
    [
        ("31 février 2025", "dossier", ("demande", "date"), "il n’y a que 28 jours"),
        ("demain", "dossier", ("demande", "date"), "comme 12 mars 2026"),
        ("peut-être", "accueil", ("cadre_presente",), "répondez par oui ou par non"),
        ("pigeon", "dossier", ("demande", "canal"), "« pigeon » n’est pas dans la liste"),
        ("9", "dossier", ("demande", "canal"), "un numéro de 1 à 4"),
        ("acteur", "dossier", ("demande", "prescripteur"), "précisez"),
        ("3,600", "cahier-des-charges", ("budget_max_ttc",), "de deux façons"),
        ("3 600,125", "cahier-des-charges", ("budget_max_ttc",), "au centime"),
        ("beaucoup", "cahier-des-charges", ("budget_max_ttc",), "n’est pas un nombre"),
        ("0", "diagnostic", ("axes", 0, "priorite"), "au moins 1"),
        ("123", "structure", ("siret",), "n’est pas un SIRET"),
        ("non", "rapport-final", ("fichier",), "n’est pas le chemin d’un fichier"),
        ("a\x1b[2Jb", "dossier", ("titre",), "signe de commande"),
        ("caf\udce9", "dossier", ("titre",), "signe de commande"),
    ],
)
def test_a_refusal_is_one_sentence_on_what_to_type(
    text: str, kind: str, place: tuple[str | int, ...], told: str
) -> None:
    with pytest.raises(Refused, match=r"^[^\n]+$") as refused:
        value(text, kind, *place)
    assert told in str(refused.value)


def person(text: str) -> Any:
    own = field("accueil", "participants", 0)
    columns = ("prenom", "nom", "fonction", "email", "telephone")
    return read_row(text, Question(Form.ROW, ("participants", 0), own, columns), names)


def test_a_line_of_a_table_is_one_answer() -> None:
    read = person("Lise ; Carrouge ;; lise@exemple.fr")
    assert read == {
        "prenom": "Lise",
        "nom": "Carrouge",
        "fonction": None,
        "email": "lise@exemple.fr",
    }


def test_a_line_pasted_from_a_spreadsheet_keeps_what_is_quoted() -> None:
    assert person('Lise\tCarrouge\t"chargée ; de mission"')["fonction"] == "chargée ; de mission"


def test_a_line_tells_the_cell_at_fault() -> None:
    with pytest.raises(Refused, match=r"^Adresse électronique : « non »"):
        person("Lise ; Carrouge ; ; non")


def test_the_first_cell_alone_has_the_others_asked_one_by_one() -> None:
    schema, data = KINDS["accueil"].schema, {"date": "2026-03-12", "mode": "visio"}
    question = first("accueil", data)
    assert question.form is Form.ROW
    puts, progress = answered(question, person("Lise"), data, Progress())
    following = next_question(schema, with_values(data, puts), progress)
    assert following and following.form is Form.VALUE
    assert following.pointer == ("participants", 0, "nom")


def test_one_word_answers_for_a_whole_line_of_the_same_question() -> None:
    own = field("accueil", "criteres")
    question = Question(Form.ROW, ("criteres",), own, tuple(own["properties"]))
    assert set(read_row("oui", question, names).values()) == {"oui"}
    read = read_row("oui oui oui oui oui oui non", question, names)
    assert [*read.values()][5:] == ["oui", "non"]


def test_a_page_says_that_a_point_is_there() -> None:
    own = field("proposition", "points", "rappel")
    question = Question(Form.ROW, ("points", "rappel"), own, tuple(own["properties"]))
    read = read_row("2 ; 3 en bas ; absent ; à vérifier ; 4", question, names)
    assert read["problematique"] == {"etat": "present", "page": 3, "note": "en bas"}
    assert [point["etat"] for point in read.values()][2:] == ["absent", "a_verifier", "present"]


@pytest.mark.parametrize("word", ["non", "n", "manquant", "Manquantes", "absente", "introuvable"])
def test_a_point_that_is_not_there_is_never_written_present(word: str) -> None:
    own = field("rapport-final", "points", "garde")
    question = Question(Form.ROW, ("points", "garde"), own, tuple(own["properties"]))
    assert {point["etat"] for point in read_row(word, question, names).values()} == {"absent"}


@pytest.mark.parametrize("word", ["0", "plus tard", "vu avec Nadia", "bof"])
def test_a_word_that_is_neither_a_page_nor_a_state_is_refused(word: str) -> None:
    own = field("rapport-final", "points", "garde", "logos")
    with pytest.raises(Refused, match=r"^[^\n]+$"):
        read_cell(word, own, names)


def test_a_state_keeps_its_page_and_its_remark() -> None:
    own = field("rapport-final", "points", "garde", "logos")
    assert read_cell("présent p. 4", own, names) == {"etat": "present", "page": 4}
    asked = {"etat": "absent", "note": "demandé par courriel"}
    assert read_cell("absent, demandé par courriel", own, names) == asked
    late = {"etat": "absent", "note": "non fourni à ce jour"}
    assert read_cell("non fourni à ce jour", own, names) == late


def test_the_notes_asked_are_those_of_the_criteria_of_the_call_in_their_order() -> None:
    examined = demonstration()
    scope = next(s for s in examined.corpus.level("ingenierie") if "bilan" in s.name)
    facts = Facts(examined.corpus, scope, examined.day)
    own = field_at(with_free_keys(KINDS["choix"].schema, facts), ("evaluations", 0, "notes"))
    grid = at(
        examined.corpus.sources[f"dossiers/{scope.path}/cahier-des-charges.yaml"].data,
        ("criteres",),
    )
    assert list(own["properties"]) == [criterion["critere"] for criterion in grid]


def test_a_line_that_lacks_a_note_says_how_many_are_due() -> None:
    own = field("choix", "evaluations", 0, "notes")
    question = Question(Form.ROW, ("evaluations", 0, "notes"), own, tuple(own["properties"]))
    with pytest.raises(Refused, match="il en manque 1 : 6 valeurs attendues, 5 lues"):
        read_row("3 4 3 3 4", question, names)


def test_a_wrong_cell_leaves_the_others_of_its_line() -> None:
    with pytest.raises(Refused, match=r"^Adresse électronique") as refused:
        person("Lise ; Carrouge ; ; non")
    assert refused.value.cell == "email"
    assert refused.value.kept == {"prenom": "Lise", "nom": "Carrouge", "fonction": None}


def test_an_amount_said_with_the_other_tax_is_refused() -> None:
    own = field("convention", "montant", "ht")
    question = Question(Form.VALUE, ("montant", "ht"), own)
    with pytest.raises(Refused, match="hors taxes"):
        read_answer("4440 € TTC", question, names)
    assert read_answer("4440 € HT", question, names) == 4440


@pytest.mark.parametrize(("text", "meant"), [("M.", "monsieur"), ("Mme", "madame")])
def test_a_civilite_is_read_as_it_is_written_before_a_name(text: str, meant: str) -> None:
    assert value(text, "accueil", "participants", 0, "civilite") == meant


def test_a_list_of_a_file_taken_up_again_can_go_on() -> None:
    data = {"date": "2026-03-12", "mode": "visio", "participants": [{"prenom": "A", "nom": "B"}]}
    progress = Progress(resumed=True)
    while (question := first("accueil", data, progress)).form is not Form.ALSO:
        _, progress = answered(question, None, data, progress)
    assert any(
        "(déjà 1 : en ajouter)" in line for line in lines(question, question.field, data, KNOWN)
    )
    _, progress = answered(question, ("participants",), data, progress)
    while (question := first("accueil", data, progress)).form is not Form.ROW:
        _, progress = answered(question, None, data, progress)
    assert question.pointer == ("participants", 1)


def test_an_answer_makes_another_owed() -> None:
    data = {"date": "2026-03-12", "mode": "visio", "participants": [{"prenom": "A", "nom": "B"}]}
    data |= {"cadre_presente": True, "decision": "reorienter", "criteres": {"ess": "non"}}
    data |= {"analyse_pertinence": "x"}
    asked = []
    progress = Progress()
    while question := next_question(KINDS["accueil"].schema, data, progress):
        asked.append(question.pointer)
        _, progress = answered(question, None, data, progress)
    assert {("decision_conjointe",), ("motif",), ("orientations", 0)} <= set(asked)


def test_a_file_taken_up_again_is_asked_only_what_it_lacks() -> None:
    data = {"date": "2026-03-12", "mode": "visio", "participants": [{"prenom": "A"}]}
    assert first("accueil", data).pointer == ("participants", 0)
    data["participants"] = [{"prenom": "A", "nom": "B"}]
    assert first("accueil", data).pointer == ("cadre_presente",)


def test_enter_on_the_first_cell_ends_a_list() -> None:
    data = {"date": "2026-03-12", "mode": "visio"}
    puts, progress = answered(first("accueil", data), person("A ; B"), data, Progress())
    data = with_values(data, puts)
    more = first("accueil", data, progress)
    assert more.last
    assert more.pointer == ("participants", 1)
    _, progress = answered(more, None, data, progress)
    assert first("accueil", data, progress).pointer == ("cadre_presente",)


def test_optional_keys_are_offered_once_by_their_names() -> None:
    data = next(one for one in every() if one.kind == "accueil").data
    bare = {key: item for key, item in data.items() if key not in {"lieu", "suites"}}
    question = first("accueil", bare)
    assert question.form is Form.ALSO
    keys = read_answer("lieu, Suites", question, names)
    assert keys == ("lieu", "suites")
    _, progress = answered(question, keys, bare, Progress())
    assert first("accueil", bare, progress).pointer == ("lieu",)


def test_known_values_are_shown_together_with_where_they_come_from() -> None:
    played = next(one for one in every() if one.kind == "convention")
    question = played.answers[0][0]
    told = lines(question, question.field, played.data, Known(names, PARTS_CALLED))
    said = "\n".join(told).replace("\u00a0", " ")
    assert question.form is Form.KNOWN
    assert "Fin de la mission : 11 juillet 2025 (Cahier des charges)" in said
    assert "Delphine Orsatelli Conseil" in said


KNOWN = Known(names, {})
PARTS_CALLED = {name: kind.title for name, kind in KINDS.items()}


def test_a_known_element_is_taken_out_by_a_dash() -> None:
    data = {"livrables": [{"libelle": "Note"}, {"libelle": "Rapport"}]}
    own = field("convention", "livrables", 0)
    question = Question(
        Form.ROW, ("livrables", 0), own, ("libelle",), proposed=data["livrables"][0]
    )
    assert read_row("-", question, names) is ERASED
    puts, progress = answered(
        question, ERASED, data, Progress(review=(("livrables", 0), ("livrables", 1)))
    )
    assert with_values(data, puts) == {"livrables": [{"libelle": "Rapport"}]}
    assert progress.review == (("livrables", 0),)


def test_a_new_element_is_added_to_the_text_after_the_others() -> None:
    text = "date: 2026-03-12\nparticipants:\n  - prenom: A # le premier\n    nom: B\n"
    data = parse("", text.encode()).data
    edits = edits_of(
        (((("participants", 1, "prenom")), "C"), (("participants", 1, "nom"), "D")), data
    )
    assert changed(text, edits, KINDS["accueil"].schema) == (
        f'{text}  - prenom: "C"\n    nom: "D"\n'
    )


def test_what_enter_keeps_reads_as_people_write_it() -> None:
    question = Question(Form.VALUE, ("date",), field("accueil", "date"), proposed="2026-03-12")
    assert proposed(question).replace("\u00a0", " ") == "[12 mars 2026] "
    assert shown(Decimal("3250.00"), field("convention", "montant", "ht")) == "3\u202f250 €"


def test_an_element_is_called_by_its_first_word() -> None:
    question = Question(
        Form.VALUE, ("participants", 0, "nom"), field("accueil", "participants", 0, "nom")
    )
    data = {"participants": [{"prenom": "Lise"}]}
    assert (
        heading(question.pointer, KINDS["accueil"].schema, data)
        == "Personne présente 1 (Lise) › Nom"
    )
