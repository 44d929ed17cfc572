"""What the package gives to every workspace, read once by each process of the tests.

A workspace without schemas or templates of its own is read on the package's alone: reading them
again is half of an examination of one dossier, and tests make a thousand of them. A workspace that
has its own reads everything, as the program always does; so do the tests of the wheel.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest

from dla_docs.check import examined
from dla_docs.model.resources import package_data
from dla_docs.model.workspace import Workspace

READERS = ("load_kinds", "load_types", "load_rules")
"""What `prepare` reads of schemas and templates; types and rules are bound to the kinds read."""


def of_the_package(workspace: Workspace) -> bool:
    folders = (*workspace.schema_folders, *workspace.template_folders)
    return folders == (package_data("schemas"), package_data("templates"))


@contextmanager
def read_once() -> Iterator[None]:
    """Share what `prepare` reads of the package between examinations."""
    kept: dict[str, Any] = {}

    def read(name: str, reader: Callable[..., Any], workspace: Workspace, *rest: Any) -> Any:
        if not of_the_package(workspace):
            return reader(workspace, *rest)
        if name not in kept:
            kept[name] = reader(workspace, *rest)
        return kept[name]

    with pytest.MonkeyPatch.context() as patch:
        for name in READERS:
            patch.setattr(examined, name, partial(read, name, getattr(examined, name)))
        yield
