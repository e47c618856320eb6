"""The tests of 飞书, which need lark-oapi."""
