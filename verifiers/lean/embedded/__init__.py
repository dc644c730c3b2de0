"""The embedded engine: a Lean 4 subset in pure Python.

Read it from the bottom: `kernel` judges; `surface` reads text; `elab` turns syntax into terms; `tactics` build terms
goal by goal; `printer` shows goals; `prelude` is the library, in the surface syntax, checked by the kernel.
"""
