"""What is known before reading: states, organisations, offices, people with dates, places."""
