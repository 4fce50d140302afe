"""Keys that lead to a board of its own, whose things go from step to step."""

from __future__ import annotations

from console.screens.people_lists import PeopleLists


class Leading(PeopleLists):
    """What is done about causes, and who deviates by whose leave."""

    def do_correctives(self) -> None:
        """What is done so that causes go."""
        from console.screens.corrective import CorrectiveScreen

        self.desk.go_to(CorrectiveScreen())

    def do_exceptions(self) -> None:
        """What waits to be decided, and what may be used."""
        from console.screens.exceptions import ExceptionsScreen

        self.desk.go_to(ExceptionsScreen())
