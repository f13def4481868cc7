"""Small exact values: money, codes, times, and their plain form."""
