"""A report that came as a file: its rubrics are neither asked nor left empty in its data."""

import pytest

from dla_docs.create.asking.interview import trimmed
from dla_docs.create.asking.questions import Form, Progress, Question, next_question
from dla_docs.create.asking.received import Instead, instead_of, relieved
from dla_docs.create.asking.wording import Known, lines
from dla_docs.create.new import draft, drafted
from dla_docs.load.yaml_reader import parse
from tests.create.scripted import differences, play
from tests.scenes import demonstration

MISSION = "dossiers/2025-007-aubepine-buech/ingenieries/orientations-strategiques"
RUBRICS = {"rappel", "calendrier", "travail", "plan_actions", "annexes"}


def instead() -> Instead:
    examined = demonstration()
    found = instead_of(examined.corpus.kinds["rapport-final"], examined.types.values())
    assert found is not None
    return found


def first(data: dict[str, object]) -> Question | None:
    schema = demonstration().corpus.kinds["rapport-final"].schema
    return next_question(schema, data, Progress(instead=instead()))


def test_whether_a_report_came_as_a_file_is_asked_first() -> None:
    question = first({})
    assert question
    assert question.pointer == ("fichier",)
    schema = demonstration().corpus.kinds["rapport-final"].schema
    told = lines(question, schema, {}, Known(lambda _: {}, {}))
    assert told[0] == "Rapport final : reçu en fichier, ou écrit ici ?"


def test_a_report_that_is_begun_here_is_not_asked_if_it_came() -> None:
    question = first({"travail": {"realise": "Trois ateliers."}})
    assert question
    assert question.pointer == ("date",)


def test_the_report_that_came_is_typed_whole_and_owes_no_rubric() -> None:
    played = play("rapport-final", ("2025-007",), MISSION, demonstration())
    assert list(differences(played.data, played.meant)) == []
    asked = [question.pointer for question, _ in played.answers if question.form is not Form.ALSO]
    chosen = {"travail", "plan_actions"}
    assert {place[0] for place in asked if place} & RUBRICS == chosen


def test_a_new_report_that_came_keeps_its_empty_rubrics_behind_a_sign() -> None:
    examined = demonstration()
    corpus, types = examined.corpus, examined.types.values()
    made = draft(corpus.kinds["rapport-final"], ("2025-007",), {}, corpus, types, examined.day)
    text = drafted(made, corpus).decode().replace("#fichier:", "fichier: recus/rapport.docx")
    new = relieved(text, instead(), made.schema)
    before, after = (parse("", each.encode()).data for each in (text, new))
    assert before.keys() - after.keys() == RUBRICS
    assert trimmed(before) == trimmed(after)
    assert "\n#rappel:\n#  # Commande" in new


@pytest.mark.parametrize(
    ("empty", "left"),
    [
        ("calendrier:\n- date:\n  duree:\n", "#calendrier:\n#- date:\n#  duree:\n"),
        ("rappel: {commande: ,\nobjectifs: }\n", ""),
        ("travail: {realise: Trois ateliers.}\n", "travail: {realise: Trois ateliers.}\n"),
    ],
)
def test_what_a_person_wrote_of_a_report_that_came_stays(empty: str, left: str) -> None:
    schema = demonstration().corpus.kinds["rapport-final"].schema
    text = "date: 2026-07-09 # reçu ce jour\nfichier: recus/rapport.docx\n"
    assert relieved(text + empty, instead(), schema) == text + left
    written_here = "date: 2026-07-09\n" + empty
    assert relieved(written_here, instead(), schema) == written_here
