"""The screens: wiring of widgets, workers and messages."""
