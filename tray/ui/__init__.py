"""What the user sees: Qt Widgets, on the main thread only."""
