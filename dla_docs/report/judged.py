"""What `dla receive` says of the points of a document: found, to look at, absent."""

from collections.abc import Iterator, Sequence

from dla_docs.judge.amounts import where
from dla_docs.judge.verdict import State, Verdict
from dla_docs.model.schemas import Schema, field_at
from dla_docs.model.values import NO_BREAK
from dla_docs.model.words import enumeration, number_of, within
from dla_docs.receive.compare import Entry

WIDTH = 60
"""Signs of a passage that are shown on a line."""
_HEADS = {
    State.PRESENT: ("point trouvé", "points trouvés"),
    State.DOUBTFUL: ("point à vérifier dans le document", "points à vérifier dans le document"),
    State.ABSENT: ("point que rien ne montre", "points que rien ne montre"),
}


def point_lines(points: Sequence[Verdict], schema: Schema) -> Iterator[str]:
    """Each point by its title, with where it was read, by state: a person looks at the last two."""
    for state, names in _HEADS.items():
        held = [point for point in points if point.state is state]
        if held:
            yield f"  {number_of(len(held), *names)}{NO_BREAK}:"
            yield from (f"    {_titled(point, schema)}" for point in held)


def _titled(point: Verdict, schema: Schema) -> str:
    title = str(field_at(schema, ("points", *point.name.split("."))).get("title", point.name))
    reason = f"{NO_BREAK}: {point.reason}" if point.reason else ""
    if point.proof is None:
        return f"{title}{reason}"
    said = point.proof.shown
    said = said if len(said) <= WIDTH else f"{said[:WIDTH].rstrip()}…"
    place = where(point.proof)
    quoted = "" if said[: WIDTH // 2] in place else f"«{NO_BREAK}{said}{NO_BREAK}»"
    return f"{title}{reason}  [{', '.join(part for part in (place, quoted) if part)}]"


def checked_lines(entries: Sequence[Entry]) -> Iterator[str]:
    """The points that a form of ours decides: those that are there counted, the others named."""
    states = [e for e in entries if e.place[:1] == ("points",) and e.place[-1] == "etat"]
    if found := sum(entry.value != State.ABSENT.value for entry in states):
        yield f"  Points trouvés{NO_BREAK}: {found} sur {len(states)}."
    absent = [within(entry.origin.label) for entry in states if is_absent(entry)]
    if absent:
        yield f"  Points absents{NO_BREAK}: {enumeration(absent)}."
    doubtful = [within(e.origin.label) for e in states if e.value == State.DOUBTFUL.value]
    if doubtful:
        yield f"  À vérifier parmi eux{NO_BREAK}: {enumeration(doubtful)}."


def is_absent(entry: Entry) -> bool:
    """Whether a value says that a point of a checklist is absent."""
    point = entry.place[:1] == ("points",) and entry.place[-1:] == ("etat",)
    return point and entry.value == State.ABSENT.value
