"""``tenderbox demo``: the whole job by the documented commands, on invented people and a clock that runs in the past."""
