"""Charts drawn by hand, each with its table: bars, spread, line and heat map. Values are exact decimals."""
