"""A table of up to 100,000 rows for people who work in spreadsheets all day."""
