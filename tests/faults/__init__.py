"""Tests with full disks, read-only disks and missing permissions."""
