"""What the program's speed was promised to be, measured: ``python -m tests.benchmarks``."""
