"""What a file names of the others: structures, prestataires, dossiers, items of a list."""

from pathlib import PurePosixPath

from dla_docs.load.yaml_reader import Source
from dla_docs.model.schemas import Kind, marked


def links(source: Source, kind: Kind) -> tuple[tuple[str, str], ...]:
    """The things that a file names; a proposition is named after its prestataire."""
    named = [
        (str(field["x-reference"]), data)
        for _, data, field in marked(source.data, kind.marks)
        if "x-reference" in field and isinstance(data, str)
    ]
    if kind.place == "propositions":
        named.append(("prestataires", PurePosixPath(source.path).stem))
    return tuple(named)
