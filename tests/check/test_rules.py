"""Every rule of the dispositif, played on the demonstration workspace from its own record."""

from pathlib import Path

import pytest

from dla_docs.flow import choose, examine, render
from dla_docs.model.findings import Finding
from dla_docs.model.resources import package_data
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request, State
from dla_docs.workshop import here
from tests.check.cases import DISCLOSED, PLAYED, RECORDS, TYPES, Scene, changed, played
from tests.scenes import JOUR


@pytest.mark.campagne
@pytest.mark.parametrize("code", PLAYED)
def test_a_broken_rule_is_told_once_with_its_source_and_blocks_what_it_says(
    code: str, espace_entier: Path
) -> None:
    valid, faulty = played(espace_entier, code, "valide"), played(espace_entier, code, "fautif")
    assert_told_once(code, valid, faulty)
    assert_sourced(code, faulty)
    assert_blocking(code, faulty)


def assert_told_once(code: str, valid: Scene, faulty: Scene) -> None:
    """What is valid has no finding of the rule, what is faulty has one more and no other."""
    assert [f for f in valid.findings if code in f.codes] == []
    ((_, codes, severity, _), count), *others = (faulty.told - valid.told).items()
    assert others == []
    assert (1, RECORDS[code]["gravite"]) == (count, severity)
    assert code in codes.split()


def assert_sourced(code: str, faulty: Scene) -> None:
    (source,) = {f.source for f in faulty.findings if f.code == code} or {RECORDS[code]["source"]}
    assert RECORDS[code]["source"] == source


def assert_blocking(code: str, faulty: Scene) -> None:
    """What the rule blocks is refused, and else only what owes the thing itself."""
    blocked, refused = set(RECORDS[code].get("bloque", ())) & TYPES, faulty.stopped
    assert set() == blocked - set(refused)
    assert all(owed(kind, refused[kind]) for kind in set(refused) - blocked)
    assert any(choice.state is State.READY for choice in faulty.choices)


def owed(kind: str, refused: list[Finding]) -> bool:
    """Whether a type is refused for what its own manifest owes, whatever the rule blocks."""
    manifest = (package_data("templates") / kind / "document.yaml").read_text(encoding="utf-8")
    return all(any(code in manifest for code in finding.codes) for finding in refused)


@pytest.mark.parametrize("code", DISCLOSED)
def test_a_template_that_discloses_is_faulty(code: str, espace: Path) -> None:
    examined = examine(Workspace(changed(espace, code, "fautif")), JOUR)
    request = Request(types=tuple(RECORDS[code]["fautif"]["lignes"]), formats=("html",))
    outcomes = list(render(choose(request, examined), request, examined, espace / "sortie", here))
    assert outcomes
    assert all(o.failure and code in o.failure.message for o in outcomes)
    assert not any(o.written for o in outcomes)
