"""The look: tokens, scale, style sheet and fonts."""
