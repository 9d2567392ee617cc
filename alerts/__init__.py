"""Rules, alerts, and the outbox that brings them to people: an alert is a row before it is a message."""
