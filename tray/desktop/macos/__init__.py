"""macOS, where its own files decide. Tested against the documented format, never run on macOS."""
