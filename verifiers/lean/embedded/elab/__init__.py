"""The elaborator: from syntax to kernel terms with metavariables, by unification. The kernel decides."""
