"""What starts a workspace (`dla init`): its first files, as paths and contents.

Nothing is written here: `disk/writing.py` does, and never over what a person has written.
"""

import json
from pathlib import PurePosixPath
from typing import Any

from dla_docs.create.requirement import requirement
from dla_docs.create.skeleton import skeleton
from dla_docs.disk.listing import walk
from dla_docs.disk.reading import read_ours
from dla_docs.load.places import SCHEMAS, modeline, pattern
from dla_docs.load.yaml_reader import parse
from dla_docs.model.resources import package_data
from dla_docs.model.schemas import SUFFIX, load_kinds, owed_keys
from dla_docs.model.words import filled
from dla_docs.model.workspace import MARKER, Workspace

EDITOR = {
    # Nothing is to be fetched: an editor that goes to the network stops validating without it.
    "yaml.schemaStore.enable": False,
    "yaml.kubernetesCRDStore.enable": False,
    "[yaml]": {"editor.tabSize": 2, "editor.insertSpaces": True, "files.encoding": "utf8"},
}
"""Settings of the editor beside the schemas."""

BROKEN = frozenset({"required", "enum", "const", "contains", "pattern", "type", "format"})
"""Keywords of which the language server tells the `errorMessage` (read in its source, 1.25)."""


def initial_files(workspace: Workspace) -> dict[PurePosixPath, bytes]:
    """Every file of a new workspace but the schemas: data, logos, git, editor and CI settings."""
    folder = package_data("templates") / "_espace"
    kinds = load_kinds(workspace)
    files: dict[PurePosixPath, bytes] = {}
    installed = f'DLA: "{requirement()}"'.encode()
    for top in (folder / "fichiers", folder / "ci"):
        # `.gitignore` and `.github/` are of them.
        for name in sorted(walk(top, (top,), skipped=lambda name: False).files):
            content = read_ours(top / name).replace(b'DLA: "dla-docs"', installed)
            files[PurePosixPath(name)] = content
    example = parse("territoire.yaml", read_ours(folder / "territoire.yaml")).data
    territory = kinds["territoire"]
    marker = PurePosixPath(MARKER.as_posix())
    # No name of a record can be given yet.
    text = skeleton(territory.schema, example, modeline(territory, marker), lambda target: ())
    schemas = {f"./{SCHEMAS}/{kind.name}{SUFFIX}": pattern(kind) for kind in kinds.values()}
    return {
        marker: text.encode(),
        **files,
        PurePosixPath(".vscode/settings.json"): _json({"yaml.schemas": schemas, **EDITOR}),
        PurePosixPath(".vscode/extensions.json"): _json(
            {"recommendations": ["redhat.vscode-yaml"]}
        ),
    }


def schema_files(workspace: Workspace) -> dict[PurePosixPath, bytes]:
    """The schemas of the data, the package's and the workspace's own, as editors read them.

    No `$ref` is left: beside one, the YAML language server shows the title and description of the
    fragment, not those of the field (measured, 1.25).
    """
    return {
        SCHEMAS / f"{kind.name}{SUFFIX}": _json(_with_messages(kind.schema))
        for kind in load_kinds(workspace).values()
    }


def _with_messages(node: Any, message: str = "") -> Any:
    """A schema whose conditions say their message in the editor too.

    The language server reads `errorMessage` (a word of its own), beside the keyword that breaks
    only: each subschema of a condition has it. What a placeholder stands for is left out.
    """
    if isinstance(node, list):
        return [_with_messages(inner, message) for inner in node]
    if not isinstance(node, dict):
        return node
    message = filled(node.get("x-message", message), lambda name: "…")
    shown = {"errorMessage": message} if message and not BROKEN.isdisjoint(node) else {}
    if isinstance(node.get("properties"), dict) and isinstance(node.get("required"), list):
        # An editor calculates nothing: what may be left out is not missing there.
        node = {**node, "required": list(owed_keys(node))}
    return {key: _with_messages(inner, message) for key, inner in node.items()} | shown


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
