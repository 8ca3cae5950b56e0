"""What the terminal and the desktop around it can do, without Textual."""
