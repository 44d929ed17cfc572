"""What an entry of the table of sources may lead to, and how the reference names each.

A target is a document (`convention`), one of its sections (`convention#objet`), a rule
(`R-CVT-01`), a datum (`convention.objet`), a figure of the bilan (`chiffre accueils`), a command
with or without an option (`dla list prestataires --zone`), or a page
(`docs/guides/confidentialite.md`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dla_docs.check.rules import Rule, load_rules
from dla_docs.documents.manifests import load_types
from dla_docs.documents.types import DocumentType
from dla_docs.gather.countings import Counting, load_countings
from dla_docs.gather.tables import load_tables
from dla_docs.model.paths import Path as DataPath
from dla_docs.model.resources import package_data
from dla_docs.model.schemas import Kind, load_kinds
from dla_docs.model.workspace import Workspace

SECTION = " : "
"""What parts the link of a document and the section of it."""
FIGURES = "../guides/tableaux-et-chiffres.md"


@dataclass(frozen=True)
class Targets:
    """All that a target may name.

    `commands` is the group of the command line, `root` the checkout.
    """

    types: Mapping[str, DocumentType]
    rules: Mapping[str, Rule]
    kinds: Mapping[str, Kind]
    figures: Mapping[str, Counting]
    commands: Any
    root: Path

    @classmethod
    def of(cls, workspace: Workspace, commands: Any) -> "Targets":
        """Those of a workspace and of the checkout it is in."""
        kinds = load_kinds(workspace)
        types, rules = load_types(workspace, kinds), load_rules(workspace, kinds)
        figures = load_countings(workspace, load_tables(workspace, kinds))
        return cls(types, rules, kinds, figures, commands, package_data("schemas").parent)

    def link(self, target: str) -> str | None:
        """A target as the page shows it, linked to its reference; None for what does not exist."""
        if target.startswith("R-"):
            return f"[{target}](regles.md#{target.lower()})" if target in self.rules else None
        if target.startswith("dla "):
            return self._command(target)
        if target.startswith("chiffre "):
            return self._figure(target.removeprefix("chiffre "))
        if target.endswith(".md"):
            return self._page(target)
        return self._datum(target) if "." in target else self._document(target)

    def _document(self, target: str) -> str | None:
        name, _, section = target.partition("#")
        kind = self.types.get(name)
        titles = {one.id: one.titre for one in kind.sections} if kind else {}
        if kind is None or (section and section not in titles):
            return None
        told = f"{SECTION}« {titles[section]} »" if section else ""
        return f"[{kind.titre}](documents.md#{name}){told}"

    def _datum(self, target: str) -> str | None:
        try:
            path = DataPath.parse(target)
        except ValueError:
            return None
        kind = self.kinds.get(path.part)
        known = kind is not None and path.of_schema(kind.schema) is not None
        return f"[`{target}`](donnees.md#{path.part})" if known else None

    def _figure(self, name: str) -> str | None:
        told = self.figures.get(name)
        return f"[chiffre]({FIGURES}) « {told.title} »" if told else None

    def _command(self, target: str) -> str | None:
        words, _, option = target.partition(" --")
        command = self.commands
        for word in words.split()[1:]:
            command = command.get_command(None, word) if hasattr(command, "commands") else None
            if command is None:
                return None
        known = {name for one in command.params for name in one.opts}
        if option and f"--{option}" not in known:
            return None
        return f"[`{target}`](commandes.md#{words.replace(' ', '-')})"

    def _page(self, target: str) -> str | None:
        path = self.root / target
        if not path.is_file():
            return None
        title = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
        # The page is in docs/reference/.
        inside = target.removeprefix("docs/")
        return f"[{title}](../{inside if inside != target else f'../{target}'})"
