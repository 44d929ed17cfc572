"""What is said of a point: plainly there, doubtful, or nowhere, with what shows it."""

from dataclasses import dataclass
from enum import StrEnum

from dla_docs.judge.cues import Cue
from dla_docs.judge.passages import Passage


class State(StrEnum):
    """What is read of a point, as the data say it."""

    PRESENT = "present"
    DOUBTFUL = "a_verifier"
    ABSENT = "absent"


@dataclass(frozen=True)
class Verdict:
    """A point: its state, the passage that shows it, why a person must look at it.

    `far`: how far what shows it is from what the plainest would be; of two, the nearest is told.
    `under`: the title that it stands under.
    """

    name: str
    state: State
    proof: Passage | None = None
    reason: str = ""
    discreet: bool = False
    far: int = 0
    under: str = ""


def shown(cue: Cue, state: State, proof: Passage | None, reason: str = "", far: int = 0) -> Verdict:
    """What is said of a point, by what shows it."""
    return Verdict(cue.name, state, proof, reason, cue.discreet, far)
