"""The elaborator: from syntax to kernel terms with metavariables, by unification. It decides nothing: the kernel does."""
