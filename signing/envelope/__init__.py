"""The sealed container: header, encrypted chunks, index, signed trailer. Specified in docs/spec/sealed-bid.md."""
