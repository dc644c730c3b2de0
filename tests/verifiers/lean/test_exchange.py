"""Files: lean4export NDJSON both ways, the library's cache, explicit source, the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assay.cli.lean import lean_app
from assay.verifiers.lean.embedded import library
from assay.verifiers.lean.embedded.elab.library import Library
from assay.verifiers.lean.embedded.engine import EmbeddedEngine
from assay.verifiers.lean.embedded.kernel.budget import DeclineError, KernelError
from assay.verifiers.lean.embedded.ndjson import export_constants, import_lines


@pytest.fixture(scope="module")
def built() -> Library:
    return library.build_library()


@pytest.fixture(scope="module")
def exported(built: Library) -> list[str]:
    return list(export_constants(built.env, built.env))


def test_the_exported_library_checks_again(built: Library, exported: list[str]) -> None:
    env = import_lines(exported)
    assert set(env.constants) == set(built.env.constants)
    assert {k.name: k.axioms for k in env} == {k.name: k.axioms for k in built.env}


def test_the_library_has_its_size_and_axioms(built: Library) -> None:
    lemmas = [known for known in built.env if known.kind == "theorem"]
    assert len(lemmas) >= 250
    assert {known.name for known in built.env if known.kind == "axiom"} == {
        "propext",
        "Quot.sound",
        "Classical.choice",
    }


def test_a_changed_proof_is_rejected(exported: list[str]) -> None:
    changed = 0
    for i, line in enumerate(exported):
        row = json.loads(line)
        if "thm" not in row or changed >= 12:
            continue
        earlier = [json.loads(text) for text in exported[:i]]
        values = [r["thm"]["value"] for r in earlier if "thm" in r]
        if not values:
            continue
        row["thm"]["value"] = values[-1]
        changed += 1
        with pytest.raises(KernelError):
            import_lines([*exported[:i], json.dumps(row)])
    assert changed == 12


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("[]", KernelError),
        ("{", KernelError),
        ('{"ie":0}', KernelError),
        ('{"bvar":-1,"ie":0}', KernelError),
        ('{"app":{"fn":-1,"arg":0},"ie":0}', KernelError),
        ('{"natVal":"-1","ie":0}', KernelError),
        ('{"natVal":"9' + "9" * 5000 + '","ie":0}', KernelError),
        ('{"strVal":"x","ie":0}', DeclineError),
        ('{"meta":{"format":{"version":"2.0.0"}}}', DeclineError),
        ('{"opaque":{"name":0,"levelParams":[],"type":0}}', KernelError),
        ('{"unknown":1}', KernelError),
        ('{"sort":0,"ie":true}', KernelError),
    ],
)
def test_bad_lines_are_refused(line: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        import_lines([line])


def test_a_damaged_or_foreign_cache_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    library.load_library()
    (cache,) = (tmp_path / "assay").glob("*.json")
    text = cache.read_text(encoding="utf-8")
    fresh = library.load_library()
    cache.write_text(text.replace("False", "True", 1), encoding="utf-8")
    again = library.load_library()
    assert again.env.constants.keys() == fresh.env.constants.keys()
    assert cache.read_text(encoding="utf-8") == text  # rebuilt
    cache.chmod(0o666)
    assert library.load_library().env.constants.keys() == fresh.env.constants.keys()


def test_cached_and_built_libraries_are_the_same(
    built: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    library.load_library()
    cached = library.load_library()
    assert list(cached.env.constants) == list(built.env.constants)
    for known in built.env:
        other = cached.env.constants[known.name]
        assert other.type is known.type or repr(other.type) == repr(known.type)
        assert (other.kind, other.axioms, other.levels) == (known.kind, known.axioms, known.levels)
    assert (cached.simp, cached.instances, cached.hidden) == (built.simp, built.instances, built.hidden)
    assert cached.structural == built.structural


def test_explicit_source_writes_everything_out() -> None:
    text = EmbeddedEngine().explicit("foo", "(p q : Prop) (h : p ∧ q) : q ∧ p", "⟨h.2, h.1⟩")
    assert text.startswith("theorem foo : (∀ (p_1 : (Sort (0))), ")
    assert "@And.intro" in text


def test_the_command_line(tmp_path: Path) -> None:
    runner = CliRunner()
    good = tmp_path / "good.lean"
    good.write_text(
        "theorem a (p : Prop) : p → p := fun h => h\n\ntheorem b : 2 + 2 = 4 := by\n  rfl\n", encoding="utf-8"
    )
    result = runner.invoke(lean_app, ["check", str(good)])
    assert result.exit_code == 0, result.output
    assert "2 of 2 proved" in result.output
    bad = tmp_path / "bad.lean"
    bad.write_text("theorem a (p : Prop) : p := by assumption\n", encoding="utf-8")
    assert runner.invoke(lean_app, ["check", str(bad)]).exit_code == 1
    file = tmp_path / "library.ndjson"
    assert runner.invoke(lean_app, ["export", str(file)]).exit_code == 0
    accepted = runner.invoke(lean_app, ["recheck", str(file)])
    assert accepted.exit_code == 0
    assert "propext" in accepted.output
    lines = file.read_text(encoding="utf-8").splitlines()
    declined = tmp_path / "declined.ndjson"
    declined.write_text("\n".join([*lines, '{"strVal":"x","ie":99999}']), encoding="utf-8")
    assert runner.invoke(lean_app, ["recheck", str(declined)]).exit_code == 2
    rejected = tmp_path / "rejected.ndjson"
    rejected.write_text('{"sort":0,"ie":5}\n', encoding="utf-8")
    assert runner.invoke(lean_app, ["recheck", str(rejected)]).exit_code == 1
    played = runner.invoke(
        lean_app, ["play", "(p q : Prop) : p → q → p"], input="exact 1\nintro h _\nundo\nintro h _\nexact h\n"
    )
    assert played.exit_code == 0, played.output
    assert runner.invoke(lean_app, ["play", "nonsense"]).exit_code == 2
