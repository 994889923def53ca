"""`vendorgate completion`: the script that teaches a shell to complete our commands."""

from __future__ import annotations

import click

from ..frame.options import help_option


@click.command(add_help_option=False)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@help_option
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script of a shell, to be put where it reads such scripts.

    For example: vendorgate completion bash > ~/.local/share/bash-completion/completions/vendorgate
    """
    from click.shell_completion import get_completion_class

    script = get_completion_class(shell)
    assert script is not None
    root = context.find_root().command
    click.echo(script(root, {}, "vendorgate", "_VENDORGATE_COMPLETE").source())
