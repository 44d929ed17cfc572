"""What `render` need not make, since it lies as it would be made: units whole, and documents."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from dla_docs.check.standing import Choice, State
from dla_docs.disk.cache import own_key
from dla_docs.documents.documents import Document
from dla_docs.gather.gather import Gathered
from dla_docs.memory.documents import Documents
from dla_docs.produced import Outcome, places_of, recipes
from dla_docs.select import Request
from dla_docs.workshop import Known, Made, wanted_of


def lying_among(
    units: Iterable[str], request: Request, before: Documents, output: Path
) -> dict[str, tuple[Path, ...]]:
    """The units that would give a request the files that lie in the output folder, and these."""
    found: dict[str, tuple[Path, ...]] = {}
    for unit in units:
        files = before.lying(unit, _asked(request))
        if (
            files is not None
            and recipes({name: name for name in files}, output, own_key()) == files
        ):
            found[unit] = tuple(output / name for name in files)
    return found


def spared_among(
    begun: Sequence[Choice],
    request: Request,
    before: Documents,
    known: Known,
    counted: Gathered | None,
) -> dict[int, Made]:
    """The documents that lie as they would be made in all formats asked for, by their rank."""
    spared: dict[int, Made] = {}
    for rank, choice in enumerate(begun):
        document, wanted = choice.document, wanted_of(choice.document, request.formats)
        recipe = before.recipe(document, counted)
        if recipe and not choice.reasons:
            there = known(document).recipes
            if all(there.get(name) == recipe for name in wanted):
                spared[rank] = Made(recipe=recipe, same=wanted)
    return spared


class Notes:
    """The files that each unit gives a request, noted as they are written, for the next time."""

    def __init__(
        self,
        before: Documents,
        request: Request,
        units: Collection[str],
        choices: Iterable[Choice],
    ) -> None:
        self._before, self._request = before, request
        self._files: dict[str, dict[str, str]] = {unit: {} for unit in units}
        for choice in choices:
            # Who asks for its type is told each time that it was received.
            if request.types and choice.state is State.RECEIVED:
                self.lacks(choice.document)

    def take(self, document: Document, outcome: Outcome, recipe: str) -> None:
        """Note the files of a document. What counts all dossiers comes from more than its unit."""
        wanted, files = wanted_of(document, self._request.formats), self._files
        is_whole = len(outcome.written) == len(wanted) and not document.type.rassemble
        if not is_whole or not recipe:
            self.lacks(document)
        elif document.scope.unit in files:
            places = places_of(document, wanted).values()
            files[document.scope.unit] |= dict.fromkeys(places, recipe)

    def lacks(self, document: Document) -> None:
        """A unit that has not given all is to be seen the next time."""
        self._files.pop(document.scope.unit, None)

    def keep(self) -> None:
        """Keep what was noted."""
        for unit, files in self._files.items():
            self._before.lie(unit, _asked(self._request), files)


def _asked(request: Request) -> str:
    """What tells a request from all others, about the same units."""
    return repr((request.types, request.formats, request.variant))
