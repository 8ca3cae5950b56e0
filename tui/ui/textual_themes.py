"""Textual themes, made of the colors of ours."""

from __future__ import annotations

from textual.theme import Theme

from tui.terminal.capabilities import COLORS_256, TRUE_COLOR
from tui.terminal.themes import ThemeColors


def textual_theme(colors: ThemeColors) -> Theme:
    """Return a Textual theme, with the additional variables that our stylesheets use."""
    can_blend = colors.min_colors == TRUE_COLOR
    has_shades = colors.min_colors >= COLORS_256
    highlight = colors.cursor if colors.min_colors else colors.accent
    return Theme(
        name=colors.name,
        dark=colors.dark,
        primary=colors.accent,
        accent=colors.accent,
        foreground=colors.text,
        background=colors.background,
        surface=colors.surface,
        panel=colors.surface,
        warning=colors.warning,
        error=colors.warning,
        variables={
            "muted": colors.muted,
            # A terminal with few colors cannot display blends.
            "veil": f"{colors.background} 70%" if can_blend else colors.background,
            "selection": f"{colors.accent} 40%" if can_blend else highlight,
            "bar": highlight,
            "match": colors.accent if has_shades else colors.text,
            # Where shades are missing, text styles mark the differences.
            "rule": colors.surface if has_shades else colors.background,
            "edge": "none" if has_shades else f"ascii {colors.text}",
            "heading-style": "none" if has_shades else "underline",
            "sorted-style": "bold" if has_shades else "bold underline",
            "unread-style": "none" if has_shades else "bold",
            "warning-style": "none" if has_shades else "bold",
            "on-accent": colors.accent_text,
            "cursor-line": colors.cursor,
            "input-selection-background": colors.cursor,
            "input-cursor-background": colors.accent,
            "input-cursor-foreground": colors.accent_text,
        },
    )
