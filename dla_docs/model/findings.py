"""Findings: faults in the user's data, as data.

A finding never stops the program: all are collected, sorted by place, and shown or counted by
whoever asked. Codes are those of the rules (`R-CDC-01`) or of the schemas (`S-REQUIS`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from pathlib import PurePosixPath

from dla_docs.model.accounts import unbanked

Words = tuple[str, str]
"""What is said of a fault: what is wrong, what to do."""

Pointer = tuple[str | int, ...]
"""Where a datum is in its file: `("reponse", "date_limite")`, `("livrables", 0, "libelle")`."""


Written = str | int | Decimal | bool
"""A value on one line of a file."""


@dataclass(frozen=True)
class Cure:
    """What mends a fault for certain: a value to write at a place, or the name a key takes there.

    `former`: what must still be there, the value or, for a `key`, its present name. `region`: the
    line and the column where it starts and, past its last character, where it ends.
    """

    steps: Pointer
    former: Written
    region: tuple[int, int, int, int]
    value: Written = ""
    key: str = ""


class Severity(StrEnum):
    """How much a finding matters; the names are those people read."""

    ERREUR = "erreur"
    ALERTE = "alerte"
    INFO = "info"


@dataclass(frozen=True)
class Finding:
    """One fault, and all that a person or a tool needs to mend it.

    `path` is relative to the workspace, with `/`; `line` and `column` count from 1. `pointer`
    is the datum at fault, absent or not. `also` lists other rules broken by the same cause, and
    `milder` those of them that are no error by themselves: they forbid nothing.
    What is only `late` is never worse than an alerte. `elsewhere`: other files with that fault.
    A `condition` of its schema is about well-formed data: a rule broken, not a fault of form.

    `cure`: what mends it without a person, where nothing else may be meant.
    `public`: words for whoever may not see the data, that hold none of them; who makes a finding
    and gives none has it told by the title of its code. A `veiled` finding is told by them.
    """

    code: str
    severity: Severity
    message: str
    path: str
    line: int = 1
    column: int = 1
    hint: str = ""
    source: str = ""
    pointer: Pointer = ()
    also: tuple[str, ...] = ()
    late: bool = False
    elsewhere: tuple[str, ...] = ()
    condition: bool = False
    milder: tuple[str, ...] = ()
    public: Words = ("", "")
    cure: Cure | None = None
    veiled: bool = False

    @property
    def told(self) -> Words:
        """What may be said of it, account numbers hidden: every report says this and no more."""
        return self.public if self.veiled else (unbanked(self.message), unbanked(self.hint))

    @property
    def codes(self) -> tuple[str, ...]:
        """Every rule this finding is a breach of."""
        return (self.code, *self.also)

    @property
    def errors(self) -> tuple[str, ...]:
        """The rules of which this finding is an error: none once it is less as a whole."""
        if self.severity is not Severity.ERREUR:
            return ()
        return tuple(code for code in self.codes if code not in self.milder)

    @property
    def missing_file(self) -> str:
        """The file whose absence is told at one that needs it; empty for any other fault."""
        name = str(self.pointer[0]) if len(self.pointer) == 1 else ""
        # A proposition calls for a file of its ingénierie, one folder above.
        folder = PurePosixPath(self.path.replace("/propositions/", "/")).parent
        return f"{folder}/{name}" if name.endswith(".yaml") else ""


GRAVEST = tuple(Severity)
"""The severities, the gravest first, which is the order they are declared in."""


def gravity(finding: Finding) -> int:
    """A sorting key: the gravest first.

    An error behind an alerte would let a false document out.
    """
    return GRAVEST.index(finding.severity)


def told_together(findings: Iterable[Finding]) -> Finding:
    """Several findings of one cause as one: the gravest, with the codes of the others beside.

    A code that is an error in one of them is no milder for being less in another.
    """
    first, *others = sorted(findings, key=gravity)
    codes = dict.fromkeys(code for one in (first, *others) for code in one.codes)
    errors = {c for f in (first, *others) for c in f.errors}
    also = tuple(code for code in codes if code != first.code)
    milder = tuple(code for code in also if code not in errors)
    cure = next((one.cure for one in (first, *others) if one.cure), None)
    return replace(first, also=also, milder=milder, cure=cure)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort by place and keep one finding for a fault found twice (same file, datum and code)."""
    unique = {(f.path, f.pointer, f.line, f.column, f.code): f for f in findings}
    return tuple(sorted(unique.values(), key=lambda f: (f.path, f.line, f.column, f.code)))


class Refused(Exception):
    """A document that owes more than it holds: `findings` say what it lacks."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings)
        self.findings = findings
