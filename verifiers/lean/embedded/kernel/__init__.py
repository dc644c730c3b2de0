"""The kernel: levels, terms, inference, reduction, equality, inductive types and the environment.

It alone judges. Nothing here knows of syntax, metavariables' values, tactics or printing, and nothing outside can put
a constant into an `Environment` except through `Environment.add`, which checks it. Where Lean's own kernel accepts and
this one is unsure, this one refuses.
"""
