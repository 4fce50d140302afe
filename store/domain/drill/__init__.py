"""Rehearsals of real days under different rules of dispatch: pure, and the same for a seed."""
