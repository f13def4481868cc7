"""File formats that stand on the signing rooms: the signed package. Specified in docs/spec before code."""
