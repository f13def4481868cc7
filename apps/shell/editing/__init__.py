"""Editing a draft: every act saved as it is done, everything undoable, and what cannot be saved kept and said."""
