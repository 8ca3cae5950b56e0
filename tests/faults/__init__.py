"""Tests of what the program does where a disk or its permissions fail it."""
