-- The few events that last for longer than a week, so that the others are looked for near their start.

CREATE INDEX feed_event_long ON feed_event (start, stop) WHERE stop - start > 604800;
