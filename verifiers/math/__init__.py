r"""The mathematics oracle: exact, killable at its deadline, and fast.

`VERIFIER.verify({"answer": r"\frac12"}, response)` finds the answer in a response, reads it into a typed tree and
compares it with the gold answer by exact means only. `docs/math_verifier.md` shows how it decides,
`docs/math_policies.md` its choices. Importing this package loads no computer algebra.
"""

from assay.verifiers.math.extract import extract
from assay.verifiers.math.oracle import VERIFIER, Gold, MathVerifier, compile_gold
from assay.verifiers.math.policies import Policy
from assay.verifiers.math.reader import read
from assay.verifiers.math.sentences import Found
from assay.verifiers.math.symbolic import warm_up

__all__ = ["VERIFIER", "Found", "Gold", "MathVerifier", "Policy", "compile_gold", "extract", "read", "warm_up"]
