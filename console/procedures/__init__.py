"""Procedures that come with the program, to begin one's own with; each in both languages."""
