"""What is drawn. A widget gets its data handed in and says in messages what the reader does."""
