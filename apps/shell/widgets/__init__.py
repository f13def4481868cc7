"""Small controls every component is put together from."""
