"""The faults of form, `S-…`: records of `schemas/formes.yaml`, as rules have theirs.

For `dla explain`, the reference pages and SARIF: what each means, what to do, an example right and
one wrong. Our code raises them, so that a workspace has none of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dla_docs.model.findings import Severity
from dla_docs.model.resources import package_data
from dla_docs.model.schemas import load_kind
from dla_docs.validate.validate import read_checked


@dataclass(frozen=True)
class Form:
    """A code of form. `juste` and `faux` are passages of `fichier`, a kind of data file."""

    code: str
    titre: str
    conseil: str
    fichier: str
    juste: str
    faux: str
    gravite: Severity

    @property
    def blocks(self) -> bool:
        """Whether it forbids the documents made from that file."""
        return self.gravite is Severity.ERREUR


def load_forms() -> dict[str, Form]:
    """Every code of form with its record, in the order of the file."""
    folder = package_data("schemas")
    forms = load_kind("forme")
    records = read_checked(folder / "formes.yaml", forms, (folder,)).data
    return {code: _form(code, record) for code, record in records.items()}


def _form(code: str, record: Mapping[str, str]) -> Form:
    severity = Severity(record.get("gravite", Severity.ERREUR))
    texts = {key: text for key, text in record.items() if key != "gravite"}
    return Form(code=code, gravite=severity, **texts)
