"""Machines that would find or make something else are refused, in words that say what to do."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from dla_docs.cluster.same import Place, place, refuse_others, refuse_versions
from dla_docs.model.errors import EngineError
from tests.scenes import copy_dossier

OURS = Place("posix", "programme", "contenu")
THERE = "tcp://10.0.0.2:4040"


@pytest.mark.parametrize(
    ("theirs", "told"),
    [
        ({"system": "nt"}, "un autre système"),
        ({"program": "autre"}, "une autre version de dla, de Python"),
        ({"content": ""}, "sans voir l’espace de travail /commun/dla"),
        ({"content": "autre"}, "un autre état de l’espace de travail /commun/dla"),
    ],
)
def test_what_differs_is_told_with_the_machine(theirs: Mapping[str, str], told: str) -> None:
    others = {"tcp://10.0.0.1:4040": OURS, THERE: replace(OURS, **theirs)}
    with pytest.raises(EngineError) as caught:
        refuse_others(OURS, others, "/commun/dla")
    assert told in caught.value.message
    assert caught.value.message.endswith(f"({THERE})")


def test_a_machine_without_dla_is_refused_before_anything_is_sent_to_it() -> None:
    def has(version: str | None) -> dict[str, dict[str, str | None]]:
        return {"packages": {"dask": "2026.8", "dla_docs": version}}

    names = ("dask", "dla_docs")
    refuse_versions(has("0.1.0"), {THERE: has("0.1.0")}, names)
    with pytest.raises(EngineError, match="1 machine de la grappe travaille sans dla"):
        refuse_versions(has("0.1.0"), {THERE: has(None)}, names)


def test_a_place_is_known_by_what_its_files_hold(tmp_path: Path) -> None:
    one, other = (copy_dossier(tmp_path / name) for name in ("une", "autre"))
    assert place(str(one)) == place(str(other))
    with (other / "dossiers" / "territoire.yaml").open("a", encoding="utf-8") as file:
        file.write("# une ligne de plus\n")
    assert place(str(one)).content != place(str(other)).content
    assert place(str(tmp_path / "rien")).content == ""
