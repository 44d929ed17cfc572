"""Dead ends. Faults in the user's data are not here: they are findings (see `findings.py`).

DlaError
  + RequestError     2  an unknown dossier, document type, format or path
      + AmbiguousError     a name that several things bear
  + EditError        2  a change that a file cannot take without touching something else
  + WorkspaceError   3  no workspace where the command runs
  + TemplateError    3  a faulty template or manifest
  + EngineError      3  pandoc or typst failed
  + DiskError        3  a file that cannot be written
  + OutputError      3  a standard output that cannot be written
  + Defect           3  a bug of ours

The first and DiskError come from the disk, which nothing is below. The number is the exit code of
the command line. `cli/` alone turns one into text.
"""

from dla_docs.disk.errors import DiskError, DlaError

__all__ = [
    "AmbiguousError",
    "Defect",
    "DiskError",
    "DlaError",
    "EditError",
    "EngineError",
    "OutputError",
    "RequestError",
    "TemplateError",
    "WorkspaceError",
]


class RequestError(DlaError):
    """The command names something that does not exist."""

    exit_code = 2


class AmbiguousError(RequestError):
    """The command gives a name that several things bear."""


class EditError(DlaError):
    """A change that the text of a file cannot take without touching something else."""

    exit_code = 2


class WorkspaceError(DlaError):
    """No folder holding `dossiers/territoire.yaml` was found."""


class TemplateError(DlaError):
    """A template, a manifest, a schema or a rule record is faulty."""


class EngineError(DlaError):
    """Pandoc or typst failed, died or took too long."""


class OutputError(DlaError):
    """What was asked for cannot be said: the standard output is full, or gone."""


class Defect(DlaError):
    """A bug of ours: nothing that the person wrote is at fault, and nothing of it can mend it."""

    @classmethod
    def of(cls, error: Exception, where: str = "") -> "Defect":
        """An unforeseen exception, told to who can do nothing but report it."""
        place = f", {where}" if where else ""
        return cls(
            f"cas imprévu{place} ({type(error).__name__} : {error})",
            "c’est une erreur de dla, non de votre gabarit ni de vos données : signalez-la aux "
            "personnes qui vous ont installé dla, avec la commande et ce que DLA_TRACE=1 en dit",
        )
