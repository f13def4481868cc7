"""The shared core of the Tenderbox programs: domain, formats, jobs. No windows here."""
