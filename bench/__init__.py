"""Benchmarks: pages of the program beside their floors and peers, in one process, as ratios. Never part of the tests.

``python -m bench --help`` says how to run them; ``docs/performance.md`` holds the last run.
"""
