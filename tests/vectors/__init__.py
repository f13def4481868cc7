"""Test vectors and their generators."""
