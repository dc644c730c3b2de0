"""The ladder: what is attacked, what is offered, and what each level promises."""

import os

import pytest
from typer.testing import CliRunner

from assay.cli.jail import advice, jail_app
from assay.verifiers.code import native
from assay.verifiers.code.jail import bootstrap, jail, probe, seccomp, syscalls
from assay.verifiers.code.jail.levels import Level, read_level
from assay.verifiers.code.jail.pool import Pool
from assay.verifiers.errors import UnknownNameError


def test_every_attack_fails_at_every_level_that_promises_it() -> None:
    for report in jail.survey():
        if report.offered:
            assert [p.name for p in report.probes if p.needed and not p.closed] == []
            assert len(report.probes) > 35


def test_the_attacks_find_an_open_door() -> None:
    """At L0 nothing is promised, and the attacks say so."""
    report = jail.report(Level.L0)
    closed = {p.name: p.closed for p in report.probes}
    assert not closed["start-process"]
    assert not closed["read-host-file"]
    assert not closed["internet-socket"]


def test_a_level_whose_promise_is_broken_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A filter that lets sockets through is found by attacking, whatever was configured."""
    source = dict(bootstrap.modules())
    name = "assay.verifiers.code.jail.seccomp"
    assert '    "read",\n' in source[name]
    source[name] = source[name].replace('    "read",\n', '    "read",\n    "socket",\n', 1)
    monkeypatch.setattr(bootstrap, "modules", lambda: tuple(source.items()))
    pool = Pool(Level.L2, 1)
    try:
        report = probe.examine(pool)
    finally:
        pool.close()
    assert not report.offered
    assert "socket" in report.problem


@pytest.mark.parametrize("at", [Level.L2, Level.L3, Level.L4], ids=str)
def test_other_languages_are_attacked_as_well(at: Level) -> None:
    """The layers of their workers are tried from inside, and where one is missing the level is not used for them."""
    if not jail.report(at).offered:
        pytest.skip(f"this machine does not offer {at}: {jail.report(at).problem}")
    assert native.problem_of(at) == ""


def test_a_broken_layer_of_other_languages_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    source = dict(bootstrap.modules())
    name = "assay.verifiers.code.jail.seccomp"
    assert '    "vfork",\n' in source[name]
    source[name] = source[name].replace('    "vfork",\n', '    "vfork",\n    "socket",\n    "setsid",\n', 1)
    monkeypatch.setattr(bootstrap, "modules", lambda: tuple(source.items()))
    pool = Pool(Level.L2, 1)
    try:
        assert "socket" in pool.finish(probe.native_problem(Level.L2))
    finally:
        pool.close()


def test_what_runs_in_the_jail_can_be_shipped() -> None:
    shipped = [name for name, _ in bootstrap.modules()]
    assert len(shipped) == len(set(shipped)) == len(bootstrap.SHIPPED)


def test_filters_name_calls_that_exist() -> None:
    for profile in seccomp.Profile:
        for scratch in (False, True):
            program = seccomp.build(profile, scratch=scratch, pid=os.getpid())
            assert len(program) % 8 == 0
            assert len(program) // 8 < 4096
    with pytest.raises(KeyError):
        syscalls.number("opne")


def test_levels_have_names() -> None:
    assert read_level("L3") is Level.L3
    assert str(Level.L2) == "L2"
    with pytest.raises(UnknownNameError):
        read_level("l2")


def test_status_command() -> None:
    result = CliRunner().invoke(jail_app, ["status"])
    assert result.exit_code == 0, result.output
    for word in ("L4", "L0", "landlock", "vsock-socket", "peer-handle", "closed", "open", "cpp", "javascript", "bash"):
        assert word in result.output


def test_advice_names_what_is_missing() -> None:
    reports = [probe.Report(level, False, (), "no") for level in Level]
    text = " ".join(advice(reports))
    assert "Landlock" in text
    assert "bubblewrap" in text or "SYS_ADMIN" in text
    assert advice([probe.Report(level, True, (), "") for level in Level]) == []
