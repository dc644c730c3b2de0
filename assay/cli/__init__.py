"""The command `assay`. Each module here is one command; this one puts them together.

A mistake in what was asked for (`AssayError`) is one line on standard error and exit code 2; Ctrl-C stops cleanly with
exit code 130, and what a long job had saved stays.
"""

from __future__ import annotations

import sys

import typer

from assay.cli import audit, bench, envs, evaluate, play, train, verify
from assay.cli.jail import jail_app
from assay.cli.lean import lean_app
from assay.verifiers.errors import AssayError

app = typer.Typer(
    help="Text environments whose rewards are checked by programs.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("envs")(envs.list_environments)
app.command("show")(envs.show)
app.command("play")(play.play_environment)
app.command("verify")(verify.verify_answers)
app.command("audit")(audit.audit_environment)
app.command("eval")(evaluate.evaluate_agent)
app.command("train")(train.train_model)
app.add_typer(bench.app, name="bench")
app.add_typer(jail_app, name="jail")
app.add_typer(lean_app, name="lean")


def main() -> None:
    """Run the command line."""
    try:
        app()
    except AssayError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output (head, less) has gone
        sys.stderr.close()
        sys.exit(0)
