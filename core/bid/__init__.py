"""A bid as data, its prices, and what its letter says."""
