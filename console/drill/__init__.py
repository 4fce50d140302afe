"""Drills that an operator plays: a throw-away desk, what goes wrong there, what it came to."""
