"""Slack: mentions, direct messages, the agent's view, /policy and buttons, by slack-bolt. docs/slack.md sets it up."""
