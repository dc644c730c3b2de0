import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.envs.task import Task, canonical_json, content_hash

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.text(), st.text(), st.dictionaries(st.text(), VALUES), st.dictionaries(st.text(), VALUES))
def test_json_round_trip(task_id: str, prompt: str, spec: dict[str, object], meta: dict[str, object]) -> None:
    task = Task(task_id, prompt, "math", spec, meta)
    assert Task.from_dict(json.loads(json.dumps(task.to_dict()))) == task


def test_canonical_json_hashes_as_published() -> None:
    assert content_hash([{"a": 1, "b": [True, None, "é"]}]) != content_hash([{"a": 1, "b": [True, None, "e"]}])
    items = [{"i": i, "prompt": f"p{i}"} for i in range(3)]
    assert content_hash(items) == "dfc9c22ad082928765141caa4b1a5a6cfbe2b46c5b8bfa7f293ad2abc8dc716e"


@given(st.dictionaries(st.text(), VALUES))
def test_canonical_json_does_not_know_order(value: dict[str, object]) -> None:
    backwards = dict(reversed(list(value.items())))
    assert canonical_json(value) == canonical_json(backwards)
    assert json.loads(canonical_json(value)) == value


@pytest.mark.parametrize("value", [0.5, [1.0], {"a": {"b": 1e16}}])
def test_floats_are_not_hashed(value: object) -> None:
    with pytest.raises(TypeError, match="float"):
        canonical_json(value)
