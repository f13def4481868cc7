"""Rules as dated, sourced data, their loaders, and the one finding type."""
