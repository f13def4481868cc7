"""The page of the one-click check: the registry of :mod:`core.jobs.doctor`, run visibly, with a remedy for each."""
