"""``python -m core.settings``: writes the reference of the settings in Markdown to standard output."""

from __future__ import annotations

import sys

from core.messages import load
from core.settings.schema import Setting, settings_schema


def reference() -> str:
    """The page docs/settings.md."""
    words = load("en")
    lines = [
        "# Settings",
        "",
        "Written by `python -m core.settings` from `core/settings/schema.toml`; a test compares.",
        "",
        "Precedence: environment variable, then `settings.toml` in the user's configuration folder, then the default.",
        "A file that cannot be read is put aside as `settings.toml.bad-…`; an entry that cannot be taken",
        "gives the default; both are told on screen.",
        "",
        "| key | variable | kept in | values | default | meaning |",
        "|---|---|---|---|---|---|",
    ]
    for one in settings_schema():
        kept = "`settings.toml`" if one.scope == "user" else "environment only"
        meaning = words.text(f"shell.settings.{one.key}.title") + ". " + words.text(f"shell.settings.{one.key}.help")
        variable = f"`{one.variable}`" if one.variable else ""
        default = f"`{one.default}`" if one.default else "not set"
        lines.append(f"| `{one.key}` | {variable} | {kept} | {_values(one)} | {default} | {meaning} |")
    return "\n".join(lines) + "\n"


def _values(one: Setting) -> str:
    if one.kind == "choice":
        return ", ".join(f"`{choice}`" for choice in one.choices)
    if one.kind == "integer":
        return f"{one.minimum} to {one.maximum} {one.unit}"
    return one.kind


if __name__ == "__main__":
    sys.stdout.write(reference())
