"""The program: the command line within its limits; `python -m dla_docs` does the same."""

import sys

from dla_docs.confined import clock, limits


def run() -> None:
    """Run the command line, in no more time nor memory than a command may need."""
    try:
        clock.keep(_command)
    except clock.Late as late:
        # Only now: a parent that waits needs neither click nor anything of ours.
        from dla_docs.cli import terminal

        terminal.err(
            f"Erreur : commande arrêtée au bout de {late.seconds:.0f} secondes : un espace de "
            "travail de cette taille n’en demande pas tant",
            "Conseil : cherchez, parmi ce qui a été ajouté en dernier, un texte, une image, un "
            "schéma ou une règle démesurés ; « dla check DOSSIER » examine un dossier à la fois",
        )
        sys.exit(3)


def _command() -> None:
    limits.bind(limits.COMMAND_MEMORY)
    from dla_docs.cli import main

    main()


if __name__ == "__main__":
    run()
