"""ajv, the validator of most web tools, reads our schemas in strict mode."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from dla_docs.model.resources import package_data
from tests.clients.installation import TOOLS, program

pytestmark = pytest.mark.clients


def compiled(schemas: Path) -> Any:
    script = Path(__file__).with_name("ajv.cjs")
    command = [program("node"), script, TOOLS / "node_modules", schemas]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    return json.loads(done.stdout)


def test_ajv_compiles_every_schema_in_strict_mode() -> None:
    found = compiled(package_data("schemas"))
    assert found["refused"] == {}
    assert found["count"] >= 37


def test_a_word_that_the_vocabulary_does_not_declare_is_refused(tmp_path: Path) -> None:
    shutil.copytree(package_data("schemas"), tmp_path / "schemas")
    path = tmp_path / "schemas" / "choix.schema.json"
    text = path.read_text(encoding="utf-8").replace('"x-emplacement"', '"x-emplacment"')
    path.write_text(text, encoding="utf-8")
    assert list(compiled(tmp_path / "schemas")["refused"]) == ["choix.schema.json"]
