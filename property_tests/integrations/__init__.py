"""errata inside of other programs, each tried with the real one."""
