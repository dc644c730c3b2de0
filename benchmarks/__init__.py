"""Suites, their runner, statistics and leaderboards; speed/ holds measured comparisons with peers."""
