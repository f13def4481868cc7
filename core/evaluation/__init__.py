"""The evaluation: an exact engine, a pure fold of the committee's acts, and the report."""
