"""Lean environments: theorems to prove, whole or a tactic at a time.

What is here loads nothing heavy; the engine loads with the first task.
"""
