"""What all windows share: frame, look, runner, dialogs and components. Knows nothing of what the programs are for."""
