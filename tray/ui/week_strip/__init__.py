"""The week above the list of entries, in seven small bars."""
