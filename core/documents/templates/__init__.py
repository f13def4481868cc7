"""Typst templates as data; ``style.typ`` holds the look, ``blocks.typ`` the blocks, one file a kind of document."""
