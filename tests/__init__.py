"""Holds the program to its promises: unit and property tests, benchmarks, and their tools."""
