"""The main thread's hold on the store and on the two worker threads."""
