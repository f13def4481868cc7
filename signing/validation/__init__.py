"""Reports on signatures: PASSED, INDETERMINATE or FAILED, with reasons."""
