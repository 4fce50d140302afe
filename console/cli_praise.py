"""`paidan praise`: what customers praise."""

from __future__ import annotations

from console.cli_complaint import add_praise as add_parser
from console.cli_complaint import run

__all__ = ["add_parser", "run"]
