"""Fetches the papers of a day from Hugging Face's hub, and keeps each day's answer as a file."""
