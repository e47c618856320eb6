"""Make a library of the sample briefs when the user has none yet, and index one anew that an older version made."""

import subprocess
import sys
from pathlib import Path

from bot.errors import BotError
from bot.settings import load_settings
from vectorstore.errors import GenerationDamaged
from vectorstore.repair import is_outdated

REPO = Path(__file__).resolve().parents[1]


def main() -> int:
    try:
        settings = load_settings()
    except BotError as error:
        sys.exit(str(error))
    if not (settings.home / "CURRENT").exists():
        sys.stderr.write(f"还没有资料库，先用示例简报建一个：{settings.home}\n")
        return zhengwen("ingest", "--home", settings.home, "--sample", REPO / "samples")
    try:
        outdated = settings.embedding in (None, "embedded") and is_outdated(settings.home)
    except GenerationDamaged:
        return 0  # what comes next steps back to an older generation, and says so
    if outdated:
        sys.stderr.write("内置的向量模型换了新版本，先重建资料库的索引。\n")
        return zhengwen("repair", "--home", settings.home)
    return 0


def zhengwen(*arguments: str | Path) -> int:
    """Run the installed command; gives its exit code."""
    return subprocess.run([Path(sys.executable).with_name("zhengwen"), *arguments], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
