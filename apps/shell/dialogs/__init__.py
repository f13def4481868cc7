"""Dialogs all programs share: an error with its fix, a question, a typed confirmation."""
