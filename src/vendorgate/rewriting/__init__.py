"""Texts of YAML files with other values in them, in which all else stays as somebody wrote it.

In: texts and values. Out: texts. Refuses to know what a file is about, and reads and writes none: whoever asks for a
text has it read again by a strict reader before anybody relies on it (`frame.changing`).
"""
