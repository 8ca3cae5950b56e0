"""The running process: the crash log, tuning for speed, and tasks that can be cancelled."""
