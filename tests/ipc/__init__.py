"""Instances that find each other: alone, at once, killed, hostile, silent."""
