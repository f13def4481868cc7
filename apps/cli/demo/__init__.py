"""``tenderbox demo``: the whole job by the documented commands, with invented people and a clock in the past."""
