"""The page view: documents made of pages (PDF now), drawn by a child process that may fail without harm."""
