"""A figure the form works out itself: it can be read and copied, not typed."""

from __future__ import annotations

from apps.shell.forms.editors.editor import Reports, Showing
from apps.shell.forms.editors.line import LineEditor
from core.messages import Catalogue


class ComputedEditor(LineEditor):
    """Shows the figure, or a dash while a part is missing."""

    def __init__(self, words: Catalogue, reports: Reports) -> None:
        super().__init__(reports, placeholder=words.text("shell.forms.computed_missing"), read_only=True)

    def show_entry(self, showing: Showing) -> None:
        """Shows the tidy figure."""
        super().show_entry(showing)
