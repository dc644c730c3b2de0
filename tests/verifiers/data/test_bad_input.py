"""Whatever a response contains: a verdict with a reason, the same one everywhere, and no file touched."""

import asyncio
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.verifiers.dispatch import averify, verify, verify_batch
from assay.verifiers.verdict import Status

ONE = "create table t(x);insert into t values(1),(2);"
SPECS: dict[str, dict[str, Any]] = {
    "json_schema": {"schema": {"type": "object", "required": ["zz"]}},
    "json_equal": {"expected": {"zz": 1}},
    "json_repair": {"expected": {"zz": 1}},
    "extraction": {"expected": [{"zz": 1}], "key": "zz"},
    "conversion": {"to": "yaml", "expected": {"zz": 1}},
    "transform": {"lang": "jmespath", "doc": {"a": 1}, "expected": "zz"},
    "sql": {"databases": [ONE], "gold_sql": "select x from t where x > 1"},
    "regex": {"pos": ["zz1"], "neg": ["b"], "hidden_pos": ["zz22"]},
    "normalise": {"kind": "number", "expected": "17171717"},
    "constraint": {"kind": "latin4", "givens": [[0] * 4] * 4},
}
HOSTILE = {
    "100 MB": "x" * 100_000_000,
    "brackets": "[" * 100_000,
    "braces": '{"a":' * 100_000,
    "parentheses": "(" * 100_000,
    "quotes": '"' * 99_000,
    "escaped quotes": '"' + '\\"' * 49_000,
    "fences": "```\n" * 24_000,
    "backticks": "`" * 99_000,
    "digits": "9" * 99_000,
    "dashes": "- " * 40_000,
    "dots": "a." * 40_000 + "a = 1",
    "pipes": "|" * 99_000,
    "commas": "," * 99_000,
    "binary": "".join(map(chr, range(256))) * 100,
    "surrogates": "\ud800\udfff" * 100,
    "nul": "\x00",
    "spaces": " " * 99_000,
    "two blocks": "```\n1\n```\n```\n1\n```",
    "bidi": "\u202e\u200b\ufeff",
}


@pytest.mark.parametrize("kind", SPECS)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_has_a_verdict(kind: str, name: str) -> None:
    verdict = verify(kind, SPECS[kind], HOSTILE[name])
    assert verdict.score == 0.0
    assert verdict.partial == 0.0
    assert verdict.status is not Status.ERROR
    assert verdict.reason
    assert json.loads(json.dumps(verdict.to_dict()))["reason"] == verdict.reason


@pytest.mark.parametrize("target", ["csv", "markdown", "xml", "toml", "json"])
@pytest.mark.parametrize("name", HOSTILE)
def test_every_format_stands_it(target: str, name: str) -> None:
    spec = {"to": target, "expected": [{"zz": "1"}] if target != "toml" else {"zz": 1}}
    verdict = verify(
        "conversion", spec | ({"xml": {"root": "r", "row": "s"}} if target == "xml" else {}), HOSTILE[name]
    )
    assert verdict.score == 0.0
    assert verdict.status is not Status.ERROR


@given(st.sampled_from(sorted(SPECS)), st.text(max_size=200))
def test_any_text_has_a_verdict(kind: str, text: str) -> None:
    verdict = verify(kind, SPECS[kind], text)
    assert verdict.status is not Status.ERROR
    assert verdict.score == 0.0 or kind == "regex"


def test_messages_never_tell_the_answer() -> None:
    secret = "xyzzy42"
    for kind, spec, answers in (
        ("json_equal", {"expected": {"a": secret}}, ['{"a": 1}', "{", "[]"]),
        ("extraction", {"expected": [{"a": secret}]}, ["[]", "{}", '[{"a": 1}]']),
        ("conversion", {"to": "csv", "expected": [{"a": secret}]}, ["a\nb\n", "b\n1\n", '"']),
        ("regex", {"pos": [secret], "neg": ["b"]}, ["a", "(", ".*"]),
        ("normalise", {"kind": "text", "expected": secret}, ["a"]),
        (
            "sql",
            {"databases": [ONE], "gold_sql": f"select '{secret}' from t"},
            ["select 1", "select x from t", "drop table t"],
        ),
    ):
        for answer in answers:
            verdict = verify(kind, spec, answer)
            assert verdict.score == 0.0
            assert secret not in json.dumps(verdict.to_dict())


BATCH = [
    (kind, spec, answer)
    for kind, spec in SPECS.items()
    for answer in (
        "1",
        '{"zz": 1}',
        '[{"zz": 1}]',
        "select x from t where x > 1",
        "zz[0-9]+",
        "17171717",
        "zz: 1",
        "[",
        "'zz'",
    )
]


def test_verdicts_are_the_same_alone_in_threads_in_forks_and_in_workers() -> None:
    alone = [verdict.decision() for verdict in verify_batch(BATCH, 0)]
    assert sum(score == 1.0 for _, score, *_ in alone) >= 7
    assert [verdict.decision() for verdict in verify_batch(BATCH, 2)] == alone
    found: list[list[tuple[object, ...]]] = []
    threads = [
        threading.Thread(target=lambda: found.append([v.decision() for v in verify_batch(BATCH, 0)])) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [alone] * 3

    async def gathered() -> list[tuple[object, ...]]:
        return [verdict.decision() for verdict in await asyncio.gather(*(averify(*item) for item in BATCH))]

    assert asyncio.run(gathered()) == alone


def test_nothing_is_written_or_opened(tmp_path: Path) -> None:
    """The same checks with all that reaches outside recorded, in a folder of their own; then with no file to be had.

    The hook sees what Python opens. What a library in C might open is shut out by leaving no file descriptor free: the
    verdicts must stay the same.
    """
    code = (
        "import sys, json\n"
        "from assay.verifiers.dispatch import verify\n"
        "items = json.loads(sys.stdin.read())\n"
        "for item in items: verify(*item)\n"
        "seen = []\n"
        "def hook(event, args):\n"
        "    if event.split('.')[0] in ('open', 'os', 'socket', 'subprocess', 'shutil', 'tempfile', 'ctypes', 'exec',\n"
        "            'import', 'compile', 'pickle', 'urllib', 'code') or event == 'sqlite3.load_extension':\n"
        "        seen.append((event, [str(a)[:80] for a in args]))\n"
        "free = [verify(*item).decision() for item in items]\n"
        "sys.addaudithook(hook)\n"
        "watched = [verify(*item).decision() for item in items]\n"
        "found = list(seen)\n"
        "import os, resource\n"
        "most = 1 + max(map(int, os.listdir('/dev/fd')))\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))\n"
        "for number in range(most):\n"
        "    try: os.dup(0)\n"
        "    except OSError: break\n"
        "shut = [verify(*item).decision() for item in items]\n"
        "print(json.dumps([found, free == watched == shut, len(free)]))\n"
    )
    items = [
        *BATCH,
        ("sql", SPECS["sql"], "vacuum into 'stolen.db'"),
        ("sql", SPECS["sql"], "attach 'stolen.db' as s"),
        ("conversion", {"to": "yaml", "expected": {"a": 1}}, "a: !!python/object/apply:os.system ['touch stolen']"),
        ("conversion", {"to": "xml", "xml": {"root": "r", "row": "s"}, "expected": [{"a": "1"}]}, XXE),
        ("json_equal", {"expected": 1}, '{"$ref": "http://127.0.0.1/x"}'),
        *((kind, spec, text) for text in TEXTS for kind, spec in SPECS.items()),
    ]
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(items),
        cwd=tmp_path,
        env={**os.environ, "SQLITE_TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    seen, same, count = json.loads(done.stdout)
    assert seen == []
    assert same
    assert count > 200
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


BOMBS = (
    "a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]",
    "<!DOCTYPE r [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><r>&b;</r>",
    "(a+)+$",
    "(?:(?:a{1,1000}){1,1000}){1,1000}",
    "(a*)*b\\1",
    "select 1; select 2",
    "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c",
    "select load_extension('x')",
    "select readfile('/etc/passwd')",
    "select writefile('x', 'y')",
    "select * from t where x like '%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%'",
    "\\u0000",
    '{"a": 1e999999999999}',
    "[" + "1," * 10_000 + "1]",
    "@" + ".[@,@]" * 40,
)
TEXTS = (*BOMBS, *(text for text in HOSTILE.values() if len(text) < 10**6))
XXE = "<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><r><s><a>&a;</a></s></r>"


def test_verdicts_do_not_depend_on_the_hash_seed() -> None:
    code = (
        "import sys, json\n"
        "from assay.verifiers.dispatch import verify\n"
        "for item in json.loads(sys.stdin.read()):\n"
        "    v = verify(*item); print(v.decision(), v.message, sorted(v.detail.items()))\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            input=json.dumps(BATCH),
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(outputs) == 1
