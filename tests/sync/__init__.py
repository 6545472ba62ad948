"""Tests of keeping an account in step."""
