"""Structured data graded by meaning: one file a kind, readers and the data model beside them.

The kinds are found through `assay.verifiers.KINDS`; every spec and policy is in `docs/structured_data.md`.
"""
