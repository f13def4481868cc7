"""Checks before a step is taken: findings of one type over tender, bid and bill."""
