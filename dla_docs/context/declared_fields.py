"""What a template may print of the schemas themselves: the fields of a datum, the choices of one.

A document that says what is expected of its readers says it from the same declaration as the forms
and the checks.
"""

from dla_docs.context.points import Point
from dla_docs.context.views import TemplateFault
from dla_docs.load.corpus import Corpus
from dla_docs.load.places import field_of
from dla_docs.model.paths import Path
from dla_docs.model.schemas import fields


def declared(corpus: Corpus, path: object) -> tuple[Point, ...]:
    """`prevus('evaluation.prestataire.notes')`: the fields of a datum, or the choices of a code.

    In the order of the schema. Raises TemplateFault for a path that leads to neither.
    """
    try:
        field = field_of(Path.parse(path), corpus.kinds) if isinstance(path, str) else None
    except ValueError:
        field = None
    labels = (field or {}).get("x-libelles", {})
    # A code that may also be a word of the territory has labels, and no closed list.
    if choices := (field or {}).get("enum", labels):
        return tuple(Point(str(one), str(labels.get(one, one)), "") for one in choices)
    points = tuple(
        Point(key, str(one.get("title", key)), str(one.get("description", "")))
        for key, one in fields(field or {})
    )
    if not points:
        raise TemplateFault(
            "« prevus » attend, entre guillemets, le nom d’une donnée qui a des champs ou des choix"
        )
    return points
