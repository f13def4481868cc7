"""SM2, SM3 and SM4. Imported inside signing only."""
