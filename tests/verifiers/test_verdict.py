import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.verifiers.errors import UnknownNameError
from assay.verifiers.verdict import Status, Verdict, failed


@given(st.sampled_from([s for s in Status if s is not Status.ERROR]), st.text(), st.floats(0, 1))
def test_json_and_pickle_round_trip(status: Status, text: str, partial: float) -> None:
    score = 1.0 if status is Status.CORRECT else 0.0
    verdict = Verdict(status, score, partial, "code", text, text, "m", 0.5, "v@1", {"a": [1, text]})
    assert Verdict.from_dict(verdict.to_dict()) == verdict
    assert pickle.loads(pickle.dumps(verdict)) == verdict


@pytest.mark.parametrize(
    ("status", "score"), [(Status.ERROR, 0.0), (Status.WRONG, None), (Status.WRONG, 1.0), (Status.CORRECT, 0.0)]
)
def test_contradictions_cannot_be_made(status: Status, score: float | None) -> None:
    with pytest.raises(ValueError, match="status"):
        Verdict(status, score, score, "", "")


def test_our_own_failure_has_no_score() -> None:
    verdict = failed("worker_died", "it died", verifier="v@1", exit_code=-9)
    assert verdict.status is Status.ERROR
    assert verdict.score is None
    assert verdict.detail == {"exit_code": -9}
    assert not verdict.correct


def test_unknown_names_list_the_nearest_and_cross_process_borders() -> None:
    error = UnknownNameError("source", "arithmetics", ["arithmetic", "gsm8k"])
    assert str(error) == "unknown source 'arithmetics'; did you mean 'arithmetic'?"
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
    assert str(UnknownNameError("source", "zzz", ["b", "a"])) == "unknown source 'zzz'; valid: a, b"
