"""Names that both sides of the jail's wall know, kept apart so that the supervisor imports no jailed module."""

WORKER = "assay.verifiers.code.jail.worker"
CHECKER = "assay.verifiers.code.jail.checker"

ENTERED = b"entered"
"""What a fork tells its worker once it is shut in; anything else is why it could not, and then it ran nothing."""

UNCOMPILED = 121
"""Exit code of a program that did not compile. A program can forge it, and fails by it all the same."""

MISSING_ENTRY = 123
"""Exit code of a program that does not define the function it should."""
