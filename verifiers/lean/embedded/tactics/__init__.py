"""Tactics: steps that turn goals into other goals. They build terms only; the kernel judges the result."""
