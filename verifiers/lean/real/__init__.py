"""Real Lean engines: `lean` on the command line, the REPL, a Kimina server and LeanDojo, each found at run time.

What they share is here too: the border that a policy's text must pass, the shut-in child processes, and the audit by
which a proof is judged.
"""
