"""`git status` and « nothing to do »: how long it takes to see that all is as it was.

The program that everyone who keeps texts calls fast looks at the same tree, kept in git.
"""

import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.commands import dla, peak, run
from benchmarks.generate import generate
from benchmarks.measure import Cost, Work, cost_of, paired
from benchmarks.ours import Desk
from benchmarks.results import Line

DOSSIERS, DEMONSTRATION = 1_000, 6
"""The documents of a thousand dossiers would take an hour: those of the demonstration are made."""
SECONDS = 40.0
OWN = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
"""No hook, no monitor of files that this machine may have."""
_CHANGED, _WORD, _OTHER = "accueil.yaml", "association", "associations"


def checked(desk: Desk) -> Iterator[Line]:
    """`dla check` of a workspace that it has checked already."""
    root = _in_git(desk.folder / "rien", DOSSIERS)
    memory: list[float] = []
    first = cost_of(Work(lambda: memory.append(peak(dla(root, "check")))))
    told = f"le premier dla check de {DOSSIERS} dossiers ({memory[0]:.0f} Mo par processus au plus)"
    yield Line(told, alone=(first,))
    # That first one was the run that does not count.
    again = Work(lambda: run(dla(root, "check")), warm=lambda: None)
    yield Line(
        f"git status, {DOSSIERS} dossiers, contre dla check sans rien à faire",
        paired(again, _status(root), SECONDS, least=1),
    )
    yield Line("dla check après un mot changé", alone=_after_changes(root, "check")[0])


def rendered(desk: Desk) -> Iterator[Line]:
    """`dla render` of a workspace whose documents are there, then after one word has changed."""
    root = _in_git(desk.folder / "documents", DEMONSTRATION)
    first = cost_of(Work(lambda: run(dla(root, "render"))))
    count = len(_dates(root))
    yield Line(f"le premier dla render de la démonstration ({count} fichiers)", alone=(first,))
    yield Line(
        f"git status, {count} fichiers produits, contre dla render sans rien à faire",
        paired(Work(lambda: run(dla(root, "render"))), _status(root), SECONDS / 2),
    )
    costs, made = _after_changes(root, "render")
    yield Line(f"dla render après un mot changé ({made} fichiers refaits)", alone=costs)


def _after_changes(root: Path, command: str) -> tuple[tuple[Cost, ...], int]:
    """What a command costs after each of three, and how many files it made again the last time."""
    path = sorted(root.glob(f"dossiers/*/{_CHANGED}"))[0]
    text, costs, made = path.read_text(encoding="utf-8"), [], 0
    for changed in (text.replace(_WORD, _OTHER, 1), text, text.replace(_WORD, _OTHER, 1)):
        path.write_text(changed, encoding="utf-8")
        before = _dates(root)
        costs.append(cost_of(Work(lambda: run(dla(root, command)))))
        made = len(_dates(root).items() - before.items())
    return tuple(costs), made


def _dates(root: Path) -> dict[Path, int]:
    files = (p for p in (root / "documents").rglob("[!.]*") if p.is_file())
    return {path: path.stat().st_mtime_ns for path in files}


def _in_git(root: Path, dossiers: int) -> Path:
    """A workspace of which every file is committed, what is produced being left out of git."""
    generate(dossiers, root)
    (root / ".gitignore").write_text("documents/\n", encoding="utf-8")
    named = ("-c", "user.name=Mesures", "-c", "user.email=mesures@example.org")
    for words in (("init", "-q"), ("add", "-A"), (*named, "commit", "-qm", "Données")):
        run(["git", "-C", root, *words], OWN)
    # A file as young as the index is read again at each status (« racy git »).
    time.sleep(1.1)
    run(["git", "-C", root, "status"], OWN)
    return root


def _status(root: Path) -> Work:
    return Work(lambda: run(["git", "-C", root, "status"], OWN))
