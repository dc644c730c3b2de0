"""Run as another user, in a process of its own: grade the rows on standard input and print the verdicts.

Standard input holds a JSON list of [spec, response, options, repeat]; standard output gets one JSON line for each.
"""

import json
import sys

from assay.verifiers.code.jail import jail
from assay.verifiers.dispatch import verify

if __name__ == "__main__":
    for spec, response, options, repeat in json.load(sys.stdin):
        verdicts = [verify("code", spec, response, **options) for _ in range(repeat)]
        print(json.dumps(verdicts[-1].to_dict()), flush=True)
    jail.close()
