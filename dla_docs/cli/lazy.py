"""A group whose commands are imported when they are called (Click: « Lazily loading subcommands »).

Importing the stages takes near a second: `dla --version` and `dla --help` must not wait for it.
"""

from collections.abc import Mapping
from gettext import gettext
from importlib import import_module
from typing import Any

import click
from click.exceptions import NoSuchCommand, UsageError

from dla_docs.cli import terminal


class LazyGroup(click.Group):
    """A group that knows of each command, by name, where it is and what it does in one sentence.

    `lazy` gives `("check:check", "Dire ce qui manque.")`, module of this package and name there;
    the list of commands shows the sentence, which a test holds to that of the command.
    """

    def __init__(self, *args: Any, lazy: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the help."""
        return sorted(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in self.lazy:
            return None
        module, _, attribute = self.lazy[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(f"{__package__}.{module}"), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The same as Click's, which would look for the nearest names among loaded commands."""
        if args[0] in self.lazy:
            return super().resolve_command(ctx, args)
        from dla_docs.cli.guesses import HELP_WORDS, command_advice, written
        from dla_docs.model.likeness import bare

        if bare(args[0]) in HELP_WORDS:
            if args[1:] and args[1] in self.lazy:
                return super().resolve_command(ctx, [*args[1:], "--help"])
            terminal.out(*ctx.get_help().splitlines())
            ctx.exit()
        if not args[0].startswith("-"):
            if advice := command_advice(args[0]):
                raise UsageError(f"« {args[0]} » n’est pas une commande. {written(advice)}", ctx)
            raise NoSuchCommand(args[0], possibilities=self.lazy, ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing one."""
        with formatter.section(gettext("Commands")):
            formatter.write_dl([(name, self.lazy[name][1]) for name in self.list_commands(ctx)])
