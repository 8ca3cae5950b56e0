"""The running process: the crash log, cooperative threads, the garbage collector, tuning."""
