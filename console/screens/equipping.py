"""A form with lines for the asset and the kind of work, each completed from what there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from console.actions_kinds import Kind, Question
from console.choices import Choice, place_meant
from console.i18n import _, coded
from console.screens.form_lines import FormLines

if TYPE_CHECKING:
    from console.seat import Seat
    from store.queries.usual import AssetLine


_WHICH: Final = frozenset({"?", "？"})
"""Asks which kinds of work there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetChoice(Choice):
    """An asset, which stands somewhere."""

    line: AssetLine


class EquippingForm(FormLines):
    """Assets are those of the site that is written; one that is taken brings its site."""

    def __init__(self) -> None:
        super().__init__()
        self._unheard = ""
        """What was typed for an asset, of which the store has told that nothing is called so."""

    def find(self, seat: Seat, field: Question, text: str) -> tuple[Choice, ...]:
        """Assets and kinds, else what a register has."""
        from store.queries.usual import AssetsLike, KindsLike

        site = self.answer(self.field("site"))
        if field.kind is Kind.ASSET:
            found = seat.ask(AssetsLike(text=text, site=site))
            return tuple(_choice(line, not site.strip()) for line in found)
        if field.kind is Kind.WORK:
            wanted = "" if text.strip() in _WHICH else text
            kinds = seat.ask(KindsLike(text=wanted, site=site))
            return tuple(
                Choice(answer=kind.code, shown=kind_shown(kind.code, kind.name), name=kind.name)
                for kind in kinds
            )
        return super().find(seat, field, text)

    def take_choice(self, field: Question) -> bool:
        """An asset with its site; a kind that nothing is marked for stays as it was written."""
        place = place_meant(self.choices, self.text(field))
        if field.kind is Kind.WORK and place is None:
            if self.text(field).strip() in _WHICH:
                self.refuse(_("write the beginning of one of them, or nothing"))
                return False
            return True
        choice = self.choices[place] if place is not None else None
        if isinstance(choice, AssetChoice) and not self.text(self.field("site")).strip():
            line = choice.line
            self.choose("site", f"{line.site_name} {line.site}", line.site)
        return super().take_choice(field)

    def on_form_lines_offered(self, message: FormLines.Offered) -> None:
        """Keep in mind that there is no such asset; it is said while the line is open."""
        if message.name == "asset":
            self._unheard = "" if message.choices else message.text.strip()

    def unheard(self) -> str:
        """What is wrong with the asset that is being written; empty where nothing is."""
        field = self.open_field()
        text = self.text(field).strip()
        if field.kind is not Kind.ASSET or not text or text != self._unheard:
            return ""
        if self.text(self.field("site")).strip():
            return _("no asset of this site is called so")
        return _("no asset is called so")


def kind_shown(code: str, name: str) -> str:
    """A kind of work as a line of the form shows it: its name first, as a site's."""
    return f"{name} {code}" if name and name != code else code


def _choice(line: AssetLine, anywhere: bool) -> AssetChoice:
    shown = f"{line.name} {line.code}"
    shown = coded(shown, line.site_name) if anywhere else shown
    return AssetChoice(answer=line.code, shown=shown, name=line.name, line=line)
