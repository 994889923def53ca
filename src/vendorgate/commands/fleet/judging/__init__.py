"""Rows to verdicts, each distinct case judged once; the same in a process of this machine and on another one."""
