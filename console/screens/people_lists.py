"""The way from the board to what people master and learn."""

from __future__ import annotations

from console.screens.hearing import Hearing


class PeopleLists(Hearing):
    """Each opens a screen of its own."""

    def do_skills(self) -> None:
        """Who masters and holds what."""
        from console.screens.skills import SkillsScreen

        self.desk.go_to(SkillsScreen())

    def do_trainings(self) -> None:
        """What people are to learn."""
        from console.screens.trainings import TrainingsScreen

        self.desk.go_to(TrainingsScreen())

    def do_ideas(self) -> None:
        """Suggestions, and what the fund has."""
        from console.screens.ideas import IdeasScreen

        self.desk.go_to(IdeasScreen())

    def do_doubles(self) -> None:
        """Customers who may be one and are kept as two."""
        from console.screens.doubles import DoublesScreen

        self.desk.go_to(DoublesScreen())

    def do_kinds(self) -> None:
        """All kinds of work, and what each asks for."""
        from console.screens.kinds import KindsScreen

        self.desk.go_to(KindsScreen())

    def do_packs(self) -> None:
        """What was told of days, weeks and months."""
        from console.screens.packs import PacksScreen

        self.desk.go_to(PacksScreen())

    def do_scorecards(self) -> None:
        """Everybody's figures of this month."""
        from console.screens.scorecard import ScorecardScreen

        self.desk.go_to(ScorecardScreen())
