"""`assay jail status`: how well this machine shuts programs in, and how to do better."""

from __future__ import annotations

import os

import typer
from rich.console import Console
from rich.table import Table

from assay.verifiers.code import native
from assay.verifiers.code.jail import jail, levels
from assay.verifiers.code.jail.levels import Level
from assay.verifiers.code.jail.probe import Report

jail_app = typer.Typer(help="The jail that programs are run in.", no_args_is_help=True)


@jail_app.callback()
def jail_commands() -> None:
    """The jail that programs are run in."""


@jail_app.command("status")
def status() -> None:
    """Attack every level of isolation, and say which of them hold.

    Exit code 1 if none is good enough for the default (L2).
    """
    console = Console(soft_wrap=True)
    try:
        reports = jail.survey()
        languages = _languages_table(reports)
    finally:
        jail.close()
    offered = [report.level for report in reports if report.offered and report.level is not Level.L0]
    best = max(offered, default=None)
    console.print(f"Programs are run at level {best}." if best else "No level of isolation holds on this machine.")
    console.print(_levels_table(reports))
    console.print(_probes_table(reports))
    console.print(languages)
    for line in advice(reports):
        console.print(f"* {line}")
    raise typer.Exit(0 if best is not None and best >= jail.DEFAULT_REQUIRE else 1)


def _levels_table(reports: list[Report]) -> Table:
    table = Table("level", "offered", "layers", "remark")
    for report in reports:
        remark = report.problem
        if not remark and report.level is Level.L0:
            remark = "only with allow_unsafe=True: it protects nothing"
        table.add_row(
            str(report.level), "yes" if report.offered else "no", ", ".join(jail.layers(report.level)), remark
        )
    return table


def _probes_table(reports: list[Report]) -> Table:
    tried = [report for report in reports if report.probes]
    table = Table("attack", *(str(report.level) for report in tried))
    if not tried:
        return table
    for place, probe in enumerate(tried[0].probes):
        cells = ["closed" if report.probes[place].closed else "open" for report in tried]
        table.add_row(probe.name, *cells)
    return table


def _languages_table(reports: list[Report]) -> Table:
    """Which other languages can be run, at which levels: their tools are looked for, and their layers attacked."""
    tried = [report for report in reports if report.offered and report.level >= Level.L2]
    problems = {r.level: native.problem_of(r.level) for r in tried}
    table = Table("language", "tool", *(str(report.level) for report in tried))
    for language in native.TOOLS:
        try:
            tool = native.find_tool(language)
        except native.MissingToolError as error:
            table.add_row(language, f"missing: {error}", *("no" for _ in tried))
            continue
        table.add_row(language, tool, *(problems[report.level] or "yes" for report in tried))
    return table


def advice(reports: list[Report]) -> list[str]:
    """What would give this system a higher level, a sentence each."""
    offered = {report.level: report.offered for report in reports}
    lines: list[str] = []
    if not offered.get(Level.L4):
        if levels.bubblewrap() is None:
            lines.append("for L3 and L4 install bubblewrap: apt-get install bubblewrap, or dnf install bubblewrap")
        elif os.geteuid() != 0:
            lines.append(
                "bubblewrap needs user namespaces: on Ubuntu 24.04 `sysctl "
                "kernel.apparmor_restrict_unprivileged_userns=0` "
                "or an AppArmor profile for /usr/bin/bwrap; in Docker `--security-opt seccomp=unconfined`"
            )
        else:
            lines.append(
                "bubblewrap may not make namespaces here: in Docker, add `--cap-add SYS_ADMIN`, or run as a user"
            )
    if not offered.get(Level.L2):
        lines.append(
            "L2 needs Linux 5.13 or newer with Landlock (CONFIG_SECURITY_LANDLOCK and landlock in the lsm= list)"
        )
    return lines
