"""What is done, what is missing, where to go: the list that replaces a wizard."""
