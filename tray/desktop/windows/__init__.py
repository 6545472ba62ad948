"""Windows, through its documented C interfaces. Tested against fakes only, never run on Windows."""
