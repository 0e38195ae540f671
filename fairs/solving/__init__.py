"""What every solver needs besides its own thinking: reading a file, a command line, processes."""
