"""The command line: parse, call one method of Library, print, return a code."""
