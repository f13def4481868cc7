"""What checks found: grouped, filtered, searched; from each to its place and to its next step."""
