"""The opening as a pure fold of acts: what may happen now, the state so far, and the record."""
