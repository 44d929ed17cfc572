"""A paper judged as `dla receive` judges it, and how many of its points are told rightly."""

from collections import Counter
from collections.abc import Iterator
from functools import cache

from dla_docs.check.facts import Facts
from dla_docs.documents.documents import BLANK
from dla_docs.flow import choose
from dla_docs.judge.expected import expected_of
from dla_docs.judge.judge import Judgement, judged
from dla_docs.judge.verdict import State
from dla_docs.reading.read import read_file
from dla_docs.select import Request
from tests.judge.written import Paper, papers
from tests.scenes import JOUR, demonstration

SCOPE = "2025-007/orientations-strategiques"
FOLDERS = {"proposition": "propositions", "rapport-final": "rapports"}
TYPES = {"proposition": "trame-proposition", "rapport-final": "rapport-final"}


@cache
def judgement(paper: Paper, kind: str) -> Judgement:
    """What a paper shows, for the mission of the demonstration that it answers."""
    examined = demonstration()
    choices = choose(Request((SCOPE,), (TYPES[kind],), variant=BLANK), examined)
    document = next(c.document for c in choices if c.document.type.retour is not None)
    expected = expected_of(Facts(document.scope, examined.corpus, JOUR), document, kind, "alidade")
    return judged(read_file(paper.content()), kind, expected)


def states(paper: Paper, kind: str) -> dict[str, State]:
    """The state of each point; one that nothing is said of is absent."""
    said = {point.name: point.state for point in judgement(paper, kind).points}
    return said if "intervenants.age" in said or kind != "proposition" else {
        **said, "intervenants.age": State.ABSENT,
    }  # fmt: skip


def outcomes(paper: Paper, kind: str) -> Iterator[tuple[str, str]]:
    """Each point with how it is told: right, missed, wrongly found, or left to a person."""
    for name, state in states(paper, kind).items():
        there = name not in paper.absent
        if name in paper.partly:
            yield name, "juste" if state is State.DOUBTFUL else f"partiel dit {state}"
        elif state is State.DOUBTFUL:
            yield name, "présent, laissé" if there else "absent, laissé"
        elif there:
            yield name, "juste" if state is State.PRESENT else "manqué"
        else:
            yield name, "juste" if state is State.ABSENT else "trouvé à tort"


def counts(kind: str) -> Counter[str]:
    """How many points of all the papers of a kind are told in each way."""
    return Counter(told for paper in papers(FOLDERS[kind]) for _, told in outcomes(paper, kind))
