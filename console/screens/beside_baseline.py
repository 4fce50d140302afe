"""The way to the baseline, from wherever figures are looked at."""

from __future__ import annotations

from console.screens.commanding import Commanding


class BesideBaseline(Commanding):
    """Its key and its word open it."""

    def do_baselines(self) -> None:
        """Outcomes beside the baseline that counts."""
        self.show_baseline(None, None)

    def show_baseline(self, which: int | None, period: str | None) -> None:
        """Beside one, or that which counts; as of the days of this screen if none are said."""
        from console.screens.baselines import BaselinesScreen

        screen = BaselinesScreen(which, period or self.period_shown())
        self.desk.go_to(screen)
        screen.ask_ahead()

    def period_shown(self) -> str | None:
        """Which days the figures here are of; None where there are none."""
        return None
