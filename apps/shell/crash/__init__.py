"""The crash net: a program that ends badly is started again where it was, and says so."""
