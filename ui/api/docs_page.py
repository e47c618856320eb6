"""The API's description as a plain page, made here so that it loads nothing from anywhere and runs no script."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from typing import Any

_STYLE = """
body { font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
       max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b2733; background: #fff }
code, pre { font-family: ui-monospace, monospace; font-size: .875em }
pre { background: #f3f6f9; padding: .75rem 1rem; overflow-x: auto; border-radius: 6px }
details { border: 1px solid #d6dee6; border-radius: 8px; margin: .5rem 0; padding: 0 1rem }
summary { cursor: pointer; padding: .6rem 0 }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .25rem .75rem .25rem 0;
       border-bottom: 1px solid #e6ecf1; vertical-align: top }
.method { display: inline-block; min-width: 4.5rem; font-weight: 700; color: #1d5fa8 }
@media (prefers-color-scheme: dark) { body { color: #dde5ec; background: #14191f } pre { background: #1d252d }
       details { border-color: #33404c } td, th { border-color: #29343e } .method { color: #6ba7e6 } }
"""
_CODE = re.compile(r"`([^`]+)`")
_INTRODUCTION = """
<p>需要密钥时，请在请求头里写 <code>Authorization: Bearer 密钥</code>。机器可读的说明：
<a href="openapi.json">openapi.json</a>。</p>
<pre>curl {server}/ask -H 'Content-Type: application/json' -d '{{"question": "什么是专利银行"}}'</pre>
"""


def docs_page(description: Mapping[str, Any], *, address: str) -> str:
    """The page, from an OpenAPI description; `address` is where the routes are, for the example."""
    title, server = escape(description["info"]["title"]), description["servers"][0]["url"]
    schemas = description["components"]["schemas"]
    groups: dict[str, list[str]] = {}
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            tag = (operation.get("tags") or ["其他"])[0]
            groups.setdefault(tag, []).append(_operation(f"{server}{path}", method, operation, schemas))
    told = "".join(f"<h2>{escape(tag)}</h2>{''.join(made)}" for tag, made in groups.items())
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f"<body><h1>{title}</h1><p>{escape(description['info']['description'])}</p>"
        f"{_INTRODUCTION.format(server=escape(address))}{told}</body></html>"
    )


def _operation(path: str, method: str, operation: Mapping[str, Any], schemas: Mapping[str, Any]) -> str:
    parts = [f"<p>{_marked(operation.get('description', ''))}</p>"]
    rows = [
        (p["name"], p["schema"], p.get("required", False), p.get("description", ""))
        for p in operation.get("parameters", ())
    ]
    for kind, body in operation.get("requestBody", {}).get("content", {}).items():
        schema = _resolved(body["schema"], schemas)
        required = schema.get("required", ())
        rows += [
            (name, field, name in required, field.get("description", ""))
            for name, field in schema.get("properties", {}).items()
        ]
        parts.append(f"<p>正文：<code>{escape(kind)}</code></p>")
    if rows:
        parts.append("<table><tr><th>名称</th><th>类型</th><th>说明</th></tr>")
        for name, schema, needed, about in rows:
            told = "（必填）" if needed else ""
            parts.append(
                f"<tr><td><code>{escape(name)}</code>{told}</td><td>{escape(_type(schema))}</td>"
                f"<td>{escape(about)}</td></tr>"
            )
        parts.append("</table>")
    for status, response in operation["responses"].items():
        for kind, content in response.get("content", {}).items():
            if status[0] == "2" and kind == "application/json":
                shape = _shape(content.get("schema", {}), schemas)
                parts.append(f"<p>{status}：</p><pre>{escape(json.dumps(shape, ensure_ascii=False, indent=2))}</pre>")
    summary = f'<span class="method">{method.upper()}</span> <code>{escape(path)}</code> {escape(operation["summary"])}'
    return f"<details><summary>{summary}</summary>{''.join(parts)}</details>"


def _marked(text: str) -> str:
    """Text in which `…` is code."""
    return _CODE.sub(r"<code>\1</code>", escape(text))


def _resolved(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" in schema:
        found: Mapping[str, Any] = schemas[schema["$ref"].rpartition("/")[2]]
        return found
    return schema


def _shape(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Any:
    """An outline of the values that a schema allows: names with types."""
    schema = _resolved(schema, schemas)
    if "properties" in schema:
        return {name: _shape(field, schemas) for name, field in schema["properties"].items()}
    if schema.get("type") == "array":
        return [_shape(schema.get("items", {}), schemas)]
    return _type(schema)


def _type(schema: Mapping[str, Any]) -> str:
    """A schema's type in a word or two."""
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(one) for one in schema["anyOf"]))
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "const" in schema:
        return str(schema["const"])
    if schema.get("type") == "array":
        return f"{_type(schema.get('items', {}))}[]"
    return str(schema.get("type", schema.get("$ref", "object").rpartition("/")[2]))
