"""What the structures said of a prestataire's past missions: counts and means, by question.

The fiche follows its prestataire from one operator to another. The mean of few answers would tell
what one structure answered: under `evaluations_minimum` structures it is not given, question by
question, since a question may be left without an answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dla_docs.context.surveys import themes
from dla_docs.context.tallied import Row
from dla_docs.context.views import Lens, TemplateFault
from dla_docs.documents.documents import Document
from dla_docs.gather.counted import every
from dla_docs.gather.gather import Gathered
from dla_docs.load.references import parameter

MISSIONS, SURVEYS = "ingenieries", "enquetes"
"""The tables of the missions and of the surveys about them."""
MAKERS = "prestataires"
"""The column of both that names who carried the mission: those of its convention."""


@dataclass(frozen=True)
class Question:
    """A question: how many answered it; the mean of 1 to 5, None under the least of answers."""

    titre: str
    reponses: int
    moyenne: Decimal | None


@dataclass(frozen=True)
class Quote:
    """What someone wrote and agreed to see quoted; `nom` is the one they gave, None without."""

    texte: str
    nom: str | None
    jour: date


@dataclass(frozen=True)
class PastMissions:
    """The missions of a prestataire by a day, and what was answered of them.

    `terminees`: those whose restitution was held. `envoyees`: a survey goes to each structure of
    each mission. `minimum`: the answers that a mean needs.
    """

    missions: int
    terminees: int
    envoyees: int
    reponses: int
    questions: tuple[Question, ...]
    paroles: tuple[Quote, ...]
    minimum: int


def evaluated(document: Document, lens: Lens, gathered: Gathered) -> PastMissions:
    """`evaluations()`: those of the prestataire that the document is about, on its day.

    Raises TemplateFault where it is about no prestataire, or where a reader may not see the notes.
    """
    if document.scope.level != "prestataire":
        raise TemplateFault("« evaluations » se lit dans un document de portée « prestataire »")
    name = document.scope.name

    def of(table: str, since: str) -> dict[Row, Any]:
        """The lines of a table that name the prestataire, of what had begun, and the structures."""
        lines = {
            Row(gathered.tables[table], line, lens.audience): line.values["structures"]
            for line in gathered.lines[table]
        }
        return {
            row: who
            for row, who in lines.items()
            if name in every(row[MAKERS]) and _by(row, since, lens.day)
        }

    missions, surveys = of(MISSIONS, "convention"), of(SURVEYS, "envoi")
    answered = {row: who for row, who in surveys.items() if _by(row, "reponse", lens.day)}
    least = int(parameter(lens.corpus, "evaluations_minimum"))
    schema = lens.corpus.kinds["evaluation"].schema
    return PastMissions(
        len(missions),
        sum(_by(row, "restitution", lens.day) for row in missions),
        len(surveys),
        len(answered),
        tuple(_questions(schema, answered, least)),
        tuple(quote for row in answered for quote in _quotes(row)),
        least,
    )


def _by(row: Row, column: str, day: date) -> bool:
    """Whether what a column dates had come by a day."""
    return any(came <= day for came in every(row[column]))


def _questions(
    schema: Mapping[str, Any], answered: Mapping[Row, Any], least: int
) -> Iterator[Question]:
    keys = [theme.cle for theme in themes(schema, "beneficiaires")]
    noted = [{key: row[key] for key in keys} for row in answered]
    for theme in themes(schema, "beneficiaires", noted):
        given = sum(note is not None for note in theme.notes)
        # A structure that answered of three missions is one: their mean would be its own.
        noting = zip(theme.notes, answered.values(), strict=True)
        told_by = {every(who) for note, who in noting if note is not None}
        mean = theme.moyenne if len(told_by) >= least else None
        yield Question(theme.titre, given, mean)


def _quotes(row: Row) -> Iterator[Quote]:
    # A row raises on what its author did not agree to see quoted: the agreement is read first.
    if not row["citation"]:
        return
    for text in every(row["temoignages"]):
        yield Quote(str(text), row["nom_citation"], row["reponse"])
