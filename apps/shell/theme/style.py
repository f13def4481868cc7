"""Gives the application its look: palette, font and one style sheet made from a template and the tokens.

The look is kept on the application object, not in a module: :func:`look_of` reads it back.
"""

from __future__ import annotations

from dataclasses import fields
from importlib import resources
from string import Template
from typing import cast

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from apps.shell.icons import style_icon_file
from apps.shell.theme.fonts import font
from apps.shell.theme.look import Look
from apps.shell.theme.tokens import Theme

_PROPERTY = "shell_look"
_LINE_INSET, _CELL_INSET = 2, 3  # pixels Qt adds before the text of a line edit and of a table cell, at any scale


def apply_look(application: QApplication, look: Look) -> None:
    """Gives every window, present and future, this look. Costs 0.05 to 0.1 s with many widgets: once a change only."""
    if application.property(_PROPERTY) is None:
        application.setStyle(QStyleFactory.create("Fusion"))  # costs 30 ms: only once
    application.setProperty(_PROPERTY, (look.theme.value, look.scale))
    application.setPalette(_palette(look))
    application.setFont(font(look.px(14)))
    application.setStyleSheet(style_sheet(look))


def look_of() -> Look:
    """The look of the running application; the default look before one was applied."""
    application = QApplication.instance()
    kept = application.property(_PROPERTY) if application is not None else None
    if kept is None:
        return Look()
    theme, scale = cast("tuple[str, float]", kept)
    return Look(Theme(theme), float(scale))


def color(token: str) -> QColor:
    """A colour of the present theme by the name of its token."""
    return QColor(cast("str", getattr(look_of().tokens, token)))


def mark(widget: QWidget, **properties: str | bool) -> None:
    """Sets dynamic properties the style sheet looks at and has the widget drawn anew where one changed."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


def style_sheet(look: Look) -> str:
    """The style sheet of a look. Sizes stand in the template as ``${px34}``."""
    template = Template((resources.files(__package__) / "shell.qss").read_text("utf-8"))
    values = {field.name: str(getattr(look.tokens, field.name)) for field in fields(look.tokens)}
    values |= {f"px{size}": f"{look.px(size)}px" for size in range(1, 101)}
    values |= {
        "combo_pad": f"{look.px(10) + _LINE_INSET}px", "combo_pad_focus": f"{look.px(9) + _LINE_INSET}px",
        "cell_pad": f"{look.px(8) - _CELL_INSET}px", "chip_plain": f"{look.px(3) - 1}px {look.px(10) - 1}px",
        **{f"edge_{tone}": _edge(look, tone) for tone in ("ok", "warn", "err", "primary")},
    }  # fmt: skip
    for name in ("check", "chevron-down", "chevron-up", "minus"):
        for token in ("text", "muted", "on_primary"):
            values[f"icon_{name.replace('-', '_')}_{token}"] = style_icon_file(name, getattr(look.tokens, token))
    return template.substitute(values)


def _edge(look: Look, tone: str) -> str:
    """The border of a message band: between its ground and its ink, so that a message is quieter than a wrong input."""
    ink, ground = (QColor(cast("str", getattr(look.tokens, name))) for name in (tone, f"{tone}_bg"))
    share = 1.0 if look.theme is Theme.CONTRAST else 0.35

    def mixed(of_ink: int, of_ground: int) -> int:
        return round(share * of_ink + (1 - share) * of_ground)

    return QColor(
        mixed(ink.red(), ground.red()), mixed(ink.green(), ground.green()), mixed(ink.blue(), ground.blue())
    ).name()  # fmt: skip


def _palette(look: Look) -> QPalette:
    role, group, t = QPalette.ColorRole, QPalette.ColorGroup, look.tokens
    palette = QPalette()
    for which, token in (
        (role.Window, t.bg), (role.WindowText, t.text), (role.Base, t.surface), (role.AlternateBase, t.surface2),
        (role.Text, t.text), (role.Button, t.surface), (role.ButtonText, t.text), (role.BrightText, t.err),
        (role.Highlight, t.selection), (role.HighlightedText, t.text), (role.Link, t.primary),
        (role.LinkVisited, t.primary), (role.ToolTipBase, t.text), (role.ToolTipText, t.surface),
        (role.PlaceholderText, t.faint), (role.Mid, t.line2), (role.Light, t.surface), (role.Dark, t.line2),
        (role.Midlight, t.line), (role.Shadow, t.line2),
    ):  # fmt: skip
        palette.setColor(which, QColor(token))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, which, QColor(t.faint))
    return palette
