"""飞书 (and Lark): direct chats, mentions in groups, threads and buttons, by lark-oapi; see docs/feishu.md."""
