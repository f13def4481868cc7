"""The event log: signed acts in hash chains, merged by set union. Specified in docs/spec/event-log.md before code."""
