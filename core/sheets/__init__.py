"""Bills of quantities from and to spreadsheets."""
