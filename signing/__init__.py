"""Signatures, certificates and encryption with SM2, SM3 and SM4. Knows nothing of tenders."""
