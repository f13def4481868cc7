"""The bill of quantities as a pure model: text, sums, matching, comparing, reporting."""
