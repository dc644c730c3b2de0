"""The words of a prompt are enough: solvers that see nothing else are right on every task of every family."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

from assay.envs.data import FAMILIES, DataSource
from assay.verifiers.dispatch import verify


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("prompt_solvers", Path(__file__).with_name("prompt_solvers.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SOLVERS = _load().SOLVERS
SPLITS = ("train", "test")


def test_every_family_has_a_solver() -> None:
    assert SOLVERS.keys() == FAMILIES.keys()


@pytest.mark.parametrize("name", list(FAMILIES))
def test_two_hundred_tasks_are_solved_from_their_prompts_alone(name: str) -> None:
    source = DataSource([FAMILIES[name]])
    for task_id in (f"{name}/{s}/d{d}/{i}" for s in SPLITS for d in range(1, 11) for i in range(10)):
        task = source.find(task_id)
        answer = SOLVERS[name](task.prompt)
        verdict = verify(task.kind, task.spec, answer)
        assert verdict.correct, (task_id, task.prompt, answer, verdict)


@pytest.mark.parametrize("name", list(FAMILIES))
def test_no_question_is_in_both_splits(name: str) -> None:
    """The prompts of both splits in one and the same wording, so that only the content tells them apart."""
    family = FAMILIES[name]
    source = DataSource([family])

    def contents(split: str) -> set[str]:
        found: set[str] = set()
        for task_id in (f"{name}/{split}/d{d}/{i}" for d in range(1, 11) for i in range(25)):
            _, params, _ = source.drawn(task_id)
            plain = tuple(0 for _ in params[-1]) if isinstance(params[-1], tuple) else 0
            found.add(family.write((*params[:-1], plain), "train").prompt)
        return found

    assert not contents("train") & contents("test")


def test_a_class_that_is_too_wide_is_refused() -> None:
    """Each piece of a pattern is told from every wider one by a hidden string."""
    source = DataSource([FAMILIES["regex"]])
    for index in range(120):
        task = source.task("test", index)
        gold = source.gold(task)
        for match in re.finditer(r"\[(?:0-9|a-z|A-Z)\](\{[\d,]+\})|\(\?:[a-z|]+\)|\\\.|[-_:/@#]", gold):
            before, after, count = gold[: match.start()], gold[match.end() :], match[1] or ""
            if count and match[0][1:4] in ("0-9", "a-z", "A-Z"):
                low, _, high = count[1:-1].partition(",")
                wider = [rf"\w{count}", f".{count}", f"[0-9a-z]{count}", f"[A-Za-z]{count}", f"{match[0][:5]}+"]
                wider.append(f"{match[0][:5]}{{{low},{int(high or low) + 1}}}")
                wider.append(f"{match[0][:5]}{{{int(low) - 1},{high or low}}}")
                wider = [w for w in wider if match[0][1:4] not in ("0-9",) or "A-Za-z" not in w]
            else:
                wider = (
                    [".", "[^a]"] if len(match[0]) < 3 else ["[a-z]+", ".*", r"\w+", f"(?i:{match[0]})", f"{match[0]}?"]
                )
            for changed in wider:
                if not re.fullmatch(rf"(?s:{changed})", match[0]) or len(match[0]) < 3:
                    verdict = verify("regex", {**task.spec, "max_len": 500}, f"{before}{changed}{after}")
                    assert verdict.score == 0.0, (gold, changed)


JMESPATH_SLIPS = (
    (" > ", " >= "),
    (" > ", " < "),
    (" <= ", " < "),
    (" >= ", " > "),
    (" < ", " <= "),
    (" == ", " != "),
    (" != ", " == "),
    ("&&", "||"),
    ("||", "&&"),
    ("max_by", "min_by"),
    ("reverse(", "("),
    ("[:3]", "[:2]"),
    ("[:3]", "[:4]"),
    ("[:3]", "[-3:]"),
    ("sort_by(staff, &age)", "staff"),
    ("sum(", "max("),
    ("sum(", "length("),
    ("','", "', '"),
    ("','", "''"),
    ("sort_by", "reverse"),
    ("&age", "&name"),
    ("{a: ", "{b: "),
)


def test_a_slip_in_a_jmespath_program_is_refused() -> None:
    source = DataSource([FAMILIES["jmespath"]])
    tried = 0
    for index in range(250):
        task = source.task("test", index)
        gold = source.gold(task)
        slips = [gold.replace(old, new) for old, new in JMESPATH_SLIPS if old in gold]
        if bound := re.search(r"`(\d+)`", gold):
            slips += [gold.replace(bound[0], f"`{int(bound[1]) + step}`") for step in (-1, 1)]
        slips += [re.sub(r" (?:&&|\|\|) [^\]]+", "", gold), re.sub(r"\[\?[^\]]*\]", "[]", gold)]
        slips += [re.sub(r"\[\?.*? (?:&&|\|\|) ", "[?", gold), f"`{json.dumps(task.spec['expected'][0])}`"]
        for slip in {text for text in slips if text != gold}:
            tried += 1
            assert not verify("transform", task.spec, slip).correct, (task.prompt, gold, slip)
    assert tried > 800
