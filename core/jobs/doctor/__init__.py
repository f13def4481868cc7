"""One-click check: one registry of checks of this machine, used by the page and by ``tenderbox doctor``."""
