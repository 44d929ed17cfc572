"""A document made again by a workspace that may say it has no end."""

import time
from collections.abc import Iterator
from datetime import date

from dla_docs.engines.pandoc import Pandoc
from dla_docs.follow import remake
from dla_docs.model.workspace import Workspace
from dla_docs.tree.fingerprint import Signature

ENDLESS = "sans-fin.md"


def make_again(
    pandoc: Pandoc, signature: Signature, format: str, workspace: Workspace, day: date
) -> Iterator[tuple[bytes, tuple[str, ...]] | str]:
    if (workspace.root / "dossiers" / ENDLESS).exists():
        time.sleep(600)
    yield from remake.make_again(pandoc, signature, format, workspace, day)
