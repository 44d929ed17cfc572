"""Where documents are made: apart, in a process with limits, or here, for who trusts the workspace.

What a process was making when it ended is one failure, in French; what it had made before is kept,
and the formats that follow are made by another.
"""

from collections.abc import Callable, Collection, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from dla_docs.check.examined import Examined
from dla_docs.check.standing import Choice
from dla_docs.confined.crew import Hire, Member, in_order, processes
from dla_docs.documents.documents import Document
from dla_docs.documents.lying import Lying
from dla_docs.model.errors import DlaError, EngineError
from dla_docs.model.findings import Finding, Refused

Results = Iterator[tuple[str, bytes | DlaError | None]]
"""What `make.make` yields: what the document is under an empty name, then each format."""


@dataclass(frozen=True)
class Made:
    """One document: its files by format and its empreinte; or what refuses it; or what failed.

    With files and a failure, some of its formats are not there. `same`: the formats that lie in
    their place as they would be made, and are not. `recipe`: see `formats/recipe.py`; `text`: the
    digest of what its template gave.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    empreinte: str = ""
    recipe: str = ""
    text: str = ""
    same: tuple[str, ...] = ()
    refused: tuple[Finding, ...] = ()
    failure: DlaError | None = None


Known = Callable[[Document], Lying]
"""What is known of a document before it is made."""
Making = Callable[[Examined, tuple[Choice, ...], Collection[str], Known], Generator[Made]]
"""Each document chosen that nothing forbids, in order, in the formats asked for, or in all."""


def nothing_known(document: Document) -> Lying:
    """What is said of a document whose files are wanted, wherever they may lie already."""
    return Lying()


def apart(
    examined: Examined,
    choices: tuple[Choice, ...],
    formats: Collection[str],
    known: Known,
    jobs: int | None = None,
    hire: Hire = processes,
) -> Generator[Made]:
    """Each document, in a process that may neither last nor swell, replaced when it dies.

    `jobs`: how many processes share them, as many as cores unless it is said. `hire`: whose.
    """

    def made(process: Member, rank: int) -> Made:
        wanted, there = wanted_of(choices[rank].document, formats), known(choices[rank].document)
        with process.patience.piece():
            made = _made(wanted, lambda left: process.do("dla_docs.make:make", rank, left, there))
            if isinstance(made.failure, EngineError):
                process.patience.lose()
        return made

    crew = hire(len(choices), jobs, "dla_docs.make:bench", examined, choices)
    return in_order(crew, len(choices), made)


def here(
    examined: Examined, choices: tuple[Choice, ...], formats: Collection[str], known: Known
) -> Generator[Made]:
    """Each document, in this process: for the tools and tests of a workspace that is ours."""
    # Here alone: engines and formats take a third of a second that most commands need not wait.
    from dla_docs.make import bench, make

    on = bench(examined, choices)
    try:
        for rank, choice in enumerate(choices):
            wanted = wanted_of(choice.document, formats)
            yield _made(wanted, partial(make, on, rank, known=known(choice.document)))
    finally:
        on.engines.pandoc.close()


def wanted_of(document: Document, formats: Collection[str]) -> tuple[str, ...]:
    """The formats of a document that are asked for, in the order of its type."""
    return tuple(n for n in document.type.formats if not formats or n in formats)


def _made(wanted: tuple[str, ...], make: Callable[[tuple[str, ...]], Results]) -> Made:
    """What the results make of a document.

    After a format that ends the process, what remains is asked for again.
    """
    files: dict[str, bytes | None] = {}
    failures: dict[str, DlaError] = {}
    # Pages last: composing them is what may last, and the others would not be made.
    identity, left = b"  ", tuple(sorted(wanted, key="pdf".__eq__))
    while left:
        settled = False
        try:
            for name, result in make(left):
                settled = True
                if isinstance(result, DlaError):
                    failures[name] = result
                elif name:
                    files[name] = result
                else:
                    identity = result or identity
        except Refused as refusal:
            return Made(refused=refusal.findings)
        except DlaError as failure:
            current = next(n for n in left if n not in files and n not in failures)
            failures[current] = failure
            if not settled:
                # It died before any format: it would again.
                break
        left = tuple(n for n in left if n not in files and n not in failures)
    written = {name: made for name in wanted if (made := files.get(name)) is not None}
    same = tuple(name for name in wanted if name in files and name not in written)
    empreinte, recipe, said = identity.decode().split(" ")
    return Made(written, empreinte, recipe, said, same, failure=_told(failures, bool(files)))


def _told(failures: Mapping[str, DlaError], partial: bool) -> DlaError | None:
    """The first failure, with the formats that are not made where others are."""
    if not failures:
        return None
    first = next(iter(failures.values()))
    if not partial:
        return first
    names = ", ".join(name.upper() for name in failures)
    told = type(first)(f"{names} : {first.message}", first.hint)
    told.__cause__ = first
    return told
