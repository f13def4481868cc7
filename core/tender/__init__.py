"""A tender as data: its model, what the tenderer answers, how it is built and what its document says."""
