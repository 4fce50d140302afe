"""Lists of what customers say, and of their projects, as the board opens them."""

from __future__ import annotations

from console.screens.foreseeing import Foreseeing


class Hearing(Foreseeing):
    """The keys that lead to them."""

    def do_surveys(self) -> None:
        """Whom to ask about delivered work."""
        from console.screens.surveys import SurveysScreen

        self.desk.go_to(SurveysScreen())

    def do_radar(self) -> None:
        """What comes again where it was."""
        from console.screens.radar import RadarScreen

        self.desk.go_to(RadarScreen())

    def do_inspections(self) -> None:
        """What was drawn to be inspected."""
        from console.screens.inspections import InspectionsScreen

        self.desk.go_to(InspectionsScreen())

    def do_complaints(self) -> None:
        """What customers complain of, and what they praise."""
        from console.screens.voices import VoicesScreen

        self.desk.go_to(VoicesScreen())

    def do_projects(self) -> None:
        """Projects by stage, and who has each."""
        from console.screens.projects import ProjectsScreen

        self.desk.go_to(ProjectsScreen())
