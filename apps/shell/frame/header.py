"""The header: which project, which part of it, how long until its deadline, and the way to palette and notices."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from apps.shell.frame.countdown import Countdown, Stage, footing, footing_lines, headline, spoken, warning
from apps.shell.frame.glyph import Elided, Toned
from apps.shell.frame.state import Header
from apps.shell.theme.style import look_of
from apps.shell.widgets.button import button
from apps.shell.widgets.chip import Chip
from apps.shell.widgets.text import label
from core.messages import Catalogue

_NARROW = 1120
_TOKENS = {Stage.CALM: "text", Stage.DAY: "warn", Stage.HOUR: "err", Stage.PASSED: "err"}


class HeaderBar(QWidget):
    """Shows a header and a countdown; ``choose_part`` is told the name of another part."""

    def __init__(
        self,
        words: Catalogue,
        *,
        choose_part: Callable[[str], None],
        palette: Callable[[], None],
        notices: Callable[[], None],
    ) -> None:
        super().__init__()
        self._words, self._choose_part = words, choose_part
        self._shown: Header | None = None
        self.setAccessibleName(words.text("shell.frame.header"))
        self._title, self._facts = Elided("h1"), Elided("small")
        self._part_label = label(words.text("shell.frame.parts_short"), "small")
        self._part = QComboBox()
        self._part.setAccessibleName(words.text("shell.frame.parts"))
        self._part.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._part.activated.connect(self._part_activated)
        self._part_label.setBuddy(self._part)
        self.countdown = CountdownBlock(words)
        self._palette = button(words, "", kind="quiet", icon="search", name_key="shell.frame.open_palette")
        self._palette.clicked.connect(palette)
        self._notices = button(words, "", kind="quiet", icon="bell", name_key="shell.frame.open_notices")
        self._notices.clicked.connect(notices)
        self._row = QHBoxLayout(self)
        self._lay_out()
        self.fit()

    def fit(self) -> None:
        """Takes the sizes of the present look."""
        px = look_of().px
        self._row.setContentsMargins(px(24), px(16), px(16), px(12))
        self._row.setSpacing(px(20))
        self._part.setMaximumWidth(px(220))
        self._part.setMinimumWidth(px(110))
        self._title.setMinimumWidth(px(140))
        self.countdown.fit()

    def show_header(self, header: Header, countdown: Countdown | None, unread: int) -> None:
        """Shows project, parts, countdown and how many notices were not read."""
        self.countdown.show_countdown(countdown)
        key = "shell.frame.open_notices_unread" if unread else "shell.frame.open_notices"
        name = self._words.text(key, n=unread)
        if self._notices.accessibleName() != name:
            self._notices.setAccessibleName(name)
            self._notices.setToolTip(name)
        if header == self._shown:
            return
        self._shown = header
        words = self._words
        self._title.show_text(header.title or words.text("shell.frame.no_project"))
        separator = words.text("shell.frame.fact_separator")
        facts = separator.join(fact.text(words) for fact in header.facts)
        self._facts.show_text(facts if header.title else words.text("shell.frame.no_project_hint"))
        self._show_parts(header)

    def _show_parts(self, header: Header) -> None:
        names = [part.name for part in header.parts]
        if names != [self._part.itemData(number) for number in range(self._part.count())]:
            self._part.clear()
            for part in header.parts:
                self._part.addItem(part.title, part.name)
        if header.part in names:
            self._part.setCurrentIndex(names.index(header.part))
        self._part.setVisible(len(names) > 1)
        self._part_label.setVisible(len(names) > 1 and self.width() >= look_of().px(_NARROW))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """A narrow window breaks the countdown's footing and leaves out the word before the parts."""
        super().resizeEvent(event)
        narrow = self.width() < look_of().px(_NARROW)
        self.countdown.set_narrow(narrow)
        self._part_label.setVisible(not narrow and self._part.isVisibleTo(self))

    def _part_activated(self, number: int) -> None:
        self._choose_part(str(self._part.itemData(number)))

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._title)
        texts.addWidget(self._facts)
        self._row.addLayout(texts, 1)
        part, tools = QHBoxLayout(), QHBoxLayout()
        for layout, widgets in ((part, (self._part_label, self._part)), (tools, (self._palette, self._notices))):
            for widget in widgets:
                layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(part)
        self._row.addWidget(self.countdown, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(tools)
        tools.setSpacing(2)


class CountdownBlock(QWidget):
    """What is left, in figures, words and colour; below it the deadline and whose clock is followed."""

    def __init__(self, words: Catalogue) -> None:
        super().__init__()
        self._words = words
        self._narrow = False
        self._now: Countdown | None = None
        self._prefix, self._figures = Toned(16, bold=True), Toned(16, bold=True)
        self._chip = Chip("", "warn", "clock")
        self._footing = label("", "small")
        self._footing.setAlignment(Qt.AlignmentFlag.AlignRight)
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        row.addStretch(1)
        for widget in (self._chip, self._prefix, self._figures):
            row.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self._footing)
        self._row = row
        self.fit()

    def fit(self) -> None:
        """Takes the sizes of the present look."""
        px = look_of().px
        self._row.setSpacing(px(8))
        for widget in (self._prefix, self._figures):
            widget.fit()

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window deadline and clock stand below one another."""
        if narrow != self._narrow:
            self._narrow = narrow
            self.show_countdown(self._now)

    def show_countdown(self, now: Countdown | None) -> None:
        """Shows a countdown, or nothing. Readers are told once a minute, not every second."""
        self._now = now
        self.setVisible(now is not None)
        if now is None:
            return
        words = self._words
        large, warned, small = headline(now).text(words), warning(now), footing(now, words)
        token = _TOKENS[now.stage]
        passed = now.stage is Stage.PASSED
        self._prefix.show_words(large if passed else words.text(now.deadline.key), token)
        self._figures.show_words("" if passed else large, token)
        self._figures.setVisible(not passed)
        self._chip.setVisible(warned is not None)
        if warned is not None and self._chip.text() != warned.text(words):
            self._chip.show_chip(warned.text(words), token, "clock")
        self._footing.setText("\n".join(footing_lines(now, words)) if self._narrow else small)
        name = spoken(now, words)
        if self.accessibleName() != name:
            self.setAccessibleName(name)
