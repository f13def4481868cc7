"""One field on screen: the label and its source above, the editor, the line under it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from apps.shell.forms.editors.editor import Editor, Showing
from apps.shell.forms.foot import Foot, computed_text, foot_of, label_text, spoken_name
from apps.shell.forms.foot_line import FootLine
from apps.shell.forms.schema import ComputedField, Field
from apps.shell.forms.state import FormState
from apps.shell.forms.values import Judges, tidy
from apps.shell.theme.style import look_of
from apps.shell.widgets.text import label, tip
from core.messages import Catalogue


class Elided(QLabel):
    """Words that give way: cut with an ellipsis where the room ends, whole in the tip."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._whole = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "small")
        self.setToolTip(tip(text))
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Cuts anew."""
        super().resizeEvent(event)
        cut = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        self.setText(cut if len(cut) > 1 else "")

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """None: it gives way."""
        return QSize(0, super().minimumSizeHint().height())


class FieldCell:
    """The three parts of a field, set in three lines of a grid so that the inputs of a row stand level."""

    def __init__(
        self,
        words: Catalogue,
        item: Field,
        editor: Editor,
        judges: Judges,
        mend: Callable[[str], None],
        parent: QWidget,
    ) -> None:
        self.item = item
        self.editor = editor
        self._words = words
        self._judges = judges
        self._foot: Foot | None = None
        self.head = self._make_head(parent)
        editor.setParent(parent)
        self.foot = FootLine(words, parent)
        self.mend = self.foot.mend
        self.mend.clicked.connect(lambda: mend(item.key))

    def parts(self) -> tuple[QWidget, QWidget, QWidget]:
        """From top to bottom."""
        return (self.head, self.editor, self.foot)

    def show_state(self, state: FormState) -> None:
        """Shows the field's part of a state."""
        key = self.item.key
        foot = foot_of(state, key, self._words)
        if isinstance(self.item, ComputedField):
            figure = computed_text(state, key)
            self._show(state, foot, Showing(figure, figure))
            return
        typed = state.entry(key)
        shown = tidy(self.item, typed, self._judges)
        table = state.tables.get(key)
        refused = state.refused.get(key, ())
        self._show(state, foot, Showing(typed, shown, state.shown_faults(key), refused, table))

    def _show(self, state: FormState, foot: Foot, found: Showing) -> None:
        key = self.item.key
        self._star.setVisible(key in state.required)
        name = spoken_name(state, key, self._words)
        said = "  ".join(text for text in (foot.said, foot.live) if text)
        self.editor.show_entry(Showing(found.entry, found.tidy, found.faults, found.refused, found.table, name, said))
        notes = [note.text(self._words) for note in found.refused] if found.table is not None else []
        shown = Foot(
            " ".join([foot.said, *notes]).strip(), foot.tone or ("warn" if notes else ""), foot.live, foot.mend
        )
        if shown != self._foot:
            self._foot = shown
            if self.mend.hasFocus() and not shown.mend:
                self.editor.inputs()[0].setFocus()
            self.foot.show_foot(shown)

    def _make_head(self, parent: QWidget) -> QWidget:
        head = QWidget(parent)
        px = look_of().px
        layout = QHBoxLayout(head)
        layout.setContentsMargins(0, 0, 0, px(4))
        layout.setSpacing(px(2))
        name = label(label_text(self.item, self._words).replace("&", "&&"))  # a buddy reads & as a mnemonic
        inputs = self.editor.inputs()
        name.setBuddy(inputs[0])
        self._star = label(self._words.text("shell.forms.star"), "error")
        self._star.setAccessibleName(self._words.text("shell.forms.required"))
        layout.addWidget(name)
        layout.addWidget(self._star)
        if self.item.source:
            source = Elided(self._words.text(self.item.source))
            source.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            layout.addSpacing(px(6))
            layout.addWidget(source, 1)
        else:
            layout.addStretch(1)
        return head
