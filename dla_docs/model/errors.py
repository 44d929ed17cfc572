"""Dead ends. Faults in the user's data are not here: they are findings (see `findings.py`).

DlaError
  + RequestError     2  an unknown dossier, document type, format or path
  + WorkspaceError   3  no workspace where the command runs
  + TemplateError    3  a faulty template or manifest
  + EngineError      3  pandoc or typst failed
  + DiskError        3  a file that cannot be written

The number is the exit code of the command line. `cli/` alone turns one into text.
"""


class DlaError(Exception):
    """Something that stops the command: `message` says what and where, `hint` what to do."""

    exit_code = 3

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class RequestError(DlaError):
    """The command names something that does not exist."""

    exit_code = 2


class WorkspaceError(DlaError):
    """No folder holding `dossiers/territoire.yaml` was found."""


class TemplateError(DlaError):
    """A template, a manifest, a schema or a rule record is faulty."""


class EngineError(DlaError):
    """Pandoc or typst failed, died or took too long."""


class DiskError(DlaError):
    """A file cannot be written."""
