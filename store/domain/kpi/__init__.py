"""Figures of the desk that can be defended: what each says, of whom, and how it is reckoned."""
