"""The frame all windows share: rail, header, status bar, pages with history, palette, notices, recent projects."""
