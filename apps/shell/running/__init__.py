"""Parts of the runner: progress thinned out, work bound to a screen, work in a process of its own."""
