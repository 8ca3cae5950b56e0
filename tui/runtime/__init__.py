"""The running process: crash reports, cooperative threads, garbage collection."""
