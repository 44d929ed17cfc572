"""The program: the command line within its limits; `python -m dla_docs` does the same."""

from dla_docs.cli import main
from dla_docs.confined import limits


def run() -> None:
    """Run the command line, in no more memory than a command may need."""
    limits.bind(limits.COMMAND_MEMORY)
    main()


if __name__ == "__main__":
    run()
