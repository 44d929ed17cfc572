"""The YAML files of the data: anything at all is read, or told; check says it and goes on."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from dla_docs.flow import examine
from dla_docs.load.yaml_reader import ILLEGAL_IN_XML, Source, parse
from dla_docs.model.findings import Finding
from dla_docs.model.workspace import Workspace
from dla_docs.report.text import findings_lines
from tests.fuzz.fuzzing import fuzzed
from tests.fuzz.grammars import deep, repeated, spoilt, texts, yamls
from tests.scenes import JOUR, ROOT, copy_dossier

DOSSIER = "2025-003-calades-jabron"
MISSION = f"{DOSSIER}/ingenieries/bilan-organisation-finances"
FILES = (
    f"{DOSSIER}/dossier.yaml",
    f"{DOSSIER}/diagnostic.yaml",
    f"{MISSION}/cahier-des-charges.yaml",
    f"{MISSION}/convention.yaml",
    f"{MISSION}/realisation.yaml",
    "structures/calades-jabron.yaml",
)
written = (yamls | deep | repeated).map(lambda text: text.encode("utf-8", "surrogatepass"))
real = spoilt(st.sampled_from([(ROOT / "dossiers" / name).read_bytes() for name in FILES]))


def values(data: Any) -> Iterator[Any]:
    """Every key and every value."""
    yield data
    if isinstance(data, dict):
        for key, inner in data.items():
            yield str(key) if isinstance(key, str) else object()
            yield from values(inner)
    elif isinstance(data, list):
        for inner in data:
            yield from values(inner)


def in_place(finding: Finding) -> bool:
    return bool(finding.message) and min(finding.line, finding.column) >= 1


def sound(source: Source) -> bool:
    plain = (dict, list, str, int, Decimal, type(None))
    found = list(values(source.data))
    texts = "".join(value for value in found if isinstance(value, str))
    return all(isinstance(value, plain) for value in found) and not ILLEGAL_IN_XML.search(texts)


@fuzzed(written | st.binary(max_size=40) | real, 180)
def test_lecture_du_yaml(case: bytes) -> None:
    source = parse("dossiers/x.yaml", case)
    assert sound(source)
    assert all(map(in_place, source.faults))


@pytest.fixture(scope="module")
def espace_lu(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_dossier(tmp_path_factory.mktemp("yaml") / "espace")


fields = st.builds(
    lambda name, line, text: (name, line, text),
    st.sampled_from(FILES),
    st.integers(0, 60),
    yamls | texts,
)


@fuzzed(fields, 15, seconds=5)
def test_controle_d_un_fichier(case: tuple[str, int, str], espace_lu: Path) -> None:
    name, rank, text = case
    path = espace_lu / "dossiers" / name
    whole = path.read_bytes()
    lines = whole.decode().split("\n")
    key, colon, _ = lines[rank % len(lines)].partition(":")
    lines[rank % len(lines)] = f"{key}{colon or ':'} {text}"
    try:
        path.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
        examined = examine(Workspace(espace_lu), JOUR)
    finally:
        path.write_bytes(whole)
    assert all(map(in_place, examined.findings))
    assert findings_lines(examined.findings, examined)
