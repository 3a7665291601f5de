"""What happens before the application runs: its virtual environment, its address, its greeting."""
