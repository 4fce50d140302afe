"""What a console keeps on disk for the next one, thrown away with the desk that it was for."""

from __future__ import annotations

from console.draft_file import DraftFile, drafts_folder, name_of
from console.pile import WaitingFile
from console.unsent_file import UnsentFile


def forget(operator: int, store: str) -> None:
    """Drafts, and texts and commands never sent: nobody will sit at that desk again."""
    name, folder = name_of(operator, store), drafts_folder()
    for kept, _left in (
        DraftFile.claim(folder, name),
        UnsentFile.claim(folder.with_name("unsent"), name),
        WaitingFile.claim(folder.with_name("waiting"), name),
    ):
        if kept is not None:
            kept.write(())
            kept.close()
