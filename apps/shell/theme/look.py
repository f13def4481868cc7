"""Which theme at which size. All sizes of the programs are written at 1.0 and pass through :meth:`Look.px`."""

from __future__ import annotations

from dataclasses import dataclass

from apps.shell.theme.tokens import Theme, Tokens, tokens

SCALES = (1.0, 1.25, 1.5)


@dataclass(frozen=True, slots=True)
class Look:
    """The look of one run: colours and scale of type and controls (1.0, 1.25 or 1.5)."""

    theme: Theme = Theme.LIGHT
    scale: float = 1.0

    @property
    def tokens(self) -> Tokens:
        """The colours."""
        return tokens(self.theme)

    def px(self, value: float) -> int:
        """A size written at scale 1.0 in whole pixels of this scale; never below 1 for what is not 0."""
        return max(1, round(value * self.scale)) if value > 0 else 0

    def larger(self) -> Look:
        """The next larger type, after the largest the smallest again."""
        later = [scale for scale in SCALES if scale > self.scale]
        return Look(self.theme, later[0] if later else SCALES[0])
